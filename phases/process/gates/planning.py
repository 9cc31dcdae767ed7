"""What holds the step to Uitvoering."""

from dataclasses import dataclass
from typing import ClassVar

from phases.process.facts import Facts
from phases.process.gates.base import Gate, Grounds, in_words


@dataclass(frozen=True)
class BivBesluit(Gate):
    """De betrokken ministers hebben op de huidige aanvraag een positief BIV-besluit genomen."""

    when: ClassVar[str] = "Als geld uit het BIV is gevraagd"
    key: ClassVar[str] = "biv"
    source: ClassVar[str] = "Leidraad par. 3.4"
    holder: ClassVar[str] = "gemachtigden"
    url_name: ClassVar[str] = "budget"

    def applies(self, facts: Facts) -> bool:
        return facts.biv is not None

    def check(self, facts: Facts) -> str | None:
        biv = facts.biv
        if biv is None or biv.granted:
            return None
        if biv.refused:
            return f"{' en '.join(biv.refused)} wees de BIV-aanvraag af."
        return f"Wacht op het BIV-besluit van {in_words(biv.awaited)}."

    def awaited(self, facts: Facts) -> str:
        awaited = facts.biv.awaited if facts.biv else []
        return f"gemachtigde {in_words(awaited)}" if awaited else "penvoerder"

    def grounds(self, facts: Facts) -> Grounds:
        return {"beslissing_ids": list(facts.biv.beslissing_ids) if facts.biv else []}
