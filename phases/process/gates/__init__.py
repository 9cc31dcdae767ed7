"""The gates: small rules over plain facts. A gate's docstring is the rule, and the sentence that the user reads.

check() answers None when the gate is open, else why not. A gate names its holder (who is awaited), where one goes to act,
whether it may be waived, and the paragraph it comes from.
"""

from phases.process.gates.analyse import BetrokkenheidGewenst, InbrengGegeven
from phases.process.gates.base import (
    PRODUCT_NAMES,
    Finding,
    Gate,
    Grounds,
    in_words,
    initials_holder,
    initials_sentence,
    judge,
)
from phases.process.gates.besluit import GeenOpenBesluit
from phases.process.gates.evaluatie import (
    BivAfgerekend,
    EvaluatieVastgesteld,
    EvaluatieVerzonden,
    Ingehaald,
    Jaarverslag,
    Lessen,
    Postmissie,
    Toezeggingen,
)
from phases.process.gates.gegevens import Vastgelegd
from phases.process.gates.kamer import BriefVerzonden, Kennisgeving, NietBeeindigd
from phases.process.gates.opties import BivAangevraagd, MinisterraadOverOptie, OptieGekozen, ToetsOpnieuw
from phases.process.gates.orientatie import NaderOnderzoek, ToetsGedaan, Werkgroep
from phases.process.gates.papers import Vastgesteld
from phases.process.gates.planning import (
    Artikel100Brief,
    BehandelingAfgerond,
    BivBesluit,
    Communicatieplan,
    Indicatoren,
    MilitairAdvies,
    Operatieconcept,
    PlanVastgesteld,
    PolitieBesluit,
)
from phases.process.gates.smo import SmoConclusie, SmoPlanEnBiv
from phases.process.gates.stoppen import KamerIngelicht, NegatieveUitkomst
from phases.process.gates.uitvoering import Beeindigingsbrief, EindeBesloten, LaatsteVoortgang, Transitiestrategie

__all__ = [
    "PRODUCT_NAMES",
    "Artikel100Brief",
    "Beeindigingsbrief",
    "BehandelingAfgerond",
    "BetrokkenheidGewenst",
    "BivAangevraagd",
    "BivAfgerekend",
    "BivBesluit",
    "BriefVerzonden",
    "Communicatieplan",
    "EindeBesloten",
    "EvaluatieVastgesteld",
    "EvaluatieVerzonden",
    "Finding",
    "Gate",
    "GeenOpenBesluit",
    "Grounds",
    "InbrengGegeven",
    "Indicatoren",
    "Ingehaald",
    "Jaarverslag",
    "KamerIngelicht",
    "Kennisgeving",
    "LaatsteVoortgang",
    "Lessen",
    "MilitairAdvies",
    "MinisterraadOverOptie",
    "NaderOnderzoek",
    "NegatieveUitkomst",
    "NietBeeindigd",
    "Operatieconcept",
    "OptieGekozen",
    "PlanVastgesteld",
    "PolitieBesluit",
    "Postmissie",
    "SmoConclusie",
    "SmoPlanEnBiv",
    "ToetsGedaan",
    "ToetsOpnieuw",
    "Toezeggingen",
    "Transitiestrategie",
    "Vastgelegd",
    "Vastgesteld",
    "Werkgroep",
    "in_words",
    "initials_holder",
    "initials_sentence",
    "judge",
]
