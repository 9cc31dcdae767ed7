"""Taking a request for BIV money back: by the penvoerder, with a reason, as long as nothing of it is bound."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from budget_biv import selectors, services
from budget_biv.models import Soort
from cases.exceptions import Conflict, Denied, NotPossible
from cases.models import Dossier
from phases.process import facts as facts_module
from phases.process.gates import BivBesluit
from tests import builders as b
from tests.budget_biv.money import YEAR, amounts, ask, decide, granted, on, reserved, state, take_back
from tests.cases.pages import assert_denied, session, text

pytestmark = pytest.mark.django_db
INSERT = "INSERT INTO budget_biv_intrekking (aanvraag_id, reason, by_id, at) VALUES (%s, 'Weg.', %s, now())"


def raw(cast, aanvraag) -> str:
    """A withdrawal past the services; the words with which it is refused, "" when it is not."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(INSERT, [aanvraag.pk, cast["behandelaar-bz"].pk])
    except DatabaseError as error:
        return str(error)
    return ""


def applies(d: Dossier) -> bool:
    return BivBesluit().applies(facts_module.load(Dossier.objects.get(pk=d.pk)))


def test_all_its_money_falls_free_and_nothing_is_asked_any_more(cast, fund):
    """Sabotage: the NOT EXISTS out of FACT, or _free out of take_back."""
    for aanvraag in (ask(cast, b.make_dossier(cast), fund), reserved(cast, fund), granted(cast, fund)):
        d = aanvraag.ronde.dossier
        assert applies(d)
        take_back(cast, aanvraag)
        assert (on(aanvraag), state(d), applies(d)) == ({"vrijgevallen": 100}, "ingetrokken", False)
        assert (selectors.asked(aanvraag.ronde), selectors.still_needed(d, b.ministry("BZ"))) == (None, "")
        assert Dossier.objects.annotate(gevraagd=selectors.asked_of_dossier()).get(pk=d.pk).gevraagd is None


def test_after_a_refusal_a_dossier_goes_on_without_the_money(cast, fund):
    aanvraag = reserved(cast, fund)
    decide(cast, aanvraag, "BZ", "afgewezen", "Te duur.")
    take_back(cast, aanvraag)
    assert (state(aanvraag.ronde.dossier), applies(aanvraag.ronde.dossier)) == ("ingetrokken", False)


def test_money_can_be_asked_again(cast, fund):
    first = ask(cast, b.make_dossier(cast), fund)
    take_back(cast, first)
    d = first.ronde.dossier
    second = ask(cast, d, fund, 40, seen=1)
    assert (second.number, state(d), selectors.asked(first.ronde), applies(d)) == (2, "voorgesteld", second, True)
    with pytest.raises(Conflict, match="ingetrokken of vervangen"):
        take_back(cast, first)


def test_nobody_reserves_or_decides_on_it(cast, fund):
    """Sabotage: the check on `intrekking` out of _refuse_older."""
    aanvraag = reserved(cast, fund)
    take_back(cast, aanvraag)
    for act in (lambda: decide(cast, aanvraag, "BZ"), lambda: b.reserve_money(cast, aanvraag)):
        with pytest.raises(Conflict, match=r"Deze aanvraag is ingetrokken\. .* was u voor"):
            act()


def test_it_is_taken_back_once_by_the_penvoerder_with_a_reason(cast, fund):
    aanvraag = ask(cast, b.make_dossier(cast), fund)
    for who in ("behandelaar-def", "biv-beheerder", "gemachtigde-bz"):
        with pytest.raises(Denied):
            take_back(cast, aanvraag, who)
    with pytest.raises(NotPossible, match="wat de inzet dan betaalt"):
        take_back(cast, aanvraag, reason=" ")
    take_back(cast, aanvraag)
    with pytest.raises(Conflict, match="ingetrokken of vervangen"):
        take_back(cast, aanvraag)


def test_what_is_bound_is_settled_and_not_taken_back(cast, fund):
    """Sabotage: the check on BOUND out of take_back; the database refuses it then, without a sentence."""
    aanvraag = granted(cast, fund)
    act = {"reason": "Contract.", "by": cast["biv-beheerder"]}
    services.book_amounts(aanvraag_id=aanvraag.pk, soort=Soort.VERPLICHTEN, amounts=amounts(fund, 10), **act)
    with pytest.raises(NotPossible, match="al iets verplicht of uitgegeven"):
        take_back(cast, aanvraag)
    assert on(aanvraag) == {"toegekend": 90, "verplicht": 10}


