"""Letters to parliament."""

from dataclasses import dataclass
from typing import ClassVar

from cases.models import PaperStatus
from phases.kamer.models import Kamer
from phases.process.facts import Facts
from phases.process.gates.base import PENVOERDER, PRODUCT_NAMES, Gate, Grounds, initials_holder, initials_sentence

# What tells parliament that something begins, and that it is over.
BEGINS = frozenset({"kennisgeving", "artikel-100"})
ENDS = {"beeindiging", "negatieve-uitkomst"}


@dataclass(frozen=True)
class BriefVerzonden(Gate):
    """{Product} is aan de Tweede Kamer gestuurd."""

    kind: str = ""
    paragraph: str = ""
    when: ClassVar[str] = "Als artikel 100 van toepassing is"
    key: ClassVar[str] = "brief"
    holder: ClassVar[str] = "secretariaat"

    @property
    def name(self) -> str:
        return f"{self.key}:{self.kind}"

    def applies(self, facts: Facts) -> bool:
        return bool(facts.artikel_100)

    def check(self, facts: Facts) -> str | None:
        paper, letter = facts.papers.get(self.kind), PRODUCT_NAMES[self.kind]
        if paper is None:
            return initials_sentence(facts, self.kind) or f"Stel {letter} op en stel die vast."
        if Kamer.TWEEDE in paper.sent:
            return None
        if paper.status == PaperStatus.VASTGESTELD:
            return f"Wacht op de ondertekening van {letter}."
        return f"Wacht tot {letter} aan de Tweede Kamer is gestuurd."

    def awaited(self, facts: Facts) -> str:
        paper = facts.papers.get(self.kind)
        if paper is None:
            return initials_holder(facts, self.kind) or PENVOERDER
        return "gemachtigden" if paper.status == PaperStatus.VASTGESTELD else "secretariaat"

    def grounds(self, facts: Facts) -> Grounds:
        return {"version_ids": [facts.papers[self.kind].version_id]}

    def link(self, facts: Facts) -> tuple[str, list[str | int]]:
        initial = facts.initials.get(self.kind)
        return ("document", [initial.document_id]) if initial else ("brief", [self.kind])


@dataclass(frozen=True)
class NietBeeindigd(Gate):
    """De Tweede Kamer kreeg in deze ronde geen brief dat de inzet eindigt of niet doorgaat."""

    when: ClassVar[str] = "Als artikel 100 van toepassing is, of zo’n brief is verzonden"
    key: ClassVar[str] = "niet_beeindigd"
    source: ClassVar[str] = (
        "ontwerpkeuze: een dossier dat heropend is, gaat niet verder op stukken van voor het bericht dat het niet doorgaat"
    )

    def applies(self, facts: Facts) -> bool:
        return bool(facts.artikel_100) or self._told(facts)

    def _told(self, facts: Facts) -> bool:
        return any(Kamer.TWEEDE in paper.sent for kind, paper in facts.papers.items() if kind in ENDS)

    def check(self, facts: Facts) -> str | None:
        if not self._told(facts):
            return None
        return "De Tweede Kamer weet dat deze inzet niet doorgaat. Begin voor nieuwe inzet een nieuw dossier."


@dataclass(frozen=True)
class Kennisgeving(BriefVerzonden):
    """{Product} is aan de Tweede Kamer gestuurd, of meteen de artikel 100-brief. In een latere ronde geldt dit alleen als de Kamer nog van niets weet."""

    when: ClassVar[str] = "Als artikel 100 lijkt te gelden, in de eerste ronde of zolang de Kamer geen brief kreeg"
    waivable: ClassVar[bool] = True
    declared_by: ClassVar[tuple[str, ...]] = ("spoed",)

    def applies(self, facts: Facts) -> bool:
        return bool(facts.artikel_100) and (facts.ronde_number == 1 or not BEGINS & facts.records.sent)

    def check(self, facts: Facts) -> str | None:
        return None if self._told_in_full(facts) else super().check(facts)

    def grounds(self, facts: Facts) -> Grounds:
        return {} if self._told_in_full(facts) else super().grounds(facts)

    def _told_in_full(self, facts: Facts) -> bool:
        """Whether the artikel 100-brief went without a kennisgeving: what that would announce has been said."""
        letter = facts.papers.get("artikel-100")
        return "kennisgeving" not in facts.records.sent and letter is not None and Kamer.TWEEDE in letter.sent
