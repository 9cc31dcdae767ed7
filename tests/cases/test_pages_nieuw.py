"""Opening a dossier and changing its main facts."""

import re
from html import unescape

import pytest

from cases.models import Dossier
from cases.rubricering import TE_HOOG, Rubricering
from tests import builders as b
from tests.cases.pages import assert_denied, assert_does_not_exist, session, text, unmarked

pytestmark = pytest.mark.django_db
URL = "/dossiers/nieuw/"
KEY = re.compile(r'name="concept" value="([^"]+)"')


def key_on(page) -> str:
    return unescape(KEY.search(page.content.decode())[1])


ANSWERS = {
    "title": "Rode Zee: maritieme veiligheid",
    "summary": "Aanvallen op schepen.\nHandel loopt terug.",
    "countries": ["YE", "DJ"],
    "region": "Rode Zee",
    "efforts": ["eenheid", "diplomatie"],
    "cooperation": "afstemming",
    "humanitarian": "",
    "ministries": ["DEF"],
    "marking": "ongerubriceerd",
}


def test_check_page_comes_first_and_opens_nothing(cast):
    page = session(cast["behandelaar-bz"]).post(URL, ANSWERS)
    assert page.status_code == 200
    assert "Controleer uw gegevens" in text(page)
    assert "Djibouti, Jemen" in text(page)
    assert "Militaire eenheid, Diplomatie" in text(page)
    assert not Dossier.objects.exists()


def test_opens_the_dossier_after_the_check(cast):
    client = session(cast["behandelaar-bz"])
    response = client.post(URL, {**ANSWERS, "actie": "open"}, follow=True)
    dossier = Dossier.objects.get()
    assert response.redirect_chain[0][0] == dossier.get_absolute_url()
    assert f"Dossier {dossier.number} is geopend." in text(response)
    assert dossier.lead.code == "BZ"
    assert dossier.handler == cast["behandelaar-bz"]
    assert {p.ministry.code for p in dossier.participations.all()} == {"BZ", "DEF"}
    assert [c.code for c in dossier.countries] == ["DJ", "YE"] or [c.code for c in dossier.countries] == ["YE", "DJ"]


def test_a_second_press_lands_on_the_first_dossier(cast):
    """Twice the same check page is one dossier; other answers, or the form opened anew, make another."""
    client = session(cast["behandelaar-bz"])
    check = client.post(URL, {**ANSWERS, "concept": key_on(client.get(URL))})
    sent = {**ANSWERS, "actie": "open", "concept": key_on(check)}
    first, second = client.post(URL, sent), client.post(URL, sent)
    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == 1
    assert client.post(URL, {**sent, "title": "Iets anders"})["Location"] != first["Location"]
    again = {**sent, "concept": key_on(client.get(URL))}
    assert client.post(URL, again)["Location"] != first["Location"]
    assert Dossier.objects.count() == 3


def test_the_check_page_carries_every_answer(cast):
    """What stands hidden in the check page opens the same dossier."""
    client = session(cast["behandelaar-bz"])
    form = client.post(URL, ANSWERS).context["form"]
    assert {field.html_name: form.data.getlist(field.html_name) for field in form}.items() >= {
        "ministries": ["DEF"]
    }.items()
    page = text(client.post(URL, ANSWERS))
    for name in ANSWERS:
        assert f'<input type="hidden" name="{name}"' in page


def test_back_to_the_form_keeps_the_answers(cast):
    page = session(cast["behandelaar-bz"]).post(URL, {**ANSWERS, "actie": "wijzig"})
    assert page.status_code == 200
    assert 'value="Rode Zee: maritieme veiligheid"' in text(page)
    assert not Dossier.objects.exists()


