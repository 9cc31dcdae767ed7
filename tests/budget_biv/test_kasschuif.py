"""Granted money of a dossier to another year: a decision with a reason, below the ceiling, never by who asked for the money."""

import re
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from budget_biv import services
from budget_biv.models import Jaarsaldo, Mutatie, Saldo
from cases.exceptions import Denied, NotPossible
from cases.models import Event, Membership, User
from tests import builders as b
from tests.budget_biv.money import YEAR, amounts, granted, reserved
from tests.budget_biv.test_guards_biv import MUTATIE, POST, check_books
from tests.cases.pages import session, text

pytestmark = pytest.mark.django_db
SENTENCE = "precies evenveel eruit als erin"


def shift(cast, aanvraag, amount=40, to_year=YEAR + 1, who="biv-beheerder", reason="De inzet begint later.", by=None):
    (line,) = amounts(aanvraag.fund, amount)
    return services.shift_year(
        aanvraag_id=aanvraag.pk, amount=line, to_year=to_year, reason=reason, by=by or cast[who]
    )  # fmt: skip


def per_year(aanvraag) -> dict[int, int]:
    return dict(Saldo.objects.filter(aanvraag=aanvraag).values_list("year", "toegekend"))


def test_the_money_is_in_the_other_year_and_nowhere_else(cast, fund):
    aanvraag = granted(cast, fund)
    made = shift(cast, aanvraag)
    assert per_year(aanvraag) == {YEAR: 60, YEAR + 1: 40}
    assert dict(Jaarsaldo.objects.filter(fund=fund).values_list("year", "claimed")) == {YEAR: 60, YEAR + 1: 40}
    assert (made.total, made.posten.count()) == (40, 2)
    check_books()
    told = Event.objects.get(object=f"boeking:{made.pk}")
    assert (told.sentence.replace("\xa0", " "), told.data) == (
        f"Kasschuif: € 40 van {YEAR} naar {YEAR + 1}", {"reden": "De inzet begint later."},
    )  # fmt: skip
    services.book_amounts(
        aanvraag_id=aanvraag.pk, soort="verplichten", amounts=amounts(fund, 40, YEAR + 1), reason="x", by=cast["biv-beheerder"]
    )  # fmt: skip
    services.settle(aanvraag_id=aanvraag.pk, reason="Klaar.", by=cast["biv-beheerder"])
    check_books()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"amount": 101}, "is € 100 toegekend en nog niet verplicht. U verschuift € 101."),
        ({"amount": 0}, "U verschuift € 0."),
        ({"to_year": YEAR}, "Kies een ander jaar"),
        ({"to_year": 2040}, "is in 2040 geen plafond bekend"),
        ({"reason": " "}, "Leg uit waarom"),
    ],
)
def test_what_does_not_fit_stays_where_it_is(cast, fund, given, words):
    aanvraag = granted(cast, fund)
    with pytest.raises(NotPossible) as refusal:
        shift(cast, aanvraag, **given)
    assert words in str(refusal.value).replace("\xa0", " ")
    assert per_year(aanvraag) == {YEAR: 100}


def test_only_granted_money_and_only_by_the_biv_beheerder(cast, fund):
    with pytest.raises(NotPossible, match="toegekend"):
        shift(cast, reserved(cast, fund))
    aanvraag = granted(cast, fund)
    for who in ("behandelaar-bz", "gemachtigde-def"):
        with pytest.raises(Denied):
            shift(cast, aanvraag, who=who)


