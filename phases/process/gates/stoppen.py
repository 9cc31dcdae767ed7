"""What holds stopping."""

from dataclasses import dataclass
from typing import ClassVar

from phases.process.facts import Facts
from phases.process.gates.kamer import BriefVerzonden


@dataclass(frozen=True)
class NegatieveUitkomst(BriefVerzonden):
    """Na een kennisgeving stopt het dossier pas als de Kamer de brief over de negatieve uitkomst heeft."""

    when: ClassVar[str] = "De Kamer kreeg een kennisgeving, en geen artikel 100-brief"

    def applies(self, facts: Facts) -> bool:
        return "kennisgeving" in facts.records.sent and "artikel-100" not in facts.records.sent
