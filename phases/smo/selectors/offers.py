"""What lies before the SMO: offers with their positions, conclusion and conditions."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from cases.access import visible_to
from cases.letters.kinds import kind
from cases.models import DocumentVersion, Dossier, Ministry, PaperStatus, Ronde, User
from phases.smo.models import (
    Aanbieding,
    Afhandeling,
    Agendapunt,
    Bijlage,
    BivWijziging,
    Conclusie,
    Oordeel,
    Standpunt,
    Strekking,
    TekstueleWijziging,
    Vergadering,
    Voorwaarde,
)


@dataclass(frozen=True)
class Item:
    """An offered version with the newest position of each SMO ministry, the newest conclusion, and where it is on an agenda."""

    aanbieding: Aanbieding
    positions: tuple[tuple[Ministry, Standpunt | None], ...]
    conclusie: Conclusie | None
    meeting: Vergadering | None = None

    @property
    def dossier(self) -> Dossier:
        return self.aanbieding.version.document.dossier

    @property
    def day(self) -> date:
        """The meeting at which it is treated, or the term of its written round."""
        return self.meeting.day if self.meeting else self.aanbieding.meeting_on

    @property
    def given(self) -> int:
        return sum(1 for _, standpunt in self.positions if standpunt)

    @property
    def awaited(self) -> list[str]:
        return [m.code for m, standpunt in self.positions if standpunt is None]

    @property
    def dissent(self) -> list[Standpunt]:
        """The positions that go to the ministers beside the advice."""
        return [s for _, s in self.positions if s and s.dissents]

    @property
    def conditions(self) -> list[Standpunt]:
        """The positions with conditions, which the chair takes along in the conclusion."""
        return [s for _, s in self.positions if s and s.strekking == Strekking.VOORWAARDEN]

    @property
    def voorwaarden(self) -> list[Voorwaarde]:
        """The conditions of the newest conclusion: these hold the dossier."""
        return list(self.conclusie.voorwaarden.all()) if self.conclusie else []

    @property
    def later_money(self) -> list[BivWijziging]:
        """The later BIV requests for which the chair said that the conclusion still holds."""
        return list(self.conclusie.bivwijzigingen.all()) if self.conclusie else []

    @property
    def textual(self) -> list[TekstueleWijziging]:
        """The later versions for which the chair said that the conclusion still holds."""
        return list(self.conclusie.wijzigingen.all()) if self.conclusie else []

    @property
    def earlier(self) -> list[Conclusie]:
        """Conclusions that a later one replaced, oldest first."""
        return list(self.aanbieding.conclusies.all())[:-1]

    @property
    def held(self) -> bool:
        """Kept for a later meeting."""
        return self.conclusie is not None and self.conclusie.oordeel == Oordeel.AANGEHOUDEN

    @property
    def withdrawn(self) -> bool:
        return hasattr(self.aanbieding, "intrekking")

    @property
    def reminders(self) -> list[date]:
        """The days to come on which an open written round reminds."""
        written = self.open and self.aanbieding.schriftelijk and self.meeting is None and self.awaited
        return [day for day in self.aanbieding.reminder_days if day >= timezone.localdate()] if written else []

    @property
    def current(self) -> bool:
        """Whether it belongs to the round in which decisions are made now, and was not withdrawn."""
        return not self.withdrawn and self.aanbieding.ronde.number == self.dossier.ronde_number

    @property
    def open(self) -> bool:
        """Whether ministries can still take a position."""
        return self.current and (self.conclusie is None or self.held)


def smo_ministries() -> list[Ministry]:
    """The members of the SMO with their names."""
    return list(Ministry.objects.filter(in_smo=True).prefetch_related("names"))


def items(offers: QuerySet[Aanbieding]) -> list[Item]:
    """Offers with all that was said about them, in a fixed number of queries; one when there are none."""
    rows = list(
        offers.select_related("version__document__dossier__lead", "by", "ronde", "intrekking__by", "aanvraag")
        .defer("version__html", "version__content")
        .prefetch_related(
            Prefetch("standpunten", Standpunt.objects.select_related("ministry", "by")),
            Prefetch("conclusies", Conclusie.objects.select_related("by")),
            Prefetch("conclusies__voorwaarden", Voorwaarde.objects.order_by("number")),
            Prefetch(
                "conclusies__voorwaarden__afhandelingen",
                Afhandeling.objects.select_related("by", "controle__by"),
            ),
            Prefetch("conclusies__wijzigingen", TekstueleWijziging.objects.select_related("to_version", "by")),
            Prefetch("conclusies__bivwijzigingen", BivWijziging.objects.select_related("aanvraag", "by")),
            Prefetch("punten", Agendapunt.objects.filter(vervallen=False).select_related("vergadering").order_by("id")),
            Prefetch("bijlagen", Bijlage.objects.select_related("version__document")),
            "herinneringen",
            "aanvraag__bedragen",
        )
    )
    ministries = smo_ministries() if rows else []
    found = []
    for offer in rows:
        last = {s.ministry_id: s for s in offer.standpunten.all()}
        conclusions, points = list(offer.conclusies.all()), list(offer.punten.all())
        positions = tuple((m, last.get(m.pk)) for m in ministries)
        meeting = points[-1].vergadering if points else None
        found.append(Item(offer, positions, conclusions[-1] if conclusions else None, meeting))
    return found


def newest(ronde: Ronde, paper_kind: str) -> Item | None:
    """The newest offer of one kind of paper in a Ronde, or None."""
    found = items(
        Aanbieding.objects.filter(ronde=ronde, version__document__kind=paper_kind, intrekking=None).order_by("-id")[:1]
    )
    return found[0] if found else None


def for_dossier(dossier: Dossier) -> list[Item]:
    """Everything that was ever offered of a dossier, newest first."""
    return items(Aanbieding.objects.filter(ronde__dossier=dossier).order_by("-id"))


def item(dossier: Dossier, aanbieding_id: int) -> Item | None:
    """One offer of this dossier, or None."""
    found = items(Aanbieding.objects.filter(ronde__dossier=dossier, pk=aanbieding_id))
    return found[0] if found else None


def agenda(user: User) -> list[Item]:
    """What lies before the SMO without a conclusion, or was kept for later, as far as this person may read it, by day."""
    return sorted(items(before_the_smo(user)), key=lambda i: (i.day, i.aanbieding.pk))


def next_meeting(user: User) -> tuple[date, int] | None:
    """The first meeting from today on with something on its agenda that this person may read, and how many points. One query."""
    newest = Agendapunt.objects.filter(aanbieding=OuterRef("pk"), vervallen=False).order_by("-id")
    days = before_the_smo(user).annotate(dag=Subquery(newest.values("vergadering__day")[:1]))
    coming = days.filter(dag__gte=timezone.localdate()).order_by("dag")
    return coming.values_list("dag").annotate(points=Count("pk")).first()


def before_the_smo(user: User) -> QuerySet[Aanbieding]:
    """Offers without a conclusion, or kept for later, in running dossiers that this person may read."""
    newest = Conclusie.objects.filter(aanbieding=OuterRef("pk")).order_by("-id").values("oordeel")[:1]
    return (
        Aanbieding.objects.annotate(oordeel=Subquery(newest))
        .filter(Q(oordeel__isnull=True) | Q(oordeel=Oordeel.AANGEHOUDEN), intrekking=None)
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
        .annotate(offered=Exists(Aanbieding.objects.filter(version=OuterRef("pk"), intrekking=None)))
        .order_by("document_id", "-number")
        .distinct("document_id")
    )
    return [v for v in rows if not v.offered and not kind(v.document.kind).signed]


def to_attach(dossier: Dossier) -> list[DocumentVersion]:
    """The newest vastgestelde version of each paper of this dossier, letters too: what can go along with an offer."""
    adopted = DocumentVersion.objects.filter(document__dossier=dossier, status__in=PaperStatus.adopted())
    newest = adopted.order_by("document_id", "-number").distinct("document_id")
    return list(newest.select_related("document").defer("html", "content"))
