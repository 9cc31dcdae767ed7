"""What holds the step to Uitvoering."""

from dataclasses import dataclass, replace
from typing import ClassVar

from cases.models import Effort
from phases.process.facts import Facts
from phases.process.gates.base import PENVOERDER, Gate, Grounds, in_words, judge
from phases.process.gates.gegevens import Vastgelegd
from phases.process.gates.kamer import BriefVerzonden
from phases.process.gates.papers import Vastgesteld
from phases.process.gates.smo import SmoPlanEnBiv
from phases.vastlegging import soorten

SMO_PLAN = SmoPlanEnBiv("plan")
KLEIN = ("kleinschalig", "een-instrument")


@dataclass(frozen=True)
class PlanVastgesteld(Vastgesteld):
    """Het plan is vastgesteld. Bij één instrument zonder personeel telt ook het eigen plan van het verantwoordelijke ministerie."""

    fact: ClassVar[str] = "eigen-plan"

    def _own(self, facts: Facts) -> int | None:
        """The registered plan of the one ministry that carries it out."""
        record = facts.records.newest.get(self.fact)
        if record is None or not soorten.own_plan(facts.efforts) or facts.of_before(record):
            return None
        return record.id

    def check(self, facts: Facts) -> str | None:
        if self._own(facts):
            return None
        sentence = super().check(facts) or _other_choice(facts)
        if sentence and self.kind not in facts.initials and soorten.own_plan(facts.efforts):
            return "Stel het plan vast, of leg het eigen plan van het verantwoordelijke ministerie vast."
        return sentence

    def grounds(self, facts: Facts) -> Grounds:
        if self.kind in facts.papers:
            return super().grounds(facts)
        own = self._own(facts)
        return {"vastlegging_ids": [own] if own else []}


def _other_choice(facts: Facts) -> str | None:
    """The advice on a plan is about the option that was chosen when it was written."""
    choice, paper, nota = facts.choice(), facts.papers.get("plan"), facts.papers.get("opties")
    written = paper.values.get("keuze") if paper else None
    if written is None or choice is None or nota is None or not choice.positive or choice.version_id != nota.version_id:
        return None
    if written == [choice.version_id, choice.optie]:
        return None
    return "Het plan is geschreven voordat deze optie was gekozen. Leg het opnieuw voor en stel het vast."


@dataclass(frozen=True)
class Indicatoren(Gate):
    """Er zijn indicatoren, elk met een nulmeting of een datum waarop die is gepland."""

    key: ClassVar[str] = "indicatoren"
    source: ClassVar[str] = "Leidraad par. 3.6, fase 4"
    waivable: ClassVar[bool] = True
    declared_by: ClassVar[tuple[str, ...]] = KLEIN
    url_name: ClassVar[str] = "indicatoren"
    label: ClassVar[str] = "Indicatoren en nulmeting"

    def check(self, facts: Facts) -> str | None:
        if not facts.records.indicators:
            return "Voeg de indicatoren toe, met een nulmeting of een datum daarvoor."
        missing = facts.records.without_start
        if not missing:
            return None
        more = f" en nog {missing - 1}" if missing > 1 else ""
        return f"Meet of plan de nulmeting van: {facts.records.first_without}{more}."

    def hint(self, facts: Facts) -> str:
        count = facts.records.indicators
        return f"{count} {'indicator' if count == 1 else 'indicatoren'}"


@dataclass(frozen=True)
class Operatieconcept(Vastgelegd):
    """Bij een militaire eenheid is het operatieconcept geschreven; de ongerubriceerde samenvatting staat in het dossier."""

    when: ClassVar[str] = "Een militaire eenheid"
    key: ClassVar[str] = "operatieconcept"
    todo: ClassVar[str] = "Leg de samenvatting van het operatieconcept vast."


@dataclass(frozen=True)
class MilitairAdvies(Vastgelegd):
    """Bij een militaire eenheid is het Militair Advies van de Commandant der Strijdkrachten ontvangen."""

    when: ClassVar[str] = "Een militaire eenheid"
    key: ClassVar[str] = "militair-advies"
    todo: ClassVar[str] = "Leg vast wanneer het Militair Advies is ontvangen."


@dataclass(frozen=True)
class PolitieBesluit(Vastgelegd):
    """Als politie meegaat, besloot de minister van Justitie en Veiligheid over randvoorwaarden, omvang en aard, en een tweede persoon bevestigde dat."""

    when: ClassVar[str] = "Politie gaat mee"
    key: ClassVar[str] = "politie"
    todo: ClassVar[str] = "Leg het besluit van de minister van Justitie en Veiligheid over de politie vast."


@dataclass(frozen=True)
class Communicatieplan(Vastgelegd):
    """Voor een missie is er een gemeenschappelijk communicatieplan."""

    when: ClassVar[str] = "Er gaan mensen: een missie"
    key: ClassVar[str] = "communicatieplan"
    todo: ClassVar[str] = "Leg het communicatieplan met de kernboodschap vast."
    waivable: ClassVar[bool] = True
    declared_by: ClassVar[tuple[str, ...]] = KLEIN


