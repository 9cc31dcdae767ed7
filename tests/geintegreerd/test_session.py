"""A session has a known end that one click moves; and what a part of a page answers when it cannot come."""

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone

from geintegreerd import session as sessions
from geintegreerd import urls
from geintegreerd.demo.accounts import PASSWORD
from tests import builders as b
from tests.architecture.rechtentabel import adressen
from tests.cases.pages import give_password, session, text

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
EXTEND = "/account/blijf-ingelogd/"
urlpatterns = [path("vergeten/", lambda request: HttpResponse("geheim"), name="vergeten"), *urls.urlpatterns]


@pytest.fixture
def client(cast):
    give_password(cast["behandelaar-bz"])
    client = Client()
    client.post(reverse("account_login"), {"login": "behandelaar-bz", "password": PASSWORD})
    return client


def move_end(client: Client, seconds: int) -> None:
    stored = client.session
    stored[sessions.END] += seconds
    stored.save()


def test_every_page_knows_when_the_session_ends(client, settings):
    page = client.get("/dossiers/")
    assert 0 <= settings.SESSION_COOKIE_AGE - page.context["sessie_over"] < 60
    assert "Blijf ingelogd" in text(page)


def test_a_session_ends_at_its_end_even_when_stored_later(client, settings):
    move_end(client, -settings.SESSION_COOKIE_AGE)
    assert reverse("account_login") in client.get("/dossiers/")["Location"]


@pytest.mark.parametrize("how", ["over", "gone"])
def test_a_stored_session_that_is_over_or_gone_lets_nobody_in(client, how):
    assert client.get("/dossiers/").status_code == 200
    stored = Session.objects.filter(session_key=client.cookies["sessionid"].value)
    assert (stored.update(expire_date=timezone.now()) if how == "over" else stored.delete()[0]) == 1
    assert reverse("account_login") in client.get("/dossiers/")["Location"]


def test_one_click_moves_the_end(client, settings):
    move_end(client, 60 - settings.SESSION_COOKIE_AGE)
    assert client.get("/dossiers/").context["sessie_over"] <= 60
    assert client.post(EXTEND, headers=HTMX).content.decode() == str(settings.SESSION_COOKIE_AGE)
    assert client.get("/dossiers/").context["sessie_over"] > 60


def test_who_is_out_cannot_stay_in():
    answer = Client().post(EXTEND, headers=HTMX)
    assert "HX-Redirect" in answer.headers


@pytest.mark.urls(__name__)
def test_a_new_view_is_closed_before_anyone_thinks_of_it():
    answer = Client().get("/vergeten/")
    assert answer["Location"] == f"{reverse('account_login')}?next=%2Fvergeten%2F"


def test_open_views_are_these():
    open_views = {p.name for p in adressen() if not getattr(p.callback, "login_required", True)}
    assert open_views == {"account_login", "account_logout", "healthz", "toegankelijkheid", "privacy", "hulp"}


@pytest.mark.parametrize(
    ("who", "method", "url", "status", "sentence"),
    [
        ("buitenstaander", "get", "{d}", 404, "Deze pagina bestaat niet, of u mag die niet zien."),
        ("teamleider-bz", "get", "{d}kerngegevens/", 403, "U kunt niet zelf"),
        ("behandelaar-bz", "get", "{d}stap/heropenen/", 409, "Deze stap kan niet vanuit de huidige fase."),
        ("behandelaar-bz", "post", "{d}kerngegevens/", 422, "Dit kan nu niet. Controleer uw antwoorden."),
    ],
)
def test_a_part_that_cannot_come_is_one_sentence(cast, who, method, url, status, sentence):
    d = b.make_dossier(cast)
    address = url.format(d=d.get_absolute_url())
    answer = getattr(session(cast[who]), method)(address, {"title": ""} if method == "post" else {}, headers=HTMX)
    assert answer.status_code == status
    assert text(answer).startswith('<p class="melding melding--fout" role="alert">')
    assert sentence in text(answer)
    assert "<html" not in text(answer)
    whole = getattr(session(cast[who]), method)(address, {"title": ""} if method == "post" else {})
    assert "<html" in text(whole)
    assert "HX-Request" in whole["Vary"]


def test_a_part_that_turns_out_to_be_another_page_goes_there(cast):
    """The exact number in the filter bar: the browser goes to the dossier, it is not put inside the list."""
    d = b.make_dossier(cast)
    answer = session(cast["behandelaar-bz"]).get("/dossiers/", {"q": d.number}, headers=HTMX)
    assert (answer.status_code, answer["HX-Redirect"]) == (200, d.get_absolute_url())


def test_a_failed_check_is_one_sentence(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["behandelaar-bz"])
    answer = client.post(EXTEND, headers=HTMX)
    assert answer.status_code == 403
    assert "Kopieer uw tekst en vernieuw daarna de pagina." in text(answer)


def test_a_crash_is_one_sentence_too(cast, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("kapot")

    monkeypatch.setattr("geintegreerd.pages.dossiers.dossiers.page", broken)
    client = session(cast["behandelaar-bz"])
    client.raise_request_exception = False
    answer = client.get("/dossiers/", headers=HTMX)
    assert answer.status_code == 500
    assert 'role="alert"' in text(answer)
    assert "De fout ligt bij ons" in text(answer)
