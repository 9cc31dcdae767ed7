"""The dossier list: newest rows per group by the sort key on the grant rows, page by page without counting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet
from django_countries import countries

from cases import access
from cases.models import Dossier, User
from cases.models.dossier import SEARCHED
from cases.phase import Status
from cases.rights import Role

PAGE = 25
COUNT_CAP = 1001

Key = tuple[datetime, int]


@dataclass(frozen=True)
class Filters:
    """What someone filters on; empty values filter nothing. Unknown values were already dropped by the form."""

    q: str = ""
    phase: str = ""
    status: str = Status.LOPEND
    ministry: str = ""
    handled_by: int | None = None

    @property
    def is_default(self) -> bool:
        return not (self.q or self.phase or self.ministry or self.handled_by) and self.status == Status.LOPEND


@dataclass(frozen=True)
class Page:
    """A page of dossiers, newest first; `next` and `previous` are keys for keyset pagination, or ""."""

    rows: Sequence[Dossier]
    next: str
    first: bool


def page(user: User, filters: Filters, after: str = "", rows: QuerySet[Dossier] | None = None) -> Page:
    """One page of what someone may see. The default list reads only the newest grants of each group: flat at any size.

    `rows` may annotate the dossiers of the page with what other apps know of them. Two queries.
    """
    key = parse_key(after)
    if filters.is_default and not access.has_role(user, Role.AUDITOR):
        found = newest_granted(user, key)
    else:
        found = list(
            _after(_filtered(user, filters), key).order_by("-sort_at", "-id").values_list("sort_at", "id")[: PAGE + 1]
        )
    ids = [pk for _, pk in found[:PAGE]]
    rows = Dossier.objects.all() if rows is None else rows
    by_id = rows.select_related("lead", "handler").in_bulk(ids)
    more = format_key(found[PAGE - 1]) if len(found) > PAGE else ""
    return Page([by_id[pk] for pk in ids], more, key is None)


NEWEST = """
SELECT DISTINCT newest.sort_at, newest.id FROM unnest(ARRAY[{groups}]::int[]) AS g CROSS JOIN LATERAL (
    SELECT sort_at, content_object_id AS id FROM cases_dossiergrant
    WHERE group_id = g AND running {after} ORDER BY sort_at DESC, content_object_id DESC LIMIT {limit}
) AS newest ORDER BY newest.sort_at DESC, newest.id DESC LIMIT {limit}
"""


def newest_granted(user: User, key: Key | None) -> list[Key]:
    """The newest PAGE + 1 keys over all groups of someone: one small index scan per group, with literal group ids.

    Raw SQL, because the query builder alone costs as much again as the query (measured: ./run bench).
    """
    groups = ",".join(map(str, access.group_ids(user)))
    if not groups:
        return []
    after = "AND (sort_at, content_object_id) < (%s, %s)" if key else ""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST.format(groups=groups, after=after, limit=PAGE + 1), key or ())
        return cursor.fetchall()


def _filtered(user: User, filters: Filters) -> QuerySet[Dossier]:
    dossiers = access.visible_to(user)
    if filters.status:
        dossiers = dossiers.filter(status=filters.status)
    if filters.phase:
        dossiers = dossiers.filter(phase=filters.phase)
    if filters.ministry:
        dossiers = dossiers.filter(participations__ministry__code=filters.ministry)
    if filters.handled_by:
        dossiers = dossiers.filter(handler=filters.handled_by)
    for word in filters.q.split():
        found = Q(*((f"{name}__icontains", word) for name in SEARCHED), _connector=Q.OR)
        for code in _countries_named(word):
            found |= Q(countries__contains=code)
        dossiers = dossiers.filter(found)
    return dossiers


def _countries_named(word: str) -> list[str]:
    """The codes of the countries whose Dutch name has this word in it; a short word may only be the code itself."""
    if len(word) < 3:
        return [word.upper()] if len(word) == 2 else []
    return [country.code for country in countries if word.lower() in str(country.name).lower()]


def count(user: User, filters: Filters, shown: Page | None = None) -> int:
    """How many dossiers there are, at most COUNT_CAP. No query when the page that is shown holds them all."""
    if shown and shown.first and not shown.next:
        return len(shown.rows)
    if filters.is_default and not access.has_role(user, Role.AUDITOR):
        return _count_granted(user)
    return _filtered(user, filters).order_by()[:COUNT_CAP].count()


COUNTED = """
SELECT count(*) FROM (SELECT DISTINCT newest.id FROM unnest(ARRAY[{groups}]::int[]) AS g CROSS JOIN LATERAL (
    SELECT content_object_id AS id FROM cases_dossiergrant
    WHERE group_id = g AND running ORDER BY sort_at DESC, content_object_id DESC LIMIT {cap}
) AS newest LIMIT {cap}) AS counted
"""


def _count_granted(user: User) -> int:
    """The count of the default list, from the same index as its rows: never more than COUNT_CAP rows per group."""
    groups = ",".join(map(str, access.group_ids(user)))
    if not groups:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.format(groups=groups, cap=COUNT_CAP))
        return cursor.fetchone()[0]


def _after(dossiers: QuerySet[Dossier], key: Key | None) -> QuerySet[Dossier]:
    if key is None:
        return dossiers
    return dossiers.filter(Q(sort_at__lt=key[0]) | Q(sort_at=key[0], id__lt=key[1]))


def format_key(key: Key) -> str:
    return f"{key[0].isoformat()}~{key[1]}"


def parse_key(text: str) -> Key | None:
    """The key in a page address; None when it is absent or not ours."""
    try:
        moment, pk = text.split("~", 1)
        found = datetime.fromisoformat(moment)
        return (found, int(pk)) if found.tzinfo else None
    except ValueError:
        return None


def exact(user: User, text: str) -> Dossier | None:
    """The dossier with exactly this number, as far as this person may see it."""
    number = text.strip()
    return access.visible_to(user).filter(number=number).first() if number and "\x00" not in number else None
