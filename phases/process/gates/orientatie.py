"""What holds the step out of Oriëntatie."""

from dataclasses import dataclass
from typing import ClassVar

from phases.orientatie.models import Uitkomst as SignaalUitkomst
from phases.process.facts import Facts
from phases.process.gates.base import PENVOERDER, Gate, in_words


@dataclass(frozen=True)
class NaderOnderzoek(Gate):
    """De uitkomst van de signaalbeoordeling is dat nader onderzoek nodig is."""

    key: ClassVar[str] = "nader_onderzoek"
    source: ClassVar[str] = "Leidraad par. 3.6, fase 1"
    when: ClassVar[str] = "Zodra dat stuk is vastgesteld"
    url_name: ClassVar[str] = "signaal"

    def applies(self, facts: Facts) -> bool:
        return "signaal" in facts.papers

    def check(self, facts: Facts) -> str | None:
        if facts.papers["signaal"].values.get("uitkomst") == SignaalUitkomst.NADER_ONDERZOEK:
            return None
        return "De signaalbeoordeling vraagt nu niet om nader onderzoek. Pas de uitkomst aan of stop het dossier."


@dataclass(frozen=True)
class ToetsGedaan(Gate):
    """De toepasselijkheidstoets voor artikel 100 is gedaan. Wie afwijkt van de antwoorden of van een verzonden brief, laat dat bevestigen."""

    key: ClassVar[str] = "toets"
    source: ClassVar[str] = (
        "Kamerstuk 29 521, nr. 226; het moment is een ontwerpkeuze: de uitkomst bepaalt welke brieven nodig zijn"
    )
    holder: ClassVar[str] = f"{PENVOERDER}; wijkt de uitkomst af, dan daarna de teamleider"
    url_name: ClassVar[str] = "toets"

    def check(self, facts: Facts) -> str | None:
        if facts.artikel_100 is None:
            return "Doe de toepasselijkheidstoets voor artikel 100."
        return self.unconfirmed(facts)

    def unconfirmed(self, facts: Facts) -> str | None:
        """An outcome that deviates from the answers, or from what parliament was told, waits on a second person."""
        return "Wacht op de bevestiging van de uitkomst van de toets." if facts.toets_deviates else None

    def awaited(self, facts: Facts) -> str:
        return f"teamleider {facts.lead}" if self.check(facts) == self.unconfirmed(facts) else PENVOERDER


@dataclass(frozen=True)
class Werkgroep(Gate):
    """Elk deelnemend ministerie heeft een contactpersoon in de werkgroep."""

    key: ClassVar[str] = "werkgroep"
    source: ClassVar[str] = (
        "Leidraad par. 3.3 en 3.6, fase 1 (werkgroep); een naam per ministerie is een ontwerpkeuze: zo"
        " weet iedereen wie meedoet"
    )
    waivable: ClassVar[bool] = True
    declared_by: ClassVar[tuple[str, ...]] = ("kleinschalig", "een-instrument")
    url_name: ClassVar[str] = "betrokkenen"

    def check(self, facts: Facts) -> str | None:
        if facts.without_contact:
            return f"Noem een contactpersoon van {in_words(list(facts.without_contact))} voor de werkgroep."
        return None