@dataclass(frozen=True)
class BivBesluit(Gate):
    """De betrokken ministers hebben op de huidige aanvraag een positief BIV-besluit genomen."""

    when: ClassVar[str] = "Als geld uit het BIV is gevraagd"
    key: ClassVar[str] = "biv"
    source: ClassVar[str] = "Leidraad par. 3.4"
    holder: ClassVar[str] = "gemachtigden"
    url_name: ClassVar[str] = "budget"

    def applies(self, facts: Facts) -> bool:
        return facts.biv is not None

    def check(self, facts: Facts) -> str | None:
        biv = facts.biv
        if other := _other_option(facts):
            return f"{other} Vraag het geld opnieuw aan, of trek de aanvraag in."
        if biv is None or (biv.granted and not biv.lapsed):
            return None
        if biv.refused:
            return (
                f"{in_words(biv.refused)} wees de BIV-aanvraag af. Vraag het geld opnieuw aan, of trek de aanvraag in."
            )
        if biv.lapsed:
            return "De BIV-aanvraag is vervallen. Vraag het geld opnieuw aan, of trek de aanvraag in."
        if biv.unsplit:
            return "Verdeel het gevraagde BIV-geld over ODA en niet-ODA."
        if biv.proposed and not smo_allows(facts):
            return "Het BIV-geld kan worden gereserveerd zodra de SMO positief concludeert over het plan."
        if biv.proposed:
            return "Wacht op de reservering van het BIV-geld."
        if biv.held:
            return f"Het BIV-besluit van {in_words(biv.held)} is aangehouden."
        return f"Wacht op het BIV-besluit van {in_words(biv.awaited)}."

    def awaited(self, facts: Facts) -> str:
        biv = facts.biv
        if biv is None or biv.refused or biv.lapsed or biv.unsplit or biv.granted or _other_option(facts):
            return PENVOERDER
        if biv.proposed:
            return f"BIV-beheerder {biv.manager}" + ("" if smo_allows(facts) else ", na de SMO")
        return f"gemachtigde {in_words(biv.awaited)}"

    def grounds(self, facts: Facts) -> Grounds:
        return {"beslissing_ids": list(facts.biv.beslissing_ids) if facts.biv else []}


def _other_option(facts: Facts) -> str:
    """What is asked must be for the option that was chosen (decision 0014); "" when it is."""
    if facts.biv is None or facts.money() is not None:
        return ""
    return f"De BIV-aanvraag gaat over optie {facts.biv.optie}, en die is niet gekozen."


def money_objection(facts: Facts) -> str:
    """Why the advice on the plan does not allow to reserve money yet; "" when it does, or when no advice is needed.

    Conditions of the chair hold the step, not the reservation: that binds nothing (ontwerpkeuze).
    """
    offer = facts.smo.get(SMO_PLAN.kind)
    if offer:
        facts = replace(facts, smo={**facts.smo, SMO_PLAN.kind: replace(offer, unmet=0, unchecked=0)})
    if other := _other_option(facts):
        return other
    finding = judge(SMO_PLAN, facts)
    return (finding.sentence if finding else "") or _other_choice(facts) or ""


def smo_allows(facts: Facts) -> bool:
    """Whether money can be reserved as far as the advice goes."""
    return not money_objection(facts)


def _unit_and_letter(facts: Facts) -> bool:
    """The letter holds the start of military units only; other instruments start on their own dates."""
    return bool(facts.artikel_100) and Effort.EENHEID in facts.efforts


@dataclass(frozen=True)
class Artikel100Brief(BriefVerzonden):
    """Voordat een militaire eenheid begint, is de artikel 100-brief aan de Tweede Kamer gestuurd. Andere instrumenten beginnen op hun eigen datum."""

    when: ClassVar[str] = "Artikel 100 geldt en er gaat een militaire eenheid"
    declared_by: ClassVar[tuple[str, ...]] = ("spoed",)

    def applies(self, facts: Facts) -> bool:
        return _unit_and_letter(facts)


@dataclass(frozen=True)
class BehandelingAfgerond(Gate):
    """De Kamer heeft de artikel 100-brief behandeld. De regering informeert en vraagt geen instemming; wie eerder wil beginnen, vraagt een afwijking."""

    when: ClassVar[str] = "Artikel 100 geldt en er gaat een militaire eenheid"
    key: ClassVar[str] = "behandeling"
    source: ClassVar[str] = (
        "Leidraad kader 6 (informatieplicht, geen instemmingsrecht); het wachten op de behandeling is een ontwerpkeuze: "
        "het volgt de gewoonte, en een afwijking legt vast wie een eerder begin aanvaardt"
    )
    waivable: ClassVar[bool] = True
    declared_by: ClassVar[tuple[str, ...]] = ("spoed",)
    holder: ClassVar[str] = "secretariaat"
    url_name: ClassVar[str] = "behandeling"
    label: ClassVar[str] = "Behandeling in de Kamer"

    def applies(self, facts: Facts) -> bool:
        return _unit_and_letter(facts)

    def check(self, facts: Facts) -> str | None:
        return None if facts.records.treated_on else "Wacht tot de Kamer de artikel 100-brief heeft behandeld."
