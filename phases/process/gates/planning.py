"""What holds the step to Uitvoering."""

from dataclasses import dataclass
from typing import ClassVar

from phases.process.facts import Facts
from phases.process.gates.base import Gate, Grounds, in_words, judge
from phases.process.gates.smo import SmoConclusie

SMO_PLAN = SmoConclusie("plan")


@dataclass(frozen=True)
class BivBesluit(Gate):
    """De betrokken ministers hebben op de huidige aanvraag een positief BIV-besluit genomen."""

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
        if biv.lapsed:
            return "De BIV-aanvraag is vervallen. Vraag het geld opnieuw aan."
        if biv.unsplit:
            return "Verdeel het gevraagde BIV-geld over ODA en niet-ODA."
        if biv.proposed and not smo_allows(facts):
            return "Het BIV-geld kan worden gereserveerd zodra de SMO positief concludeert over het plan."
        if biv.proposed:
            return "Wacht op de reservering van het BIV-geld."
        if biv.held:
            return f"Het BIV-besluit van {in_words(biv.held)} is aangehouden."
        return f"Wacht op het BIV-besluit van {in_words(biv.awaited)}."

    def awaited(self, facts: Facts) -> str:
        biv = facts.biv
        if biv is None or biv.refused or biv.lapsed or biv.unsplit or biv.granted:
            return "penvoerder"
        if biv.proposed:
            return f"BIV-beheerder {biv.manager}" + ("" if smo_allows(facts) else ", na de SMO")
        return f"gemachtigde {in_words(biv.awaited)}"

    def grounds(self, facts: Facts) -> Grounds:
        return {"beslissing_ids": list(facts.biv.beslissing_ids) if facts.biv else []}


def smo_allows(facts: Facts) -> bool:
    """Whether the advice on the plan allows to reserve money, or no advice is needed."""
    finding = judge(SMO_PLAN, facts)
    return finding is None or finding.open
