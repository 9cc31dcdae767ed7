"""What fits below the ceilings: asked before reserving, and said in red on a proposal."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, Sum

from budget_biv.models import Category, Ceiling, Fund, Jaarsaldo, Oda
from cases.templatetags.notatie import euro


@dataclass(frozen=True, order=True)
class Amount:
    """Whole euros for a year, category and ODA flag."""

    year: int
    category_id: int
    oda: str
    amount: int


def shortages(fund: Fund, asked: Iterable[Amount]) -> list[str]:
    """One sentence for every ceiling that this would break, or that is not known; empty when it all fits. Three queries.

    Safe to act on only while these ceilings are locked (services.ceilings.lock).
    """
    rows = sorted(asked)
    keys = {(a.year, a.category_id) for a in rows}
    ceilings = list(Ceiling.objects.filter(fund=fund, year__in={y for y, _ in keys}).select_related("category"))
    used = _used(fund, {y for y, _ in keys})
    names = dict(Category.objects.filter(pk__in={c for _, c in keys}).values_list("pk", "name"))
    found = [
        f"Voor {names[category]} is in {year} geen plafond bekend."
        for year, category in sorted(keys)
        if not any(c.year == year and c.category_id in (None, category) for c in ceilings)
    ]
    for ceiling in ceilings:
        here = [a for a in rows if a.year == ceiling.year and ceiling.category_id in (None, a.category_id)]
        if here:
            found += _of_one(ceiling, here, used)
    return found


def _used(fund: Fund, years: set[int]) -> dict[tuple[int, int, str], int]:
    rows = Jaarsaldo.objects.filter(Q(claimed__gt=0), fund=fund, year__in=years)
    sums = rows.order_by().values("year", "category_id", "oda").annotate(total=Sum("claimed"))
    return {(r["year"], r["category_id"], r["oda"]): r["total"] for r in sums}


def _of_one(ceiling: Ceiling, here: list[Amount], used: dict[tuple[int, int, str], int]) -> list[str]:
    """What one ceiling says: as a whole, and for ODA and niet-ODA when it is split."""
    claimed: dict[str, int] = defaultdict(int)
    wanted: dict[str, int] = defaultdict(int)
    for (year, category, oda), amount in used.items():
        if year == ceiling.year and ceiling.category_id in (None, category):
            claimed[oda] += amount
    for a in here:
        wanted[a.oda] += a.amount
    limits = [("", ceiling.amount, sum(claimed.values()), sum(wanted.values()))]
    for oda in (Oda.ODA, Oda.NIET):
        part = ceiling.part(oda)
        if part is not None:
            limits.append((f" ({oda.label})", part, claimed[oda], wanted[oda]))
    name = ceiling.name if ceiling.category else "het hele jaar"
    return [
        f"In {ceiling.year} is voor {name}{part} nog {euro(max(0, limit - taken))} vrij. Deze aanvraag vraagt {euro(want)}."
        for part, limit, taken, want in limits
        if want and taken + want > limit
    ]
