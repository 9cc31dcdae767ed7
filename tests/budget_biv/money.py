"""Short ways to money in a certain state, for the tests of this app."""

from budget_biv import selectors, services
from budget_biv.models import Aanvraag
from budget_biv.services import Amount
from tests import builders as b

YEAR = 2027


def ask(cast, d, fund, amount=100, **given) -> Aanvraag:
    return b.ask_money(cast, d, {YEAR: amount}, fund=fund, **given)


def decide(cast, aanvraag, code, uitkomst="akkoord", toelichting="", who=None, **given):
    by = cast[who or f"gemachtigde-{code.lower()}"]
    return services.decide(
        aanvraag_id=aanvraag.pk, ministry=b.ministry(code), uitkomst=uitkomst, toelichting=toelichting, by=by, **given
    )


def take_back(cast, aanvraag, who="behandelaar-bz", reason="Partners betalen."):
    return services.take_back(aanvraag_id=aanvraag.pk, reason=reason, by=cast[who])


def state(d) -> str:
    found = selectors.requests(d)
    return selectors.current(d, found).state


def on(aanvraag) -> dict[str, int]:
    """Where the money of a request stands, without the empty accounts."""
    d = aanvraag.ronde.dossier
    stand = next(s for s in selectors.requests(d) if s.aanvraag.pk == aanvraag.pk)
    return {account: amount for account, amount in stand.on.items() if amount}


def reserved(cast, fund, amount=100, **facts) -> Aanvraag:
    aanvraag = ask(cast, b.make_dossier(cast, **facts), fund, amount)
    b.reserve_money(cast, aanvraag)
    return aanvraag


def granted(cast, fund, amount=100) -> Aanvraag:
    aanvraag = reserved(cast, fund, amount)
    b.grant_money(cast, aanvraag)
    return aanvraag


def amounts(fund, amount, year=YEAR, oda="niet-oda") -> list[Amount]:
    return [Amount(year, b.category(fund).pk, oda, amount)]
