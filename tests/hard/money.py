"""Money at the same moment: a request, a reservation, the ministers' decisions, and two dossiers that together want too much."""

from collections.abc import Callable
from itertools import count

from django.db.models import Sum

from budget_biv import services
from budget_biv.models import Aanvraag, Ceiling, Fund, Saldo
from tests import builders as b
from tests.budget_biv import money
from tests.hard.at_once import Work
from tests.hard.cases import Case, against, both_once, exactly_one, in_order
from tests.hard.pairs import Builder, case

CEILING = 1000
MONEY: dict[str, Builder] = {}
numbers = count(1)


def named(name: str) -> Callable[[Builder], Builder]:
    def note(builder: Builder) -> Builder:
        MONEY[name] = builder
        return builder

    return note


def fund() -> Fund:
    """A fund of a thousand euros in one year."""
    values = {"start": 2020, "end": 2040, "chapter": "X", "article": "1", "source": "proef"}
    found = Fund.objects.create(name=f"Proeffonds {next(numbers)}", manager=b.ministry("DEF"), **values)
    row = {"year": money.YEAR, "category": b.category(found), "amount": CEILING, "oda_amount": 0, "source": "proef"}
    Ceiling.objects.create(fund=found, **row)
    return found


def claimed(of: Fund) -> int:
    """What is reserved or granted."""
    rows = Saldo.objects.filter(aanvraag__fund=of).aggregate(a=Sum("gereserveerd"), b=Sum("toegekend"))
    return (rows["a"] or 0) + (rows["b"] or 0)


def reserve(cast: b.Cast, aanvraag: Aanvraag) -> Work:
    return lambda: b.reserve_money(cast, aanvraag)


def last_grant(cast: b.Cast, aanvraag: Aanvraag) -> Work:
    return lambda: money.decide(cast, aanvraag, "DEF")


@named("BIV-aanvraag")
def asking(cast: b.Cast) -> Case:
    d, of = b.make_dossier(cast), fund()
    first = money.ask(cast, d, of)
    then = lambda: b.reserve_money(cast, d.current_ronde.aanvragen.latest("number"))  # noqa: E731
    return case("BIV-aanvraag", lambda _: money.ask(cast, d, of, seen=first.number), [None], then)


@named("BIV reserveren")
def reserving(cast: b.Cast) -> Case:
    aanvraag = money.ask(cast, b.make_dossier(cast), fund())
    then = lambda: b.grant_money(cast, aanvraag)  # noqa: E731
    return case("reserveren", lambda _: reserve(cast, aanvraag)(), [None], then)


@named("BIV-besluit")
def granting(cast: b.Cast) -> Case:
    aanvraag = money.reserved(cast, fund())
    then = lambda: b.grant_money(cast, aanvraag, ("BHOS", "BZ"))  # noqa: E731
    return case("BIV-besluit", lambda _: last_grant(cast, aanvraag)(), [None], then)


@named("BIV-besluit tegen nieuwe aanvraag")
def decision_and_request(cast: b.Cast) -> Case:
    of = fund()
    aanvraag = money.reserved(cast, of)
    d = aanvraag.ronde.dossier
    ask = lambda: money.ask(cast, d, of, seen=aanvraag.number)  # noqa: E731
    judge = in_order(d.pk, ("biv", "BIV-besluit"), ("biv", "BIV-aanvraag versie 2"))
    return Case("besluit en aanvraag", lambda: against("besluit", last_grant(cast, aanvraag), "aanvraag", ask), judge)


@named("laatste BIV-besluit tegen intrekken")
def decision_and_taking_back(cast: b.Cast) -> Case:
    aanvraag = money.reserved(cast, fund())
    b.grant_money(cast, aanvraag, ("BHOS", "BZ"))
    d = aanvraag.ronde.dossier
    judge = in_order(d.pk, ("biv", "BIV-besluit van DEF"), ("biv", "BIV-aanvraag versie 1 ingetrokken"))
    take_back = lambda: money.take_back(cast, aanvraag)  # noqa: E731
    return Case(
        "besluit en intrekken", lambda: against("besluit", last_grant(cast, aanvraag), "intrekken", take_back), judge
    )


