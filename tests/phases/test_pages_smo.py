"""The pages of the SMO: what they show, whom they refuse, and that nothing typed is lost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Event
from cases.templatetags.notatie import datum
from phases.smo.models import Aanbieding, Conclusie, Standpunt
from tests import builders as b
from tests.cases.pages import assert_denied, assert_does_not_exist, session, text
from tests.phases import scenes

pytestmark = pytest.mark.django_db
WEIGERING = {"strekking": "niet-akkoord", "toelichting": "Te vroeg voor een eenheid."}


@pytest.fixture
def offer(cast) -> Aanbieding:
    return scenes.offered(cast, scenes.dossier(cast, title="Sahel"))


def url(name: str, offer: Aanbieding) -> str:
    return reverse(name, args=[offer.ronde.dossier.number, offer.pk])


def test_the_agenda_shows_meeting_and_positions(cast, offer):
    scenes.position(cast, offer)
    page = text(session(cast["smo-az"]).get(reverse("smo")))
    assert "Analyse en beoordeling, versie 1" in page
    assert "1 van 5" in page
    assert "Wacht op BZ, BHOS, JENV, AZ" in page
    assert url("standpunt", offer) in page
    assert url("conclusie", offer) not in page


def test_an_empty_agenda_says_why(cast, offer):
    page = text(session(cast["buitenstaander"]).get(reverse("smo")))
    assert "Er staat niets op de agenda." in page
    assert "Sahel" not in page


def test_the_agenda_costs_the_same_for_one_row_and_for_twenty(cast, offer):
    reader = session(cast["smo-def"])
    reader.get(reverse("smo"))
    with CaptureQueriesContext(connection) as one:
        reader.get(reverse("smo"))
    for _ in range(19):
        scenes.position(cast, scenes.offered(cast, scenes.dossier(cast)))
    with CaptureQueriesContext(connection) as twenty:
        page = text(reader.get(reverse("smo")))
    assert page.count("Neem standpunt in") == 1
    assert page.count("Wijzig uw standpunt") == 19
    assert len(one) == len(twenty) <= 25


def test_the_outsider_finds_nothing(cast, offer):
    number = [offer.ronde.dossier.number]
    assert_does_not_exist(cast, reverse("dossier_smo", args=number))
    assert_does_not_exist(cast, reverse("smo_aanbieden", args=[*number, offer.version_id]))
    for name in ("standpunt", "conclusie"):
        assert_does_not_exist(cast, url(name, offer))
        assert_does_not_exist(cast, url(name, offer), "post")


def test_an_offer_of_another_dossier_does_not_exist_here(cast, offer):
    other = scenes.offered(cast, scenes.dossier(cast)).ronde.dossier.number
    client = session(cast["voorzitter-smo"])
    for name in ("standpunt", "conclusie"):
        assert client.get(reverse(name, args=[other, offer.pk])).status_code == 404
    client = session(cast["behandelaar-bz"])
    assert client.get(reverse("smo_aanbieden", args=[other, offer.version_id])).status_code == 404


def test_seeing_is_not_doing(cast, offer):
    assert_denied(cast["behandelaar-bz"], url("standpunt", offer))
    assert_denied(cast["smo-bz"], url("conclusie", offer))
    assert_denied(
        cast["behandelaar-def"], reverse("smo_aanbieden", args=[offer.ronde.dossier.number, offer.version_id])
    )


def test_offering(cast):
    d = scenes.dossier(cast)
    version = scenes.adopted(cast, d)
    client, address = session(cast["behandelaar-bz"]), reverse("smo_aanbieden", args=[d.number, version.pk])
    coming = b.meeting(b.today() + timedelta(days=9))
    page = text(client.get(address))
    assert "kunnen de SMO-leden" in page
    assert datum(coming.day) in page
    refused = client.post(address, {"vergadering": "2099-01-01", "soort": "advies"})
    assert refused.status_code == 422
    assert "Kies" in text(refused)
    assert not Aanbieding.objects.exists()
    assert client.post(address, {"vergadering": coming.day.isoformat(), "soort": "advies"}).status_code == 302
    made = Aanbieding.objects.get()
    assert (made.meeting_on, made.schriftelijk, made.punten.get().vergadering) == (coming.day, False, coming)


def test_the_dossier_page_shows_buttons_by_right(cast, offer):
    address = reverse("dossier_smo", args=[offer.ronde.dossier.number])
    assert url("standpunt", offer) in text(session(cast["smo-def"]).get(address))
    assert url("conclusie", offer) in text(session(cast["voorzitter-smo"]).get(address))
    plain = text(session(cast["auditor"]).get(address))
    assert url("standpunt", offer) not in plain
    assert url("conclusie", offer) not in plain


def test_a_refusal_needs_a_reason_and_conditions_need_words(cast, offer):
    client = session(cast["smo-def"])
    response = client.post(url("standpunt", offer), {"strekking": "voorwaarden", "voorwaarden": " ", "toelichting": ""})
    assert response.status_code == 422
    assert "Vul minimaal 1 voorwaarde in" in text(response)
    assert "Vul een toelichting in" in text(response)
    assert not Standpunt.objects.exists()


def test_the_check_page_comes_before_the_act_and_loses_nothing(cast, offer):
    client = session(cast["smo-def"])
    checked = client.post(url("standpunt", offer), WEIGERING)
    assert checked.status_code == 200
    assert "U dient dit standpunt in namens Defensie" in text(checked)
    assert WEIGERING["toelichting"] in text(checked)
    assert not Standpunt.objects.exists()
    back = text(client.post(url("standpunt", offer), {**WEIGERING, "stap": "wijzig"}))
    assert WEIGERING["toelichting"] in back
    assert 'value="niet-akkoord" ' in back
    done = client.post(url("standpunt", offer), {**WEIGERING, "stap": "indienen"})
    assert done.status_code == 302
    made = Standpunt.objects.get()
    assert (made.ministry.code, made.strekking, made.acting_for) == ("DEF", "niet-akkoord", "SMO-lid DEF")


def test_the_check_page_is_checked_again(cast, offer):
    response = session(cast["smo-def"]).post(url("standpunt", offer), {"strekking": "teruggeven", "stap": "indienen"})
    assert response.status_code == 422
    assert not Standpunt.objects.exists()


def test_conditions_without_a_conditional_yes_do_not_count(cast, offer):
    session(cast["smo-def"]).post(
        url("standpunt", offer), {"strekking": "akkoord", "voorwaarden": "Oud.", "stap": "indienen"}
    )
    assert Standpunt.objects.get().voorwaarden == ""


def test_who_speaks_for_two_ministries_chooses(cast, offer):
    from cases.models import Membership

    Membership.objects.create(
        user=cast["smo-def"], role="smo-lid", ministry=b.ministry("BZ"), start=b.today(), deputy_for=cast["smo-bz"]
    )
    client = session(cast["smo-def"])
    assert client.post(url("standpunt", offer), {"strekking": "akkoord"}).status_code == 422
    client.post(url("standpunt", offer), {"strekking": "akkoord", "ministerie": "BZ", "stap": "indienen"})
    assert Standpunt.objects.get().acting_for == "SMO-lid BZ, namens H. Mulder"


def test_after_the_conclusion_it_is_too_late(cast, offer):
    scenes.conclusion(cast, offer)
    response = session(cast["smo-def"]).post(url("standpunt", offer), {"strekking": "akkoord", "stap": "indienen"})
    assert response.status_code == 409
    assert "al geconcludeerd" in text(response)


def test_the_chair_sees_dissent_and_concludes(cast, offer):
    scenes.position(cast, offer, strekking="niet-akkoord", toelichting="Te vroeg.")
    client, address = session(cast["secretaris-smo"]), url("conclusie", offer)
    page = text(client.get(address))
    assert "Afwijkende standpunten" in page
    assert "Te vroeg." in page
    given = {"oordeel": "positief", "tekst": "Akkoord.", "concluded_on": datum(b.today())}
    assert "naar de bewindspersonen gaat" in text(client.post(address, given))
    given["doorgeleiding"] = "samen"
    assert "Samen met de handelingsopties" in text(client.post(address, given))
    assert client.post(address, {**given, "stap": "indienen"}).status_code == 302
    made = Conclusie.objects.get()
    assert (made.acting_for, made.doorgeleiding) == ("namens de voorzitter SMO", "samen")
    shown = text(client.get(reverse("dossier_smo", args=[offer.ronde.dossier.number])))
    assert "Positief" in shown
    assert "Doorgeleiding: samen met de handelingsopties." in shown


def test_onward_is_only_asked_of_the_assessment(cast):
    plan = scenes.offered(cast, scenes.dossier(cast), "plan")
    assert "doorgeleiding" not in text(session(cast["voorzitter-smo"]).get(url("conclusie", plan)))


def test_a_conclusion_is_not_in_the_future(cast, offer):
    given = {"oordeel": "negatief", "tekst": "Nee.", "concluded_on": "1-1-2099"}
    response = session(cast["voorzitter-smo"]).post(url("conclusie", offer), given)
    assert response.status_code == 422
    assert "Vul vandaag of een eerdere datum in" in text(response)


def test_looking_writes_no_event(cast, offer):
    before = Event.objects.count()
    for who, name in (("smo-def", "standpunt"), ("voorzitter-smo", "conclusie")):
        session(cast[who]).get(url(name, offer))
    assert Event.objects.count() == before
