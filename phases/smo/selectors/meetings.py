"""The meetings of the SMO as one person may know them: what is on the agenda, who was there, the papers, the actions."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from cases import access
from cases.access import visible_to
from cases.models import Dossier, Membership, User
from cases.phase import Status
from cases.rights import Act, Role
from phases.smo.models import (
    Aanbieding,
    Actie,
    Agendapunt,
    Besluitenlijst,
    Bundel,
    Conclusie,
    Lijstpdf,
    Vergadering,
)
from phases.smo.selectors.offers import Item, before_the_smo, items

WEEKS_BACK = 8
COMING = 8


@dataclass(frozen=True)
class Point:
    """A point on an agenda: an offered paper as this person may read it, or one of the secretary's own."""

    punt: Agendapunt
    item: Item | None

    @property
    def title(self) -> str:
        if self.item is None:
            return self.punt.titel
        return f"{self.item.dossier.title}: {self.item.aanbieding.version}"

    @property
    def conclusie(self) -> Conclusie | None:
        """What was concluded under this point: a paper that was kept stays kept here, whatever a later meeting concludes."""
        if self.item is None:
            return None
        offer = self.item.aanbieding
        following = next((p.vergadering for p in offer.punten.all() if p.pk > self.punt.pk), None)
        here = [c for c in offer.conclusies.all() if following is None or c.concluded_on < following.day]
        return here[-1] if here else None


@dataclass(frozen=True)
class Meeting:
    """A meeting with the points that somebody may read."""

    vergadering: Vergadering
    points: tuple[Point, ...]

    @property
    def papers(self) -> list[Item]:
        """What lies before this meeting; not what was withdrawn, which stands on the page of the meeting only."""
        return [point.item for point in self.points if point.item and not point.item.withdrawn]


def points(meeting: Vergadering, user: User | None = None) -> list[Point]:
    """The points of one agenda in order; only what this person may read, or everything without a person."""
    return list(with_points([meeting], user)[0].points)


def with_points(meetings: list[Vergadering], user: User | None, own: bool = True) -> list[Meeting]:
    """Meetings with their points, in a fixed number of queries. `own` shows the secretary's own points too."""
    return _placed(meetings, items(_on(meetings, user)), own)


def overview(user: User, own: bool) -> tuple[list[Meeting], list[Item]]:
    """The coming meetings with their points, and everything that waits before the SMO, by day; each paper read once."""
    meetings = coming()
    either = Q(pk__in=_on(meetings, user).values("pk")) | Q(pk__in=before_the_smo(user).values("pk"))
    found = items(Aanbieding.objects.filter(either))
    waiting = [item for item in found if item.open and item.dossier.status == Status.LOPEND]
    return _placed(meetings, found, own), sorted(waiting, key=lambda i: (i.day, i.aanbieding.pk))


def _on(meetings: list[Vergadering], user: User | None) -> QuerySet[Aanbieding]:
    """The offers on these agendas that this person may read; all of them without a person."""
    live = Agendapunt.objects.filter(vergadering__in=meetings, vervallen=False, aanbieding__isnull=False)
    offers = Aanbieding.objects.filter(pk__in=live.order_by().values("aanbieding"))
    return offers if user is None else offers.filter(ronde__dossier__in=visible_to(user))


def _placed(meetings: list[Vergadering], papers: list[Item], own: bool) -> list[Meeting]:
    rows = Agendapunt.objects.filter(vergadering__in=meetings, vervallen=False).order_by("order", "id")
    rows = rows if own else rows.exclude(aanbieding=None)
    known = {item.aanbieding.pk: item for item in papers}
    found: dict[int, list[Point]] = {meeting.pk: [] for meeting in meetings}
    for row in rows:
        if row.aanbieding_id is None or row.aanbieding_id in known:
            found[row.vergadering_id].append(Point(row, known.get(row.aanbieding_id)))
    return [Meeting(meeting, tuple(found[meeting.pk])) for meeting in meetings]


def coming(limit: int = COMING) -> list[Vergadering]:
    """The next meetings, today's first."""
    return list(Vergadering.objects.filter(day__gte=timezone.localdate(), vervallen=False)[:limit])


def of_late() -> list[Vergadering]:
    """The meetings of the last weeks, newest first, with whether their besluitenlijst is adopted."""
    today = timezone.localdate()
    past = Vergadering.objects.filter(day__lt=today, day__gte=today - timedelta(weeks=WEEKS_BACK), vervallen=False)
    lists = Besluitenlijst.objects.only("id", "vergadering_id", "adopted_by_id", "number")
    return list(past.order_by("-day").prefetch_related(Prefetch("besluitenlijsten", lists)))


def list_words(meeting: Vergadering) -> str:
    """How far the besluitenlijst of a meeting is, in words."""
    rows = list(meeting.besluitenlijsten.all())
    if not rows:
        return "Nog geen besluitenlijst"
    return "Besluitenlijst vastgesteld" if rows[-1].adopted else "Besluitenlijst in concept"


