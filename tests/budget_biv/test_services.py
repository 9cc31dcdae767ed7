"""BIV money: who asks, who reserves, who must decide, on which version, and what stops it."""

from datetime import timedelta

import pytest

from budget_biv import selectors, services
from budget_biv.models import Aanvraag, Ceiling, Fund, Saldo
from budget_biv.services import Regel, Verzoek
from cases.access import visible_to
from cases.exceptions import Conflict, Denied, NotPossible
from cases.models import Membership
from phases.process import services as process
from phases.process.models import Outcome
from tests import builders as b
from tests.budget_biv.money import YEAR, amounts, ask, decide, granted, on, reserved, state

pytestmark = pytest.mark.django_db


def test_required_ministers(cast, fund):
    plain, police = b.make_dossier(cast), b.make_dossier(cast, efforts=("politie",))
    assert selectors.required_codes(plain) == ["BHOS", "BZ", "DEF"]
    assert selectors.required_codes(police) == ["BHOS", "BZ", "DEF", "JENV"]
    first, second = ask(cast, plain, fund), ask(cast, police, fund)
    b.reserve_money(cast, first)
    b.reserve_money(cast, second)
    with pytest.raises(NotPossible, match="beslist niet mee"):
        decide(cast, first, "JENV")
    b.grant_money(cast, second)
    assert state(police) == "gereserveerd"
    decide(cast, second, "JENV")
    assert state(police) == "toegekend"


def test_deciders_and_manager_read_also_when_their_ministry_does_not_take_part(cast, fund):
    d = b.make_dossier(cast, ministries=("BZ",))
    for who in ("gemachtigde-bhos", "biv-beheerder"):
        assert not visible_to(cast[who]).filter(pk=d.pk).exists()
    aanvraag = ask(cast, d, fund)
    for who in ("gemachtigde-bhos", "biv-beheerder"):
        assert visible_to(cast[who]).filter(pk=d.pk).exists()
    b.reserve_money(cast, aanvraag)
    decide(cast, aanvraag, "BHOS")
    with pytest.raises(Conflict, match="al geregistreerd"):
        decide(cast, aanvraag, "BHOS", "afgewezen", "Toch niet.")


def test_a_new_version_frees_the_money_of_the_old_one_and_asks_new_decisions(cast, fund):
    old = granted(cast, fund)
    d = old.ronde.dossier
    new = ask(cast, d, fund, 200)
    assert (new.number, state(d), on(old), on(new)) == (2, "voorgesteld", {"vrijgevallen": 100}, {"voorgesteld": 200})
    b.reserve_money(cast, new)
    with pytest.raises(Conflict, match="nieuwe aanvraag"):
        decide(cast, old, "BZ")
    with pytest.raises(Conflict, match="nieuwe aanvraag"):
        b.reserve_money(cast, old)


def test_no_new_version_once_money_was_promised(cast, fund):
    old = granted(cast, fund)
    act = {"aanvraag_id": old.pk, "by": cast["biv-beheerder"], "reason": "Contract."}
    services.book_amounts(soort="verplichten", amounts=amounts(fund, 1), **act)
    with pytest.raises(NotPossible, match="al verplichtingen"):
        ask(cast, old.ronde.dossier, fund)


def test_nobody_decides_before_it_is_reserved(cast, fund):
    aanvraag = ask(cast, b.make_dossier(cast), fund)
    with pytest.raises(NotPossible, match="nog niet gereserveerd"):
        decide(cast, aanvraag, "BZ")


def test_who_asked_does_not_reserve_and_does_not_decide(cast, fund):
    asker = cast["behandelaar-bz"]
    for role, code in (("gemachtigde", "BZ"), ("biv-beheerder", "DEF")):
        Membership.objects.create(user=asker, role=role, ministry=b.ministry(code), start=b.today())
    aanvraag = ask(cast, b.make_dossier(cast), fund)
    with pytest.raises(NotPossible, match="ander reserveren"):
        services.reserve(aanvraag_id=aanvraag.pk, by=asker, objection="")
    b.reserve_money(cast, aanvraag)
    with pytest.raises(NotPossible, match="ander beslissen"):
        decide(cast, aanvraag, "BZ", who="behandelaar-bz")


