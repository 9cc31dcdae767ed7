"""What holds the step to Evaluatie."""

from dataclasses import dataclass
from typing import ClassVar

from phases.process.facts import Facts
from phases.process.gates.base import Gate, Grounds
from phases.process.gates.gegevens import Vastgelegd
from phases.process.gates.kamer import BriefVerzonden


@dataclass(frozen=True)
class EindeBesloten(Vastgelegd):
    """Over het einde van de inzet is besloten; vastgelegd is wie dat deed, wanneer en waar het staat."""

    key: ClassVar[str] = "einde-besloten"
    todo: ClassVar[str] = "Leg vast wie over het einde van de inzet besloot."


@dataclass(frozen=True)
class Transitiestrategie(Vastgelegd):
    """Bij een missie is er een transitiestrategie: hoe de verantwoordelijkheid geleidelijk overgaat."""

    key: ClassVar[str] = "transitiestrategie"
    when: ClassVar[str] = "Er gaan mensen: een missie"
    todo: ClassVar[str] = "Leg de transitiestrategie vast."


@dataclass(frozen=True)
class Beeindigingsbrief(BriefVerzonden):
    """Als de Kamer een artikel 100-brief kreeg, meldt een beëindigingsbrief het einde van de inzet."""

    when: ClassVar[str] = "Artikel 100 gold: de Kamer kreeg een artikel 100-brief"
    label: ClassVar[str] = "Beëindigingsbrief"

    def applies(self, facts: Facts) -> bool:
        return "artikel-100" in facts.records.sent


@dataclass(frozen=True)
class LaatsteVoortgang(Gate):
    """Het laatste voortgangsverslag is vastgesteld."""

    key: ClassVar[str] = "laatste_voortgang"
    source: ClassVar[str] = "Leidraad par. 3.6, fase 5 en 6"
    waivable: ClassVar[bool] = True
    url_name: ClassVar[str] = "voortgang"

    def _last(self, facts: Facts) -> int | None:
        paper = facts.papers.get("voortgang-slot")
        return paper.version_id if paper else None

    def check(self, facts: Facts) -> str | None:
        return None if self._last(facts) else "Stel het laatste voortgangsverslag vast (vink ‘Laatste verslag’ aan)."

    def grounds(self, facts: Facts) -> Grounds:
        last = self._last(facts)
        return {"version_ids": [last] if last else []}
