"""One Django app, one migration line: the models of every room."""

from phases.analyse.models import Analyse, Inbreng
from phases.besluit.models import Besluit, Bevestiging
from phases.evaluatie.models import Evaluatie
from phases.handelingsopties.models import Optie, Optiesnota
from phases.kamer.models import (
    Behandelstap,
    Briefsectie,
    Kamerbrief,
    Ondertekening,
    Toetsingskader,
    Toetsingspunt,
    Verzending,
)
from phases.orientatie.models import Signaalbeoordeling
from phases.planning.models import Indicator, Plan
from phases.process.afwijking_models import (
    Afwijzing,
    Ingehaald,
    Inhaalplicht,
    Poort,
    Verklaring,
    VerklaringAkkoord,
)
from phases.process.models import Arrow, Beurt, Bijwerken, Move, Voorstel, Waiver
from phases.smo.models import Aanbieding, Conclusie, Standpunt
from phases.uitvoering.models import Voortgang
from phases.vastlegging.models import Vastlegging, VastleggingBevestigd

__all__ = [
    "Aanbieding",
    "Afwijzing",
    "Analyse",
    "Arrow",
    "Behandelstap",
    "Besluit",
    "Beurt",
    "Bevestiging",
    "Bijwerken",
    "Briefsectie",
    "Conclusie",
    "Evaluatie",
    "Inbreng",
    "Indicator",
    "Ingehaald",
    "Inhaalplicht",
    "Kamerbrief",
    "Move",
    "Ondertekening",
    "Optie",
    "Optiesnota",
    "Plan",
    "Poort",
    "Signaalbeoordeling",
    "Standpunt",
    "Toetsingskader",
    "Toetsingspunt",
    "Vastlegging",
    "VastleggingBevestigd",
    "Verklaring",
    "VerklaringAkkoord",
    "Verzending",
    "Voorstel",
    "Voortgang",
    "Waiver",
]
