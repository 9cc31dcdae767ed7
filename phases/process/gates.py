"""The gates: small rules over plain facts. A gate's docstring is the rule, and the sentence that the user reads.

check() answers None when the gate is open, else why not. A gate names its holder (who is awaited), where one goes to act,
whether it may be waived, and the paragraph it comes from.
"""

from dataclasses import dataclass, field
from typing import ClassVar

from cases.models import PaperStatus
from phases.besluit.models import Uitkomst
from phases.kamer.models import Kamer
from phases.orientatie.models import Uitkomst as SignaalUitkomst
from phases.process.facts import Facts
from phases.smo.models import Oordeel

Grounds = dict[str, list[int]]

PRODUCT_NAMES = {
    "signaal": "de signaalbeoordeling",
    "analyse": "de analyse en beoordeling",
    "opties": "de optiesnota",
    "plan": "het plan",
    "evaluatie": "de eindevaluatie",
    "kennisgeving": "de kennisgevingsbrief",
    "artikel-100": "de artikel 100-brief",
}


@dataclass(frozen=True)
class Gate:
    """Base: always applies, never waivable, nothing to rest on."""

    key: ClassVar[str] = ""
    waivable: ClassVar[bool] = False
    source: ClassVar[str] = ""
    holder: ClassVar[str] = "penvoerder"
    url_name: ClassVar[str] = "dossier"

    @property
    def name(self) -> str:
        return self.key

    @property
    def rule(self) -> str:
        """The sentence on screen and in the phase plan."""
        return (type(self).__doc__ or "").strip()

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

    def link(self, facts: Facts) -> tuple[str, list[str | int]]:
        """The page where one acts: url name and extra arguments after the dossier's number."""
        return self.url_name, []


@dataclass(frozen=True)
class Vastgesteld(Gate):
    """Het product van de fase is vastgesteld."""

    kind: str = ""
    url: str = ""
    paragraph: str = ""
    key: ClassVar[str] = "vastgesteld"

    @property
    def name(self) -> str:
        return f"{self.key}:{self.kind}"

    @property
    def rule(self) -> str:
        return f"{PRODUCT_NAMES[self.kind].capitalize()} is vastgesteld."

    def check(self, facts: Facts) -> str | None:
        if self.kind in facts.papers:
            return None
        return (
            initials_sentence(facts, self.kind) or f"Stel {PRODUCT_NAMES[self.kind]} op, leg die voor en stel die vast."
        )

    def awaited(self, facts: Facts) -> str:
        return initials_holder(facts, self.kind) or self.holder

    def grounds(self, facts: Facts) -> Grounds:
        return {"version_ids": [facts.papers[self.kind].version_id]}

    def link(self, facts: Facts) -> tuple[str, list[str | int]]:
        initial = facts.initials.get(self.kind)
        return ("document", [initial.document_id]) if initial else (self.url, [])


@dataclass(frozen=True)
class NaderOnderzoek(Gate):
    """De uitkomst van de signaalbeoordeling is dat nader onderzoek nodig is."""

    key: ClassVar[str] = "nader_onderzoek"
    source: ClassVar[str] = "Leidraad par. 3.6, fase 1"
    url_name: ClassVar[str] = "signaal"

    def applies(self, facts: Facts) -> bool:
        return "signaal" in facts.papers

    def check(self, facts: Facts) -> str | None:
        if facts.papers["signaal"].values.get("uitkomst") == SignaalUitkomst.NADER_ONDERZOEK:
            return None
        return "De signaalbeoordeling vraagt nu niet om nader onderzoek. Pas de uitkomst aan of stop het dossier."


@dataclass(frozen=True)
class ToetsGedaan(Gate):
    """De toepasselijkheidstoets voor artikel 100 is gedaan."""

    key: ClassVar[str] = "toets"
    source: ClassVar[str] = (
        "Kamerstuk 29 521, nr. 226; het moment is een ontwerpkeuze: de uitkomst bepaalt welke brieven nodig zijn"
    )
    url_name: ClassVar[str] = "toets"

    def check(self, facts: Facts) -> str | None:
        return "Doe de toepasselijkheidstoets voor artikel 100." if facts.artikel_100 is None else None


@dataclass(frozen=True)
class ToetsOpnieuw(ToetsGedaan):
    """De toepasselijkheidstoets is opnieuw gedaan nu de opties bekend zijn."""

    key: ClassVar[str] = "toets_opnieuw"

    def check(self, facts: Facts) -> str | None:
        if facts.artikel_100 is None or facts.toets_provisional:
            return "Doe de toepasselijkheidstoets opnieuw voor de gekozen optie."
        return None


@dataclass(frozen=True)
class BetrokkenheidGewenst(Gate):
    """De geïntegreerde beoordeling zegt dat Nederlandse betrokkenheid gewenst is."""

    key: ClassVar[str] = "gewenst"
    source: ClassVar[str] = "Leidraad par. 3.6, fase 2"
    url_name: ClassVar[str] = "analyse"

    def applies(self, facts: Facts) -> bool:
        return "analyse" in facts.papers

    def check(self, facts: Facts) -> str | None:
        if facts.papers["analyse"].values.get("wenselijkheid") == "ja":
            return None
        return "De beoordeling zegt dat betrokkenheid niet gewenst is. Stop het dossier of herzie de beoordeling."


