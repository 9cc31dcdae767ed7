"""The pages of the decisions."""

import pytest
from django.urls import reverse

from phases.besluit.models import Besluit
from tests import builders as b
from tests.cases.pages import assert_denied, assert_does_not_exist, session, text
from tests.phases import scenes

pytestmark = pytest.mark.django_db
DATE = f"{b.today().day}-{b.today().month}-{b.today().year}"
GIVEN = {
    "orgaan": "bewindspersonen",
    "uitkomst": "akkoord",
    "optie": "B",
    "mr_nodig": "nee",
    "mr_reden": "Klein.",
    "besluit_op": DATE,
    "kenmerk": "DVB-2026-17",
}


@pytest.fixture
def options(cast):
    return scenes.adopted(cast, scenes.dossier(cast), "opties")


def new(version) -> str:
    return reverse("besluit_nieuw", args=[version.document.dossier.number, version.pk])


def overview(version) -> str:
    return reverse("besluiten", args=[version.document.dossier.number])


def test_what_is_awaited_and_who_may(cast, options):
    page = text(session(cast["gemachtigde-bz"]).get(overview(options)))
    assert "Wacht op besluit" in page
    assert f"{new(options)}?orgaan=bewindspersonen" in page
    assert new(options) not in text(session(cast["behandelaar-bz"]).get(overview(options)))


def test_nothing_to_decide_yet(cast):
    page = text(session(cast["behandelaar-bz"]).get(reverse("besluiten", args=[scenes.dossier(cast).number])))
    assert "Er is nog geen stuk waarover besloten kan worden." in page


def test_register_check_and_confirm(cast, options):
    client = session(cast["gemachtigde-bz"])
    page = text(client.get(new(options) + "?orgaan=bewindspersonen"))
    assert "Nuloptie" in page
    assert "Optie B. Route B" in page
    assert "Hoog ambtelijk" not in page
    assert "Optie B. Route B" in text(client.post(new(options), GIVEN))
    assert not Besluit.objects.exists()
    assert client.post(new(options), {**GIVEN, "stap": "indienen"}).status_code == 302
    made = Besluit.objects.get()
    assert (made.optie, made.kenmerk, made.is_confirmed) == ("B", "DVB-2026-17", False)
    confirm = reverse("besluit_bevestigen", args=[options.document.dossier.number, made.pk])
    assert confirm not in text(client.get(overview(options)))
    assert "U registreerde dit besluit zelf." in text(client.get(confirm))
    assert client.post(confirm).status_code == 422
    assert_denied(cast["gemachtigde-def"], confirm, "post")
    other = session(cast["gemachtigde-bz-2"])
    assert confirm in text(other.get(overview(options)))
    page = text(other.get(confirm))
    assert all(
        words in page for words in ("Optiesnota", "Minister van BZ", "Optie B. Route B", "DVB-2026-17", "I. Postma")
    )
    assert other.post(confirm).status_code == 302
    assert Besluit.objects.get().is_confirmed
    assert other.post(confirm).status_code == 409


def test_input_stays(cast, options):
    response = session(cast["gemachtigde-bz"]).post(new(options), {**GIVEN, "optie": "", "toelichting": "Lang verhaal"})
    assert response.status_code == 422
    assert "Kies de optie die is gekozen" in text(response)
    assert "Lang verhaal" in text(response)
    assert "DVB-2026-17" in text(response)


def test_what_the_procedure_refuses_comes_back_in_the_form(cast, options):
    given = {**GIVEN, "besluit_op": "1-1-2020", "toelichting": "Lang verhaal", "stap": "indienen"}
    response = session(cast["gemachtigde-bz"]).post(new(options), given)
    assert response.status_code == 422
    assert "Het besluit kan niet ouder zijn dan het stuk." in text(response)
    assert "Lang verhaal" in text(response)


def test_the_ministerraad_decides_on_the_letter(cast):
    version = scenes.adopted_letter(cast, scenes.dossier(cast))
    assert f"{new(version)}?orgaan=ministerraad" in text(session(cast["secretariaat"]).get(overview(version)))
    page = text(session(cast["secretariaat"]).get(new(version)))
    assert "Ministerraad" in page
    assert "Welke optie" not in page


def test_refusals(cast, options):
    made = scenes.decide(cast, options, "bewindspersonen", optie="A", confirm=False)
    number = options.document.dossier.number
    confirm = reverse("besluit_bevestigen", args=[number, made.pk])
    assert_does_not_exist(cast, overview(options))
    assert_does_not_exist(cast, new(options))
    assert_does_not_exist(cast, confirm)
    assert_does_not_exist(cast, confirm, "post")
    assert_denied(cast["behandelaar-bz"], new(options))
    assert_denied(cast["behandelaar-bz"], confirm, "post")
    other = scenes.dossier(cast).number
    client = session(cast["gemachtigde-def"])
    assert client.get(reverse("besluit_nieuw", args=[other, options.pk])).status_code == 404
    assert client.post(reverse("besluit_bevestigen", args=[other, made.pk])).status_code == 404
