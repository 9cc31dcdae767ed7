"""The advice of the SMO."""

from dataclasses import dataclass
from typing import ClassVar

from phases.besluit.samen import Samen, together
from phases.process.facts import Facts, SmoFact
from phases.process.gates.base import LATER, PENVOERDER, PRODUCT_NAMES, Gate, Grounds
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

    def check(self, facts: Facts) -> str | None:
        product = PRODUCT_NAMES[self.kind]
        offer, paper = facts.smo.get(self.kind), facts.papers.get(self.kind)
        if offer is None and paper is None:
            return f"Bied {product} aan de SMO aan zodra dat stuk is vastgesteld."
        if offer is None:
            return f"Bied {product} aan de SMO aan."
        if paper and not offer.covers(paper.version_id):
            return f"Het advies van de SMO gaat over versie {offer.version_number} van {product}, inmiddels is er versie {paper.number}."
        if not offer.oordeel:
            return f"Wacht op de conclusie van de SMO over {product}."
        if offer.oordeel == Oordeel.NEGATIEF:
            return None if _set_aside(facts, offer).counts else _negative(product)
        if not offer.positive:
            return f"De conclusie van de SMO over {product} is: {Oordeel(offer.oordeel).label.lower()}."
        return _conditions(offer, product)

    def awaited(self, facts: Facts) -> str:
        offer, paper = facts.smo.get(self.kind), facts.papers.get(self.kind)
        if offer is None and paper is None:
            return PENVOERDER + LATER
        if offer is None or (paper and not offer.covers(paper.version_id)):
            return PENVOERDER
        if not offer.oordeel or offer.held:
            return "voorzitter SMO"
        return "secretaris SMO" if offer.positive and offer.unchecked and not offer.unmet else PENVOERDER

    def grounds(self, facts: Facts) -> Grounds:
        offer = facts.smo[self.kind]
        if offer.oordeel == Oordeel.NEGATIEF:
            return {"besluit_ids": _set_aside(facts, offer).ids}
        return {"conclusie_ids": [offer.conclusie_id] if offer.conclusie_id else []}


def _set_aside(facts: Facts, offer: SmoFact) -> Samen:
    """What the ministers decided about this very version since the negative advice."""
    since = [besluit for besluit in facts.besluiten if besluit.id in offer.since]
    return together(since, offer.version_id, facts.ministers)


def _negative(product: str) -> str:
    return (
        f"De conclusie van de SMO over {product} is: negatief. Leg dat advies voor aan de bewindspersonen, "
        "of bied een nieuwe versie aan."
    )


def _conditions(offer: SmoFact, product: str) -> str | None:
    """Why open conditions hold; None when every one is met and confirmed."""
    if offer.unmet:
        count = "1 voorwaarde" if offer.unmet == 1 else f"{offer.unmet} voorwaarden"
        return f"Handel {count} van de SMO over {product} af."
    if offer.unchecked:
        return f"Wacht tot de secretaris van de SMO de afgehandelde voorwaarden over {product} bevestigt."
    return None
