"""What others may know about the SMO."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from cases.access import visible_to
from cases.letters.kinds import kind
from cases.models import DocumentVersion, Dossier, Ministry, PaperStatus, Ronde, User
from phases.smo.models import Aanbieding, Conclusie, Oordeel, Standpunt, Strekking


@dataclass(frozen=True)
class Item:
    """An offered version with the newest position of each SMO ministry and the newest conclusion."""

    aanbieding: Aanbieding
    positions: tuple[tuple[Ministry, Standpunt | None], ...]
    conclusie: Conclusie | None

    @property
    def given(self) -> int:
        return sum(1 for _, standpunt in self.positions if standpunt)

    @property
    def awaited(self) -> list[str]:
        return [m.code for m, standpunt in self.positions if standpunt is None]

    @property
    def dissent(self) -> list[Standpunt]:
        """The positions that go to the ministers beside the advice."""
        return [s for _, s in self.positions if s and s.strekking in (Strekking.NIET_AKKOORD, Strekking.TERUGGEVEN)]

    @property
    def conditions(self) -> list[Standpunt]:
        """The positions with conditions, which the chair takes along in the conclusion."""
        return [s for _, s in self.positions if s and s.strekking == Strekking.VOORWAARDEN]

    @property
    def held(self) -> bool:
        """Kept for a later meeting."""
        return self.conclusie is not None and self.conclusie.oordeel == Oordeel.AANGEHOUDEN

    @property
    def current(self) -> bool:
        """Whether it belongs to the round in which decisions are made now."""
        return self.aanbieding.ronde.number == self.aanbieding.version.document.dossier.ronde_number

    @property
    def open(self) -> bool:
        """Whether ministries can still take a position."""
        return self.current and (self.conclusie is None or self.held)


def smo_ministries() -> list[Ministry]:
    """The members of the SMO with their names."""
    return list(Ministry.objects.filter(in_smo=True).prefetch_related("names"))


def items(offers: QuerySet[Aanbieding]) -> list[Item]:
    """Offers with their positions and conclusion, in five queries; one when there are none."""
    rows = list(
        offers.select_related("version__document__dossier__lead", "by", "ronde")
        .defer("version__html", "version__content")
        .prefetch_related(
            Prefetch("standpunten", Standpunt.objects.select_related("ministry", "by")),
            Prefetch("conclusies", Conclusie.objects.select_related("by")),
        )
    )
    ministries = smo_ministries() if rows else []
    found = []
    for offer in rows:
        last = {s.ministry_id: s for s in offer.standpunten.all()}
        conclusions = list(offer.conclusies.all())
        positions = tuple((m, last.get(m.pk)) for m in ministries)
        found.append(Item(offer, positions, conclusions[-1] if conclusions else None))
    return found


def newest(ronde: Ronde, paper_kind: str) -> Item | None:
    """The newest offer of one kind of paper in a Ronde, or None."""
    found = items(Aanbieding.objects.filter(ronde=ronde, version__document__kind=paper_kind).order_by("-id")[:1])
    return found[0] if found else None


def for_dossier(dossier: Dossier) -> list[Item]:
    """Everything that was ever offered of a dossier, newest first."""
    return items(Aanbieding.objects.filter(ronde__dossier=dossier).order_by("-id"))


def item(dossier: Dossier, aanbieding_id: int) -> Item | None:
    """One offer of this dossier, or None."""
    found = items(Aanbieding.objects.filter(ronde__dossier=dossier, pk=aanbieding_id))
    return found[0] if found else None


def agenda(user: User) -> list[Item]:
    """What lies before the SMO without a conclusion, or was kept for later, as far as this person may read it, by meeting."""
    return items(_before_the_smo(user).order_by("meeting_on", "id"))


def next_meeting(user: User) -> tuple[date, int] | None:
    """The first meeting from today on with something on its agenda that this person may read, and how many points. One query."""
    coming = _before_the_smo(user).filter(meeting_on__gte=timezone.localdate()).order_by("meeting_on")
    return coming.values_list("meeting_on").annotate(points=Count("pk")).first()


def _before_the_smo(user: User) -> QuerySet[Aanbieding]:
    newest = Conclusie.objects.filter(aanbieding=OuterRef("pk")).order_by("-id").values("oordeel")[:1]
    return (
        Aanbieding.objects.annotate(oordeel=Subquery(newest))
        .filter(Q(oordeel__isnull=True) | Q(oordeel=Oordeel.AANGEHOUDEN))
        .filter(
            ronde__dossier__in=visible_to(user).filter(status="lopend"), ronde__number=F("ronde__dossier__ronde_number")
        )
    )


def to_offer(dossier: Dossier) -> list[DocumentVersion]:
    """The newest vastgestelde version of each product of the current round that was not offered yet. Letters do not go to the SMO."""
    rows = (
        DocumentVersion.objects.filter(
            document__dossier=dossier,
            document__ronde__number=dossier.ronde_number,
            status__in=PaperStatus.adopted(),
        )
        .select_related("document")
        .defer("html", "content")
        .annotate(offered=Exists(Aanbieding.objects.filter(version=OuterRef("pk"))))
        .order_by("document_id", "-number")
        .distinct("document_id")
    )
    return [v for v in rows if not v.offered and not kind(v.document.kind).signed]
