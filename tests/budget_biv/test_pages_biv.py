"""The pages of the money."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budget_biv import services
from budget_biv.models import Aanvraag, Beslissing, Ceiling, Fund
from tests import builders as b
from tests.cases.pages import assert_denied, assert_does_not_exist, session, text

pytestmark = pytest.mark.django_db
YEAR = b.today().year
TODAY = f"{b.today().day}-{b.today().month}-{b.today().year}"
TEXTS = {"relevantie": "Stabiele regio.", "bijdrage": "Minder geweld."}


@pytest.fixture
def fund(db) -> Fund:
    Fund.objects.filter(start__gte=2025).delete()
    found = Fund.objects.create(name="Proeffonds", start=2025, chapter="X", article="1", source="proef")
    Ceiling.objects.create(fund=found, year=YEAR, amount=1_000_000, fictional=True, source="Fictief, voor de proef")
    return found


def ask(cast, d, fund, amount=400_000) -> Aanvraag:
    return services.request_money(dossier_id=d.pk, by=cast["behandelaar-bz"], fund=fund, years={YEAR: amount}, **TEXTS)


def url(name: str, d, *args) -> str:
    return reverse(name, args=[d.number, *args])


def test_without_a_request_the_page_says_that_it_is_optional(cast, fund):
    d = b.make_dossier(cast)
    page = text(session(cast["behandelaar-bz"]).get(url("budget", d)))
    assert "Dat is niet verplicht." in page
    assert "Vraag geld aan" in page
    assert "Vraag geld aan" not in text(session(cast["auditor"]).get(url("budget", d)))


def test_ask_check_and_decide(cast, fund):
    d = b.make_dossier(cast)
    client, address = session(cast["behandelaar-bz"]), url("budget_aanvragen", d)
    given = {f"jaar_{YEAR}": "€ 4.500.000", f"jaar_{YEAR + 1}": "500.000", **TEXTS}
    checked = text(client.post(address, given))
    assert "€\xa05.000.000" in checked
    assert "Een nieuwe versie vraagt van alle ministers een nieuw besluit." in checked
    assert not Aanvraag.objects.exists()
    assert client.post(address, {**given, "stap": "indienen"}).status_code == 302
    aanvraag = Aanvraag.objects.get()
    assert aanvraag.total == 5_000_000
    decide = url("budget_beslissen", d, aanvraag.pk)
    gem = session(cast["gemachtigde-bhos"])
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


def test_input_stays(cast, fund):
    d = b.make_dossier(cast)
    response = session(cast["behandelaar-bz"]).post(url("budget_aanvragen", d), {f"jaar_{YEAR}": "4.5", **TEXTS})
    assert response.status_code == 422
    assert "Bedoelt u" in text(response)
    assert "Stabiele regio." in text(response)
    empty = session(cast["behandelaar-bz"]).post(url("budget_aanvragen", d), TEXTS)
    assert "Vul voor minstens één jaar een bedrag in" in text(empty)


def test_a_new_version_begins_with_the_earlier_one(cast, fund):
    d = b.make_dossier(cast)
    ask(cast, d, fund)
    page = text(session(cast["behandelaar-bz"]).get(url("budget_aanvragen", d)))
    assert "Dit wordt versie 2." in page
    assert 'value="400.000"' in page
    ask(cast, d, fund, 700_000)
    shown = text(session(cast["auditor"]).get(url("budget", d)))
    assert "Eerdere versies" in shown
    assert "Versie 1" in shown


def test_refusals(cast, fund):
    d, other = b.make_dossier(cast), b.make_dossier(cast)
    aanvraag = ask(cast, d, fund)
    for address in (url("budget", d), url("budget_aanvragen", d), url("budget_beslissen", d, aanvraag.pk)):
        assert_does_not_exist(cast, address)
        assert_does_not_exist(cast, address, "post")
    assert_denied(cast["behandelaar-def"], url("budget_aanvragen", d))
    assert_denied(cast["behandelaar-bz"], url("budget_beslissen", d, aanvraag.pk))
    assert session(cast["gemachtigde-bz"]).get(url("budget_beslissen", other, aanvraag.pk)).status_code == 404
    assert_denied(cast["beheerder"], reverse("biv"))
    assert_denied(cast["beheerder"], reverse("biv_jaar", args=[YEAR]))


def test_biv_leads_to_the_nearest_year(cast, fund):
    client = session(cast["auditor"])
    assert client.get(reverse("biv"))["Location"] == reverse("biv_jaar", args=[YEAR])
    Ceiling.objects.filter(fund=fund).delete()
    Ceiling.objects.create(fund=fund, year=YEAR + 3, amount=1, source="proef")
    assert client.get(reverse("biv"))["Location"] == reverse("biv_jaar", args=[YEAR + 3])
    assert client.get(reverse("biv_jaar", args=[1999])).status_code == 404


def test_the_year_page(cast, fund):
    ask(cast, b.make_dossier(cast, title="Sahel"), fund, 1_400_000)
    page = text(session(cast["behandelaar-bz"]).get(reverse("biv_jaar", args=[YEAR])))
    assert "Sahel" in page
    assert "Fictief" in page
    assert "140% toegekend of gevraagd" in page
    assert "Er is €\xa0400.000 meer toegekend en gevraagd dan er is." in page


def test_the_year_page_hides_what_one_may_not_see(cast, fund):
    ask(cast, b.make_dossier(cast, title="Sahel"), fund, 111_111)
    ask(cast, b.make_dossier(cast, title="Hoorn"), fund, 222_222)
    page = text(session(cast["buitenstaander"]).get(reverse("biv_jaar", args=[YEAR])))
    assert "Sahel" not in page
    assert "Hoorn" not in page
    assert page.count("Overige") == 1
    assert "333.333" in page


def test_the_year_page_costs_the_same_for_one_row_and_for_twenty(cast, fund):
    ask(cast, b.make_dossier(cast), fund, 1000)
    client, address = session(cast["behandelaar-bz"]), reverse("biv_jaar", args=[YEAR])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(19):
        ask(cast, b.make_dossier(cast), fund, 1000)
    with CaptureQueriesContext(connection) as twenty:
        page = text(client.get(address))
    assert page.count("€\xa01.000<") == 20
    assert len(one) == len(twenty) <= 12


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
    assert address_of(d) not in text(session(cast["behandelaar-def"]).get(url("budget", d)))
    assert_denied(cast["behandelaar-def"], address_of(d))
    assert_does_not_exist(cast, address_of(d))


def address_of(d) -> str:
    return url("budget_anders", d)
