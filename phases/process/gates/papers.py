"""The gate on the product of a phase."""

from dataclasses import dataclass
from typing import ClassVar

from phases.process.facts import Facts
from phases.process.gates.base import PRODUCT_NAMES, Gate, Grounds, initials_holder, initials_sentence


@dataclass(frozen=True)
class Vastgesteld(Gate):
    """{Product} is vastgesteld."""

    kind: str = ""
    url: str = ""
    paragraph: str = ""
    also: str = ""
    key: ClassVar[str] = "vastgesteld"
    fact: ClassVar[str] = ""  # the soort of registered fact that may stand in for the paper

    @property
    def name(self) -> str:
        return f"{self.key}:{self.kind}"

    @property
    def rule(self) -> str:
        return f"{super().rule} {self.also}".strip()

    def check(self, facts: Facts) -> str | None:
        if self.kind in facts.papers:
            return None
        return (
            initials_sentence(facts, self.kind) or f"Stel {PRODUCT_NAMES[self.kind]} op, leg die voor en stel die vast."
        )

    def awaited(self, facts: Facts) -> str:
        return initials_holder(facts, self.kind) or self.holder

    def grounds(self, facts: Facts) -> Grounds:
        return {"version_ids": [facts.papers[self.kind].version_id]}

    def link(self, facts: Facts) -> tuple[str, list[str | int]]:
        initial = facts.initials.get(self.kind)
        return ("document", [initial.document_id]) if initial else (self.url, [])
