"""A year of the fund: what there is, what is proposed, reserved and granted, per ODA part, per category and per dossier.

The totals come from Jaarsaldo and what each request takes from Beslag, which the database keeps.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Sum, Window

from budget_biv.models import Balance, Beslag, Beslissing, Category, Ceiling, Fund, Jaarsaldo, Oda, Rekening, Saldo
from budget_biv.selectors.facts import State, state_of
from budget_biv.selectors.requests import ACCOUNTS
from cases.access import has_role, visible_to
from cases.models import Dossier, User
from cases.rights import Role

PAGE = 25
COLUMNS = {Oda.ODA.value: "oda", Oda.NIET.value: "niet", Oda.ONBEKEND.value: "onbekend"}  # of Beslag


@dataclass(frozen=True)
class Stand:
    """One line of the page, in whole euros. `available` is None when no ceiling is known for this part."""

    label: str
    available: int | None
    proposed: int
    reserved: int
    granted: int
    code: str = ""

    @property
    def claimed(self) -> int:
        return self.reserved + self.granted

    @property
    def free(self) -> int | None:
        return None if self.available is None else self.available - self.claimed

    @property
    def overrun(self) -> int:
        """How much more is claimed and proposed than there is; 0 when it fits or nothing is known."""
        return 0 if self.available is None else max(0, self.claimed + self.proposed - self.available)

    @property
    def share(self) -> str:
        """For example "78% belegd", or what is proposed above the ceiling."""
        if self.available is None:
            return "Niet verdeeld"
        if self.overrun:
            return f"{max(101, _percent(self.claimed + self.proposed, self.available))}% belegd en voorgesteld"
        return f"{_percent(self.claimed, self.available)}% belegd"


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


@dataclass(frozen=True)
class DossierRow:
    """A request in a year. `dossier` is None for the line "overige", which has no state of its own."""

    dossier: Dossier | None
    oda: int
    niet: int
    unknown: int
    state: State | None

    @property
    def total(self) -> int:
        return self.oda + self.niet + self.unknown


@dataclass(frozen=True)
class YearOverview:
    """A fund in a year, or one category of it."""

    fund: Fund
    year: int
    category: Category | None
    ceilings: tuple[Ceiling, ...]
    parts: tuple[Stand, ...]
    total: Stand
    categories: tuple[Stand, ...]
    rows: tuple[DossierRow, ...]
    other: DossierRow | None
    page: int
    more: bool

    @property
    def fictional(self) -> bool:
        return any(c.fictional for c in self.ceilings)

    @property
    def sources(self) -> list[str]:
        return sorted({c.source for c in self.ceilings})

    @property
    def over(self) -> list[Stand]:
        """The parts and categories in which more is claimed and proposed than there is."""
        return [s for s in (*self.parts, *self.categories, self.total) if s.overrun]


def year_overview(
    fund: Fund, year: int, user: User, category: Category | None = None, page: int = 1, size: int | None = PAGE
) -> YearOverview:
    """The year page; `size` None gives every row, for an export. What someone may not see becomes one line "overige"."""
    ceilings = tuple(Ceiling.objects.filter(fund=fund, year=year).select_related("category"))
    balances = list(Jaarsaldo.objects.filter(fund=fund, year=year).select_related("category"))
    mine = [b for b in balances if category is None or b.category_id == category.pk]
    rows, more, seen = _rows(fund, year, user, category, page, size)
    return YearOverview(
        fund,
        year,
        category,
        ceilings,
        _parts(ceilings, mine, category),
        stand_of("Totaal", available_of(ceilings, category), mine),
        () if category else _categories(ceilings, balances),
        tuple(rows),
        _other(mine, seen),
        page,
        more,
    )


def available_of(ceilings: Iterable[Ceiling], category: Category | None, oda: str = "") -> int | None:
    """What there is: of the category, of the year as a whole, or of all categories together."""
    rows = list(ceilings)
    if category is None:
        whole = [c for c in rows if c.category_id is None]
        rows = whole or rows
    else:
        rows = [c for c in rows if c.category_id == category.pk]
    amounts = [c.part(oda) if oda else c.amount for c in rows]
    return None if not amounts or None in amounts else sum(a for a in amounts if a is not None)


def stand_of(label: str, available: int | None, balances: Iterable[Balance], code: str = "") -> Stand:
    rows = list(balances)
    reserved = sum(b.gereserveerd for b in rows)
    granted = sum(b.claimed for b in rows) - reserved
    return Stand(label, available, sum(b.voorgesteld for b in rows), reserved, granted, code)


def _parts(ceilings: tuple[Ceiling, ...], balances: list[Jaarsaldo], category: Category | None) -> tuple[Stand, ...]:
    """ODA and niet-ODA, and what is not split yet as long as there is any."""
    found = []
    for oda in Oda:
        own = [b for b in balances if b.oda == oda]
        stand = stand_of(oda.label, available_of(ceilings, category, oda), own)
        if oda != Oda.ONBEKEND or stand.proposed:
            found.append(stand)
    return tuple(found)


def _categories(ceilings: tuple[Ceiling, ...], balances: list[Jaarsaldo]) -> tuple[Stand, ...]:
    """One line per category that has a ceiling or money."""
    known = {c.category_id: c.category for c in ceilings if c.category} | {b.category_id: b.category for b in balances}
    found = []
    for category in sorted(known.values(), key=lambda c: (c.order, c.name)):
        own = [b for b in balances if b.category_id == category.pk]
        found.append(stand_of(category.name, available_of(ceilings, category), own, category.code))
    return tuple(found)


def beslag_of(fund: Fund, category: Category | None = None) -> QuerySet[Beslag]:
    """What each request asks and holds in each year, of everyone, largest first; in one category or in all together."""
    return Beslag.objects.filter(fund=fund, category=category, total__gt=0)


def seen_by(found: QuerySet[Beslag], user: User) -> QuerySet[Beslag]:
    """Of these the claims of dossiers that someone may read."""
    return found if has_role(user, Role.AUDITOR) else found.filter(dossier__in=visible_to(user).order_by())


def _rows(
    fund: Fund, year: int, user: User, category: Category | None, page: int, size: int | None
) -> tuple[list[DossierRow], bool, dict[str, int]]:
    """A page of requests, largest first; whether there are more; and the totals of all that someone may see, by ODA flag."""
    visible = seen_by(beslag_of(fund, category).filter(year=year), user)
    begin = (page - 1) * size if size else 0
    # First only which rows: sorting thousands of dossiers with their texts is felt. Each brings the totals of all, so that what
    # someone may see is looked up once.
    sums = {f"all_{column}": Sum(column) for column in COLUMNS.values()}
    ranked = visible.annotate(**{name: Window(total) for name, total in sums.items()}).values("pk", *sums)
    chosen = list(ranked[begin : begin + size + 1] if size else ranked)
    found = list(Beslag.objects.filter(pk__in=[row["pk"] for row in chosen]).select_related("dossier"))
    shown = found[:size]
    stands, decided = _stands(shown, year, category), _outcomes([b.aanvraag_id for b in shown])
    rows = [
        DossierRow(
            b.dossier, b.oda, b.niet, b.onbekend, state_of(stands[b.aanvraag_id], decided.get(b.aanvraag_id, []))
        )
        for b in shown
    ]
    seen = chosen[0] if chosen else visible.aggregate(**sums)
    return rows, len(found) > len(shown), {oda: int(seen[f"all_{column}"] or 0) for oda, column in COLUMNS.items()}


def _stands(shown: list[Beslag], year: int, category: Category | None) -> dict[int, dict[str, int]]:
    """Per request what stands on each account."""
    found = Saldo.objects.filter(aanvraag__in=[b.aanvraag_id for b in shown], year=year)
    found = found if category is None else found.filter(category=category)
    sums = found.values_list("aanvraag_id").annotate(**{f"on_{a}": Sum(a) for a in ACCOUNTS}).order_by()
    return {pk: dict(zip(ACCOUNTS, own, strict=True)) for pk, *own in sums}


def _outcomes(aanvraag_ids: list[int]) -> dict[int, list[str]]:
    """Per request the newest outcome of each ministry."""
    rows = Beslissing.objects.filter(aanvraag__in=aanvraag_ids).order_by("aanvraag_id", "ministry_id", "-id")
    found: dict[int, list[str]] = {}
    for pk, outcome in rows.distinct("aanvraag_id", "ministry_id").values_list("aanvraag_id", "uitkomst"):
        found.setdefault(pk, []).append(outcome)
    return found


def _other(balances: list[Jaarsaldo], seen: dict[str, int]) -> DossierRow | None:
    """Everything that someone may not see, as one line."""
    hidden = [
        sum(b.on(Rekening.VOORGESTELD) + b.claimed for b in balances if b.oda == oda) - seen[oda.value] for oda in Oda
    ]
    return DossierRow(None, hidden[0], hidden[1], hidden[2], None) if any(hidden) else None


def years(fund: Fund) -> list[int]:
    """The years of a fund that have a ceiling or a request."""
    asked = Jaarsaldo.objects.filter(fund=fund).values_list("year", flat=True).distinct().order_by()
    return sorted({*fund.ceilings.order_by().values_list("year", flat=True).distinct(), *asked})


def funds() -> dict[int, Fund]:
    """By year that has a ceiling or a request the fund of that year: the one that began last. Three queries."""
    asked = Jaarsaldo.objects.values_list("fund", "year").distinct().order_by()
    held = {*Ceiling.objects.order_by().values_list("fund", "year").distinct(), *asked}
    known = Fund.objects.select_related("manager").in_bulk()
    return {year: known[pk] for pk, year in sorted(held, key=lambda row: (known[row[0]].start, row[0]))}
