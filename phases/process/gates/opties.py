"""What holds the step out of Handelingsopties."""

from dataclasses import dataclass
from typing import ClassVar

from phases.besluit.models import Uitkomst
from phases.process.facts import Facts
from phases.process.gates.base import Gate, Grounds
from phases.process.gates.orientatie import ToetsGedaan


@dataclass(frozen=True)
class OptieGekozen(Gate):
    """Er is een handelingsoptie gekozen, en een tweede persoon bevestigde dat besluit."""

    key: ClassVar[str] = "optie_gekozen"
    source: ClassVar[str] = "Leidraad par. 3.6, fase 3; de bevestiging is een ontwerpkeuze: vier ogen op een besluit"
    holder: ClassVar[str] = "gemachtigde"
    url_name: ClassVar[str] = "besluiten"

    def check(self, facts: Facts) -> str | None:
        choice, paper = facts.choice(), facts.papers.get("opties")
        if choice is None:
            return "Wacht op de keuze voor een handelingsoptie."
        if not choice.confirmed:
            return "Wacht op de bevestiging van de keuze door een tweede gemachtigde."
        if choice.uitkomst != Uitkomst.AKKOORD or not choice.optie:
            return "De bewindspersonen kozen nog geen optie."
        if paper and choice.version_id != paper.version_id:
            return "De keuze gaat over een eerdere versie van de optiesnota."
        if choice.optie == "0":
            return "Er is gekozen voor de nuloptie. Stop het dossier."
        return None

    def grounds(self, facts: Facts) -> Grounds:
        choice = facts.choice()
        return {"besluit_ids": [choice.id] if choice else []}


@dataclass(frozen=True)
class ToetsOpnieuw(ToetsGedaan):
    """De toepasselijkheidstoets is opnieuw gedaan nu de opties bekend zijn."""

    key: ClassVar[str] = "toets_opnieuw"

    def check(self, facts: Facts) -> str | None:
        if facts.artikel_100 is None or facts.toets_provisional:
            return "Doe de toepasselijkheidstoets opnieuw voor de gekozen optie."
        return None
