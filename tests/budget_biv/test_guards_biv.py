"""The books in the database: raw SQL as the runtime role that must be refused, and many reservations at once."""

import threading

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum

from budget_biv import services
from budget_biv.models import Beslag, Beslissing, Ceiling, Fund, Jaarsaldo, Mutatie, Post, Saldo
from budget_biv.selectors.year import COLUMNS
from cases.exceptions import NotPossible
from tests import builders as b

YEAR = 2041
KEPT = ("budget_biv_saldo", "budget_biv_jaarsaldo", "budget_biv_beslag")
GUARDED = ("budget_biv_mutatie", "budget_biv_post", "budget_biv_overheveling", *KEPT)


def make_fund(amount: int = 100) -> Fund:
    manager = b.ministry("DEF")
    values = {"start": 2041, "end": 2045, "chapter": "X", "article": "1", "source": "proef", "manager": manager}
    fund = Fund.objects.create(name="Proeffonds", **values)
    Ceiling.objects.create(fund=fund, year=YEAR, category=b.category(fund), amount=amount, source="proef")
    return fund


def ask(cast, fund, amount=60, **given):
    return b.ask_money(cast, b.make_dossier(cast), {YEAR: amount}, fund=fund, **given)


def refused(sql: str, *params) -> str:
    """Runs SQL that must fail; returns the database's words."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return str(caught.value)


MUTATIE = """INSERT INTO budget_biv_mutatie (aanvraag_id, dossier_id, soort, reason, occurred_on, by_id, at, transaction)
VALUES (%s, %s, %s, '', now(), %s, now(), 0) RETURNING id"""
POST = """INSERT INTO budget_biv_post (mutatie_id, fund_id, year, category_id, oda, van, naar, amount)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"""


def raw(cast, aanvraag, soort, van, naar, amount, who="biv-beheerder", oda="niet-oda", year=YEAR) -> str:
    """A booking past the services; the words with which it is refused, "" when it is not."""
    where = b.category(aanvraag.fund).pk
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(MUTATIE, [aanvraag.pk, aanvraag.ronde.dossier_id, soort, cast[who].pk])
            pk = cursor.fetchone()[0]
            cursor.execute(POST, [pk, aanvraag.fund_id, year, where, oda, van, naar, amount])
    except DatabaseError as error:
        return str(error)
    return ""


@pytest.mark.django_db
@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize(
    "sql", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}", "ALTER TABLE {} DISABLE TRIGGER ALL"]
)
def test_the_books_are_never_rewritten(table, sql):
    words = refused(sql.format(table))
    assert "permission denied" in words or "must be owner" in words


@pytest.mark.django_db
def test_balances_and_ceilings_change_only_by_booking(cast):
    fund = make_fund()
    ask(cast, fund)
    for table in KEPT:
        assert "permission denied" in refused(f"INSERT INTO {table} (id) VALUES (1)")
    assert "alleen door een boeking of overheveling" in refused("UPDATE budget_biv_ceiling SET amount = amount + 1")
    assert "permission denied" in refused("DELETE FROM budget_biv_ceiling")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("soort", "van", "naar", "amount", "more", "words"),
    [
        ("reserveren", "voorgesteld", "gereserveerd", 61, {}, "saldo_voorgesteld"),
        ("reserveren", "voorgesteld", "toegekend", 60, {}, "deze overgang bestaat niet"),
        ("toekennen", "voorgesteld", "gereserveerd", 60, {}, "deze overgang bestaat niet"),
        ("voorstellen", "buiten", "voorgesteld", 1, {}, "meer dan er is gevraagd"),
        ("reserveren", "voorgesteld", "gereserveerd", 60, {"who": "behandelaar-bz"}, "vier ogen"),
        ("toekennen", "gereserveerd", "toegekend", 60, {"who": "behandelaar-bz"}, "vier ogen"),
        ("afwijzen", "gereserveerd", "vrijgevallen", 60, {"who": "behandelaar-bz"}, "vier ogen"),
        ("reserveren", "voorgesteld", "gereserveerd", 60, {"oda": "onbekend"}, "eerst splitsen"),
        ("reserveren", "voorgesteld", "gereserveerd", 60, {"year": 2042}, "geen plafond"),
        ("corrigeren", "gereserveerd", "voorgesteld", 60, {}, "geen tegenboeking"),
    ],
)
def test_every_euro_is_in_one_place(cast, soort, van, naar, amount, more, words):
    aanvraag = ask(cast, make_fund())
    before = Post.objects.count()
    assert words in raw(cast, aanvraag, soort, van, naar, amount, **more)
    assert Post.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize("soort", ["reserveren", "toekennen", "afwijzen"])
def test_who_asked_does_not_reserve_or_decide_even_without_a_euro(cast, soort):
    """An act without posts would open the way for decisions on money that nobody reserved."""
    aanvraag = ask(cast, make_fund())
    values = [aanvraag.pk, aanvraag.ronde.dossier_id, soort]
    assert "vier ogen" in refused(MUTATIE, *values, aanvraag.by_id)
    with connection.cursor() as cursor:
        cursor.execute(MUTATIE, [*values, cast["biv-beheerder"].pk])


DECISION = """INSERT INTO budget_biv_beslissing (aanvraag_id, ministry_id, uitkomst, toelichting, sha256, decided_on, by_id, at)
VALUES (%s, %s, 'akkoord', '', %s, now(), %s, now())"""


@pytest.mark.django_db
def test_who_asked_does_not_decide_by_sql(cast):
    """Also in the name of a ministry: the decision itself names who registered it."""
    aanvraag = ask(cast, make_fund())
    b.reserve_money(cast, aanvraag)
    assert "van de aanvrager zelf" in refused(
        DECISION, aanvraag.pk, b.ministry("DEF").pk, aanvraag.sha256, aanvraag.by_id
    )


@pytest.mark.django_db
def test_who_reserved_or_decided_for_another_does_not_decide_by_sql(cast):
    aanvraag = ask(cast, make_fund())
    b.reserve_money(cast, aanvraag)
    b.grant_money(cast, aanvraag, ("BHOS",))
    for who in ("biv-beheerder", "gemachtigde-bhos"):
        assert "ieder voor één minister" in refused(
            DECISION, aanvraag.pk, b.ministry("DEF").pk, aanvraag.sha256, cast[who].pk
        )
    with connection.cursor() as cursor:
        cursor.execute(DECISION, [aanvraag.pk, b.ministry("DEF").pk, aanvraag.sha256, cast["gemachtigde-def"].pk])


@pytest.mark.django_db
def test_a_ceiling_cannot_be_broken_by_sql(cast):
    fund = make_fund()
    b.reserve_money(cast, ask(cast, fund))
    assert "beschikbaar" in raw(cast, ask(cast, fund), "reserveren", "voorgesteld", "gereserveerd", 60)
    assert raw(cast, ask(cast, fund), "reserveren", "voorgesteld", "gereserveerd", 40) == ""


@pytest.mark.django_db
def test_granting_needs_every_minister_and_their_amount(cast):
    aanvraag = ask(cast, make_fund())
    b.reserve_money(cast, aanvraag)
    b.grant_money(cast, aanvraag, ("BHOS", "BZ"))
    assert "niet alle ministers" in raw(cast, aanvraag, "toekennen", "gereserveerd", "toegekend", 60)
    other = ask(cast, Fund.objects.get(pk=aanvraag.fund_id), 40)
    b.reserve_money(cast, other)
    part = [services.Amount(YEAR, b.category(other.fund).pk, "niet-oda", 30)]
    for code in ("BHOS", "BZ"):
        services.decide(
            aanvraag_id=other.pk, ministry=b.ministry(code), uitkomst="akkoord", toelichting="", part=part,
            by=cast[f"gemachtigde-{code.lower()}"],
        )  # fmt: skip
    insert = """INSERT INTO budget_biv_beslissing (aanvraag_id, ministry_id, uitkomst, lines, toelichting, sha256, decided_on, by_id, at)
        VALUES (%s, %s, 'akkoord', %s, '', %s, now(), %s, now())"""
    who = cast["gemachtigde-def"].pk
    assert "één uitkomst" in refused(insert, other.pk, b.ministry("DEF").pk, None, other.sha256, who)


@pytest.mark.django_db
def test_a_part_is_granted_line_by_line_and_once(cast):
    """The year as an amount is a set within [year, category, oda, 30], but not that line."""
    aanvraag = ask(cast, make_fund(9_000), 9_000)
    b.reserve_money(cast, aanvraag)
    part = [[YEAR, b.category(aanvraag.fund).pk, "niet-oda", 30]]
    for code in ("BHOS", "BZ", "DEF"):
        Beslissing.objects.create(
            aanvraag=aanvraag, ministry=b.ministry(code), uitkomst="akkoord", lines=part, sha256=aanvraag.sha256,
            decided_on=b.today(), by=cast[f"gemachtigde-{code.lower()}"],
        )  # fmt: skip
    grant = (cast, aanvraag, "toekennen", "gereserveerd", "toegekend")
    for other in (YEAR, 29, 31):
        assert "een ander bedrag" in raw(*grant, other)
    assert raw(*grant, 30) == ""
    assert "een ander bedrag" in raw(*grant, 30)
    assert Saldo.objects.get(aanvraag=aanvraag).toegekend == 30


@pytest.mark.django_db
def test_a_booking_gets_no_posts_later(cast):
    aanvraag = ask(cast, make_fund())
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM budget_biv_mutatie m WHERE m.transaction = pg_current_xact_id()::text::bigint")
        assert cursor.fetchone()
        cursor.execute("SELECT proname FROM pg_proc WHERE proname = 'biv_post_wrong'")
        assert cursor.fetchone()
    assert Mutatie.objects.get(aanvraag=aanvraag).transaction > 0


@pytest.mark.django_db
def test_the_balances_are_the_sum_of_the_ledger(cast):
    fund = make_fund()
    first, second = ask(cast, fund), ask(cast, fund, 40)
    for aanvraag in (first, second):
        b.reserve_money(cast, aanvraag)
    b.grant_money(cast, first)
    check_books()


def check_books() -> None:
    """Saldo and Jaarsaldo against the posts themselves, and Beslag against Saldo."""
    check_beslag()
    for account in (
        "voorgesteld",
        "gereserveerd",
        "toegekend",
        "verplicht",
        "gerealiseerd",
        "afgerekend",
        "vrijgevallen",
    ):
        into = Post.objects.filter(naar=account).aggregate(s=Sum("amount", default=0))["s"]
        out = Post.objects.filter(van=account).aggregate(s=Sum("amount", default=0))["s"]
        for table in (Saldo, Jaarsaldo):
            assert table.objects.aggregate(s=Sum(account, default=0))["s"] == into - out, (table, account)


def check_beslag() -> None:
    """Each request has per year one row for all categories and one for each, by ODA flag."""
    expected: dict[tuple, dict[str, int]] = {}
    for line in Saldo.objects.all():
        for category in (None, line.category_id):
            flags = expected.setdefault((line.aanvraag_id, line.year, category), dict.fromkeys(COLUMNS.values(), 0))
            flags[COLUMNS[line.oda]] += line.voorgesteld + line.claimed
    found = {
        (row.aanvraag_id, row.year, row.category_id): {c: getattr(row, c) for c in COLUMNS.values()}
        for row in Beslag.objects.all()
    }
    assert found == expected


@pytest.mark.django_db(transaction=True)
def test_the_owner_is_stopped_too(cast, owner_url):
    fund = make_fund()
    ask(cast, fund)
    for sql in (
        "TRUNCATE budget_biv_post CASCADE", "UPDATE budget_biv_post SET amount = 1", "UPDATE budget_biv_saldo SET toegekend = 9",
        "DELETE FROM budget_biv_jaarsaldo", "UPDATE budget_biv_beslag SET oda = 9", "UPDATE budget_biv_ceiling SET amount = 1", "DELETE FROM budget_biv_mutatie",
    ):  # fmt: skip
        with (
            psycopg.connect(owner_url) as owner,
            pytest.raises(psycopg.Error, match="append-only|alleen door een boeking"),
        ):
            owner.execute(sql)
    own = "INSERT INTO budget_biv_mutatie (aanvraag_id, dossier_id, soort, reason, occurred_on, by_id, at, transaction) SELECT id, 0, 'reserveren', '', now(), by_id, now(), 0 FROM budget_biv_aanvraag"
    with psycopg.connect(owner_url) as owner, pytest.raises(psycopg.Error, match="vier ogen"):
        owner.execute(own)
    late = "INSERT INTO budget_biv_post (mutatie_id, fund_id, year, category_id, oda, van, naar, amount) SELECT mutatie_id, fund_id, year, category_id, oda, van, naar, 1 FROM budget_biv_post"
    with psycopg.connect(owner_url) as owner, pytest.raises(psycopg.Error, match="krijgt later geen posten meer"):
        owner.execute(late)


@pytest.mark.django_db(transaction=True)
def test_many_reservations_at_once_never_break_the_ceiling(cast):
    """Sixteen dossiers want thirty of a hundred, in two categories at once: three get it, the others hear what is left."""
    fund = make_fund()
    Ceiling.objects.create(fund=fund, year=YEAR, category=b.category(fund, "ssr"), amount=100, source="proef")
    asked = []
    for number in range(16):
        lines = [services.Regel(YEAR, b.category(fund, code).pk, "oda", 30) for code in ("cbo", "ssr")]
        made = services.request_money(
            dossier_id=b.make_dossier(cast).pk, by=cast["behandelaar-bz"], fund=fund, lines=lines[:: 1 if number % 2 else -1],
            about=services.Verzoek("x", "y"),
        )  # fmt: skip
        asked.append(made)
    ends = at_once([lambda a=a: b.reserve_money(cast, a) for a in asked])
    assert sorted(ends) == ["NotPossible"] * 13 + ["gelukt"] * 3
    assert set(Jaarsaldo.objects.filter(fund=fund).values_list("gereserveerd", flat=True)) == {90}
    check_books()


@pytest.mark.django_db(transaction=True)
def test_past_the_service_the_database_holds_the_ceiling_at_once(cast):
    """The same race in raw SQL, without any lock of the application."""
    fund = make_fund()
    asked = [ask(cast, fund, 30) for _ in range(8)]
    ends = at_once([lambda a=a: _must(raw(cast, a, "reserveren", "voorgesteld", "gereserveerd", 30)) for a in asked])
    assert sorted(ends) == ["NotPossible"] * 5 + ["gelukt"] * 3
    assert Jaarsaldo.objects.get(fund=fund).gereserveerd == 90


@pytest.mark.django_db(transaction=True)
def test_the_last_two_ministers_at_once(cast):
    """Exactly one outcome: an agreement and a refusal at the same moment never both count."""
    aanvraag = ask(cast, make_fund())
    b.reserve_money(cast, aanvraag)
    b.grant_money(cast, aanvraag, ("BHOS",))

    def refuse() -> None:
        services.decide(
            aanvraag_id=aanvraag.pk, ministry=b.ministry("DEF"), uitkomst="afgewezen", toelichting="Nee.", by=cast["gemachtigde-def"]
        )  # fmt: skip

    ends = at_once([lambda: b.grant_money(cast, aanvraag, ("BZ",)), refuse])
    saldo = Saldo.objects.get(aanvraag=aanvraag)
    assert (saldo.claimed, saldo.vrijgevallen) == (0, 60)
    assert "gelukt" in ends


def _must(words: str) -> None:
    if words:
        raise NotPossible(words)


def at_once(works) -> list[str]:
    """Runs every work in its own thread, all started together; says how each ended."""
    ends: list[str] = []
    start = threading.Barrier(len(works))

    def run(work) -> None:
        start.wait()
        try:
            work()
            ends.append("gelukt")
        except Exception as error:
            ends.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    [t.start() for t in threads]
    [t.join() for t in threads]
    return ends
