"""The money of one dossier: its requests with their decisions, and what stands where in each year."""

from collections.abc import Iterable
from dataclasses import dataclass

from budget_biv.models import Aanvraag, Bedrag, Beslissing, Intrekking, Mutatie, Oda, Rekening, Saldo
from budget_biv.selectors.facts import State, last_decisions, required_ministries, state_of
from cases.models import Dossier, Ministry

ACCOUNTS = tuple(a for a in Rekening.values if a != Rekening.BUITEN)
SPENT = (Rekening.GEREALISEERD, Rekening.AFGEREKEND)
BOUND = (Rekening.VERPLICHT, *SPENT)


def on_accounts(saldi: Iterable[Saldo]) -> dict[str, int]:
    """What stands on each account over all these lines, in whole euros."""
    rows = list(saldi)
    return {account: sum(s.on(account) for s in rows) for account in ACCOUNTS}


@dataclass(frozen=True)
class YearLine:
    """One year of a dossier: asked, granted, bound, spent, and how much less was spent than granted."""

    year: int
    asked: int
    granted: int
    bound: int
    spent: int

    @property
    def deviation(self) -> int:
        return self.spent - self.granted


@dataclass(frozen=True)
class Stand:
    """A request with the decision of each required minister, None while it is awaited."""

    aanvraag: Aanvraag
    decisions: tuple[tuple[Ministry, Beslissing | None], ...]

    @property
    def on(self) -> dict[str, int]:
        return on_accounts(self.aanvraag.saldi.all())

    @property
    def state(self) -> State:
        if self.taken_back:
            return State.INGETROKKEN
        return state_of(self.on, [d.uitkomst if d else "" for _, d in self.decisions])

    @property
    def taken_back(self) -> Intrekking | None:
        """Who took this request back and why; None when nobody did."""
        return getattr(self.aanvraag, "intrekking", None)

    @property
    def can_be_taken_back(self) -> bool:
        """Not once money was promised, spent or settled."""
        return not self.taken_back and not any(self.on[a] for a in BOUND)

    @property
    def awaited(self) -> list[Ministry]:
        """Who can still decide: nobody before it is reserved, or after a refusal."""
        if self.state not in (State.GERESERVEERD, State.AANGEHOUDEN, State.TOEGEKEND):
            return []
        return [m for m, decision in self.decisions if decision is None or decision.uitkomst == "aangehouden"]

    @property
    def lines(self) -> list[Bedrag]:
        return list(self.aanvraag.bedragen.all())

    @property
    def unsplit(self) -> list[Bedrag]:
        """What is not split into ODA and niet-ODA yet."""
        return [b for b in self.lines if b.oda == Oda.ONBEKEND]

    @property
    def partial(self) -> Beslissing | None:
        """The first decision in part; the others must be the same."""
        return next((d for _, d in self.decisions if d and d.lines is not None), None)

    @property
    def years(self) -> list[YearLine]:
        """Per year raming, toegekend, verplicht and realisatie."""
        asked, saldi = self.lines, list(self.aanvraag.saldi.all())
        return [
            YearLine(
                year,
                sum(b.amount for b in asked if b.year == year),
                sum(s.claimed - s.gereserveerd for s in saldi if s.year == year),
                sum(s.on(a) for s in saldi if s.year == year for a in BOUND),
                sum(s.on(a) for s in saldi if s.year == year for a in SPENT),
            )
            for year in sorted({b.year for b in asked} | {s.year for s in saldi if s.claimed})
        ]

    @property
    def totals(self) -> YearLine:
        rows = self.years
        return YearLine(0, *(sum(getattr(r, name) for r in rows) for name in ("asked", "granted", "bound", "spent")))

    @property
    def open(self) -> bool:
        """Whether granted money is not settled yet."""
        return any(self.on[a] for a in (Rekening.TOEGEKEND, Rekening.VERPLICHT, Rekening.GEREALISEERD))


def requests(dossier: Dossier) -> list[Stand]:
    """The requests of all Rondes, newest first, with amounts, balances and decisions: seven queries."""
    rows = Aanvraag.objects.filter(ronde__dossier=dossier).select_related(
        "fund__manager", "by", "ronde", "intrekking__by"
    )
    rows = rows.prefetch_related("bedragen__category", "beslissingen__by", "saldi__category")
    ministries = required_ministries(dossier)
    return [_stand(aanvraag, ministries) for aanvraag in rows.order_by("-ronde__number", "-number")]


def current(dossier: Dossier, found: list[Stand]) -> Stand | None:
    """The newest request of the current Ronde among these."""
    return next((s for s in found if s.aanvraag.ronde.number == dossier.ronde_number), None)


def _stand(aanvraag: Aanvraag, ministries: list[Ministry]) -> Stand:
    decided = last_decisions(list(aanvraag.beslissingen.all()))
    return Stand(aanvraag, tuple((m, decided.get(m.pk)) for m in ministries))


def bookings(aanvraag: Aanvraag) -> list[Mutatie]:
    """Every act on the money of a request, newest first, with its posts. Two queries."""
    rows = Mutatie.objects.filter(aanvraag=aanvraag).select_related("by", "correction", "corrects")
    return list(rows.prefetch_related("posten__category"))
