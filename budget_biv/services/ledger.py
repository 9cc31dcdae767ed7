"""Booking: money goes from one account to another, in a fixed order, and never otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from budget_biv.models import Aanvraag, Mutatie, Post, Saldo
from cases.models import User


@dataclass(frozen=True, order=True)
class Zet:
    """An amount in whole euros that goes from one account to another."""

    year: int
    category_id: int
    oda: str
    van: str
    naar: str
    amount: int


def book(
    aanvraag: Aanvraag, soort: str, zetten: Iterable[Zet], *, by: User, reason: str = "",
    occurred_on: date | None = None, corrects: Mutatie | None = None,
) -> Mutatie:  # fmt: skip
    """Writes one act with its posts, sorted by year and category as every lock on the books is. The database keeps the balances."""
    mutatie = Mutatie.objects.create(
        aanvraag=aanvraag, dossier_id=aanvraag.ronde.dossier_id, soort=soort, reason=reason, by=by, corrects=corrects,
        occurred_on=occurred_on or timezone.localdate(),
    )  # fmt: skip
    Post.objects.bulk_create(
        Post(mutatie=mutatie, fund_id=aanvraag.fund_id, year=z.year, category_id=z.category_id, oda=z.oda, van=z.van,
             naar=z.naar, amount=z.amount)
        for z in sorted(zetten) if z.amount
    )  # fmt: skip
    return mutatie


def saldi(aanvraag: Aanvraag) -> list[Saldo]:
    """What stands on the accounts of a request now."""
    return list(Saldo.objects.filter(aanvraag=aanvraag).select_related("category"))


def everything(rows: Iterable[Saldo], accounts: Iterable[str], naar: str) -> list[Zet]:
    """All that stands on these accounts, to another one."""
    wanted = list(accounts)
    return [Zet(s.year, s.category_id, s.oda, van, naar, s.on(van)) for s in rows for van in wanted if s.on(van)]