def test_who_asked_for_the_money_never_shifts_it(cast, fund):
    aanvraag = granted(cast, fund)
    Membership.objects.create(
        user=aanvraag.by, role="biv-beheerder", ministry=b.ministry("DEF"), start=b.today()
    )  # fmt: skip
    with pytest.raises(NotPossible, match="U vroeg dit geld zelf aan"):
        shift(cast, aanvraag, by=User.objects.get(pk=aanvraag.by_id))
    values = [aanvraag.pk, aanvraag.ronde.dossier_id, "verschuiven", aanvraag.by_id]
    with pytest.raises(DatabaseError, match="vier ogen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(MUTATIE, values)


def raw(cast, aanvraag, *legs: tuple[int, str, str, int], reason: str = "Later.") -> str:
    """A kasschuif past the service; the words with which it is refused, "" when it is not."""
    where = b.category(aanvraag.fund).pk
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            sql = MUTATIE.replace("%s, '', now()", "%s, %s, now()")
            cursor.execute(
                sql, [aanvraag.pk, aanvraag.ronde.dossier_id, "verschuiven", reason, cast["biv-beheerder"].pk]
            )
            pk = cursor.fetchone()[0]
            for year, van, naar, amount in legs:
                cursor.execute(POST, [pk, aanvraag.fund_id, year, where, "niet-oda", van, naar, amount])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except DatabaseError as error:
        return str(error)
    return ""


def test_the_database_wants_both_halves_the_same_amount_and_a_reason(cast, fund):
    aanvraag = granted(cast, fund)
    out, into = (YEAR, "toegekend", "buiten", 40), (YEAR + 1, "buiten", "toegekend", 40)
    assert SENTENCE in raw(cast, aanvraag)
    assert SENTENCE in raw(cast, aanvraag, out)
    assert SENTENCE in raw(cast, aanvraag, into)
    assert SENTENCE in raw(cast, aanvraag, out, (YEAR + 1, "buiten", "toegekend", 41))
    assert SENTENCE in raw(cast, aanvraag, out, (YEAR, "buiten", "toegekend", 40))
    assert SENTENCE in raw(cast, aanvraag, out, into, reason=" ")
    assert "deze overgang bestaat niet" in raw(cast, aanvraag, (YEAR, "toegekend", "gereserveerd", 40))
    assert "saldo_toegekend" in raw(
        cast, aanvraag, (YEAR, "toegekend", "buiten", 101), (YEAR + 1, "buiten", "toegekend", 101)
    )
    assert per_year(aanvraag) == {YEAR: 100}
    assert raw(cast, aanvraag, out, into) == ""


def test_the_ceiling_of_the_other_year_holds_in_the_database_too(cast, fund):
    """Of the other year 600 of 1000 is for niet-ODA, and 550 of that is taken."""
    full = b.ask_money(cast, b.make_dossier(cast), {YEAR + 1: 550}, fund=fund)
    b.reserve_money(cast, full)
    aanvraag = granted(cast, fund)
    with pytest.raises(NotPossible, match="vrij"):
        shift(cast, aanvraag, 51)
    legs = ((YEAR, "toegekend", "buiten", 51), (YEAR + 1, "buiten", "toegekend", 51))
    assert "meer dan er in" in raw(cast, aanvraag, *legs)
    shift(cast, aanvraag, 50)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_break_the_ceiling(cast, fund):
    """Ten dossiers want to shift 100 into a year with 600 for niet-ODA: six do."""
    asked = [granted(cast, fund, 50) for _ in range(10)]
    full = b.ask_money(cast, b.make_dossier(cast), {YEAR + 1: 300}, fund=fund)
    b.reserve_money(cast, full)
    start, ends = threading.Barrier(len(asked)), []

    def run(aanvraag) -> None:
        start.wait()
        try:
            shift(cast, aanvraag, 50)
            ends.append("gelukt")
        except Exception as error:
            ends.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(a,)) for a in asked]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(ends) == ["NotPossible"] * 4 + ["gelukt"] * 6
    assert Jaarsaldo.objects.get(fund=fund, year=YEAR + 1).claimed == 600
    check_books()


def test_the_page_checks_first_and_keeps_what_was_typed(cast, fund):
    aanvraag = granted(cast, fund)
    d, keeper = aanvraag.ronde.dossier, session(cast["biv-beheerder"])
    address = reverse("budget_kasschuif", args=[d.number, aanvraag.pk])
    assert "Verschuif geld naar een ander jaar" in text(keeper.get(reverse("budget", args=[d.number])))
    line = aanvraag.saldi.get()
    good = {
        "van": line.pk, "naar": YEAR + 1, "bedrag": "40", "reason": "De inzet begint later.",
        "occurred_on": f"{b.today():%d-%m-%Y}",
    }  # fmt: skip
    for wrong, sentence in (
        ({"bedrag": "101"}, "Vul € 100 of minder in"), ({"bedrag": "4.5"}, "Bedoelt u"), ({"naar": YEAR}, "Kies een ander jaar"),
        ({"bedrag": "-1"}, "Vul"), ({"reason": ""}, "Leg uit waarom"),
    ):  # fmt: skip
        answer = keeper.post(address, {**good, **wrong})
        assert answer.status_code == 422
        assert sentence in text(answer).replace("\xa0", " ")
    assert "De inzet begint later." in text(keeper.post(address, {**good, "bedrag": "101"}))
    assert "Controleer de kasschuif" in text(keeper.post(address, good))
    assert Mutatie.objects.filter(soort="verschuiven").count() == 0
    assert keeper.post(address, {**good, "stap": "indienen"}).status_code == 302
    shown = " ".join(re.sub("<[^>]+>", " ", text(keeper.get(reverse("budget", args=[d.number])))).split())
    assert f"{YEAR + 1} 0 40 0 0" in shown
    assert "Kasschuif door" in shown
    assert session(cast["behandelaar-bz"]).get(address).status_code == 403
