"""The route itself, step by step, for the tests over HTTP. Every step is an act of one person on one page."""

from tests.journeys.meetings import Meetings
from tests.journeys.money import Money
from tests.journeys.parliament import Parliament


class Route(Parliament, Meetings, Money):
    """A dossier on its way, with everything that people can do to it."""