def test_the_database_takes_back_only_what_is_free_and_newest(cast, fund):
    """Sabotage: the trigger biv_take_back_guard."""
    first = ask(cast, b.make_dossier(cast), fund)
    assert "niet al het geld van de aanvraag is vrijgevallen" in raw(cast, first)
    ask(cast, first.ronde.dossier, fund, 40, seen=1)
    assert on(first) == {"vrijgevallen": 100}
    assert "niet de nieuwste aanvraag van een lopende ronde" in raw(cast, first)


def test_the_database_knows_no_decision_on_it(cast, fund):
    """Sabotage: the trigger biv_decision_taken_back."""
    aanvraag = reserved(cast, fund)
    take_back(cast, aanvraag)
    row = "INSERT INTO budget_biv_beslissing (aanvraag_id, ministry_id, uitkomst, toelichting, sha256, decided_on, by_id, at)"
    values = [aanvraag.pk, b.ministry("BZ").pk, aanvraag.sha256, cast["gemachtigde-bz"].pk]
    with (
        pytest.raises(DatabaseError, match="ingetrokken aanvraag"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{row} VALUES (%s, %s, 'akkoord', '', %s, now(), %s, now())", values)


def test_the_page_asks_why_and_shows_it(cast, fund):
    d = b.make_dossier(cast)
    aanvraag = ask(cast, d, fund)
    address = reverse("budget_intrekken", args=[d.number, aanvraag.pk])
    budget = reverse("budget", args=[d.number])
    assert_denied(cast["behandelaar-def"], address)
    client = session(cast["behandelaar-bz"])
    assert address in client.get(budget).content.decode()
    empty = client.post(address, {"stap": "indienen", "reason": ""})
    assert empty.status_code == 422 and "Leg uit waarom u de aanvraag intrekt" in text(empty)
    checked = client.post(address, {"reason": "Partners betalen."})
    assert "Controleer het intrekken" in text(checked) and state(d) == "voorgesteld"
    given = {"stap": "indienen", "reason": "Partners betalen."}
    assert client.post(address, given).status_code == 302
    shown = client.get(budget)
    assert "Ingetrokken" in text(shown) and "Partners betalen." in text(shown)
    assert address not in shown.content.decode()
    late = client.post(address, given)
    assert late.status_code == 409 and "intussen ingetrokken of vervangen" in text(late)
    assert "is al ingetrokken" in text(client.get(address))


def test_a_dossier_that_was_stopped_and_goes_on_needs_no_new_request(cast, fund):
    """What lapsed with the stop is not asked again, if the penvoerder says so."""
    d = b.make_dossier(cast)
    aanvraag = ask(cast, d, fund)
    services.let_go(d, cast["teamleider-bz"], "Stoppen")
    fact = selectors.fact(aanvraag.ronde, d)
    assert fact.lapsed and applies(d)
    take_back(cast, aanvraag)
    assert not applies(d)


def test_granted_money_that_fell_free_is_granted_no_more(cast, fund):
    """Sabotage: `and not biv.lapsed` out of BivBesluit.check."""
    aanvraag = granted(cast, fund)
    d = aanvraag.ronde.dossier
    says = lambda: BivBesluit().check(facts_module.load(Dossier.objects.get(pk=d.pk)))  # noqa: E731
    assert says() is None
    services.settle(aanvraag_id=aanvraag.pk, reason="Niet nodig.", by=cast["biv-beheerder"])
    assert says() == "De BIV-aanvraag is vervallen. Vraag het geld opnieuw aan, of trek de aanvraag in."
    take_back(cast, aanvraag)
    assert not applies(d)


def free(cast, fund, aanvraag, amount=40):
    act = {
        "soort": Soort.VRIJVALLEN,
        "amounts": amounts(fund, amount),
        "reason": "Minder nodig.",
        "by": cast["biv-beheerder"],
    }
    return services.book_amounts(aanvraag_id=aanvraag.pk, **act)


def correct_raw(cast, booking) -> str:
    """A counter-entry past the services; the words with which it is refused."""
    sql = (
        "INSERT INTO budget_biv_mutatie (aanvraag_id, dossier_id, soort, reason, occurred_on, by_id, at, transaction, corrects_id)"
        " VALUES (%s, 0, 'corrigeren', '', now(), %s, now(), 0, %s)"
    )
    values = [booking.aanvraag_id, cast["biv-beheerder"].pk, booking.pk]
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return str(refused.value)


@pytest.mark.parametrize("after", ["taken back", "replaced", "refused"])
def test_what_fell_free_does_not_come_back_to_a_request_that_no_longer_counts(cast, fund, after):
    """Sabotage: _check_still_asked, or the trigger biv_mutatie_counts."""
    aanvraag = granted(cast, fund)
    booking = free(cast, fund, aanvraag)
    if after == "taken back":
        take_back(cast, aanvraag)
    elif after == "replaced":
        ask(cast, aanvraag.ronde.dossier, fund, 40, seen=1)
    else:
        Dossier.objects.filter(pk=aanvraag.ronde.dossier_id).update(efforts=["politie"])
        decide(cast, aanvraag, "JENV", "afgewezen", "Geen politie beschikbaar.")
    correct = {"mutatie_id": booking.pk, "reason": "Vergissing.", "by": cast["biv-beheerder"]}
    with pytest.raises(NotPossible, match="Wat is vrijgevallen, blijft vrij"):
        services.correct(**correct)
    assert ("is ingetrokken" if after == "taken back" else "blijft vrij") in correct_raw(cast, booking)
    assert on(aanvraag) == {"vrijgevallen": 100}


def test_what_fell_free_by_mistake_comes_back_while_the_request_counts(cast, fund):
    aanvraag = granted(cast, fund)
    services.correct(mutatie_id=free(cast, fund, aanvraag).pk, reason="Vergissing.", by=cast["biv-beheerder"])
    assert on(aanvraag) == {"toegekend": 100}


def test_after_what_was_spent_is_settled_money_can_be_asked_again(cast, fund):
    """What was spent stays settled; there is no dead end after a refusal. Sabotage: s.afgerekend in _withdraw."""
    aanvraag = granted(cast, fund)
    d = aanvraag.ronde.dossier
    act = {"amounts": amounts(fund, 10), "reason": "Contract.", "by": cast["biv-beheerder"]}
    for soort in (Soort.VERPLICHTEN, Soort.REALISEREN):
        services.book_amounts(aanvraag_id=aanvraag.pk, soort=soort, **act)
    with pytest.raises(NotPossible, match="Reken die eerst af"):
        ask(cast, d, fund, 40, seen=1)
    services.settle(aanvraag_id=aanvraag.pk, reason="Klaar.", by=cast["biv-beheerder"])
    second = ask(cast, d, fund, 40, seen=1)
    assert (on(aanvraag), on(second)) == ({"afgerekend": 10, "vrijgevallen": 90}, {"voorgesteld": 40})


def test_a_settlement_that_was_a_mistake_is_corrected(cast, fund):
    """Sabotage: AFREKENEN out of Soort.correctable, or out of biv_mutatie_begin."""
    aanvraag = granted(cast, fund)
    settled = services.settle(aanvraag_id=aanvraag.pk, reason="Klaar.", by=cast["biv-beheerder"])
    services.correct(mutatie_id=settled.pk, reason="Te vroeg.", by=cast["biv-beheerder"])
    assert on(aanvraag) == {"toegekend": 100}


def test_a_settlement_stays_where_a_dossier_closed_on_it(cast, fund):
    """Sabotage: the status in `correct`."""
    from tests.phases.test_transition import in_uitvoering, step

    d = in_uitvoering(cast)
    aanvraag = ask(cast, d, fund)
    b.reserve_money(cast, aanvraag)
    b.grant_money(cast, aanvraag)
    settled = services.settle(aanvraag_id=aanvraag.pk, reason="Klaar.", by=cast["biv-beheerder"])
    step(cast, d, "eerder_beeindigen", by="teamleider-bz", reason="Gastland vraagt vertrek.")
    for soort in ("jaarverslag", "geen-lessen", "einde-besloten"):
        b.register(cast, d, soort)
    b.adopt(cast, b.write(cast, d, "voortgang", b.VOORTGANG))
    step(cast, d, "afsluiten")
    with pytest.raises(NotPossible, match="Heropen eerst het dossier"):
        services.correct(mutatie_id=settled.pk, reason="Te vroeg.", by=cast["biv-beheerder"])


def test_nothing_happens_with_money_before_it_was_asked(cast, fund):
    """Sabotage: _check_day."""
    aanvraag = granted(cast, fund)
    before = {
        "aanvraag_id": aanvraag.pk,
        "reason": "Contract.",
        "by": cast["biv-beheerder"],
        "occurred_on": date(2000, 1, 1),
    }
    acts = (
        lambda: services.book_amounts(soort=Soort.VERPLICHTEN, amounts=amounts(fund, 10), **before),
        lambda: services.shift_year(amount=amounts(fund, 10)[0], to_year=YEAR + 1, **before),
        lambda: services.settle(**before),
    )
    for act in acts:
        with pytest.raises(NotPossible, match="De datum kan niet eerder zijn"):
            act()