def test_one_person_decides_for_one_minister(cast, fund):
    """Also who is gemachtigde of two ministries, and also after a decision that was put off."""
    Membership.objects.create(
        user=cast["gemachtigde-def"], role="gemachtigde", ministry=b.ministry("BZ"), start=b.today()
    )
    aanvraag = reserved(cast, fund)
    decide(cast, aanvraag, "DEF", "aangehouden", "Na de begroting.")
    with pytest.raises(NotPossible, match="U legde het besluit van DEF al vast. Laat een ander dat van BZ vastleggen."):
        decide(cast, aanvraag, "BZ", who="gemachtigde-def")
    decide(cast, aanvraag, "DEF")
    decide(cast, aanvraag, "BZ")


def test_who_reserved_does_not_decide(cast, fund):
    Membership.objects.create(
        user=cast["biv-beheerder"], role="gemachtigde", ministry=b.ministry("DEF"), start=b.today()
    )
    aanvraag = reserved(cast, fund)
    with pytest.raises(NotPossible, match="U reserveerde dit geld zelf. Laat een ander beslissen."):
        decide(cast, aanvraag, "DEF", who="biv-beheerder")


def test_rights(cast, fund):
    d = b.make_dossier(cast)
    with pytest.raises(Denied):
        ask(cast, d, fund, who="behandelaar-def")
    aanvraag = ask(cast, d, fund)
    for act in (
        lambda by: services.reserve(aanvraag_id=aanvraag.pk, by=by, objection=""),
        lambda by: services.book_amounts(
            aanvraag_id=aanvraag.pk, soort="verplichten", amounts=amounts(fund, 1), reason="x", by=by
        ),
        lambda by: services.settle(aanvraag_id=aanvraag.pk, reason="x", by=by),
    ):
        for who in ("behandelaar-bz", "gemachtigde-def", "auditor"):
            with pytest.raises(Denied):
                act(cast[who])
    b.reserve_money(cast, aanvraag)
    with pytest.raises(Denied):
        decide(cast, aanvraag, "BZ", who="gemachtigde-def")


def test_a_refusal_has_a_reason_ends_it_and_frees_the_money(cast, fund):
    aanvraag = reserved(cast, fund)
    with pytest.raises(NotPossible, match="waarom"):
        decide(cast, aanvraag, "BZ", "afgewezen", " ")
    with pytest.raises(NotPossible, match="ouder"):
        decide(cast, aanvraag, "BZ", decided_on=b.today() - timedelta(days=1))
    decide(cast, aanvraag, "BHOS")
    decide(cast, aanvraag, "BZ", "afgewezen", "Te duur.")
    assert state(aanvraag.ronde.dossier) == "afgewezen"
    assert on(aanvraag) == {"vrijgevallen": 100}
    with pytest.raises(Conflict, match="BZ wees deze aanvraag al af"):
        decide(cast, aanvraag, "DEF")


def test_a_held_decision_can_be_taken_later(cast, fund):
    aanvraag = reserved(cast, fund)
    d = aanvraag.ronde.dossier
    with pytest.raises(NotPossible, match="aangehouden"):
        decide(cast, aanvraag, "DEF", "aangehouden")
    decide(cast, aanvraag, "DEF", "aangehouden", "Na de begroting.")
    b.grant_money(cast, aanvraag, ("BHOS", "BZ"))
    fact = selectors.fact(d.current_ronde, d)
    assert (state(d), fact.awaited, fact.held, fact.granted) == ("aangehouden", ["DEF"], ["DEF"], False)
    decide(cast, aanvraag, "DEF")
    assert (state(d), on(aanvraag)) == ("toegekend", {"toegekend": 100})


def test_all_ministers_grant_the_same_part(cast, fund):
    aanvraag = reserved(cast, fund)
    for wrong, words in ((101, "niet meer dan"), (0, "meer dan nul"), (100, "het hele bedrag")):
        with pytest.raises(NotPossible, match=words):
            decide(cast, aanvraag, "BZ", part=amounts(fund, wrong))
    decide(cast, aanvraag, "BZ", part=amounts(fund, 60))
    for other in (None, amounts(fund, 59)):
        with pytest.raises(NotPossible, match="BZ legde vast: gedeeltelijk akkoord, €.60"):
            decide(cast, aanvraag, "DEF", part=other)
    decide(cast, aanvraag, "DEF", part=amounts(fund, 60))
    decide(cast, aanvraag, "BHOS", part=amounts(fund, 60))
    assert on(aanvraag) == {"toegekend": 60, "vrijgevallen": 40}
    fact = selectors.fact(aanvraag.ronde, aanvraag.ronde.dossier)
    assert (fact.granted, fact.granted_total, fact.total) == (True, 60, 100)


