"""One Django app, one migration line: the models of every room."""

from phases.analyse.models import Analyse, Inbreng
from phases.besluit.models import Besluit, Bevestiging
from phases.evaluatie.models import Evaluatie
from phases.handelingsopties.models import Optie, Optiesnota
from phases.kamer.models import (
    Briefsectie,
    Kamerbrief,
    Ondertekening,
    Toetsingskader,
    Toetsingspunt,
    Verzending,
)
from phases.orientatie.models import Signaalbeoordeling
from phases.planning.models import Plan
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

__all__ = [
    "Aanbieding",
    "Afwijzing",
    "Analyse",
    "Arrow",
    "Besluit",
    "Beurt",
    "Bevestiging",
    "Bijwerken",
    "Briefsectie",
    "Conclusie",
    "Evaluatie",
    "Inbreng",
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
    "Verklaring",
    "VerklaringAkkoord",
    "Verzending",
    "Voorstel",
    "Voortgang",
    "Waiver",
]
