"""The gate that waits for a registered fact: a date, an outcome, a few words (phases/vastlegging/soorten.py)."""

from dataclasses import dataclass
from typing import ClassVar

from cases.rights import Role
from cases.templatetags.notatie import datum
from phases.process.facts import Facts
from phases.process.gates.base import PENVOERDER, Gate, Grounds
from phases.vastlegging.soorten import SOORTEN, Soort

SECOND = "tweede gemachtigde"
HOLDERS = {
    Role.GEMACHTIGDE: "gemachtigde {}",
    Role.SECRETARIAAT: "secretariaat",
    Role.BIV_BEHEERDER: "BIV-beheerder",
}


@dataclass(frozen=True)
class Vastgelegd(Gate):
    """Base of the gates on one registered fact. A subclass names its soort and what to do."""

    todo: ClassVar[str] = ""

    @property
    def soort(self) -> Soort:
        return SOORTEN[self.key]

    @property
    def rule_source(self) -> str:
        return self.source or self.soort.source

    @property
    def label(self) -> str:
        """How it stands among the products of its phase."""
        return self.soort.label

    @property
    def holder(self) -> str:
        """Who registers it in general; `awaited` says who must now."""
        if self.soort.role != Role.BEHANDELAAR:
            return HOLDERS[self.soort.role].format(self.soort.ministry).strip()
        return f"penvoerder of behandelaar {self.soort.ministry}" if self.soort.ministry else PENVOERDER

    def applies(self, facts: Facts) -> bool:
        return self.soort.applies(facts.efforts)

    def check(self, facts: Facts) -> str | None:
        record = facts.records.newest.get(self.key)
        if record is None:
            return self._invite(facts) or self.todo
        if facts.of_before(record):
            return f"{self.soort.label}: dit is vastgelegd voordat de optie was gekozen. Leg het opnieuw vast."
        if not self.soort.positive(record.uitkomst):
            return f"{self.soort.label}: de uitkomst is {self.soort.outcome_label(record.uitkomst).lower()}."
        if self.soort.confirmed and not record.confirmed:
            return f"Laat een tweede persoon bevestigen: {self.soort.label[0].lower()}{self.soort.label[1:]}."
        return None

    def _invite(self, facts: Facts) -> str:
        """Another ministry must register it, and does not take part yet."""
        code = self.soort.ministry
        if not code or code in facts.taking_part or self.soort.role == Role.BEHANDELAAR:
            return ""
        return f"Laat {code} deelnemen aan dit dossier. Daarna: {self.todo[0].lower()}{self.todo[1:]}"

    def awaited(self, facts: Facts) -> str:
        record, code = facts.records.newest.get(self.key), self.soort.ministry
        if record and self.soort.confirmed and not record.confirmed and self.soort.positive(record.uitkomst):
            return SECOND
        if self.soort.role != Role.BEHANDELAAR:
            return PENVOERDER if self._invite(facts) else HOLDERS[self.soort.role].format(code)
        elsewhere = code and code != facts.lead and code in facts.taking_part
        return f"behandelaar {code}" if elsewhere else PENVOERDER

    def grounds(self, facts: Facts) -> Grounds:
        return {"vastlegging_ids": [facts.records.newest[self.key].id]}

    def link(self, facts: Facts) -> tuple[str, list[str | int]]:
        invited = self.key not in facts.records.newest and self._invite(facts)
        return ("deelname", []) if invited else ("vastlegging", [self.key])

    def hint(self, facts: Facts) -> str:
        """What was registered, in a few words."""
        record = facts.records.newest.get(self.key)
        if record is None:
            return ""
        outcome = self.soort.outcome_label(record.uitkomst)
        return f"{outcome}, {datum(record.op)}" if outcome else datum(record.op)
