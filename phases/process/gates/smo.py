"""The advice of the SMO."""

from dataclasses import dataclass
from typing import ClassVar

from phases.besluit.models import Uitkomst
from phases.besluit.samen import Samen, together
from phases.process.facts import Facts, SmoFact
from phases.process.gates.base import LATER, PENVOERDER, PRODUCT_NAMES, Gate, Grounds, in_words
from phases.smo.models import Oordeel


@dataclass(frozen=True)
class SmoConclusie(Gate):
    """De voorzitter van de SMO concludeerde positief over de huidige versie van {product}."""

    kind: str = ""
    key: ClassVar[str] = "smo"
    source: ClassVar[str] = "Leidraad par. 3.2 en 3.6"
    when: ClassVar[str] = "Als militairen, politie, justitie of civiele experts worden overwogen"
    waivable: ClassVar[bool] = True
    holder: ClassVar[str] = "voorzitter SMO"
    url_name: ClassVar[str] = "dossier_smo"

    @property
    def name(self) -> str:
        return f"{self.key}:{self.kind}"

    def applies(self, facts: Facts) -> bool:
        return facts.needs_smo

    def can_be_set_aside(self, facts: Facts) -> bool:
        """Not once the chair spoke: a negative conclusion goes to the ministers, conditions are met (ontwerpkeuze)."""
        offer = facts.smo.get(self.kind)
        return offer is None or not (offer.oordeel == Oordeel.NEGATIEF or offer.unmet or offer.unchecked)

    def check(self, facts: Facts) -> str | None:
        product = PRODUCT_NAMES[self.kind]
        offer, paper = facts.smo.get(self.kind), facts.papers.get(self.kind)
        if offer is None and paper is None:
            return f"Bied {product} aan de SMO aan zodra dat stuk is vastgesteld."
        if offer is None:
            return f"Bied {product} aan de SMO aan."
        if paper and not offer.covers(paper.version_id):
            return f"Het advies van de SMO gaat over versie {offer.version_number} van {product}, inmiddels is er versie {paper.number}."
        if other := self.other_money(facts, offer):
            return other
        if not offer.oordeel:
            return f"Wacht op de conclusie van de SMO over {product}."
        if offer.oordeel == Oordeel.NEGATIEF:
            return None if _set_aside(facts, offer).counts else _negative(product, facts, self.undecided(facts))
        if not offer.positive:
            return f"De conclusie van de SMO over {product} is: {Oordeel(offer.oordeel).label.lower()}."
        return _conditions(offer, product)

    def awaited(self, facts: Facts) -> str:
        offer, paper = facts.smo.get(self.kind), facts.papers.get(self.kind)
        if offer is None and paper is None:
            return PENVOERDER + LATER
        if offer is None or (paper and not offer.covers(paper.version_id)):
            return PENVOERDER
        if self.other_money(facts, offer):
            return f"{PENVOERDER} of voorzitter SMO" if offer.positive and offer.aanvraag and facts.biv else PENVOERDER
        if not offer.oordeel or offer.held:
            return "voorzitter SMO"
        codes = [*self.undecided(facts), *_set_aside(facts, offer).unconfirmed]
        if codes and offer.oordeel == Oordeel.NEGATIEF:
            return f"{PENVOERDER} of gemachtigde {in_words(codes)}"
        return "secretaris SMO" if offer.positive and offer.unchecked and not offer.unmet else PENVOERDER

    def other_money(self, facts: Facts, offer: SmoFact) -> str:
        """Why the advice is not about the money that is asked now; "" when it is, or when this advice is not about money."""
        return ""

    def undecided(self, facts: Facts) -> list[str]:
        """Whose minister must still decide, because the SMO advised negatively on the version that counts.

        Nobody once a minister wants something else: then only a new version helps.
        """
        offer, paper = facts.smo.get(self.kind), facts.papers.get(self.kind)
        if offer is None or offer.oordeel != Oordeel.NEGATIEF or (paper and not offer.covers(paper.version_id)):
            return []
        if self.other_money(facts, offer):
            return []
        made = _set_aside(facts, offer).made
        if any(one and one.uitkomst in (Uitkomst.NIET_AKKOORD, Uitkomst.MET_WIJZIGING) for one in made.values()):
            return []
        later = (Uitkomst.AANGEHOUDEN, Uitkomst.OVERLEG)
        return [code for code, one in made.items() if one is None or (one.confirmed and one.uitkomst in later)]

    def grounds(self, facts: Facts) -> Grounds:
        offer = facts.smo[self.kind]
        if offer.oordeel == Oordeel.NEGATIEF:
            return {"besluit_ids": _set_aside(facts, offer).ids}
        return {"conclusie_ids": [offer.conclusie_id] if offer.conclusie_id else []}


@dataclass(frozen=True)
class SmoPlanEnBiv(SmoConclusie):
    """De voorzitter van de SMO concludeerde positief over de huidige versie van {product} en de BIV-aanvraag die daarbij hoort."""

    def other_money(self, facts: Facts, offer: SmoFact) -> str:
        biv = facts.biv
        if biv is None and offer.aanvraag:
            return f"{_lay_beside(offer)}, en er wordt nu geen BIV-geld gevraagd. {_again(offer)}"
        if biv is None or biv.refused or biv.lapsed or biv.number in (offer.aanvraag, *offer.later_money):
            return ""
        if not offer.aanvraag or _waits(offer):
            return f"{_lay_beside(offer)}, inmiddels is er aanvraag {biv.number}. {_again(offer)}"
        return f"Het advies van de SMO gaat over BIV-aanvraag {offer.aanvraag}, inmiddels is er aanvraag {biv.number}."


def _waits(offer: SmoFact) -> bool:
    return not offer.oordeel or offer.held


def _lay_beside(offer: SmoFact) -> str:
    seen = f"BIV-aanvraag {offer.aanvraag}" if offer.aanvraag else "geen BIV-aanvraag"
    return f"Bij de SMO ligt {seen}" if _waits(offer) else f"Bij het advies van de SMO lag {seen}"


def _again(offer: SmoFact) -> str:
    return "Trek het plan in en bied het opnieuw aan." if _waits(offer) else "Bied het plan opnieuw aan."


def _set_aside(facts: Facts, offer: SmoFact) -> Samen:
    """What the ministers decided about this very version since the negative advice."""
    since = [besluit for besluit in facts.besluiten if besluit.id in offer.since]
    return together(since, offer.version_id, facts.ministers)


def _negative(product: str, facts: Facts, undecided: list[str]) -> str:
    outside = [code for code in undecided if code not in facts.taking_part]
    invite = f" Laat daarvoor {in_words(outside)} deelnemen: ook die minister besluit." if outside else ""
    return (
        f"De conclusie van de SMO over {product} is: negatief. Leg dat advies voor aan de bewindspersonen, "
        f"of bied een nieuwe versie aan.{invite}"
    )


def _conditions(offer: SmoFact, product: str) -> str | None:
    """Why open conditions hold; None when every one is met and confirmed."""
    if offer.unmet:
        count = "1 voorwaarde" if offer.unmet == 1 else f"{offer.unmet} voorwaarden"
        return f"Handel {count} van de SMO over {product} af."
    if offer.unchecked:
        return f"Wacht tot de secretaris van de SMO de afgehandelde voorwaarden over {product} bevestigt."
    return None
