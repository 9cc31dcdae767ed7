"""Many at once through the services, in short: three rounds of what decides, and every case once without a crowd."""

import pytest

from cases.phase import Phase, Status
from phases.process.table import FORWARD, STEPS
from tests.hard import hammer
from tests.hard.at_once import POLITE
from tests.hard.money import fund
from tests.hard.pairs import SAME
from tests.hard.place import cap
from tests.hard.ready import begin

ROUNDS = 3


def wrong(tallies: list[hammer.Tally]) -> list[str]:
    assert tallies and all(tally.rounds == ROUNDS for tally in tallies)
    return [words for tally in tallies for words in tally.wrong]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "name", ["paraaf", "conclusie", "laatste twee gemachtigden", "stap tegen nieuwe versie", "boven het plafond"]
)
def test_pair_of_approvals(django_db_setup, name):
    cap(django_db_setup)
    assert wrong(hammer.pairs(ROUNDS, name)) == []


@pytest.mark.django_db(transaction=True)
def test_arrows_of_each_kind(django_db_setup):
    """Forward, back, and of the status: from every kind one, the short way."""
    cap(django_db_setup)
    steps = [STEPS[name] for name in ("naar_analyse", "terug_naar_orientatie", "stoppen", "heropenen")]
    assert wrong(hammer.arrows(steps, ROUNDS, full=False)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", hammer.CASES)
def test_case_is_possible_for_one(cast, name):
    """What the crowd will press can be pressed, and what follows it can follow; also where an earlier case left a fund."""
    fund()
    case = hammer.CASES[name](cast)
    for work in dict(case.works()).values():
        try:
            work()
        except POLITE:
            assert name not in SAME
    case.then()


@pytest.mark.django_db
@pytest.mark.parametrize("full", [False, True])
def test_every_phase_can_be_reached(cast, full):
    """The openers know every gate, in a dossier with a military unit and in one without."""
    way = begin(cast, full=full)
    way.bring(Phase.EVALUATIE, Status.AFGESLOTEN)
    assert way.dossier.moves_made == len(FORWARD)