def test_dep_v_is_left_to_a_vaststeller(cast):
    answers = {**ANSWERS, "marking": Rubricering.DEP_V, "actie": "open"}
    page = session(cast["behandelaar-bz"]).post(URL, answers, follow=True)
    assert "Vraag nu een vaststeller" in text(page)
    assert Dossier.objects.get().marking == Rubricering.ONGERUBRICEERD


@pytest.mark.parametrize("wrong", [{"marking": "hoger"}, {"summary": "Stg. GEHEIM: bron."}, {"title": "NATO SECRET"}])
def test_higher_markings_are_refused(cast, wrong):
    page = session(cast["behandelaar-bz"]).post(URL, {**ANSWERS, **wrong, "actie": "open"})
    assert page.status_code == 422
    assert TE_HOOG in text(page)
    assert not Dossier.objects.exists()


def test_errors_keep_what_was_typed(cast):
    page = session(cast["behandelaar-bz"]).post(URL, {**ANSWERS, "title": "", "actie": "open"})
    assert page.status_code == 422
    assert "<title>Fout: Nieuw dossier" in text(page)
    assert text(page).count("Vul een titel in") == 2
    assert "Handel loopt terug." in text(page)


def test_the_ministry_is_asked_when_there_are_several(cast):
    b.ministry("DEF").memberships.create(user=cast["behandelaar-bz"], role="behandelaar", start=b.today())
    client = session(cast["behandelaar-bz"])
    assert "Namens welk ministerie" in text(client.get(URL))
    assert client.post(URL, {**ANSWERS, "actie": "open"}).status_code == 422
    assert client.post(URL, {**ANSWERS, "actie": "open", "lead": "DEF"}).status_code == 302
    assert Dossier.objects.get().lead.code == "DEF"


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_a_behandelaar_opens(cast, method):
    assert_denied(cast["auditor"], URL, method, ANSWERS)
    assert not Dossier.objects.exists()


# Changing the main facts


@pytest.fixture
def dossier(cast):
    return b.make_dossier(cast)


@pytest.fixture
def url(dossier):
    return f"/dossiers/{dossier.number}/kerngegevens/"


def facts(cast, revision=0, **changes):
    kept = {k: v for k, v in ANSWERS.items() if k not in {"ministries", "marking"}}
    return {**kept, "handler": cast["behandelaar-bz"].pk, "seen_revision": revision, **changes}


def test_changes_are_saved_and_recorded(cast, dossier, url):
    response = session(cast["behandelaar-bz"]).post(url, facts(cast))
    assert response.url == dossier.get_absolute_url()
    assert Dossier.objects.get().title == ANSWERS["title"]
    assert dossier.events.last().sentence.startswith("Kerngegevens gewijzigd: titel")


def test_the_form_shows_what_is_there(cast, url):
    page = text(session(cast["behandelaar-bz"]).get(url))
    assert 'value="Sahel"' in page
    assert 'value="Mali"' in page


def test_someone_was_first_both_texts_are_shown(cast, dossier, url):
    client = session(cast["behandelaar-bz"])
    client.post(url, facts(cast, title="De eerste tekst"))
    page = client.post(url, facts(cast, title="De tweede tekst"))
    assert page.status_code == 409
    assert 'value="De tweede tekst"' in text(page)
    assert "De eerste tekst" in unmarked(page)
    assert Dossier.objects.get().title == "De eerste tekst"
    assert client.post(url, facts(cast, revision=1, title="De tweede tekst")).status_code == 302
    assert 'name="seen_revision" value="1"' in text(page)


def test_wrong_answers_are_asked_again(cast, url):
    page = session(cast["behandelaar-bz"]).post(url, facts(cast, efforts=[]))
    assert page.status_code == 422
    assert "Kies minimaal 1 soort inzet" in text(page)


def test_other_people_cannot_change(cast, url):
    assert_denied(cast["behandelaar-def"], url)
    assert_denied(cast["behandelaar-def"], url, "post", facts(cast))
    assert_does_not_exist(cast, url)
    assert_does_not_exist(cast, url, "post")
