"""Reading who is up, from the rows that worklist.py keeps: for Mijn werk, the menu and the dossier list.

Every question here is one query, whatever the number of dossiers; what someone may not read never counts.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from cases import access
from cases.models import DossierGrant, User
from phases.process.aan_zet import Stand
from phases.process.models import Beurt

PAGE = 25
CAP = 1001
# The state that a list shows of a dossier where several things wait: others before the penvoerder.
PRESSING = tuple(Stand.values)


@dataclass(frozen=True)
class Counts:
    """How many acts wait, at most CAP: in all, too late, and before the end of this week."""

    total: int = 0
    late: int = 0
    week: int = 0
    smo: int = 0


def mine(user: User) -> QuerySet[Beurt]:
    """What waits on this person: too late first, then by date, then what waits longest."""
    groups = access.group_ids(user)
    if not groups:
        return Beurt.objects.none()
    own = Q(person=user.pk) | Q(person__isnull=True)
    rows = _visible(Beurt.objects.filter(own, group_id__in=groups), groups).exclude(not_by=user.pk)
    return rows.select_related("dossier").order_by(F("due").asc(nulls_last=True), "since", "id")


def of_others(user: User) -> QuerySet[Beurt]:
    """What this person waits for: the acts of others in the dossiers that this person handles, the longest wait first."""
    groups = access.group_ids(user)
    if not groups:
        return Beurt.objects.none()
    rows = _visible(Beurt.objects.filter(dossier__handler=user.pk), groups)
    others = rows.filter(~Q(group_id__in=groups) | Q(not_by=user.pk))
    # The same act may wait on several groups (the chair or the secretary): it is one thing to wait for.
    once = others.order_by("dossier_id", "url", "tekst", "id").distinct("dossier_id", "url", "tekst")
    return Beurt.objects.filter(pk__in=once.values("pk")).select_related("dossier", "group").order_by("since", "id")


def _visible(rows: QuerySet[Beurt], groups: list[int]) -> QuerySet[Beurt]:
    granted = DossierGrant.objects.filter(content_object=OuterRef("dossier_id"), group_id__in=groups)
    return rows.filter(Exists(granted))


def late(rows: QuerySet[Beurt]) -> QuerySet[Beurt]:
    return rows.filter(due__lt=timezone.localdate())


def this_week(rows: QuerySet[Beurt]) -> QuerySet[Beurt]:
    """From today up to and including Sunday."""
    today = timezone.localdate()
    return rows.filter(due__gte=today, due__lte=_sunday(today))


def at_smo(rows: QuerySet[Beurt]) -> QuerySet[Beurt]:
    return rows.filter(group__name__in=["*:voorzitter-smo", "*:secretaris-smo"])


def _sunday(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())


def count_mine(user: User) -> Counts:
    """For the menu and the tiles; read once per request."""
    if not hasattr(user, "_beurten_counted"):
        user._beurten_counted = _count(mine(user))  # type: ignore[attr-defined]
    return user._beurten_counted  # type: ignore[attr-defined]


def count_of_others(user: User) -> Counts:
    return _count(of_others(user))


def _count(rows: QuerySet[Beurt]) -> Counts:
    today = timezone.localdate()
    some = Beurt.objects.filter(pk__in=rows.order_by().values("pk")[:CAP])
    return Counts(
        **some.aggregate(
            total=Count("pk"),
            late=Count("pk", filter=Q(due__lt=today)),
            week=Count("pk", filter=Q(due__gte=today, due__lte=_sunday(today))),
            smo=Count("pk", filter=Q(group__name__in=["*:voorzitter-smo", "*:secretaris-smo"])),
        )
    )


def of_dossier() -> ArraySubquery:
    """For a list of dossiers: who is up in each, as dicts with group, stand, person, due; in the same query as the list."""
    rows = Beurt.objects.filter(dossier=OuterRef("pk")).order_by("id")
    return ArraySubquery(
        rows.values(
            json=JSONObject(groep="group__name", group_id="group_id", stand="stand", person_id="person_id", due="due")
        )
    )


@dataclass(frozen=True)
class Waiting:
    """Who is up in a dossier, as a list shows it: names ("U" for the reader), the state in words, the first date."""

    names: tuple[str, ...]
    stand: str
    due: date | None


def waiting(rows: list[dict], user: User) -> Waiting:
    """Made of the dicts of of_dossier(). Others come before the penvoerder: the dossier waits on them."""
    groups = set(access.group_ids(user))
    names: list[str] = []
    for row in rows:
        own = row["group_id"] in groups and row["person_id"] in (None, user.pk)
        name = "U" if own else holder(row["groep"])
        if name not in names:
            names.append(name)
    names.sort(key=lambda name: name != "U")
    dates = [date.fromisoformat(row["due"]) for row in rows if row["due"]]
    stands = sorted({row["stand"] for row in rows}, key=PRESSING.index)
    return Waiting(tuple(names), stands[0] if stands else "", min(dates, default=None))


def holder(group: str) -> str:
    """ "DEF" for "DEF:smo-lid"; the SMO for its chair and secretary."""
    code = group.partition(":")[0]
    return "SMO" if code == "*" else code
