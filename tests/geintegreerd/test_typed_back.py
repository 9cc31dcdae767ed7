"""Typed text that comes back on another page than its form: after a failed check, and in the preview of a letter."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Event, TypedText
from phases.kamer import services as kamer
from tests import builders as b
from tests.cases.pages import session, text
from tests.geintegreerd.test_typed import KEEP, TYPED, fields, key_on, signal_url
from tests.phases import scenes

pytestmark = pytest.mark.django_db


@pytest.fixture
def d(cast):
    return b.make_dossier(cast)


@pytest.fixture
def writer(cast):
    return session(cast["behandelaar-bz"])


def strict(user) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


def test_a_failed_check_gives_the_text_back_and_does_nothing(cast, d):
    client = strict(cast["behandelaar-bz"])
    url, before = signal_url(d), Event.objects.count()
    key = key_on(client.get(url))
    page = client.post(url, fields(key, csrfmiddlewaretoken="verlopen"))
    assert page.status_code == 403
    assert TYPED in unescape(text(page))
    assert "<haken>" not in text(page)
    assert Event.objects.count() == before
    assert not TypedText.objects.exists()

    sent = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.content.decode())
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
    again = {name: unescape(value) for name, value in sent} | {"csrfmiddlewaretoken": token}
    assert client.post(KEEP, again)["Location"] == url
    assert client.get(url).context["form"]["situatie"].value() == TYPED


def test_what_was_typed_stands_under_the_words_of_the_screen(cast, d):
    """After every cookie went: labels and chosen answers as they were read, nothing that the page itself put in."""
    writer = session(cast["behandelaar-bz"])
    url = reverse("kerngegevens", args=[d.number])
    page = writer.get(url)
    form = page.context["form"]
    given = {f.html_name: f.value() for f in form if f.is_hidden} | {"summary": TYPED, "concept": key_on(page)}
    refused = Client(enforce_csrf_checks=True).post(url, given)
    assert refused.status_code == 403
    shown = unescape(text(refused))
    assert f">{form['summary'].label}</label>" in shown
    assert TYPED in shown
    for hidden in ("seen_revision", "gezien", "title:", form["gezien"].value()):
        assert hidden not in shown


def test_an_answer_that_was_chosen_is_shown_as_it_was_read(cast):
    offer = scenes.offered(cast, scenes.dossier(cast))
    url = reverse("standpunt", args=[offer.ronde.dossier.number, offer.pk])
    key = key_on(session(cast["smo-def"]).get(url))
    refused = Client(enforce_csrf_checks=True).post(url, {"strekking": "niet-akkoord", "concept": key})
    assert "niet-akkoord" not in text(refused)
    assert "Niet akkoord" in text(refused)


def test_another_persons_page_gets_no_button(cast, d):
    """What somebody else planted can be read, and goes nowhere."""
    key = key_on(session(cast["behandelaar-def"]).get(signal_url(d)))
    page = strict(cast["behandelaar-bz"]).post(signal_url(d), fields(key))
    assert page.status_code == 403
    assert "Zet mijn tekst terug" not in text(page)


def test_without_a_key_nothing_is_repeated(cast, d):
    """A page of another site cannot show its text on ours, and a password is never repeated."""
    page = strict(cast["behandelaar-bz"]).post(signal_url(d), fields("", situatie="Kwaad"))
    assert "Kwaad" not in text(page)
    page = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "x", "password": "geheim-woord"})
    assert page.status_code == 403
    assert "geheim-woord" not in text(page)


# Letters


def test_the_preview_shows_what_was_typed_and_saves_nothing(cast, d, writer):
    kamer.begin(dossier_id=d.pk, soort="kennisgeving", betreft="Missie", by=cast["behandelaar-bz"])
    url = reverse("brief_sectie", args=[d.number, "kennisgeving", "KG-1"])
    page = writer.post(url, {"text": "De **EU** vraagt.", "seen_revision": "0", "actie": "voorbeeld"})
    assert page.status_code == 200
    assert "<strong>EU</strong>" in text(page)
    assert page.context["sectie"].text == ""
    assert "<strong>EU</strong>" not in text(writer.get(url))
