"""What holds the closing of a dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from phases.process.facts import Facts, PlichtFact
from phases.process.gates.base import LATER, PENVOERDER, Gate, Grounds, in_words
from phases.process.gates.gegevens import Vastgelegd
from phases.process.gates.papers import Vastgesteld
from phases.vastlegging import soorten

MILITARY = "Er was een militaire bijdrage"


@dataclass(frozen=True)
class EvaluatieVastgesteld(Vastgesteld):
    """Bij een militaire bijdrage is de eindevaluatie vastgesteld. Een civiele bijdrage legt verantwoording af in het jaarverslag."""

    when: ClassVar[str] = MILITARY
    fact: ClassVar[str] = "jaarverslag"

    def applies(self, facts: Facts) -> bool:
        return soorten.military(facts.efforts)


@dataclass(frozen=True)
class EvaluatieVerzonden(Vastgelegd):
    """Bij een militaire bijdrage is de eindevaluatie aan de Kamer gestuurd."""

    key: ClassVar[str] = "evaluatie-verzonden"
    when: ClassVar[str] = MILITARY
    todo: ClassVar[str] = "Leg vast wanneer de eindevaluatie aan de Kamer is gestuurd."

    def check(self, facts: Facts) -> str | None:
        paper, sent = facts.papers.get("evaluatie"), facts.records.newest.get(self.key)
        if paper is None:
            return "Stuur de eindevaluatie aan de Kamer zodra die is vastgesteld."
        if sent and paper.adopted_on and sent.op < paper.adopted_on:
            return (
                "De eindevaluatie is daarna opnieuw vastgesteld. Leg vast wanneer deze versie aan de Kamer is gestuurd."
            )
        return super().check(facts)

    def awaited(self, facts: Facts) -> str:
        return super().awaited(facts) if "evaluatie" in facts.papers else "secretariaat" + LATER


@dataclass(frozen=True)
class Jaarverslag(Vastgelegd):
    """Voor de civiele bijdrage ligt de paragraaf voor het jaarverslag klaar."""

    key: ClassVar[str] = "jaarverslag"
    when: ClassVar[str] = "Er was een civiele bijdrage, of geen militaire"
    todo: ClassVar[str] = "Leg de paragraaf voor het jaarverslag vast."


@dataclass(frozen=True)
class Lessen(Gate):
    """De lessen zijn vastgelegd, of er staat waarom er geen zijn."""

    key: ClassVar[str] = "lessen"
    source: ClassVar[str] = "Leidraad par. 3.6, fase 6"
    url_name: ClassVar[str] = "lessen"
    label: ClassVar[str] = "Lessen"

    def check(self, facts: Facts) -> str | None:
        if facts.records.lessons or "geen-lessen" in facts.records.newest:
            return None
        return "Leg de lessen vast, of waarom er geen zijn."

    def grounds(self, facts: Facts) -> Grounds:
        none = facts.records.newest.get("geen-lessen")
        return {"vastlegging_ids": [none.id]} if none and not facts.records.lessons else {}

    def hint(self, facts: Facts) -> str:
        count = facts.records.lessons
        return f"{count} {'les' if count == 1 else 'lessen'}" if count else "Geen lessen, met reden"


@dataclass(frozen=True)
class Toezeggingen(Gate):
    """Elke toezegging aan de Kamer is gedaan of overgedragen."""

    key: ClassVar[str] = "toezeggingen"
    source: ClassVar[str] = "Leidraad par. 3.6, fase 6 (uitgangspunt is ook wat aan de Kamer is toegezegd)"
    url_name: ClassVar[str] = "toezeggingen"
    label: ClassVar[str] = "Toezeggingen"

    def check(self, facts: Facts) -> str | None:
        count = len(facts.records.promises)
        if not count:
            return None
        return f"Doe {'de open toezegging' if count == 1 else f'de {count} open toezeggingen'} af, of draag die over."

    def awaited(self, facts: Facts) -> str:
        codes = sorted({promise.ministry for promise in facts.records.promises})
        return PENVOERDER if facts.lead in codes else f"behandelaar {in_words(codes)}"

    def hint(self, facts: Facts) -> str:
        return "Geen open toezeggingen"


@dataclass(frozen=True)
class Ingehaald(Gate):
    """Wat door een afwijking is uitgesteld, is ingehaald; bij spoed hoorden de Kamers van de inzet."""

    key: ClassVar[str] = "ingehaald"
    source: ClassVar[str] = (
        "ontwerpkeuze: een afwijking stelt iets uit en stelt niemand ervan vrij (bij spoed: artikel 100 lid 2 Grondwet)"
    )
    holder: ClassVar[str] = "behandelaar van het ministerie dat het inhaalt"
    url_name: ClassVar[str] = "afwijkingen"

    def duties(self, facts: Facts) -> Sequence[PlichtFact]:
        return facts.plichten

    def check(self, facts: Facts) -> str | None:
        duties = self.duties(facts)
        return f"Haal eerst in: {duties[0].wat}" if duties else None

    def awaited(self, facts: Facts) -> str:
        codes = sorted({duty.holder for duty in self.duties(facts)})
        return PENVOERDER if facts.lead in codes else f"behandelaar {in_words(codes)}"


@dataclass(frozen=True)
class BivAfgerekend(Gate):
    """Het geld uit het BIV is afgerekend: niets staat nog als toegekend, verplicht of gerealiseerd."""

    key: ClassVar[str] = "biv_afgerekend"
    source: ClassVar[str] = "ontwerpkeuze: een gesloten dossier laat geen geld achter dat een ander kan gebruiken"
    when: ClassVar[str] = "BIV-geld is toegekend"
    holder: ClassVar[str] = "BIV-beheerder"
    url_name: ClassVar[str] = "budget"

    def applies(self, facts: Facts) -> bool:
        return facts.biv_unsettled > 0 or (facts.biv is not None and facts.biv.granted)

    def check(self, facts: Facts) -> str | None:
        return "Wacht tot het BIV-geld is afgerekend." if facts.biv_unsettled else None


@dataclass(frozen=True)
class Postmissie(Vastgelegd):
    """Bij een militaire missie is de postmissiebeoordeling gepland, of is ervan afgezien met een reden."""

    key: ClassVar[str] = "postmissie"
    when: ClassVar[str] = "Er ging een militaire eenheid"
    todo: ClassVar[str] = "Plan de postmissiebeoordeling, of leg vast waarom ervan is afgezien."