def to_choose(today: date) -> list[Vergadering]:
    """The meetings for which one can offer: from today on, the next one first; not one of which the list is adopted."""
    settled = Besluitenlijst.objects.filter(vergadering=OuterRef("pk"), adopted_by__isnull=False)
    return list(Vergadering.objects.filter(~Exists(settled), day__gte=today, vervallen=False)[:COMING])


def attendance(meeting: Vergadering) -> tuple[list[str], str]:
    """Who was there and which guests, as noted last; empty while nobody noted it."""
    last = meeting.aanwezigheid.last()
    return (list(last.aanwezig), last.gasten) if last else ([], "")


def members(day: date) -> list[str]:
    """Who can be noted as present on a day: chair, secretary, and the SMO-leden with their deputies."""
    roles = [Role.VOORZITTER_SMO, Role.SECRETARIS_SMO, Role.SMO_LID]
    rows = _in_force(day).filter(role__in=roles, user__is_active=True)
    rows = rows.select_related("user", "ministry", "deputy_for").order_by("ministry__order", "user__surname")
    chairs_first = sorted(rows, key=lambda m: m.ministry_id is not None)
    return [f"{m.user}, {m}" + (f", namens {m.deputy_for}" if m.deputy_for else "") for m in chairs_first]


def _in_force(day: date) -> QuerySet[Membership]:
    return Membership.objects.filter(Q(end__isnull=True) | Q(end__gte=day), start__lte=day)


def bundle_versions(meeting: Vergadering, user: User) -> list[int]:
    """The frozen versions on the agenda that this person may read, with what goes along, in order; each once."""
    return bundle_ids(with_points([meeting], user)[0])


def bundle_ids(meeting: Meeting) -> list[int]:
    """The same, of a meeting that was read for this person."""
    ids: list[int] = []
    for item in meeting.papers:
        if not item.withdrawn:
            offer = item.aanbieding
            ids += [offer.version_id, *(row.version_id for row in offer.bijlagen.all())]
    return list(dict.fromkeys(ids))


def reads_all(user: User, version_ids: list[int]) -> bool:
    """Whether this person may read every dossier of these versions."""
    of_them = Dossier.objects.filter(documents__versions__in=version_ids)
    return not of_them.exclude(pk__in=visible_to(user).values("pk")).exists()


def bundle(meeting: Vergadering, key: str) -> Bundel | None:
    """A bundle of exactly these versions, without its bytes."""
    return Bundel.objects.filter(vergadering=meeting, key=key).defer("pdf").first()


def lists(meeting: Vergadering) -> list[Besluitenlijst]:
    """The besluitenlijsten of a meeting, newest first, with the state of their PDF."""
    rows = Besluitenlijst.objects.filter(vergadering=meeting).select_related("written_by", "adopted_by").defer("html")
    return list(rows.prefetch_related(Prefetch("pdf", Lijstpdf.objects.defer("pdf"))).order_by("-number"))


def actions(meeting: Vergadering) -> list[Actie]:
    """Every action from a meeting, by date."""
    rows = Actie.objects.filter(besluitenlijst__vergadering=meeting)
    return list(rows.select_related("holder", "besluitenlijst", "gedaan__by"))


def all_actions() -> QuerySet[Actie]:
    """Actions of adopted lists that are not done yet."""
    rows = Actie.objects.filter(gedaan=None, besluitenlijst__adopted_by__isnull=False)
    return rows.select_related("besluitenlijst__vergadering", "holder")


def to_adopt(user: User) -> list[Besluitenlijst]:
    """The concepts that wait until this person adopts them: of the chair or a secretary, to which this person did not write. One query for them."""
    if not access.may(user, Act.SMO_LIJST):
        return []
    rows = Besluitenlijst.objects.filter(adopted_by=None, vergadering__vervallen=False).exclude(
        writers__contains=[user.pk]
    )
    return list(rows.select_related("vergadering").defer("html").order_by("vergadering__day", "number"))


def my_actions(user: User) -> QuerySet[Actie]:
    """The actions that wait on this person: from adopted lists, not done yet, the first date first. One query."""
    return all_actions().filter(holder=user).order_by("due", "id")


def holders(meeting: Vergadering) -> list[User]:
    """Who can get an action: the SMO of today, and who handles a dossier on this agenda and holds a role today."""
    held = _in_force(timezone.localdate())
    across = [Role.VOORZITTER_SMO, Role.SECRETARIS_SMO]
    smo = held.filter(Q(role__in=across) | Q(role=Role.SMO_LID, ministry__in_smo=True))
    on_agenda = {"documents__versions__aanbiedingen__punten__vergadering": meeting}
    handlers = held.filter(user__in=Dossier.objects.filter(**on_agenda).values("handler"))
    either = Q(pk__in=smo.values("user")) | Q(pk__in=handlers.values("user"))
    return list(User.objects.filter(either, is_active=True))


def markings(version_ids: list[int]) -> QuerySet[Dossier]:
    """The dossiers of these versions, each once."""
    return Dossier.objects.filter(documents__versions__in=version_ids).distinct()
