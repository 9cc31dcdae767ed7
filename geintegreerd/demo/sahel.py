"""The fictitious dossier halfway by itself: the tests of the screens need no more."""

from cases.models import Dossier, User
from geintegreerd.demo.clock import day_of
from geintegreerd.demo.loader import FOLDER, make_dossier, read
from phases.smo import services as smo


def make_sahel(people: dict[str, User]) -> Dossier | None:
    """The dossier in Handelingsopties, with its nota before the SMO and two positions; None when it is already there."""
    smo.plan_ahead(day_of(0))
    return make_dossier(read(FOLDER / "sahel.json"), people)
