"""One Django app, one migration line: the models of every room."""

from phases.analyse.models import Analyse
from phases.besluit.models import Besluit, Bevestiging
from phases.evaluatie.models import Evaluatie
from phases.handelingsopties.models import Optie, Optiesnota
from phases.kamer.models import (
    Afdoening,
    Behandelstap,
    Briefsectie,
    Kamerbrief,
    Ondertekening,
    Toetsingskader,
    Toetsingspunt,
    Toezegging,
    Verzending,
)
from phases.lessen.models import Les
from phases.orientatie.models import Signaalbeoordeling
from phases.planning.models import Indicator, Plan
from phases.process.models import Arrow, Beurt, Bijwerken, Move, Voorstel, Waiver
from phases.smo.models import Aanbieding, Conclusie, Standpunt
from phases.uitvoering.models import Voortgang
from phases.vastlegging.models import Vastlegging, VastleggingBevestigd

__all__ = [
    "Aanbieding",
    "Afdoening",
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
    "Indicator",
    "Kamerbrief",
    "Les",
    "Move",
    "Ondertekening",
    "Optie",
    "Optiesnota",
    "Plan",
    "Signaalbeoordeling",
    "Standpunt",
    "Toetsingskader",
    "Toetsingspunt",
    "Toezegging",
    "Vastlegging",
    "VastleggingBevestigd",
    "Verzending",
    "Voorstel",
    "Voortgang",
    "Waiver",
]
