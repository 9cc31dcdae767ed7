"""The phase plan in phases/README.md and on its page says what the table says."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from phases.management.commands import phaseplan
from phases.process import plan
from phases.process.table import GATES, STEPS

pytestmark = pytest.mark.django_db


def test_readme_is_current(capsys):
    call_command("phaseplan", "--check")
    assert "klopt" in capsys.readouterr().out


def test_check_fails_when_the_readme_is_stale(tmp_path, monkeypatch):
    stale = tmp_path / "README.md"
    stale.write_text(phaseplan.README.read_text().replace("naar_planning", "naar_elders"))
    monkeypatch.setattr(phaseplan, "README", stale)
    with pytest.raises(CommandError, match="verouderd"):
        call_command("phaseplan", "--check")
    call_command("phaseplan")
    assert stale.read_text() == (phaseplan.README.parent / "README.md").read_text()
    call_command("phaseplan", "--check")


def test_readme_without_markers_is_refused():
    with pytest.raises(CommandError, match="ontbreken"):
        phaseplan.renewed("# phases")


def test_plan_names_every_step_and_gate():
    text = plan.as_markdown()
    assert all(f"`{name}`" in text for name in (*STEPS, *GATES))
    assert all(gate.rule in text for gate in GATES.values())


def test_page(client, cast, django_assert_max_num_queries):
    client.force_login(cast["buitenstaander"])
    with django_assert_max_num_queries(4):
        response = client.get(reverse("fasenplan"))
    assert response.status_code == 200
    text = response.content.decode()
    assert all(gate.rule.replace("'", "&#x27;") in text for gate in GATES.values())


def test_page_needs_a_role(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("zonder-rol", surname="Rol"))
    assert client.get(reverse("fasenplan")).status_code == 403
