"""One Django app, one migration line: the models of every room."""

from phases.analyse.models import Analyse, Inbreng
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
from phases.process.afwijking_models import (
    Afwijzing,
    Ingehaald,
    Inhaalplicht,
    Poort,
    Verklaring,
    VerklaringAkkoord,
)
from phases.process.models import Arrow, Beurt, Bijwerken, Move, Voorstel, Waiver
from phases.smo.models import (
    Aanbieding,
    Aanwezigheid,
    Actie,
    ActieGedaan,
    Afhandeling,
    Agendapunt,
    Besluitenlijst,
    Bijlage,
    Bundel,
    Conclusie,
    Controle,
    Herinnering,
    Intrekking,
    Lijstpdf,
    Ritme,
    Standpunt,
    TekstueleWijziging,
    Vergadering,
    Voorwaarde,
)
from phases.uitvoering.models import Voortgang
from phases.vastlegging.models import Vastlegging, VastleggingBevestigd

__all__ = [
    "Aanbieding",
    "Aanwezigheid",
    "Actie",
    "ActieGedaan",
    "Afdoening",
    "Afhandeling",
    "Afwijzing",
    "Agendapunt",
    "Analyse",
    "Arrow",
    "Behandelstap",
    "Besluit",
    "Besluitenlijst",
    "Beurt",
    "Bevestiging",
    "Bijlage",
    "Bijwerken",
    "Briefsectie",
    "Bundel",
    "Conclusie",
    "Controle",
    "Evaluatie",
    "Herinnering",
    "Inbreng",
    "Indicator",
    "Ingehaald",
    "Inhaalplicht",
    "Intrekking",
    "Kamerbrief",
    "Les",
    "Lijstpdf",
    "Move",
    "Ondertekening",
    "Optie",
    "Optiesnota",
    "Plan",
    "Poort",
    "Ritme",
    "Signaalbeoordeling",
    "Standpunt",
    "TekstueleWijziging",
    "Toetsingskader",
    "Toetsingspunt",
    "Toezegging",
    "Vastlegging",
    "VastleggingBevestigd",
    "Vergadering",
    "Verklaring",
    "VerklaringAkkoord",
    "Verzending",
    "Voorstel",
    "Voortgang",
    "Voorwaarde",
    "Waiver",
]