@dataclass(frozen=True)
class SmoConclusie(Gate):
    """De voorzitter van de SMO heeft positief geconcludeerd over de huidige versie."""

    kind: str = ""
    key: ClassVar[str] = "smo"
    source: ClassVar[str] = "Leidraad par. 3.2 en 3.6"
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
class BriefVerzonden(Gate):
    """De brief is aan de Tweede Kamer gestuurd."""

    kind: str = ""
    paragraph: str = ""
    key: ClassVar[str] = "brief"
    holder: ClassVar[str] = "secretariaat"

    @property
    def name(self) -> str:
        return f"{self.key}:{self.kind}"

    @property
    def rule(self) -> str:
        return f"{PRODUCT_NAMES[self.kind].capitalize()} is aan de Tweede Kamer gestuurd."

    def applies(self, facts: Facts) -> bool:
        return bool(facts.artikel_100)

    def check(self, facts: Facts) -> str | None:
        paper, letter = facts.papers.get(self.kind), PRODUCT_NAMES[self.kind]
        if paper is None:
            return initials_sentence(facts, self.kind) or f"Stel {letter} op en stel die vast."
        if Kamer.TWEEDE in paper.sent:
            return None
        if paper.status == PaperStatus.VASTGESTELD:
            return f"Wacht op de ondertekening van {letter}."
        return f"Wacht tot {letter} aan de Tweede Kamer is gestuurd."

    def awaited(self, facts: Facts) -> str:
        paper = facts.papers.get(self.kind)
        if paper is None:
            return initials_holder(facts, self.kind) or "penvoerder"
        return "gemachtigden" if paper.status == PaperStatus.VASTGESTELD else "secretariaat"

    def grounds(self, facts: Facts) -> Grounds:
        return {"version_ids": [facts.papers[self.kind].version_id]}

    def link(self, facts: Facts) -> tuple[str, list[str | int]]:
        initial = facts.initials.get(self.kind)
        return ("document", [initial.document_id]) if initial else ("brief", [self.kind])


@dataclass(frozen=True)
class Kennisgeving(BriefVerzonden):
    """De kennisgevingsbrief is gestuurd. In een verlengingsronde is die niet nodig."""

    waivable: ClassVar[bool] = True

    def applies(self, facts: Facts) -> bool:
        return bool(facts.artikel_100) and facts.ronde_number == 1


@dataclass(frozen=True)
class BivBesluit(Gate):
    """De betrokken ministers hebben op de huidige aanvraag een positief BIV-besluit genomen."""

    key: ClassVar[str] = "biv"
    source: ClassVar[str] = "Leidraad par. 3.4"
    holder: ClassVar[str] = "gemachtigden"
    url_name: ClassVar[str] = "budget"

    def applies(self, facts: Facts) -> bool:
        return facts.biv is not None

    def check(self, facts: Facts) -> str | None:
        biv = facts.biv
        if biv is None or biv.granted:
            return None
        if biv.refused:
            return f"{' en '.join(biv.refused)} wees de BIV-aanvraag af."
        return f"Wacht op het BIV-besluit van {_list(biv.awaited)}."

    def awaited(self, facts: Facts) -> str:
        awaited = facts.biv.awaited if facts.biv else []
        return f"gemachtigde {_list(awaited)}" if awaited else "penvoerder"

    def grounds(self, facts: Facts) -> Grounds:
        return {"beslissing_ids": list(facts.biv.beslissing_ids) if facts.biv else []}


@dataclass(frozen=True)
class LaatsteVoortgang(Gate):
    """Het laatste voortgangsverslag is vastgesteld."""

    key: ClassVar[str] = "laatste_voortgang"
    source: ClassVar[str] = "Leidraad par. 3.6, fase 5 en 6"
    waivable: ClassVar[bool] = True
    url_name: ClassVar[str] = "voortgang"

    def _last(self, facts: Facts) -> int | None:
        paper = facts.papers.get("voortgang-slot")
        return paper.version_id if paper else None

    def check(self, facts: Facts) -> str | None:
        return None if self._last(facts) else "Stel het laatste voortgangsverslag vast (vink ‘Laatste verslag’ aan)."

    def grounds(self, facts: Facts) -> Grounds:
        last = self._last(facts)
        return {"version_ids": [last] if last else []}


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
    def waived(self) -> bool:
        return self.waiver_id is not None


def judge(gate: Gate, facts: Facts) -> Finding | None:
    """The finding of a gate, or None when it does not apply to this dossier."""
    if not gate.applies(facts):
        return None
    sentence = gate.check(facts)
    if sentence is None:
        return Finding(gate, "", grounds=gate.grounds(facts), link=gate.link(facts))
    waiver = facts.waivers.get(gate.name) if gate.waivable else None
    if waiver:
        return Finding(gate, "", waiver_id=waiver, grounds={"waiver_ids": [waiver]}, link=gate.link(facts))
    return Finding(gate, sentence, holder=gate.awaited(facts), link=gate.link(facts))


def initials_sentence(facts: Facts, kind: str) -> str:
    """What a paper that lies ter paraaf waits for; "" when none does."""
    initial = facts.initials.get(kind)
    if initial is None:
        return ""
    if initial.awaited:
        return f"Wacht op de paraaf van {_list(list(initial.awaited))} op {PRODUCT_NAMES[kind]}."
    return f"Stel {PRODUCT_NAMES[kind]} vast: alle parafen zijn binnen."


def initials_holder(facts: Facts, kind: str) -> str:
    """The teamleiders who must initial a paper; "" when it is not up to them."""
    initial = facts.initials.get(kind)
    return f"teamleider {_list(list(initial.awaited))}" if initial and initial.awaited else ""


def _list(codes: list[str]) -> str:
    """ "BHOS, BZ en DEF"."""
    return " en ".join(filter(None, [", ".join(codes[:-1]), codes[-1]])) if codes else ""