@named("de laatste twee BIV-besluiten")
def last_two_decisions(cast: b.Cast) -> Case:
    """Two ministers at once, and the money is granted: no decision is left waiting for the other."""
    aanvraag = money.reserved(cast, fund())
    b.grant_money(cast, aanvraag, ("BHOS",))
    words = [("BZ", lambda: money.decide(cast, aanvraag, "BZ")), ("DEF", last_grant(cast, aanvraag))]

    def then() -> None:
        assert money.on(aanvraag) == {"toegekend": 100}

    return Case("BIV-besluiten", lambda: against(*words[0], *words[1]), both_once, then)


@named("twee reserveringen die samen boven het plafond gaan")
def two_above_the_ceiling(cast: b.Cast) -> Case:
    """Each fits, both do not: one of them, and that one is granted in full."""
    of = fund()
    one, other = (money.ask(cast, b.make_dossier(cast), of, 600) for _ in range(2))

    def then() -> None:
        won = next(a for a in (one, other) if money.on(a).get("gereserveerd"))
        b.grant_money(cast, won)
        assert claimed(of) == 600

    return Case("plafond", lambda: against("een", reserve(cast, one), "ander", reserve(cast, other)), exactly_one, then)


@named("twee laatste toekenningen die samen boven het plafond gaan")
def two_last_grants(cast: b.Cast) -> Case:
    """Each is reserved and granted by all at this moment: never both."""
    of = fund()
    more = [money.ask(cast, b.make_dossier(cast), of, 600) for _ in range(2)]

    def both(aanvraag: Aanvraag) -> Work:
        def act() -> None:
            b.reserve_money(cast, aanvraag)
            b.grant_money(cast, aanvraag)

        return act

    def judge(ends) -> str:
        granted = [a for a in more if money.on(a).get("toegekend")]
        over = f"{claimed(of)} van {CEILING} vergeven" if claimed(of) > CEILING else ""
        return over or ("" if len(granted) == 1 else f"{len(granted)} toegekend")

    return Case("toekenningen", lambda: against("een", both(more[0]), "ander", both(more[1])), judge)


@named("twee besluiten van een minister")
def agree_or_refuse(cast: b.Cast) -> Case:
    """The last minister has two gemachtigden; one of them says what was decided."""
    aanvraag = money.reserved(cast, fund())
    b.grant_money(cast, aanvraag, ("BHOS", "BZ"))
    refuse = lambda: money.decide(cast, aanvraag, "DEF", "afgewezen", "Te duur.", who="gemachtigde-def-2")  # noqa: E731

    def then() -> None:
        refused = aanvraag.beslissingen.filter(uitkomst="afgewezen").exists()
        assert money.on(aanvraag) == ({"vrijgevallen": 100} if refused else {"toegekend": 100})

    words = lambda: against("akkoord", last_grant(cast, aanvraag), "afwijzen", refuse)  # noqa: E731
    return Case("akkoord en afwijzen", words, exactly_one, then)


@named("reserveren tegen intrekken van de BIV-aanvraag")
def reservation_and_taking_back(cast: b.Cast) -> Case:
    """Whoever comes first: in the end nothing is claimed."""
    of = fund()
    aanvraag = money.ask(cast, b.make_dossier(cast), of)
    judge = in_order(
        aanvraag.ronde.dossier_id, ("biv", "BIV-geld gereserveerd"), ("biv", "BIV-aanvraag versie 1 ingetrokken")
    )
    take_back = lambda: money.take_back(cast, aanvraag)  # noqa: E731

    def then() -> None:
        assert claimed(of) == 0

    works = lambda: against("reserveren", reserve(cast, aanvraag), "intrekken", take_back)  # noqa: E731
    return Case("reserveren en intrekken", works, judge, then)


@named("BIV-aanvraag intrekken")
def taking_back(cast: b.Cast) -> Case:
    of = fund()
    aanvraag = money.granted(cast, of)
    then = lambda: money.ask(cast, aanvraag.ronde.dossier, of)  # noqa: E731
    return case("intrekken", lambda _: money.take_back(cast, aanvraag), [None], then)


@named("andere financiering")
def other_funding(cast: b.Cast) -> Case:
    words = {"dossier_id": b.make_dossier(cast).pk, "by": cast["behandelaar-bz"], "text": "Partners betalen mee."}
    note = lambda seen: services.note_other_funding(**words, seen_revision=seen)  # noqa: E731
    return case("financiering", lambda _: note(0), [None], lambda: note(1))


