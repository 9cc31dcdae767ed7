"""What holds the step out of Handelingsopties."""

from dataclasses import dataclass
from typing import ClassVar

from cases.models import Effort
from cases.phase import Phase
from phases.besluit.models import Orgaan, Uitkomst
from phases.besluit.samen import left_open, minister_against
from phases.process.facts import BesluitFact, Facts
from phases.process.gates.base import PENVOERDER, Gate, Grounds, in_words
from phases.process.gates.besluit import besluit_sentence
from phases.process.gates.orientatie import ToetsGedaan


@dataclass(frozen=True)
class OptieGekozen(Gate):
    """Elke betrokken minister koos dezelfde handelingsoptie, en een tweede gemachtigde bevestigde dat. Zonder inzet van personeel kan de keuze hoog ambtelijk zijn, met naam en datum. De soorten inzet van het dossier zijn die van de gekozen optie."""

    key: ClassVar[str] = "optie_gekozen"
    source: ClassVar[str] = (
        "Leidraad par. 3.6, fase 3; elke minister apart en de bevestiging zijn een ontwerpkeuze: vier ogen op elk besluit"
    )
    when: ClassVar[str] = "Altijd; in de fase Planning als in deze ronde een optiesnota is vastgesteld"
    holder: ClassVar[str] = "gemachtigden"
    url_name: ClassVar[str] = "besluiten"

    def applies(self, facts: Facts) -> bool:
        return facts.phase == Phase.HANDELINGSOPTIES or "opties" in facts.papers

    def check(self, facts: Facts) -> str | None:
        choice, paper = facts.choice(), facts.papers.get("opties")
        if choice is None:
            return "Wacht op de keuze voor een handelingsoptie."
        if paper and choice.version_id != paper.version_id:
            return "De keuze gaat over een eerdere versie van de optiesnota."
        if choice.orgaan == Orgaan.HOOG_AMBTELIJK:
            return _alone(choice, facts) or _other_efforts(facts)
        return _jointly(facts) or _unheard(facts) or _nul(choice) or _other_efforts(facts)

    def _misfits(self, facts: Facts) -> bool:
        """Whether only the kinds of effort hold it: everybody chose."""
        sentence = self.check(facts)
        return bool(sentence) and sentence == _other_efforts(facts)

    def awaited(self, facts: Facts) -> str:
        choosing = facts.choosing()
        if self._misfits(facts):
            return PENVOERDER
        if choosing is None:
            choice = facts.choice()
            against = minister_against(facts.about("opties"), choice.version_id) if choice else None
            if against:
                return PENVOERDER if against.confirmed else f"gemachtigde {against.ministry}"
            return f"gemachtigde {facts.lead}"
        if unheard := _before_the_advice(facts):
            return f"gemachtigde {in_words(unheard)}"
        if outside := [code for code in choosing.missing if code not in facts.taking_part]:
            return PENVOERDER if outside == choosing.missing else f"gemachtigde {in_words(choosing.missing)}"
        if waiting := [*choosing.missing, *choosing.unconfirmed]:
            return f"gemachtigde {in_words(waiting)}"
        return PENVOERDER

    def link(self, facts: Facts) -> tuple[str, list[str | int]]:
        if self._misfits(facts):
            return "kerngegevens", []
        return ("betrokkenen", []) if self.awaited(facts) == PENVOERDER and _outside(facts) else ("besluiten", [])

    def grounds(self, facts: Facts) -> Grounds:
        choosing, choice = facts.choosing(), facts.choice()
        return {"besluit_ids": choosing.ids if choosing else [choice.id] if choice else []}


def _other_efforts(facts: Facts) -> str | None:
    """Whose advice, paraaf and decision an inzet needs follows from the kinds of effort; so they are what was chosen."""
    chosen = facts.chosen_efforts()
    if chosen is None or chosen == facts.efforts:
        return None
    less, more = (
        in_words([Effort(e).label for e in sorted(one)]) for one in (chosen - facts.efforts, facts.efforts - chosen)
    )
    add = f"Voeg toe aan de soorten inzet, want de gekozen optie vraagt dit: {less}." if less else ""
    take = f"Haal weg bij de soorten inzet, want de gekozen optie vraagt dit niet: {more}." if more else ""
    return " ".join(filter(None, (add, take)))


def _before_the_advice(facts: Facts) -> list[str]:
    """Whose minister chose before the SMO concluded about the version that it advised on."""
    offer, choosing = facts.smo.get("opties"), facts.choosing()
    if offer is None or choosing is None or not facts.needs_smo or not offer.oordeel or offer.held:
        return []
    made = choosing.made.items()
    return [code for code, one in made if one and one.version_id == offer.version_id and one.id not in offer.since]


def _unheard(facts: Facts) -> str | None:
    """The ministers choose with the advice beside the options, and with who differed from it (Leidraad par. 3.2)."""
    codes = _before_the_advice(facts)
    if not codes:
        return None
    return f"De SMO concludeerde na de keuze van {in_words(codes)}. Leg dat besluit opnieuw vast, met het advies erbij."


def _outside(facts: Facts) -> list[str]:
    choosing = facts.choosing()
    return [code for code in choosing.missing if code not in facts.taking_part] if choosing else []


def _alone(choice: BesluitFact, facts: Facts) -> str | None:
    """A choice hoog ambtelijk; a minister who decided otherwise about this nota is not passed by."""
    if against := minister_against(facts.about("opties"), choice.version_id):
        waits = f"Wacht op de bevestiging van het besluit van de minister van {against.ministry} over de optiesnota."
        return besluit_sentence(against, "opties", choice.version_id) if against.confirmed else waits
    if not choice.confirmed:
        return "Wacht op de bevestiging van de keuze door een tweede gemachtigde."
    if choice.uitkomst != Uitkomst.AKKOORD or not choice.optie:
        return "Er is nog geen optie gekozen."
    return _nul(choice)


