"""The advice of the SMO."""

from dataclasses import dataclass
from typing import ClassVar

from phases.process.facts import Facts
from phases.process.gates.base import PRODUCT_NAMES, Gate, Grounds
from phases.smo.models import Oordeel


@dataclass(frozen=True)
class SmoConclusie(Gate):
    """De voorzitter van de SMO heeft positief geconcludeerd over de huidige versie."""

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

    @property
    def rule(self) -> str:
        return f"De voorzitter van de SMO concludeerde positief over de huidige versie van {PRODUCT_NAMES[self.kind]}."

    def applies(self, facts: Facts) -> bool:
        return facts.needs_smo

    def check(self, facts: Facts) -> str | None:
        product = PRODUCT_NAMES[self.kind]
        offer, paper = facts.smo.get(self.kind), facts.papers.get(self.kind)
        if offer is None and paper is None:
            return f"Bied {product} aan de SMO aan zodra dat stuk is vastgesteld."
        if offer is None:
            return f"Bied {product} aan de SMO aan."
        if paper and paper.version_id != offer.version_id:
            return f"Het advies van de SMO gaat over versie {offer.version_number} van {product}, inmiddels is er versie {paper.number}."
        if not offer.oordeel:
            return f"Wacht op de conclusie van de SMO over {product}."
        if not offer.positive:
            return f"De conclusie van de SMO over {product} is: {Oordeel(offer.oordeel).label.lower()}."
        return None

    def awaited(self, facts: Facts) -> str:
        offer, paper = facts.smo.get(self.kind), facts.papers.get(self.kind)
        if offer is None and paper is None:
            return "penvoerder, na vaststelling"
        waiting = offer and not offer.oordeel and not (paper and paper.version_id != offer.version_id)
        return "voorzitter SMO" if waiting else "penvoerder"

    def grounds(self, facts: Facts) -> Grounds:
        conclusie = facts.smo[self.kind].conclusie_id
        return {"conclusie_ids": [conclusie] if conclusie else []}
