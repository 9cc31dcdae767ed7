"""A registered decision that is not a plain akkoord, or that nobody confirmed yet."""

from dataclasses import dataclass
from typing import ClassVar

from phases.besluit.models import Orgaan, Uitkomst, minister
from phases.besluit.samen import left_open
from phases.process.facts import BesluitFact, Facts
from phases.process.gates.base import PENVOERDER, PRODUCT_NAMES, Gate

SAYS = {
    Uitkomst.MET_WIJZIGING: "{who} is akkoord met wijziging. Maak een nieuwe versie van {paper} en stel die vast.",
    Uitkomst.NIET_AKKOORD: "{who} is niet akkoord met {paper}. Pas het stuk aan of stop het dossier.",
    Uitkomst.AANGEHOUDEN: "{who} houdt het besluit over {paper} aan.",
    Uitkomst.OVERLEG: "{who} wil eerst overleg over {paper}. Leg daarna een nieuw besluit vast.",
}


def decider(made: BesluitFact) -> str:
    """Whose decision it is, at the start of a sentence."""
    if made.orgaan == Orgaan.MINISTERRAAD:
        return "De Ministerraad"
    return (
        f"De m{minister(made.ministry)[1:]}" if made.orgaan == Orgaan.BEWINDSPERSONEN else "Wie hoog ambtelijk besloot"
    )


def besluit_sentence(made: BesluitFact, kind: str, version_id: int) -> str:
    """What a decision that is no akkoord asks, now that this version counts; "" for akkoord."""
    if made.version_id != version_id:
        outcome, paper = Uitkomst(made.uitkomst).label.lower(), PRODUCT_NAMES[kind]
        return f"{decider(made)} besloot over een eerdere versie van {paper}: {outcome}. Leg een besluit over de nieuwe versie vast."
    words = SAYS.get(Uitkomst(made.uitkomst), "")
    return words.format(who=decider(made), paper=PRODUCT_NAMES[kind])


def _registers(made: BesluitFact) -> str:
    return "secretariaat" if made.orgaan == Orgaan.MINISTERRAAD else f"gemachtigde {made.ministry}"


@dataclass(frozen=True)
class GeenOpenBesluit(Gate):
    """Elk besluit dat over {product} is geregistreerd, is bevestigd en akkoord. Wie over een eerdere versie niet akkoord was, besluit opnieuw."""

    kind: str = ""
    key: ClassVar[str] = "open_besluit"
    source: ClassVar[str] = (
        "ontwerpkeuze: wie een besluit liet vastleggen, mag niet worden gepasseerd voordat het is gecontroleerd of herzien"
    )
    when: ClassVar[str] = "Als een besluit is geregistreerd"
    holder: ClassVar[str] = "gemachtigde of secretariaat"
    url_name: ClassVar[str] = "besluiten"

    @property
    def name(self) -> str:
        return f"{self.key}:{self.kind}"

    def applies(self, facts: Facts) -> bool:
        return bool(facts.decided(self.kind)) or self._held_by(facts) is not None

    def _version(self, facts: Facts) -> int:
        paper = facts.papers.get(self.kind)
        return paper.version_id if paper else 0

    def _held_by(self, facts: Facts) -> BesluitFact | None:
        return left_open(facts.about(self.kind), self._version(facts))

    def check(self, facts: Facts) -> str | None:
        made = self._held_by(facts)
        if made is None:
            return None
        if not made.confirmed:
            who = decider(made)
            return f"Wacht op de bevestiging van het besluit van {who[0].lower()}{who[1:]} over {PRODUCT_NAMES[self.kind]}."
        return besluit_sentence(made, self.kind, self._version(facts))

    def awaited(self, facts: Facts) -> str:
        made = self._held_by(facts)
        if made and not made.confirmed:
            return _registers(made)
        return _registers(made) if made and made.version_id != self._version(facts) else PENVOERDER
