"""The pages of the money, as people use them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budget_biv import selectors
from budget_biv.models import Aanvraag, Beslissing, Ceiling, Fund
from cases.models import Dossier
from tests import builders as b
from tests.cases.pages import assert_denied, assert_does_not_exist, session, text

pytestmark = pytest.mark.django_db
YEAR = b.today().year
TODAY = f"{b.today().day}-{b.today().month}-{b.today().year}"


@pytest.fixture
def fund(db) -> Fund:
    """The newest fund, with a ceiling of a million this year, 400.000 of it ODA."""
    values = {"start": 2026, "chapter": "X", "article": "1", "source": "proef", "manager": b.ministry("DEF")}
    found = Fund.objects.create(name="Proeffonds", **values)
    Ceiling.objects.create(
        fund=found, year=YEAR, category=b.category(found), amount=1_000_000, oda_amount=400_000, fictional=True,
        source="Fictief, voor de proef",
    )  # fmt: skip
    return found


def ask(cast, d, fund, amount=400_000, **given) -> Aanvraag:
    return b.ask_money(cast, d, {YEAR: amount}, fund=fund, **given)


def url(name: str, d, *args) -> str:
    return reverse(name, args=[d.number, *args])


def test_without_a_request_the_page_says_that_it_is_optional(cast, fund):
    d = b.make_dossier(cast)
    page = text(session(cast["behandelaar-bz"]).get(url("budget", d)))
    assert "Dat is niet verplicht." in page
    assert "Vraag geld aan" in page
    assert "Vraag geld aan" not in text(session(cast["auditor"]).get(url("budget", d)))


def test_ask_check_reserve_and_decide(cast, fund):
    d = b.make_dossier(cast)
    client, address = session(cast["behandelaar-bz"]), url("budget_aanvragen", d)
    given = b.money_form(fund, {YEAR: "€ 600.000", YEAR + 1: "500.000"}, vergoeding="20.000")
    checked = text(client.post(address, given))
    assert "€\xa01.100.000" in checked
    assert f"{YEAR}, Categorie cbo, Niet-ODA" in checked
    assert not Aanvraag.objects.exists()
    assert client.post(address, {**given, "stap": "indienen"}).status_code == 302
    aanvraag = Aanvraag.objects.get()
    assert (aanvraag.total, aanvraag.vergoeding) == (1_100_000, 20_000)
    reserve, decide = url("budget_reserveren", d, aanvraag.pk), url("budget_beslissen", d, aanvraag.pk)
    gem, keeper = session(cast["gemachtigde-bhos"]), session(cast["biv-beheerder"])
    assert decide not in text(gem.get(url("budget", d)))
    assert reserve in text(keeper.get(url("budget", d)))
    Ceiling.objects.create(fund=fund, year=YEAR + 1, category=b.category(fund), amount=1_000_000, source="proef")
    assert keeper.post(reserve).status_code == 302
    assert keeper.post(reserve).status_code == 409
    again = text(keeper.get(reserve))
    assert "Dit geld is al gereserveerd: Z. Schouten reserveerde €\xa01.100.000" in again
    assert "U reserveert" not in again and "Reserveer</button>" not in again
    assert f'href="{url("budget", d)}">Ga terug naar het budget' in again
    assert decide in text(gem.get(url("budget", d)))
    assert decide not in text(client.get(url("budget", d)))
    refused = gem.post(decide, {"uitkomst": "afgewezen", "decided_on": TODAY})
    assert refused.status_code == 422
    assert "Leg uit waarom de aanvraag is afgewezen" in text(refused)
    assert "Akkoord" in text(gem.post(decide, {"uitkomst": "akkoord", "decided_on": TODAY}))
    assert gem.post(decide, {"uitkomst": "akkoord", "decided_on": TODAY, "stap": "indienen"}).status_code == 302
    assert Beslissing.objects.get().ministry.code == "BHOS"
    again = gem.post(decide, {"uitkomst": "akkoord", "decided_on": TODAY, "stap": "indienen"})
    assert again.status_code == 409
    no = {"uitkomst": "afgewezen", "toelichting": "Te duur.", "decided_on": TODAY, "stap": "indienen"}
    assert session(cast["gemachtigde-bz"]).post(decide, no).status_code == 302
    after = text(client.get(url("budget", d)))
    assert "Niet meer nodig" in after and "Nog niet aan de orde" not in after


WRONG = {
    "4.5": "Bedoelt u €\xa04.500.000?",
    "veel": "Schrijf het hele bedrag uit in euro’s",
    "-5": "Vul €\xa01 of meer in",
    "12,50": "Vul hele euro’s in, zonder centen",
    "10.000.000.001": "Vul €\xa010.000.000.000 of minder in",
    "": "Vul bij regel 1 een bedrag in, of maak de regel leeg",
}


@pytest.mark.parametrize("typed", WRONG)
def test_a_wrong_amount_gets_a_sentence_and_keeps_what_was_typed(cast, fund, typed):
    d = b.make_dossier(cast)
    response = session(cast["behandelaar-bz"]).post(url("budget_aanvragen", d), b.money_form(fund, {YEAR: typed}))
    assert response.status_code == 422
    assert WRONG[typed] in text(response)
    assert f'value="{typed}"' in text(response) or not typed
    assert "Stabiele regio." in text(response)


def test_a_line_is_whole_and_there_is_at_least_one(cast, fund):
    client, address = session(cast["behandelaar-bz"]), url("budget_aanvragen", b.make_dossier(cast))
    half = {**b.money_form(fund, {YEAR: "5"}), "jaar_1": "", "categorie_1": ""}
    page = text(client.post(address, half))
    assert "Kies bij regel 1 een jaar" in page and "Kies bij regel 1 een categorie" in page
    assert "Vul minstens één regel met een bedrag in" in text(client.post(address, b.money_form(fund, {})))
    double = b.money_form(fund, {YEAR: "5", YEAR + 1: "6"}) | {"jaar_2": str(YEAR), "stap": "indienen"}
    refused = client.post(address, double)
    assert refused.status_code == 422
    assert "Tel ze bij elkaar op" in text(refused)


def test_more_lines_keep_what_was_typed(cast, fund):
    d = b.make_dossier(cast)
    client, address = session(cast["behandelaar-bz"]), url("budget_aanvragen", d)
    typed = {**b.money_form(fund, {YEAR: "4.5"}, relevantie="Nog niet af"), "regels_aantal": "4", "stap": "meer"}
    page = text(client.post(address, typed))
    assert 'name="bedrag_8"' in page and 'name="bedrag_9"' not in page
    assert 'value="4.5"' in page and "Nog niet af" in page
    assert "Controleer uw antwoorden" not in page


def test_a_new_version_begins_with_the_earlier_one(cast, fund):
    d = b.make_dossier(cast)
    ask(cast, d, fund)
    page = text(session(cast["behandelaar-bz"]).get(url("budget_aanvragen", d)))
    assert "Dit wordt versie 2." in page
    assert 'value="400.000"' in page
    ask(cast, d, fund, 700_000)
    shown = text(session(cast["auditor"]).get(url("budget", d)))
    assert "Eerdere aanvragen" in shown
    assert "Versie 1" in shown


def test_the_page_of_the_decision_in_part(cast, fund):
    d = b.make_dossier(cast)
    aanvraag = ask(cast, d, fund)
    b.reserve_money(cast, aanvraag)
    decide, line = url("budget_beslissen", d, aanvraag.pk), f"deel_{aanvraag.saldi.get().pk}"
    part = {"uitkomst": "deel", "decided_on": TODAY, "stap": "indienen"}
    bz = session(cast["gemachtigde-bz"])
    assert "Vul in welk deel is toegekend" in text(bz.post(decide, part))
    assert bz.post(decide, {**part, line: "400.001"}).status_code == 422
    assert bz.post(decide, {**part, line: "300.000"}).status_code == 302
    other = session(cast["gemachtigde-def"])
    page = text(other.get(decide))
    assert "Akkoord met het deel dat BZ vastlegde: €\xa0300.000" in page
    assert "Akkoord met het hele bedrag" not in page
    assert other.post(decide, part).status_code == 302
    assert "Gedeeltelijk akkoord" in text(other.get(url("budget", d)))


def test_an_overrun_is_shown_in_red_and_can_be_proposed(cast, fund):
    d = b.make_dossier(cast)
    client, address = session(cast["behandelaar-bz"]), url("budget_aanvragen", d)
    given = b.money_form(fund, {YEAR: "1.400.000"})
    words = f"In {YEAR} is voor Categorie cbo nog €\xa01.000.000 vrij. Deze aanvraag vraagt €\xa01.400.000."
    assert words in text(client.post(address, given))
    assert client.post(address, {**given, "stap": "indienen"}).status_code == 302
    page = text(client.get(url("budget", d)))
    assert words in page and "melding--fout" in page
    keeper, reserve = session(cast["biv-beheerder"]), url("budget_reserveren", d, Aanvraag.objects.get().pk)
    refused = keeper.post(reserve)
    assert refused.status_code == 422
    assert words in text(refused)


def test_booking_settling_and_correcting(cast, fund):
    d = b.make_dossier(cast)
    aanvraag = ask(cast, d, fund)
    b.reserve_money(cast, aanvraag)
    b.grant_money(cast, aanvraag)
    keeper, line = session(cast["biv-beheerder"]), f"bedrag_{aanvraag.saldi.get().pk}"
    book = url("budget_boeken", d, aanvraag.pk, "verplichten")
    form = {"reason": "Contract 12", "occurred_on": TODAY, "stap": "indienen"}
    assert "Vul minstens één bedrag in" in text(keeper.post(book, form))
    assert "of minder in" in text(keeper.post(book, {**form, line: "400.001"}))
    assert keeper.post(book, {**form, line: "250.000"}).status_code == 302
    page = text(keeper.get(url("budget", d)))
    assert "Contract 12" in page and "Corrigeer deze boeking" in page
    assert "Corrigeer deze boeking" not in text(session(cast["behandelaar-bz"]).get(url("budget", d)))
    wrong = url("budget_corrigeren", d, aanvraag.pk, aanvraag.mutaties.first().pk)
    assert keeper.post(wrong, {"reason": ""}).status_code == 422
    assert keeper.post(wrong, {"reason": "Vergissing"}).status_code == 302
    assert "Corrigeer deze boeking" not in text(keeper.get(url("budget", d)))
    assert keeper.post(url("budget_afrekenen", d, aanvraag.pk), form).status_code == 302
    assert "naar vrijgevallen" in text(keeper.get(url("budget", d)))
    assert keeper.get(url("budget_boeken", d, aanvraag.pk, "onzin")).status_code == 404


def test_refusals(cast, fund):
    d, other = b.make_dossier(cast), b.make_dossier(cast)
    aanvraag = ask(cast, d, fund)
    acts = [url(f"budget_{name}", d, aanvraag.pk) for name in ("beslissen", "reserveren", "afrekenen")]
    acts.append(url("budget_boeken", d, aanvraag.pk, "verplichten"))
    for address in (url("budget", d), url("budget_aanvragen", d), *acts):
        assert_does_not_exist(cast, address)
        assert_does_not_exist(cast, address, "post")
    assert_denied(cast["behandelaar-def"], url("budget_aanvragen", d))
    for address in acts:
        assert_denied(cast["behandelaar-bz"], address)
        assert session(cast["biv-beheerder"]).get(address.replace(d.number, other.number)).status_code == 404
    assert_denied(cast["beheerder"], reverse("biv"))
    assert_denied(cast["beheerder"], reverse("biv_jaar", args=[YEAR]))


def test_biv_leads_to_the_nearest_year(cast, fund):
    client = session(cast["auditor"])
    assert client.get(reverse("biv"))["Location"] == reverse("biv_jaar", args=[YEAR])
    assert client.get(reverse("biv_jaar", args=[1999])).status_code == 404
    assert client.get(reverse("biv_jaar", args=[YEAR]) + "?categorie=bestaat-niet").status_code == 404


def test_the_year_page(cast, fund):
    b.reserve_money(cast, ask(cast, b.make_dossier(cast, title="Hoorn"), fund, 100_000, oda="oda"))
    ask(cast, b.make_dossier(cast, title="Sahel"), fund, 1_300_000)
    page = " ".join(text(session(cast["behandelaar-bz"]).get(reverse("biv_jaar", args=[YEAR]))).split())
    assert "Sahel" in page and "Hoorn" in page and "Fictief" in page
    assert "140% belegd en voorgesteld" in page
    assert "Niet-ODA: € 700.000 meer belegd en voorgesteld dan beschikbaar." in page
    assert "Totaal: € 400.000 meer belegd en voorgesteld dan beschikbaar." in page
    only = text(session(cast["behandelaar-bz"]).get(reverse("biv_jaar", args=[YEAR]) + "?categorie=cbo"))
    assert "Alleen Categorie cbo" in only and "Per categorie" not in only


def test_the_year_page_hides_what_one_may_not_see(cast, fund):
    ask(cast, b.make_dossier(cast, title="Sahel"), fund, 111_111)
    ask(cast, b.make_dossier(cast, title="Hoorn"), fund, 222_222)
    page = text(session(cast["buitenstaander"]).get(reverse("biv_jaar", args=[YEAR])))
    assert "Sahel" not in page
    assert "Hoorn" not in page
    assert page.count("Overige") == 1
    assert "333.333" in page
    assert "111.111" not in page


def test_the_books_of_an_earlier_ronde_go_on(cast, fund):
    """Sabotage: the page of the newest request only; after a renewal nobody finds what was granted before."""
    from phases.process import services as process
    from tests.phases.test_transition import in_uitvoering

    d = in_uitvoering(cast)
    first = ask(cast, d, fund, 100_000)
    b.reserve_money(cast, first)
    b.grant_money(cast, first)
    seen, until = Dossier.objects.get(pk=d.pk).moves_made, b.today() + timedelta(days=365)
    process.transition(
        dossier_id=d.pk, step="verlengen", by=cast["teamleider-bz"], seen_version=seen, reason="Mandaat.", runs_until=until
    )  # fmt: skip
    keeper, address = session(cast["biv-beheerder"]), url("budget_aanvraag", d, first.pk)
    assert address in keeper.get(url("budget", d)).content.decode()
    page = keeper.get(address).content.decode()
    assert "Dit is een eerdere aanvraag" in page and url("budget_boeken", d, first.pk, "verplichten") in page
    given = {f"bedrag_{first.saldi.get().pk}": "1.000", "reason": "Contract.", "occurred_on": TODAY, "stap": "indienen"}
    assert keeper.post(url("budget_boeken", d, first.pk, "verplichten"), given).status_code == 302
    assert "1.000" in text(session(cast["behandelaar-def"]).get(address))
    assert_denied(cast["behandelaar-def"], url("budget_boeken", d, first.pk, "verplichten"))


def test_a_successor_of_the_fund_leaves_the_years_of_the_one_before(cast, fund):
    """Sabotage: the fund that began last, for every year."""
    row = {"chapter": "X", "article": "1", "source": "proef", "manager": fund.manager}
    later = Fund.objects.create(name="Later", start=YEAR + 3, **row)
    Ceiling.objects.create(fund=later, year=YEAR + 3, amount=1, source="proef")
    assert (selectors.current_fund(), selectors.funds()[YEAR], selectors.funds()[YEAR + 3]) == (fund, fund, later)
    client = session(cast["auditor"])
    for year in (YEAR, YEAR + 3):
        page = client.get(reverse("biv_jaar", args=[year]))
        assert page.status_code == 200 and reverse("biv_jaar", args=[YEAR + 3]) in page.content.decode()


def test_the_year_page_costs_the_same_for_one_row_and_for_many(cast, fund):
    ask(cast, b.make_dossier(cast), fund, 1000)
    client, address = session(cast["behandelaar-bz"]), reverse("biv_jaar", args=[YEAR])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(30):
        b.reserve_money(cast, ask(cast, b.make_dossier(cast), fund, 1000))
    with CaptureQueriesContext(connection) as many:
        page = text(client.get(address))
    assert page.count("€\xa01.000<") == 50
    assert "Bladzijde 1" in page
    assert len(one) == len(many) == 12
    assert text(client.get(address + "?bladzij=2")).count("€\xa01.000<") == 12


def test_other_funding_is_written_and_read(cast, fund):
    d = b.make_dossier(cast)
    client, address, page = session(cast["behandelaar-bz"]), url("budget_anders", d), url("budget", d)
    assert "Er is geen andere financiering vastgelegd." in text(client.get(page))
    empty = client.post(address, {"text": " ", "seen_revision": 0})
    assert empty.status_code == 422
    assert "Beschrijf de andere financiering" in text(empty)
    assert client.post(address, {"text": "Uit de HGIS.", "seen_revision": 0}).status_code == 302
    assert "Uit de HGIS." in text(client.get(page))
    assert "Uit de HGIS." in text(client.get(address))
    assert client.post(address, {"text": "Een ander.", "seen_revision": 0}).status_code == 409


def test_other_funding_is_for_the_penvoerder(cast, fund):
    d = b.make_dossier(cast)
    assert url("budget_anders", d) not in text(session(cast["behandelaar-def"]).get(url("budget", d)))
    assert_denied(cast["behandelaar-def"], url("budget_anders", d))
    assert_does_not_exist(cast, url("budget_anders", d))


def test_the_money_waits_for_the_smo_and_then_for_the_keeper(cast, fund):
    from tests.phases import scenes

    d = scenes.dossier(cast)
    aanvraag = ask(cast, d, fund)
    keeper, reserve = session(cast["biv-beheerder"]), url("budget_reserveren", d, aanvraag.pk)
    refused = keeper.post(reserve)
    assert refused.status_code == 422
    assert "Bied het plan aan de SMO aan" in text(refused)
    scenes.conclusion(cast, scenes.offered(cast, d, "plan"))
    page = text(keeper.get(d.get_absolute_url())) + text(keeper.get(url("budget", d)))
    assert "U bent aan zet. Reserveer het gevraagde BIV-geld." in page
    assert "Positief over versie 1 van het plan" in page
    assert keeper.post(reserve).status_code == 302
