"""The route itself, step by step, for the tests over HTTP. Every step is an act of one person on one page."""

from tests.journeys.ceilings import Ceilings
from tests.journeys.meetings import Meetings
from tests.journeys.parliament import Parliament


class Route(Parliament, Meetings, Ceilings):
    """A dossier on its way, with everything that people can do to it."""
