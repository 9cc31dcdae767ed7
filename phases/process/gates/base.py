"""What a gate is, how it is judged, and the words that gates share."""

from dataclasses import dataclass, field
from typing import ClassVar

from phases.process.facts import Facts

Grounds = dict[str, list[int]]

# Words for who is awaited that others compare with: who leads the dossier, and what nobody can do yet.
PENVOERDER = "penvoerder"
LATER = ", na vaststelling"

PRODUCT_NAMES = {
    "signaal": "de signaalbeoordeling",
    "analyse": "de analyse en beoordeling",
    "opties": "de optiesnota",
    "plan": "het plan",
    "evaluatie": "de eindevaluatie",
    "kennisgeving": "de kennisgevingsbrief",
    "artikel-100": "de artikel 100-brief",
    "beeindiging": "de beëindigingsbrief",
    "negatieve-uitkomst": "de brief over de negatieve uitkomst",
}


@dataclass(frozen=True)
class Gate:
    """Base: always applies, never waivable, nothing to rest on.

    `waivable`: one may ask to set it aside. `declared_by`: the declarations (kleinschalig, een-instrument, spoed) that write
    a waiver for it, also where nobody may ask one by hand. `catch_up`: who sets it aside says who does it later, and when.
    `label`: how it stands among the products of its phase.
    """

    key: ClassVar[str] = ""
    waivable: ClassVar[bool] = False
    declared_by: ClassVar[tuple[str, ...]] = ()
    catch_up: ClassVar[bool] = False
    label: ClassVar[str] = ""
    source: ClassVar[str] = ""
    holder: ClassVar[str] = PENVOERDER
    when: ClassVar[str] = "Altijd"
    url_name: ClassVar[str] = "dossier"

    @property
    def name(self) -> str:
        return self.key

    @property
    def rule(self) -> str:
        """The sentence on screen and in the phase plan: the docstring of the gate, with the name of its paper filled in."""
        product = PRODUCT_NAMES.get(getattr(self, "kind", ""), "")
        return (type(self).__doc__ or "").strip().format(product=product, Product=product.capitalize())

    @property
    def rule_source(self) -> str:
        """Where the rule comes from; never empty."""
        return getattr(self, "paragraph", "") or self.source

    def applies(self, facts: Facts) -> bool:
        return True

    def check(self, facts: Facts) -> str | None:
        raise NotImplementedError

    def grounds(self, facts: Facts) -> Grounds:
        """The approvals that an open gate gives the move to rest on."""
        return {}

    def awaited(self, facts: Facts) -> str:
        """Who must act, in words."""
        return self.holder

    def can_be_set_aside(self, facts: Facts) -> bool:
        """Whether a granted waiver counts now."""
        return self.waivable or bool(self.declared_by)

    def link(self, facts: Facts) -> tuple[str, list[str | int]]:
        """The page where one acts: url name and extra arguments after the dossier's number."""
        return self.url_name, []

    def hint(self, facts: Facts) -> str:
        """What stands under its label once it is open."""
        return ""


@dataclass(frozen=True)
class Finding:
    """One gate as judged now. `sentence` is "" when it is open; `waived` when it was set aside."""

    gate: Gate
    sentence: str
    waiver_id: int | None = None
    holder: str = ""
    link: tuple[str, list[str | int]] = ("dossier", [])
    grounds: Grounds = field(default_factory=dict)

    @property
    def open(self) -> bool:
        return not self.sentence

    @property
    def on_penvoerder(self) -> bool:
        """Whether the penvoerder can act, alone or beside others."""
        return self.holder == PENVOERDER or self.holder.startswith(f"{PENVOERDER} of ")

    @property
    def waived(self) -> bool:
        return self.waiver_id is not None


def judge(gate: Gate, facts: Facts) -> Finding | None:
    """The finding of a gate, or None when it does not apply to this dossier."""
    if not gate.applies(facts):
        return None
    sentence = gate.check(facts)
    if sentence is None:
        return Finding(gate, "", grounds=gate.grounds(facts), link=gate.link(facts))
    waiver = facts.waiver(gate.name) if gate.can_be_set_aside(facts) else None
    if waiver:
        return Finding(gate, "", waiver_id=waiver, grounds={"waiver_ids": [waiver]}, link=gate.link(facts))
    return Finding(gate, sentence, holder=gate.awaited(facts), link=gate.link(facts))


def initials_sentence(facts: Facts, kind: str) -> str:
    """What a paper that lies ter paraaf waits for; "" when none does."""
    initial = facts.initials.get(kind)
    if initial is None:
        return ""
    if initial.awaited:
        return f"Wacht op de paraaf van {in_words(list(initial.awaited))} op {PRODUCT_NAMES[kind]}."
    return f"Stel {PRODUCT_NAMES[kind]} vast: alle parafen zijn binnen."


def initials_holder(facts: Facts, kind: str) -> str:
    """The teamleiders who must initial a paper; "" when it is not up to them."""
    initial = facts.initials.get(kind)
    return f"teamleider {in_words(list(initial.awaited))}" if initial and initial.awaited else ""


def in_words(codes: list[str]) -> str:
    """ "BHOS, BZ en DEF"."""
    return " en ".join(filter(None, [", ".join(codes[:-1]), codes[-1]])) if codes else ""