@named("BIV-geld verplichten")
def promising(cast: b.Cast) -> Case:
    """All of it, which is there once."""
    of = fund()
    words = {"aanvraag_id": money.granted(cast, of).pk, "by": cast["biv-beheerder"], "reason": "Contract."}
    words["amounts"] = money.amounts(of, 100)
    act = lambda _: services.book_amounts(soort="verplichten", **words)  # noqa: E731
    return case("verplichten", act, [None], lambda: services.book_amounts(soort="realiseren", **words))


@named("BIV-geld afrekenen")
def settling(cast: b.Cast) -> Case:
    words = {"aanvraag_id": money.granted(cast, fund()).pk, "by": cast["biv-beheerder"], "reason": "Klaar."}
    return case("afrekenen", lambda _: services.settle(**words), [None], lambda: None)


@named("BIV-boeking corrigeren")
def correcting(cast: b.Cast) -> Case:
    of = fund()
    aanvraag, by = money.granted(cast, of), cast["biv-beheerder"]
    words = {"aanvraag_id": aanvraag.pk, "by": by, "reason": "Contract.", "amounts": money.amounts(of, 100)}
    wrong = services.book_amounts(soort="verplichten", **words)
    act = lambda _: services.correct(mutatie_id=wrong.pk, reason="Verkeerd.", by=by)  # noqa: E731
    return case("corrigeren", act, [None], lambda: services.book_amounts(soort="verplichten", **words))


def two_years() -> tuple[Fund, Ceiling, Ceiling]:
    """The same ceiling in the next year as well."""
    of = fund()
    here = Ceiling.objects.get(fund=of)
    values = {"category": here.category, "amount": CEILING, "oda_amount": 0, "source": "proef"}
    return of, here, Ceiling.objects.create(fund=of, year=here.year + 1, **values)


def kasschuif(cast: b.Cast, aanvraag: Aanvraag, of: Fund, amount: int) -> Work:
    words = {"amount": money.amounts(of, amount)[0], "to_year": money.YEAR + 1, "reason": "De inzet begint later."}
    return lambda: services.shift_year(aanvraag_id=aanvraag.pk, by=cast["biv-beheerder"], **words)


@named("kasschuif")
def shifting(cast: b.Cast) -> Case:
    of, *_ = two_years()
    aanvraag = money.granted(cast, of)

    def then() -> None:
        assert claimed(of) == 100
        assert Saldo.objects.get(aanvraag=aanvraag, year=money.YEAR + 1).toegekend == 100

    shift = kasschuif(cast, aanvraag, of, 100)
    return case("kasschuif", lambda _: shift(), [None], then)


@named("kasschuif en reservering die samen boven het plafond gaan")
def shift_and_reservation(cast: b.Cast) -> Case:
    of, _, later = two_years()
    aanvraag = money.granted(cast, of, 600)
    other = b.ask_money(cast, b.make_dossier(cast), {later.year: 600}, fund=of)
    works = against("kasschuif", kasschuif(cast, aanvraag, of, 600), "reservering", reserve(cast, other))
    return Case("kasschuif en reservering", lambda: works, exactly_one)


def transfer(cast: b.Cast, source: Ceiling, target: Ceiling, amount: int) -> Work:
    words = {"oda": "niet-oda", "amount": amount, "reason": "Later nodig.", "decided_on": b.today()}
    by = cast["biv-beheerder"]
    return lambda: services.transfer(source_id=source.pk, target_id=target.pk, by=by, **words)


@named("plafond overhevelen")
def transferring(cast: b.Cast) -> Case:
    """All of it, which is there once."""
    _, here, later = two_years()
    move, back = transfer(cast, here, later, CEILING), transfer(cast, later, here, 2 * CEILING)
    return case("overhevelen", lambda _: move(), [None], back)


@named("overheveling en reservering die samen boven het plafond gaan")
def transfer_and_reservation(cast: b.Cast) -> Case:
    of, here, later = two_years()
    aanvraag = money.ask(cast, b.make_dossier(cast), of, 600)
    works = against("overheveling", transfer(cast, here, later, 600), "reservering", reserve(cast, aanvraag))
    return Case("overheveling en reservering", lambda: works, exactly_one)