LINES = {
    "none": [],
    "nothing": [(YEAR, "niet-oda", 0, False)],
    "negative": [(YEAR, "oda", -5, False)],
    "above ten milliard": [(YEAR, "oda", 10_000_000_001, False)],
    "before the fund": [(2019, "oda", 5, False)],
    "after the fund": [(2041, "oda", 5, False)],
    "twice": [(YEAR, "oda", 5, False), (YEAR, "oda", 6, False)],
    "tail alone": [(YEAR, "oda", 5, True)],
    "tail in the first year": [(YEAR, "oda", 5, False), (YEAR, "niet-oda", 5, True)],
}


@pytest.mark.parametrize("name", LINES)
def test_lines_have_bounds(cast, fund, name):
    d = b.make_dossier(cast)
    lines = [Regel(year, b.category(fund).pk, oda, amount, naijl) for year, oda, amount, naijl in LINES[name]]
    with pytest.raises(NotPossible):
        services.request_money(
            dossier_id=d.pk, by=cast["behandelaar-bz"], fund=fund, lines=lines, about=Verzoek("x", "y")
        )
    assert not Aanvraag.objects.exists()


def test_a_category_of_another_fund_is_refused(cast, fund):
    other = b.category(Fund.objects.exclude(pk=fund.pk).get())
    with pytest.raises(NotPossible, match="categorie van dit fonds"):
        services.request_money(
            dossier_id=b.make_dossier(cast).pk, by=cast["behandelaar-bz"], fund=fund,
            lines=[Regel(YEAR, other.pk, "oda", 5)], about=Verzoek("x", "y"),
        )  # fmt: skip


def test_the_tail_of_the_same_line_is_one_amount_on_the_books(cast, fund):
    where = b.category(fund).pk
    lines = [Regel(YEAR, where, "oda", 5), Regel(YEAR + 1, where, "oda", 3), Regel(YEAR + 1, where, "oda", 2, True)]
    made = services.request_money(
        dossier_id=b.make_dossier(cast).pk, by=cast["behandelaar-bz"], fund=fund, lines=lines, about=Verzoek("x", "y")
    )
    assert list(Saldo.objects.filter(aanvraag=made).values_list("year", "voorgesteld")) == [(YEAR, 5), (YEAR + 1, 5)]


def test_the_difference_with_the_option_is_explained(cast, fund):
    d = b.make_dossier(cast)
    with pytest.raises(NotPossible, match="Leg het verschil uit met de kostenindicatie van optie A: €.90"):
        ask(cast, d, fund, 100, optie="A", optiekosten=90)
    assert ask(cast, d, fund, 100, optie="A", optiekosten=90, verschil="Meer vluchten.").difference == 10
    ask(cast, d, fund, 90, optie="A", optiekosten=90)


def test_unknown_may_be_asked_but_not_reserved(cast, fund):
    aanvraag = ask(cast, b.make_dossier(cast), fund, oda="onbekend")
    with pytest.raises(NotPossible, match="ODA en niet-ODA"):
        b.reserve_money(cast, aanvraag)
    assert on(aanvraag) == {"voorgesteld": 100}


@pytest.mark.parametrize("answer", ["is_relevant", "draagt_bij"])
def test_what_does_not_meet_the_criterion_is_not_reserved(cast, fund, answer):
    aanvraag = ask(cast, b.make_dossier(cast), fund, **{answer: False})
    with pytest.raises(NotPossible, match="criterium"):
        b.reserve_money(cast, aanvraag)


