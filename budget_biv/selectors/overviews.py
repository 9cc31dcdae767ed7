"""Several years together: the fund over the years, and what all dossiers claim against what there is."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Sum

from budget_biv.models import Ceiling, Fund, Jaarsaldo
from budget_biv.selectors.year import Stand, available_of, beslag_of, seen_by, stand_of
from cases.models import Dossier, User

SPAN = 5


def multi_year(fund: Fund) -> list[tuple[int, Stand, bool]]:
    """Per year its line, and whether its ceiling is fictional. Two queries."""
    ceilings: dict[int, list[Ceiling]] = defaultdict(list)
    for ceiling in Ceiling.objects.filter(fund=fund).select_related("category"):
        ceilings[ceiling.year].append(ceiling)
    balances: dict[int, list[Jaarsaldo]] = defaultdict(list)
    for balance in Jaarsaldo.objects.filter(fund=fund):
        balances[balance.year].append(balance)
    return [
        (
            year,
            stand_of(str(year), available_of(ceilings[year], None), balances[year]),
            any(c.fictional for c in ceilings[year]),
        )
        for year in sorted({*ceilings, *balances})
    ]


@dataclass(frozen=True)
class Claim:
    """What one dossier claims and proposes, per year; `dossier` is None for the line "overige"."""

    dossier: Dossier | None
    years: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.years)


@dataclass(frozen=True)
class Ambition:
    """Claims against ceilings for some years: what there is, what is asked in all, and who asks it."""

    years: tuple[int, ...]
    stands: tuple[Stand, ...]
    claims: tuple[Claim, ...]
    other: Claim | None

    @property
    def asked(self) -> list[int]:
        return [s.claimed + s.proposed for s in self.stands]

    @property
    def room(self) -> list[int | None]:
        """What is left, negative when more is asked than there is."""
        return [None if s.available is None else s.available - s.claimed - s.proposed for s in self.stands]

    @property
    def by_year(self) -> list[tuple[int, Stand, int, int | None]]:
        """Per year where the money is, what is asked in all and what is left."""
        return list(zip(self.years, self.stands, self.asked, self.room, strict=True))

    @property
    def rows(self) -> list[tuple[Claim, list[tuple[int, int]]]]:
        """Per dossier its amount in each year; the line "overige" last."""
        claims = [*self.claims, self.other] if self.other else self.claims
        return [(claim, list(zip(self.years, claim.years, strict=True))) for claim in claims]


def ambition(fund: Fund, first: int, user: User) -> Ambition:
    """Five years from `first`, over all dossiers; what someone may not see is one line. Five queries."""
    rows = [row for row in multi_year(fund) if first <= row[0] < first + SPAN]
    years = tuple(year for year, _, _ in rows)
    stands = tuple(stand for _, stand, _ in rows)
    seen = seen_by(beslag_of(fund), user).filter(year__in=years)
    sums: dict[int, dict[int, int]] = defaultdict(dict)
    for pk, year, amount in seen.order_by().values_list("dossier_id", "year").annotate(s=Sum("total")):
        sums[pk][year] = amount
    dossiers = Dossier.objects.in_bulk(sums)
    claims = [Claim(dossiers[pk], tuple(own.get(y, 0) for y in years)) for pk, own in sums.items()]
    claims.sort(key=lambda c: -c.total)
    hidden = tuple(s.claimed + s.proposed - sum(c.years[i] for c in claims) for i, s in enumerate(stands))
    return Ambition(years, stands, tuple(claims), Claim(None, hidden) if any(hidden) else None)
