"""The machine and its table: every arrow exists, and nothing but a move changes a dossier."""

import pytest
from django.db import DatabaseError, transaction
from django_fsm import TransitionNotAllowed

from cases.models import Dossier
from cases.phase import Phase, Status
from phases.process import plan
from phases.process.machine import ARROWS
from phases.process.models import Arrow
from phases.process.table import STEPS, step_forward, steps_from
from tests import builders as b


def test_every_step_has_an_arrow():
    assert set(ARROWS) == set(STEPS)


def test_every_phase_has_one_step_ahead():
    assert [step_forward(phase).target for phase in Phase] == [*list(Phase)[1:], Status.AFGESLOTEN]


@pytest.mark.parametrize("phase", Phase)
def test_a_stopped_dossier_can_only_be_reopened(phase):
    assert [s.name for s in steps_from(phase, Status.GESTOPT)] == ["heropenen"]


def test_reading_in_is_never_offered():
    assert not any(s.owner_only for phase in Phase for status in Status for s in steps_from(phase, status))


def test_arrow_refuses_another_state():
    with pytest.raises(TransitionNotAllowed):
        ARROWS["naar_planning"](Dossier(phase=Phase.ORIENTATIE))


@pytest.mark.django_db
def test_trigger_knows_the_same_arrows():
    assert plan.arrow_differences() == []


@pytest.mark.django_db
def test_difference_is_named(monkeypatch):
    monkeypatch.setattr(plan, "STEPS", {name: step for name, step in STEPS.items() if name != "stoppen"})
    assert any("te veel" in line and "stoppen" in line for line in plan.arrow_differences())


@pytest.mark.django_db
def test_database_refuses_a_change_without_a_move(cast):
    dossier = b.make_dossier(cast)
    with pytest.raises(DatabaseError, match="alleen van fase of status door een zet"), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(phase=Phase.PLANNING)


@pytest.mark.django_db
def test_runtime_role_cannot_add_an_arrow():
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Arrow.objects.create(
            step="kortsluiting",
            source_phase="orientatie",
            source_status="lopend",
            target_phase="evaluatie",
            target_status="lopend",
        )