def test_an_overrun_is_saved_and_never_reserved(cast, fund):
    reserved(cast, fund, 500)
    aanvraag = ask(cast, b.make_dossier(cast), fund, 600)
    with pytest.raises(
        NotPossible, match=r"In 2027 is voor Categorie cbo nog €.500 vrij. Deze aanvraag vraagt €.600."
    ) as caught:
        b.reserve_money(cast, aanvraag)
    assert any("(Niet-ODA) nog €\xa0100 vrij" in sentence for sentence in caught.value.sentences)
    assert on(aanvraag) == {"voorgesteld": 600}


def test_without_a_ceiling_nothing_is_reserved(cast, fund):
    aanvraag = b.ask_money(cast, b.make_dossier(cast), {2035: 5}, fund=fund)
    with pytest.raises(NotPossible, match="Voor Categorie cbo is in 2035 geen plafond bekend."):
        b.reserve_money(cast, aanvraag)


def test_a_year_as_a_whole_can_have_the_ceiling(cast, fund):
    Ceiling.objects.create(fund=fund, year=2035, amount=50, source="proef")
    first = b.ask_money(cast, b.make_dossier(cast), {2035: 30}, fund=fund, code="ssr")
    second = b.ask_money(cast, b.make_dossier(cast), {2035: 30}, fund=fund, code="vpd")
    b.reserve_money(cast, first)
    with pytest.raises(NotPossible, match="het hele jaar nog €.20 vrij"):
        b.reserve_money(cast, second)


def test_the_advice_that_is_missing_holds_the_reservation(cast, fund):
    aanvraag = ask(cast, b.make_dossier(cast), fund)
    with pytest.raises(NotPossible, match="Wacht op de SMO"):
        b.reserve_money(cast, aanvraag, "Wacht op de SMO.")


def test_money_is_reserved_once(cast, fund):
    aanvraag = reserved(cast, fund)
    with pytest.raises(Conflict, match="wacht niet meer op een reservering"):
        b.reserve_money(cast, aanvraag)


def stop(cast, d) -> None:
    process.transition(
        dossier_id=d.pk, step="stoppen", by=cast["teamleider-bz"], seen_version=0, reason="Klaar.", outcome=Outcome.ANDERS
    )  # fmt: skip


def test_when_a_dossier_stops_what_was_not_granted_falls_free(cast, fund):
    asked, set_apart, given = ask(cast, b.make_dossier(cast), fund), reserved(cast, fund), granted(cast, fund)
    for aanvraag in (asked, set_apart, given):
        stop(cast, aanvraag.ronde.dossier)
    assert [on(a) for a in (asked, set_apart, given)] == [
        {"vrijgevallen": 100},
        {"vrijgevallen": 100},
        {"toegekend": 100},
    ]
    fact = selectors.fact(asked.ronde, asked.ronde.dossier)
    assert fact.lapsed and not fact.granted
    services.settle(aanvraag_id=given.pk, reason="Gestopt.", by=cast["biv-beheerder"])
    assert on(given) == {"vrijgevallen": 100}


def test_what_is_not_settled_is_known_over_all_rondes(cast, fund):
    given = granted(cast, fund, 70)
    d = given.ronde.dossier
    assert selectors.money(d.current_ronde, d).unsettled == 70
    services.settle(aanvraag_id=given.pk, reason="Klaar.", by=cast["biv-beheerder"])
    assert selectors.money(d.current_ronde, d).unsettled == 0


def note(cast, d, text="Uit de HGIS.", seen=0, who="behandelaar-bz"):
    return services.note_other_funding(dossier_id=d.pk, by=cast[who], text=text, seen_revision=seen)


def test_other_funding_is_a_note_that_nobody_overwrites_unseen(cast):
    d = b.make_dossier(cast)
    note(cast, d)
    with pytest.raises(Conflict, match="in een ander venster"):
        note(cast, d, "Iets anders.")
    note(cast, d, "Uit de HGIS, € 2 miljoen.", seen=1)
    assert selectors.other_funding(d).text == "Uit de HGIS, € 2 miljoen."
    assert d.events.filter(kind="financiering").count() == 2


def test_only_the_penvoerder_of_a_running_dossier_notes_other_funding(cast):
    d = b.make_dossier(cast)
    with pytest.raises(Denied):
        note(cast, d, who="behandelaar-def")
    stop(cast, d)
    with pytest.raises(Conflict):
        note(cast, d)
    assert selectors.other_funding(d) is None
