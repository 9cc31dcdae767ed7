"""Everything a gate may look at, read at once. Gates see only this, never a model."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from budget_biv import selectors as biv
from budget_biv.selectors import BivFact
from cases.models import PERSONNEL, DocumentVersion, Dossier, Ministry, PaperStatus, Ronde, Toets
from cases.phase import Phase
from cases.rights import Role
from cases.selectors.papers import awaited_initials
from phases.besluit.models import Besluit, Orgaan, Uitkomst
from phases.kamer.models import BriefSoort, Ondertekening, Verzending
from phases.kamer.selectors import signatory_codes
from phases.process.models import Move, Voorstel, Waiver
from phases.smo.models import Aanbieding, Conclusie, Oordeel, Standpunt


@dataclass(frozen=True)
class PaperFact:
    """The newest adopted version of a kind of paper in this Ronde. `unsigned`: who must still sign a letter, in order."""

    version_id: int
    number: int
    author_id: int
    values: Mapping[str, Any] = field(default_factory=dict)
    sent: frozenset[str] = frozenset()
    unsigned: tuple[str, ...] = ()
    status: str = PaperStatus.VASTGESTELD
    document_id: int = 0


@dataclass(frozen=True)
class InitialFact:
    """The version of a kind of paper that lies ter paraaf, and the codes of the ministries that must still initial it."""

    document_id: int
    awaited: tuple[str, ...] = ()


@dataclass(frozen=True)
class SmoFact:
    """The newest offer of a kind of paper: which version, whose position is awaited, what the chair concluded, if anything."""

    version_id: int
    version_number: int
    meeting_on: date
    conclusie_id: int | None = None
    oordeel: str = ""
    aanbieding_id: int = 0
    awaited: tuple[str, ...] = ()

    @property
    def positive(self) -> bool:
        return self.oordeel in Oordeel.positive()


@dataclass(frozen=True)
class BesluitFact:
    """A registered decision; it counts when `confirmed`."""

    id: int
    version_id: int
    orgaan: str
    uitkomst: str
    optie: str
    confirmed: bool
    by_id: int = 0

    @property
    def positive(self) -> bool:
        return self.confirmed and self.uitkomst == Uitkomst.AKKOORD


@dataclass(frozen=True)
class Facts:
    """One dossier in its current Ronde, as plain values."""

    today: date
    phase: Phase
    ronde_number: int
    efforts: frozenset[str]
    artikel_100: bool | None = None
    toets_provisional: bool = True
    papers: Mapping[str, PaperFact] = field(default_factory=dict)
    initials: Mapping[str, InitialFact] = field(default_factory=dict)
    smo: Mapping[str, SmoFact] = field(default_factory=dict)
    besluiten: tuple[BesluitFact, ...] = ()
    biv: BivFact | None = None
    waivers: Mapping[str, int] = field(default_factory=dict)
    waivers_asked: tuple[int, ...] = ()
    proposals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    lead: str = "BZ"
    taking_part: tuple[str, ...] = ()

    @property
    def needs_smo(self) -> bool:
        return bool(PERSONNEL & self.efforts)

    def choice(self) -> BesluitFact | None:
        """The newest decision on the options, of bewindspersonen or, without personnel, hoog ambtelijk."""
        nota = self.papers.get("opties")
        about = {nota.version_id} if nota else set()
        made = [b for b in self.besluiten if b.orgaan != Orgaan.MINISTERRAAD and (b.optie or b.version_id in about)]
        return made[-1] if made else None


def load(dossier: Dossier) -> Facts:
    """Reads the facts of the current Ronde in eleven queries at most, however many papers, offers or waivers there are."""
    ronde = dossier.current_ronde
    toets = Toets.objects.filter(ronde=ronde).order_by("-id").first()
    today = timezone.localdate()
    proposals: dict[str, tuple[int, ...]] = {}
    for step, by in open_proposals(dossier).values_list("step", "by_id"):
        proposals[step] = (*proposals.get(step, ()), by)
    papers, initials = _papers(ronde, dossier)
    waivers, waivers_asked = _waivers(ronde, dossier, today)
    return Facts(
        today=today,
        phase=Phase(dossier.phase),
        ronde_number=ronde.number,
        efforts=frozenset(dossier.efforts),
        artikel_100=toets.applies if toets else None,
        toets_provisional=toets.provisional if toets else True,
        papers=papers,
        initials=initials,
        smo=_smo(ronde.pk),
        besluiten=_besluiten(ronde.pk),
        biv=biv.fact(ronde, dossier),
        waivers=waivers,
        waivers_asked=waivers_asked,
        proposals=proposals,
        lead=dossier.lead.code,
        taking_part=tuple(dossier.participations.values_list("ministry__code", flat=True)),
    )


def _waivers(ronde: Ronde, dossier: Dossier, today: date) -> tuple[dict[str, int], tuple[int, ...]]:
    """The granted waivers by gate, and who asked for one that nobody granted yet; the newest of each gate. One query.

    Where the SMO is needed only what its chair granted counts.
    """
    counts = Q(granted_as=Role.VOORZITTER_SMO) if dossier.needs_smo else Q(granted_by__isnull=False)
    state = Case(When(counts, then=1), When(granted_by__isnull=True, then=0), default=2)
    rows = Waiver.objects.filter(ronde=ronde, until__gte=today).annotate(state=state)
    granted: dict[str, int] = {}
    asked: list[int] = []
    for gate, pk, requested_by, found in (
        rows.order_by("gate", "state", "-id")
        .distinct("gate", "state")
        .values_list("gate", "id", "requested_by_id", "state")
    ):
        if found == 1:
            granted[gate] = pk
        elif found == 0:
            asked.append(requested_by)
    return granted, tuple(asked)


def open_proposals(dossier: Dossier) -> QuerySet[Voorstel]:
    """The requests since the last move, oldest first: a move answers or overtakes every request before it."""
    overtaken = Move.objects.filter(dossier=dossier, at__gte=OuterRef("at"))
    asked = Voorstel.objects.filter(
        ronde__dossier=dossier, ronde__number=dossier.ronde_number, from_phase=dossier.phase
    )
    return asked.exclude(Exists(overtaken)).order_by("id")


def _papers(ronde: Ronde, dossier: Dossier) -> tuple[dict[str, PaperFact], dict[str, InitialFact]]:
    """The newest adopted version of each kind, and what lies ter paraaf. Two queries, one when nothing lies ter paraaf."""
    sent = Verzending.objects.filter(version=OuterRef("pk")).values("kamer")
    signed = Ondertekening.objects.filter(version=OuterRef("pk")).values("ministry__code")
    rows = list(
        DocumentVersion.objects.filter(pk__in=_newest(ronde))
        .order_by("document_id", "number")
        .values_list("document__kind", "document_id", "id", "number", "created_by_id", "content__values", "status")
        .annotate(sent=ArraySubquery(sent), signed=ArraySubquery(signed))
    )
    awaited = awaited_initials(row[2] for row in rows if row[6] == PaperStatus.TER_PARAAF)
    found: dict[str, PaperFact] = {}
    initials: dict[str, InitialFact] = {}
    for kind, document_id, pk, number, author, values, status, chambers, ministers in rows:
        if status == PaperStatus.TER_PARAAF:
            initials[kind] = InitialFact(document_id, tuple(awaited.get(pk, ())))
            continue
        unsigned = tuple(code for code in _signers(kind, values or {}, dossier) if code not in ministers)
        paper = PaperFact(pk, number, author, values or {}, frozenset(chambers), unsigned, status, document_id)
        found[kind] = paper
        if paper.values.get("laatste"):
            found[f"{kind}-slot"] = paper
    return found, initials


def _signers(kind: str, values: Mapping[str, Any], dossier: Dossier) -> list[str]:
    """Who signs a version: nobody, unless it is a letter."""
    if kind not in BriefSoort.values:
        return []
    return values.get("ondertekenaars") or signatory_codes(dossier)


def _newest(ronde: Ronde) -> QuerySet:
    """The ids of the newest version per kind: of those ter paraaf, of those adopted, and of the reports that say they are the last."""
    counting = DocumentVersion.objects.filter(document__ronde=ronde).exclude(status=PaperStatus.VERVALLEN)
    parts = [Q(status=PaperStatus.TER_PARAAF), Q(content__values__laatste=True)]
    group = ["document__kind", *(Case(When(part, then=1), default=0) for part in parts)]
    rank = Window(RowNumber(), partition_by=group, order_by=["-document_id", "-number"])
    return counting.annotate(rank=rank).filter(rank=1).values("pk")


def _smo(ronde_id: int) -> dict[str, SmoFact]:
    """The newest offer of each kind with its newest conclusion: one query."""
    concluded = Conclusie.objects.filter(aanbieding=OuterRef("pk")).order_by("-id")
    given = Standpunt.objects.filter(aanbieding=OuterRef(OuterRef("pk")), ministry=OuterRef("pk"))
    awaited = Ministry.objects.filter(in_smo=True).exclude(Exists(given)).order_by("order", "code").values("code")
    newest = Aanbieding.objects.filter(ronde_id=ronde_id).order_by("version__document__kind", "-id")
    rows = (
        newest.distinct("version__document__kind")
        .annotate(conclusie=Subquery(concluded.values("id")[:1]), oordeel=Subquery(concluded.values("oordeel")[:1]))
        .annotate(awaited=ArraySubquery(awaited))
        .values_list(
            "version__document__kind",
            "version_id",
            "version__number",
            "meeting_on",
            "conclusie",
            "oordeel",
            "id",
            "awaited",
        )
    )
    return {
        kind: SmoFact(version_id, number, meeting_on, conclusie, oordeel or "", pk, tuple(codes))
        for kind, version_id, number, meeting_on, conclusie, oordeel, pk, codes in rows
    }


def _besluiten(ronde_id: int) -> tuple[BesluitFact, ...]:
    rows = Besluit.objects.filter(ronde_id=ronde_id).values_list(
        "id", "version_id", "orgaan", "uitkomst", "optie", "bevestiging__id", "by_id"
    )
    return tuple(BesluitFact(*row[:5], bool(row[5]), row[6]) for row in rows)
