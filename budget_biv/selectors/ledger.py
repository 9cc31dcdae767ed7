"""The ledger of a year with its filters: what someone may see line by line, and the rest as one line."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Sum

from budget_biv.models import Category, Fund, Jaarsaldo, Overheveling, Post
from budget_biv.selectors.year import COLUMNS, PAGE, beslag_of, seen_by
from cases.access import has_role, visible_to
from cases.models import User
from cases.rights import Role

MOST = 50_000


@dataclass(frozen=True)
class Filter:
    """What the address asks for; "" is everything."""

    category: Category | None = None
    oda: str = ""
    soort: str = ""
    rekening: str = ""
    dossier: str = ""

    @property
    def narrow(self) -> bool:
        """Whether it asks for more than the year page tells: then no line "overige", or what is hidden could be told apart."""
        return bool(self.soort or self.rekening or self.dossier)


@dataclass(frozen=True)
class Ledger:
    """A page of posts, newest first. `other` is what stands on the books for dossiers that someone may not see."""

    posts: tuple[Post, ...]
    more: bool
    other: int | None


def ledger(fund: Fund, year: int, user: User, chosen: Filter, page: int = 1, size: int | None = PAGE) -> Ledger:
    """Three queries, whatever the number of posts. `size` None gives the newest MOST, for an export."""
    rows = _posts(fund, year, user, chosen)
    begin = (page - 1) * size if size else 0
    most = size or MOST
    found = list(rows[begin : begin + most + 1])
    shown = found[:most]
    other = None if chosen.narrow else _hidden(fund, year, user, chosen)
    return Ledger(tuple(shown), len(found) > len(shown), other)


def _posts(fund: Fund, year: int, user: User, chosen: Filter) -> QuerySet[Post]:
    rows = Post.objects.filter(fund=fund, year=year).select_related(
        "category", "mutatie__dossier", "mutatie__by", "mutatie__aanvraag"
    )
    if not has_role(user, Role.AUDITOR):
        rows = rows.filter(mutatie__dossier__in=visible_to(user).order_by())
    if chosen.category:
        rows = rows.filter(category=chosen.category)
    if chosen.oda:
        rows = rows.filter(oda=chosen.oda)
    if chosen.soort:
        rows = rows.filter(mutatie__soort=chosen.soort)
    if chosen.rekening:
        rows = rows.filter(Q(van=chosen.rekening) | Q(naar=chosen.rekening))
    if chosen.dossier:
        rows = rows.filter(mutatie__dossier__number=chosen.dossier)
    return rows.order_by("-id")


def _hidden(fund: Fund, year: int, user: User, chosen: Filter) -> int:
    """What is proposed and claimed for others, in whole euros; 0 when there is nothing."""
    total = Jaarsaldo.objects.filter(fund=fund, year=year)
    seen = seen_by(beslag_of(fund, chosen.category).filter(year=year), user)
    if chosen.category:
        total = total.filter(category=chosen.category)
    if chosen.oda:
        total = total.filter(oda=chosen.oda)
    whole = total.aggregate(s=Sum(F("voorgesteld") + F("claimed"), default=0))["s"]
    return whole - seen.aggregate(s=Sum(COLUMNS.get(chosen.oda, "total"), default=0))["s"]


def transfers(fund: Fund, year: int) -> Iterable[Overheveling]:
    """The decisions that moved a ceiling of this year, newest first."""
    rows = Overheveling.objects.filter(Q(source__year=year) | Q(target__year=year), source__fund=fund)
    return rows.select_related("source__category", "target__category", "by")
