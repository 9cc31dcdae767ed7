"""What holds the step to Evaluatie."""

from dataclasses import dataclass
from typing import ClassVar

from phases.process.facts import Facts
from phases.process.gates.base import Gate, Grounds


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
