"""What holds stopping."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from cases.phase import Phase
from phases.process.facts import Facts, PlichtFact
from phases.process.gates.evaluatie import Ingehaald
from phases.process.gates.kamer import BriefVerzonden


@dataclass(frozen=True)
class KamerIngelicht(Ingehaald):
    """Begon de inzet met spoed, dan hoorden de Kamers daarvan voordat het dossier stopt."""

    when: ClassVar[str] = "Vanaf Uitvoering, als artikel 100 van toepassing is"
    key: ClassVar[str] = "kamer_ingelicht"
    source: ClassVar[str] = (
        "artikel 100 lid 2 Grondwet (zo spoedig mogelijk); dat het stoppen daarop wacht is een ontwerpkeuze"
    )

    def duties(self, facts: Facts) -> Sequence[PlichtFact]:
        return [duty for duty in facts.plichten if duty.gate.startswith(("brief:", "behandeling"))]

    def applies(self, facts: Facts) -> bool:
        begun = facts.phase.number >= Phase.UITVOERING.number
        return begun and (bool(facts.artikel_100) or bool(self.duties(facts)))


@dataclass(frozen=True)
class NegatieveUitkomst(BriefVerzonden):
    """Na een kennisgeving stopt het dossier pas als de Kamer de brief over de negatieve uitkomst heeft."""

    when: ClassVar[str] = "De Kamer kreeg een kennisgeving, en geen artikel 100-brief"

    def applies(self, facts: Facts) -> bool:
        return "kennisgeving" in facts.records.sent and "artikel-100" not in facts.records.sent
