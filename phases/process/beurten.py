"""Reading who is up, from the rows that worklist.py keeps: for Mijn werk, the menu and the dossier list.

Every question here is one query, whatever the number of dossiers; what someone may not read never counts.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, OuterRef, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject
from django.utils import timezone

from cases import access
from cases.models import User
from phases.process.aan_zet import Stand
from phases.process.models import Beurt

PAGE = 25
CAP = 101
# The state that a list shows of a dossier where several things wait: others before the penvoerder.
PRESSING = tuple(Stand.values)


def sunday() -> date:
    """Until then is this week."""
    today = timezone.localdate()
    return today + timedelta(days=6 - today.weekday())


class When(StrEnum):
    """Which part of someone's work."""

    ALL = ""
    LATE = "te-laat"
    WEEK = "week"

    def sql(self) -> str:
        today = timezone.localdate()
        return {
            When.ALL: "true",
            When.LATE: f"due < '{today}'",
            When.WEEK: f"due BETWEEN '{today}' AND '{sunday()}'",
        }[self]


@dataclass(frozen=True)
class Counts:
    """How many acts wait: in all, too late, before the end of this week, on the SMO. CAP stands for "CAP - 1 or more"."""

    total: int = 0
    late: int = 0
    week: int = 0
    smo: int = 0


# Per group two short index scans that stop at the limit, and one look at the grant per row that comes out: the same time at
# any number of dossiers. OFFSET 0 keeps the planner from reading all grants first (./run bench).
MAY_READ = "EXISTS (SELECT FROM cases_dossiergrant r WHERE r.content_object_id = b.dossier_id AND r.group_id IN ({groups}) OFFSET 0)"
MINE = """
SELECT found.id FROM unnest(ARRAY[{groups}]::int[]) AS g CROSS JOIN LATERAL (
 (SELECT b.id, b.due, b.since FROM phases_beurt b WHERE b.group_id = g AND b.person_id = {user} AND {rest}
  ORDER BY b.due, b.since, b.id LIMIT {limit})
 UNION ALL
 (SELECT b.id, b.due, b.since FROM phases_beurt b WHERE b.group_id = g AND b.person_id IS NULL AND {rest}
  ORDER BY b.due, b.since, b.id LIMIT {limit})
) AS found ORDER BY found.due, found.since, found.id LIMIT {limit}
"""
OTHERS = """
SELECT b.id FROM phases_beurt b WHERE b.waiter_id = {user} AND (b.group_id NOT IN ({groups}) OR b.not_by_id = {user})
 AND {rest} ORDER BY b.since, b.id LIMIT {limit}
"""
AT_SMO = "b.group_id IN (SELECT id FROM auth_group WHERE name IN ('*:voorzitter-smo', '*:secretaris-smo'))"


def mine(user: User, when: When = When.ALL) -> QuerySet[Beurt]:
    """What waits on this person, at most PAGE: too late first, then by date, then what waits longest."""
    rows = _rows(_mine(user, when, PAGE))
    return rows.select_related("dossier").order_by(F("due").asc(nulls_last=True), "since", "id")


def of_others(user: User, *, at_smo: bool = False) -> QuerySet[Beurt]:
    """What this person waits for: the acts of others in the dossiers that this person handles, the longest wait first."""
    return _rows(_others(user, PAGE, at_smo)).select_related("dossier", "group").order_by("since", "id")


def count_mine(user: User) -> Counts:
    """For the menu and the tiles; read once per request."""
    if not hasattr(user, "_beurten_counted"):
        parts = [_mine(user, when, CAP) for when in (When.ALL, When.LATE, When.WEEK)]
        user._beurten_counted = Counts(*_count(parts))  # type: ignore[attr-defined]
    return user._beurten_counted  # type: ignore[attr-defined]


def count_of_others(user: User) -> Counts:
    total, smo = _count([_others(user, CAP), _others(user, CAP, at_smo=True)])
    return Counts(total=total, smo=smo)


def _mine(user: User, when: When, limit: int) -> str:
    rest = f"b.not_by_id IS DISTINCT FROM {user.pk} AND {when.sql()} AND {MAY_READ}"
    return _for(user, MINE.replace("{rest}", rest), limit)


def _others(user: User, limit: int, at_smo: bool = False) -> str:
    return _for(user, OTHERS.replace("{rest}", f"{AT_SMO if at_smo else 'true'} AND {MAY_READ}"), limit)


def _for(user: User, sql: str, limit: int) -> str:
    """The statement with literal ids: a prepared plan for any group would be the wrong one. "" for who holds no role."""
    groups = ",".join(map(str, access.group_ids(user)))
    return sql.format(groups=groups, user=int(user.pk), limit=limit) if groups else ""


def _rows(sql: str) -> QuerySet[Beurt]:
    return Beurt.objects.filter(pk__in=RawSQL(sql, ())) if sql else Beurt.objects.none()


def _count(parts: list[str]) -> list[int]:
    """How many rows each statement gives, in one query."""
    if not all(parts):
        return [0] * len(parts)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM ({part}) found)" for part in parts))
        return list(cursor.fetchone())


def shown(number: int) -> str:
    """A count as people read it: "100+" from the cap on."""
    return f"{CAP - 1}+" if number >= CAP else str(number)


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