def _nul(choice: BesluitFact) -> str | None:
    return "Er is gekozen voor de nuloptie. Stop het dossier." if choice.optie == "0" else None


def _jointly(facts: Facts) -> str | None:
    """What is still between the ministers and their choice."""
    samen = facts.choosing()
    if samen is None or samen.counts:
        return None
    if samen.against:
        return besluit_sentence(samen.against[0], "opties", samen.against[0].version_id)
    if samen.missing and set(samen.missing) == set(_outside(facts)):
        return f"Laat {in_words(samen.missing)} deelnemen: zonder die minister kan over deze inzet niet worden gekozen."
    if samen.missing:
        return f"Wacht op de keuze van de minister van {in_words(samen.missing)}."
    if samen.unconfirmed:
        return f"Wacht op de bevestiging van de keuze door een tweede gemachtigde van {in_words(samen.unconfirmed)}."
    said = ", ".join(f"{in_words(codes)} optie {option}" for option, codes in sorted(samen.options.items()))
    return f"De ministers kozen niet dezelfde optie: {said}. Leg na overleg een nieuw besluit vast."


@dataclass(frozen=True)
class MinisterraadOverOptie(Gate):
    """De Ministerraad stemde in met de gekozen optie."""

    key: ClassVar[str] = "ministerraad_optie"
    source: ClassVar[str] = "Leidraad par. 3.6, fase 3"
    when: ClassVar[str] = (
        "Als een minister bij de keuze vastlegt dat de Ministerraad de optie moet behandelen, of als die erover besloot"
    )
    holder: ClassVar[str] = "secretariaat"
    url_name: ClassVar[str] = "besluiten"

    def applies(self, facts: Facts) -> bool:
        return self._made(facts) is not None or any(one.mr_nodig for one in facts.decided("opties"))

    def _made(self, facts: Facts) -> BesluitFact | None:
        """What it last said, if that is about the nota as it is, or still stands open about an earlier one."""
        nota = facts.papers.get("opties")
        if nota is None:
            return None
        mine = [one for one in facts.about("opties") if one.orgaan == Orgaan.MINISTERRAAD]
        about_it = [one for one in mine if one.version_id == nota.version_id]
        return left_open(mine, nota.version_id) or next(reversed(about_it), None)

    def check(self, facts: Facts) -> str | None:
        made, choice = self._made(facts), facts.choice()
        if made is None:
            return "Wacht op het besluit van de Ministerraad over de gekozen optie."
        if not made.confirmed:
            return "Wacht op de bevestiging van het besluit van de Ministerraad door een tweede persoon."
        if made.uitkomst != Uitkomst.AKKOORD:
            return besluit_sentence(made, "opties", facts.papers["opties"].version_id)
        if choice and made.optie != choice.optie:
            return f"De Ministerraad stemde in met optie {made.optie}, de ministers kozen optie {choice.optie}."
        return None

    def awaited(self, facts: Facts) -> str:
        made = self._made(facts)
        nota = facts.papers.get("opties")
        again = made is None or not made.confirmed or (nota and made.version_id != nota.version_id)
        return "secretariaat" if again else PENVOERDER

    def grounds(self, facts: Facts) -> Grounds:
        made = self._made(facts)
        return {"besluit_ids": [made.id] if made else []}


@dataclass(frozen=True)
class ToetsOpnieuw(ToetsGedaan):
    """De toepasselijkheidstoets is opnieuw gedaan nu de opties bekend zijn. Wie afwijkt, laat dat bevestigen."""

    key: ClassVar[str] = "toets_opnieuw"
    source: ClassVar[str] = (
        "Kamerstuk 29 521, nr. 226; het moment is een ontwerpkeuze: pas met de opties is bekend of een eenheid gaat, en zegt de"
        " toets dan ja, dan is de kennisgeving alsnog nodig"
    )

    def check(self, facts: Facts) -> str | None:
        if facts.artikel_100 is None or facts.toets_provisional:
            return "Doe de toepasselijkheidstoets opnieuw, nu de opties bekend zijn."
        return self.unconfirmed(facts)


@dataclass(frozen=True)
class BivAangevraagd(Gate):
    """Voor de gekozen optie, en niet voor een andere, is de BIV-aanvraag gedaan."""

    key: ClassVar[str] = "biv_aangevraagd"
    source: ClassVar[str] = (
        "Leidraad par. 3.4; het moment is een ontwerpkeuze: de SMO adviseert in fase 4 over het plan en de aanvraag samen"
    )
    when: ClassVar[str] = "Als de optiesnota zegt dat voor de gekozen optie geld uit het BIV wordt gevraagd"
    url_name: ClassVar[str] = "budget"

    def applies(self, facts: Facts) -> bool:
        choice, paper = facts.choice(), facts.papers.get("opties")
        return bool(choice and paper and choice.optie in paper.values.get("biv", ()))

    def check(self, facts: Facts) -> str | None:
        if facts.biv is None:
            return "Vraag het geld uit het BIV aan dat de gekozen optie noemt."
        choice = facts.choice()
        if choice and facts.biv.optie not in ("", choice.optie):
            return f"De BIV-aanvraag gaat over optie {facts.biv.optie}. Vraag opnieuw aan, voor optie {choice.optie}."
        return None
