"""Everything a gate may look at, read at once. Gates see only this, never a model."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from budget_biv import selectors as biv
from budget_biv.selectors import BivFact
from cases.models import PERSONNEL, Dossier, PaperStatus
from cases.phase import Phase
from cases.rights import Role
from phases.besluit.models import Orgaan
from phases.besluit.samen import BesluitFact, Samen, choosing_bodies, newest, required_ministers, together
from phases.kamer.models import BriefSoort
from phases.kamer.selectors import signatory_codes
from phases.process import facts_sql, records
from phases.process.models import Move, Voorstel
from phases.process.records import RecordFact, Records
from phases.smo.models import Oordeel


@dataclass(frozen=True)
class PaperFact:
    """The newest adopted version of a kind of paper in this Ronde. `unsigned`: who must still sign a letter, in order;
    `unnumbered`: the chambers of which the Kamerstuk number is not filled in yet."""

    version_id: int
    number: int
    author_id: int
    values: Mapping[str, Any] = field(default_factory=dict)
    sent: frozenset[str] = frozenset()
    unsigned: tuple[str, ...] = ()
    status: str = PaperStatus.VASTGESTELD
    document_id: int = 0
    unnumbered: tuple[str, ...] = ()
    adopted_on: date | None = None


@dataclass(frozen=True)
class InitialFact:
    """The version of a kind of paper that lies ter paraaf, and the codes of the ministries that must still initial it."""

    document_id: int
    awaited: tuple[str, ...] = ()


@dataclass(frozen=True)
class SmoFact:
    """The newest offer of a kind of paper: which version, whose position is awaited, what the chair concluded, if anything.

    `textual`: later versions to which the conclusion extends. `unmet` and `unchecked`: conditions that wait on the
    penvoerder and on the secretary. `since`: the decisions that were registered after a negative advice. `aanvraag`: the number
    of the BIV request that lay beside it, 0 for none; `later_money`: later ones to which the conclusion extends.
    """

    version_id: int
    version_number: int
    meeting_on: date
    conclusie_id: int | None = None
    oordeel: str = ""
    aanbieding_id: int = 0
    awaited: tuple[str, ...] = ()
    textual: tuple[int, ...] = ()
    unmet: int = 0
    unchecked: int = 0
    since: tuple[int, ...] = ()
    schriftelijk: bool = False
    reminded: date | None = None
    aanvraag: int = 0
    later_money: tuple[int, ...] = ()

    @property
    def positive(self) -> bool:
        return self.oordeel in Oordeel.positive()

    @property
    def held(self) -> bool:
        """Kept for a later meeting: positions and a conclusion are awaited again."""
        return self.oordeel == Oordeel.AANGEHOUDEN

    def covers(self, version_id: int) -> bool:
        """Whether the conclusion holds for this version."""
        return version_id == self.version_id or version_id in self.textual


@dataclass(frozen=True)
class VerklaringFact:
    """A declaration on which somebody must still agree, and the ministries that did."""

    id: int
    soort: str
    by_id: int
    given: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlichtFact:
    """Something that must still be caught up, because `gate` was set aside."""

    id: int
    wat: str
    holder: str
    term: date
    gate: str = ""


@dataclass(frozen=True)
class Facts:
    """One dossier in its current Ronde, as plain values.

    `granted`: when a waiver was granted that no declaration wrote. `toets_deviates`: who deviated with the toets while no second person agreed, 0 for nobody; artikel 100 applies then.
    """

    today: date
    phase: Phase
    ronde_number: int
    efforts: frozenset[str]
    artikel_100: bool | None = None
    toets_provisional: bool = True
    toets_deviates: int = 0
    papers: Mapping[str, PaperFact] = field(default_factory=dict)
    initials: Mapping[str, InitialFact] = field(default_factory=dict)
    begun: frozenset[str] = frozenset()
    smo: Mapping[str, SmoFact] = field(default_factory=dict)
    besluiten: tuple[BesluitFact, ...] = ()
    biv: BivFact | None = None
    biv_unsettled: int = 0
    biv_manager: str = ""
    waivers: Mapping[str, int] = field(default_factory=dict)
    waivers_asked: tuple[int, ...] = ()
    granted: Mapping[str, float] = field(default_factory=dict)
    proposals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    lead: str = "BZ"
    taking_part: tuple[str, ...] = ()
    records: Records = field(default_factory=Records)
    verklaringen: tuple[VerklaringFact, ...] = ()
    plichten: tuple[PlichtFact, ...] = ()
    without_contact: tuple[str, ...] = ()
    contributed: frozenset[str] = frozenset()

    @property
    def needs_smo(self) -> bool:
        return bool(PERSONNEL & self.efforts)

    @property
    def ministers(self) -> tuple[str, ...]:
        """Whose minister must decide."""
        return required_ministers(self.taking_part, self.efforts)

    @property
    def not_contributed(self) -> list[str]:
        """The ministries besides the penvoerder that brought nothing in for the analysis, and did not say so."""
        return [code for code in self.taking_part if code not in {self.lead, *self.contributed}]

    def decided(self, kind: str) -> list[BesluitFact]:
        """The newest decision of each body about the newest adopted version of a kind of paper."""
        paper = self.papers.get(kind)
        return newest(self.besluiten, paper.version_id) if paper else []

    def about(self, kind: str) -> list[BesluitFact]:
        """What was decided about any version of a paper, as far as it still matters, in the order of registration."""
        return [b for b in self.besluiten if b.kind == kind]

    def choosing(self) -> Samen | None:
        """How far the ministers are with the choice of an option; None when it is made hoog ambtelijk, or nothing lies before them."""
        last, paper = self._last_choice(), self.papers.get("opties")
        if (last and last.orgaan == Orgaan.HOOG_AMBTELIJK) or (last is None and not self.needs_smo) or not paper:
            return None
        return together(self.besluiten, paper.version_id, self.ministers)

    def _last_choice(self) -> BesluitFact | None:
        nota = self.papers.get("opties")
        about = {nota.version_id} if nota else set()
        bodies = choosing_bodies(self.needs_smo)
        made = [b for b in self.besluiten if b.orgaan in bodies and (b.optie or b.version_id in about)]
        return made[-1] if made else None

    def chosen_efforts(self) -> frozenset[str] | None:
        """The instruments of the chosen option; None while none is chosen, or when it is the nuloptie."""
        choice, nota = self.choice(), self.papers.get("opties")
        asked = nota.values.get("inzet", {}).get(choice.optie) if choice and nota else None
        return None if asked is None else frozenset(asked)

    def of_before(self, record: RecordFact) -> bool:
        """Whether it was registered for another choice: before the option was chosen that the dossier carries out."""
        return self._earlier(record.at)

    def _earlier(self, at: float) -> bool:
        """Whether a moment lies before the present choice; never while there is none."""
        choice = self.choice()
        return bool(choice and choice.positive and at < choice.at)

    def waiver(self, gate: str) -> int | None:
        """What sets a gate aside. From Planning on, a waiver of before the present choice does not, unless a declaration wrote it."""
        at = self.granted.get(gate)
        lapsed = at is not None and self.phase.number >= Phase.PLANNING.number and self._earlier(at)
        return None if lapsed else self.waivers.get(gate)

    def lapsed(self) -> set[int]:
        """The granted waivers that were for an earlier choice."""
        return {pk for gate, pk in self.waivers.items() if self.waiver(gate) is None}

    def money(self) -> BivFact | None:
        """The request for BIV money, unless it was made for another option than the present choice."""
        choice = self.choice()
        other = (
            choice is not None and choice.positive and self.biv is not None and self.biv.optie not in ("", choice.optie)
        )
        return None if other else self.biv

    def choice(self) -> BesluitFact | None:
        """The newest decision on the options; of ministers only `confirmed` when all of them agree on it."""
        last, nota = self._last_choice(), self.papers.get("opties")
        if last is None or last.orgaan == Orgaan.HOOG_AMBTELIJK:
            return last
        whole = together(self.besluiten, nota.version_id if nota else last.version_id, self.ministers)
        return replace(last, confirmed=last.confirmed and whole.counts)


def load(dossier: Dossier) -> Facts:
    """Reads the facts of the current Ronde: two queries and one for the Ronde, however much a dossier holds."""
    ronde, today = dossier.current_ronde, timezone.localdate()
    granted_as = Role.VOORZITTER_SMO if dossier.needs_smo else ""
    rows = facts_sql.read(
        ronde=ronde.pk, dossier=dossier.pk, phase=str(dossier.phase), today=today, granted_as=str(granted_as)
    )
    artikel_100, provisional, deviates = rows["toets"][0] if rows["toets"] else (None, True, 0)
    proposals: dict[str, tuple[int, ...]] = {}
    for step, by in rows["proposals"]:
        proposals[step] = (*proposals.get(step, ()), by)
    papers, initials = _papers(rows["papers"], dossier)
    money = biv.money(ronde, dossier)
    return Facts(
        today=today,
        phase=Phase(dossier.phase),
        ronde_number=ronde.number,
        efforts=frozenset(dossier.efforts),
        artikel_100=artikel_100,
        toets_provisional=provisional,
        toets_deviates=deviates,
        papers=papers,
        initials=initials,
        begun=frozenset(kind for (kind,) in rows["begun"]),
        smo=_smo(rows["smo"]),
        besluiten=tuple(BesluitFact(*row) for row in rows["besluiten"]),
        biv=money.fact,
        biv_unsettled=money.unsettled,
        biv_manager=money.manager,
        waivers={gate: pk for gate, pk, _, asked, _ in rows["waivers"] if not asked},
        waivers_asked=tuple(by for _, _, by, asked, _ in rows["waivers"] if asked),
        granted={gate: at for gate, _, _, asked, at in rows["waivers"] if not asked and at is not None},
        proposals=proposals,
        lead=dossier.lead.code,
        records=records.of(rows),
        taking_part=tuple(code for code, _ in rows["taking_part"]),
        verklaringen=tuple(VerklaringFact(*row[:3], tuple(row[3])) for row in rows["verklaringen"]),
        plichten=tuple(PlichtFact(*row[:3], date.fromisoformat(row[3]), row[4]) for row in rows["plichten"]),
        without_contact=tuple(code for code, contact in rows["taking_part"] if not contact),
        contributed=frozenset(code for (code,) in rows["inbreng"]),
    )


def open_proposals(dossier: Dossier) -> QuerySet[Voorstel]:
    """The requests since the last move, oldest first: a move answers or overtakes every request before it."""
    overtaken = Move.objects.filter(dossier=dossier, at__gte=OuterRef("at"))
    asked = Voorstel.objects.filter(
        ronde__dossier=dossier, ronde__number=dossier.ronde_number, from_phase=dossier.phase
    )
    return asked.exclude(Exists(overtaken)).filter(afwijzing=None).order_by("id")


def _papers(rows: list[list[Any]], dossier: Dossier) -> tuple[dict[str, PaperFact], dict[str, InitialFact]]:
    """The newest adopted version of each kind, that report once more when it is the last one, and what lies ter paraaf."""
    found: dict[str, PaperFact] = {}
    initials: dict[str, InitialFact] = {}
    for kind, document_id, pk, number, author, status, adopted_on, values, sent, unnumbered, signed, awaited in rows:
        if status == PaperStatus.TER_PARAAF:
            initials[kind] = InitialFact(document_id, tuple(awaited))
            continue
        unsigned = tuple(code for code in _signers(kind, values or {}, dossier) if code not in signed)
        away = frozenset(sent)
        paper = PaperFact(
            pk, number, author, values or {}, away, unsigned, status, document_id, tuple(unnumbered),
            adopted_on and date.fromisoformat(adopted_on),
        )  # fmt: skip
        found[kind] = paper
        if paper.values.get("laatste"):
            found[f"{kind}-slot"] = paper
    return found, initials


def _signers(kind: str, values: Mapping[str, Any], dossier: Dossier) -> list[str]:
    """Who signs a version: nobody, unless it is a letter."""
    if kind not in BriefSoort.values:
        return []
    return values.get("ondertekenaars") or signatory_codes(dossier)


def _smo(rows: list[list[Any]]) -> dict[str, SmoFact]:
    found = {}
    for kind, version_id, number, day, conclusie, oordeel, pk, awaited, textual, *rest in rows:
        unmet, unchecked, since, schriftelijk, reminded, aanvraag, later_money = rest
        found[kind] = SmoFact(
            version_id, number, date.fromisoformat(day), conclusie, oordeel or "", pk, tuple(awaited), tuple(textual),
            unmet, unchecked, tuple(since), schriftelijk, reminded and date.fromisoformat(reminded),
            aanvraag, tuple(later_money),
        )  # fmt: skip
    return found
