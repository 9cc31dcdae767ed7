"""What others may know about the money of a Ronde, and the year overview."""

from dataclasses import dataclass

from django.db.models import Sum

from budget_biv.models import Aanvraag, Bedrag, Beslissing, Ceiling, Fund, Uitkomst
from cases.models import Dossier, Effort, Ministry, Ronde, User
from cases.access import visible_to


@dataclass(frozen=True)
class BivFact:
    """The newest request of a Ronde: amounts per year in whole euros, and per required ministry its outcome or ""."""

    aanvraag_id: int
    number: int
    years: tuple[tuple[int, int], ...]
    outcomes: tuple[tuple[str, str], ...]
    beslissing_ids: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(amount for _, amount in self.years)

    @property
    def awaited(self) -> list[str]:
        return [code for code, outcome in self.outcomes if not outcome]

    @property
    def refused(self) -> list[str]:
        return [code for code, outcome in self.outcomes if outcome == Uitkomst.AFGEWEZEN]

    @property
    def granted(self) -> bool:
        return not self.awaited and not self.refused


def required_codes(dossier: Dossier) -> list[str]:
    """Who must decide: BHOS, BZ and DEF, and JENV when police or justice takes part (Leidraad par. 3.4)."""
    extra = ["JENV"] if {Effort.POLITIE, Effort.JUSTITIE} & set(dossier.efforts) else []
    return ["BHOS", "BZ", "DEF", *extra]


def required_ministries(dossier: Dossier) -> list[Ministry]:
    """The same as rows, in the order of ministries."""
    return list(Ministry.objects.filter(code__in=required_codes(dossier)))


def newest(ronde: Ronde) -> Aanvraag | None:
    """The request that counts: the newest version."""
    return Aanvraag.objects.filter(ronde=ronde).select_related("fund", "by").order_by("-number").first()


def fact(ronde: Ronde, dossier: Dossier) -> BivFact | None:
    """The facts about the newest request; None when no BIV money is asked. Three queries."""
    aanvraag = newest(ronde)
    if aanvraag is None:
        return None
    years = tuple(Bedrag.objects.filter(aanvraag=aanvraag).values_list("year", "amount"))
    decided = {
        code: (pk, outcome)
        for pk, code, outcome in Beslissing.objects.filter(aanvraag=aanvraag).values_list("id", "ministry__code", "uitkomst")
    }
    codes = required_codes(dossier)
    return BivFact(
        aanvraag.pk,
        aanvraag.number,
        years,
        tuple((code, decided.get(code, (0, ""))[1]) for code in codes),
        tuple(decided[code][0] for code in codes if code in decided),
    )


@dataclass(frozen=True)
class YearRow:
    """One dossier's newest request in a year; `dossier` is None for the line "overige"."""

    dossier: Dossier | None
    amount: int
    granted: bool


@dataclass(frozen=True)
class YearOverview:
    """A fund in a year, in whole euros. Granted and asked count each dossier's newest request of its current Ronde."""

    fund: Fund
    ceiling: Ceiling | None
    granted: int
    asked: int
    rows: tuple[YearRow, ...]

    @property
    def available(self) -> int:
        return self.ceiling.amount if self.ceiling else 0

    @property
    def free(self) -> int:
        return self.available - self.granted


def year_overview(fund: Fund, year: int, user: User) -> YearOverview:
    """The year page: what someone may not see becomes one line "overige"."""
    newest_ids = Aanvraag.objects.filter(fund=fund).order_by("ronde_id", "-number").distinct("ronde_id").values("id")
    amounts = list(
        Bedrag.objects.filter(year=year, aanvraag__in=newest_ids).select_related("aanvraag__ronde__dossier")
    )
    seen = set(visible_to(user).filter(rondes__aanvragen__bedragen__in=amounts).values_list("id", flat=True))
    outcomes: dict[int, dict[str, str]] = {}
    ids = [b.aanvraag_id for b in amounts]
    for pk, code, outcome in Beslissing.objects.filter(aanvraag__in=ids).values_list("aanvraag_id", "ministry__code", "uitkomst"):
        outcomes.setdefault(pk, {})[code] = outcome
    rows: list[YearRow] = []
    hidden = {True: 0, False: 0}
    for bedrag in amounts:
        dossier = bedrag.aanvraag.ronde.dossier
        decided = outcomes.get(bedrag.aanvraag_id, {})
        granted = all(decided.get(code) == Uitkomst.AKKOORD for code in required_codes(dossier))
        if dossier.pk in seen:
            rows.append(YearRow(dossier, bedrag.amount, granted))
        else:
            hidden[granted] += bedrag.amount
    rows += [YearRow(None, amount, granted) for granted, amount in hidden.items() if amount]
    return YearOverview(
        fund,
        fund.ceilings.filter(year=year).first(),
        sum(r.amount for r in rows if r.granted),
        sum(r.amount for r in rows if not r.granted),
        tuple(rows),
    )


def years(fund: Fund) -> list[int]:
    """The years that have a ceiling or a request."""
    asked = Bedrag.objects.filter(aanvraag__fund=fund).values_list("year", flat=True).distinct()
    return sorted({*fund.ceilings.values_list("year", flat=True), *asked})


def granted_total(ronde: Ronde) -> int:
    """The sum of the newest request, in whole euros; 0 when there is none."""
    aanvraag = newest(ronde)
    return (aanvraag.bedragen.aggregate(total=Sum("amount"))["total"] or 0) if aanvraag else 0
