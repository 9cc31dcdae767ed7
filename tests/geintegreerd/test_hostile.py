"""Requests that no page of ours makes: each gets a Dutch page with the right status, and changes nothing.

Sabotage that turns these red: `Readable` out of MIDDLEWARE, X-Frame-Options below CommonMiddleware, `handler400` or
`handler429` out of urls.py, a LocMem cache, MAX_ENTRIES left out, the subquery out of `document_or_404`.
"""

import re
from statistics import median
from time import perf_counter

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Event
from tests import builders as b
from tests.cases.pages import TOKEN, session
from tests.geintegreerd.crawler import Page, faults

pytestmark = pytest.mark.django_db

LOGIN = "/account/inloggen/"
FORM = "application/x-www-form-urlencoded"


def sound(response, *statuses: int) -> str:
    """The text of an answer that is a proper page of ours with one of these statuses."""
    html = response.content.decode()
    assert list(faults(response, Page("/", html))) == []
    assert response.status_code in statuses
    return html


@pytest.fixture
def dossier(cast):
    return b.make_dossier(cast)


@pytest.fixture
def penvoerder(cast) -> Client:
    client = session(cast["behandelaar-bz"])
    client.raise_request_exception = False
    return client


QUERIES = [
    "%00=%00",
    "q=%00&fase=%00",
    "q=%ed%a0%80",
    "%ff=%fe&q=%c3",
    "sorteer=bestaat-niet&fase=x&status=x&dep=x&na=x",
    "na=99999999999999999999&pagina=-1",
    "na=2026-13-45T99:99&voor=%20",
    "fase=a&fase=b&fase=",
    "soort=%00&persoon=-1&van=31-02-0000&tot=9999-99-99",
    "persoon=99999999999999999999999&dep=%E2%80%AE",
    "stand=x&versie=0&orgaan=x&optie=%F0%9F%92%A3",
    "&&&==;;&=",
    "q=" + "x" * 60_000,
    "q=" + "e" + "%CC%81" * 10_000,
]
LISTS = [
    "/dossiers/",
    "/dossiers/{n}/logboek/",
    "/dossiers/{n}/",
    "/dossiers/{n}/besluiten/",
    "/smo/",
    "/biv/2026/",
    LOGIN,
]


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_no_query_string_breaks_a_page(penvoerder, dossier, query):
    for address in LISTS:
        sound(penvoerder.get(address.format(n=dossier.number), QUERY_STRING=query), 200, 302, 404)


def test_too_many_words_in_an_address_are_refused_as_too_much(penvoerder):
    answer = penvoerder.get("/dossiers/", QUERY_STRING="&".join(f"a{n}=1" for n in range(600)))
    assert "Uw tekst is te groot" in sound(answer, 413)


PATHS = [
    "/dossiers/%ff/",
    "/dossiers/%ed%a0%80/",
    "/dossiers/2026-0001%0d%0aSet-Cookie:x/",
    "/dossiers/..%2f..%2fetc%2fpasswd/",
    "/dossiers/" + "9" * 3_000 + "/",
    "/versies/99999999999999999999/",
    "/versies/99999999999999999999/pdf/",
    "/dossiers/{n}/documenten/99999999999999999999/",
    "/dossiers/{n}/voortgang/99999999999999999999/",
    "/dossiers/{n}/fase/99999999999999999999/",
    "/dossiers/{n}/stap/{{7191|add:1}}/",
    "/dossiers/{n}/opties/<script>/",
    "/biv/99999999999999999999/",
    "/biv/0/",
    "/.env",
    "/admin/",
    "/%5ckwaad.invalid/",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_path_breaks_a_page(penvoerder, dossier, path):
    sound(penvoerder.get(path.replace("{n}", dossier.number)), 200, 404)


def test_an_address_without_its_last_slash_leads_to_the_page_with_every_header(penvoerder):
    answer = penvoerder.get("/dossiers")
    sound(answer, 301)
    assert answer["Location"] == "/dossiers/"


@pytest.mark.parametrize("address", ["//kwaad.invalid", "/\\kwaad.invalid", "//kwaad.invalid/..", "///kwaad.invalid"])
def test_a_slash_that_is_added_never_leads_away(penvoerder, address):
    """Given as the server gets it: the test client would read the first one as another host."""
    sound(penvoerder.get("/", PATH_INFO=address), 301, 404)


@pytest.mark.parametrize(
    "goal",
    ["https://kwaad.invalid/", "//kwaad.invalid/", "/\\kwaad.invalid/", "javascript:alert(1)", "\x00//kwaad.invalid",
     " //kwaad.invalid", "http:///kwaad.invalid", "/x\r\nSet-Cookie: a=b"],
)  # fmt: skip
@pytest.mark.parametrize("where", ["query", "form"])
def test_logging_in_never_leads_away(cast, client, goal, where):
    user = cast["behandelaar-bz"]
    user.set_password("een-goed-wachtwoord")
    user.save()
    given = {"login": user.username, "password": "een-goed-wachtwoord"}
    if where == "form":
        answer = client.post(LOGIN, {**given, "next": goal})
    else:
        answer = client.post(LOGIN, given, query_params={"next": goal})
    sound(answer, 302)
    assert answer["Location"].startswith("/")
    assert not re.match(r"/[/\\]", answer["Location"])
    assert "Set-Cookie: a" not in str(answer.headers)
    sound(client.get("/account/inloggen/", {"next": goal, "terug": goal}), 302)


@pytest.mark.parametrize("token", [None, "", "x" * 64, "\x00"])
def test_a_form_without_its_token_changes_nothing(cast, dossier, token):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["behandelaar-bz"])
    before = Event.objects.count()
    data = {} if token is None else {"csrfmiddlewaretoken": token}
    for address in (f"/dossiers/{dossier.number}/toets/", LOGIN, "/account/uitloggen/"):
        assert "Verstuur het formulier opnieuw" in sound(client.post(address, data), 403)
    assert Event.objects.count() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "XYZ"])
def test_other_methods_are_refused(penvoerder, dossier, method):
    for address in (
        dossier.get_absolute_url(),
        f"/dossiers/{dossier.number}/toets/",
        "/account/uitloggen/",
        "/bestaat/niet",
    ):
        answer = penvoerder.generic(method, address)
        sound(answer, 405)
        assert answer["Allow"] == "GET, HEAD, POST"


def test_head_and_range_get_the_whole_answer(penvoerder, dossier):
    head = penvoerder.head(dossier.get_absolute_url())
    assert (head.status_code, head.content) == (200, b"")
    sound(penvoerder.get(dossier.get_absolute_url(), headers={"range": "bytes=0-10"}), 200)


BODIES = [
    (b"\xff\xfe\x00", FORM, (422,)),
    (b'{"title": "x"}', "application/json", (400,)),
    (b"<x/>", "text/xml", (400,)),
    (b"--x\r\nkapot", "multipart/form-data; boundary=x", (200, 400)),
    (b"x", "multipart/form-data", (400,)),
    (b"x", "multipart/form-data; boundary=" + "x" * 300, (400,)),
    (b"title=x", FORM + "; charset=bestaat-niet", (400, 422)),
    (b"title=%ff%00", FORM + "; charset=utf-16", (400, 422)),
    (b"", "", (200,)),
    (b"a=1&" * 600, FORM, (413,)),
    (b"title=" + b"x" * 2_600_000, FORM, (413,)),
]


@pytest.mark.parametrize(("body", "kind", "statuses"), BODIES, ids=range(len(BODIES)))
def test_what_is_no_form_of_ours_is_refused(penvoerder, body, kind, statuses):
    sound(penvoerder.generic("POST", "/dossiers/nieuw/", body, content_type=kind), *statuses)


def test_a_body_that_is_too_big_is_told_so_before_anything_else(dossier, cast):
    """Before the token, which stands in the very form that is too big to read."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(cast["behandelaar-bz"])
    address = f"/dossiers/{dossier.number}/toets/"
    client.get(address)
    answer = client.generic("POST", address, b"a=" + b"x" * 2_600_000, content_type=FORM)
    assert "Uw tekst is te groot" in sound(answer, 413)


def test_an_upload_is_no_part_of_any_form(penvoerder, dossier):
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="f{n}"; filename="a"\r\n\r\nx\r\n' for n in range(150)
    )
    kind = "multipart/form-data; boundary=x"
    answer = penvoerder.generic("POST", f"/dossiers/{dossier.number}/toets/", parts + "--x--\r\n", content_type=kind)
    sound(answer, 413)


@pytest.mark.parametrize("host", ["kwaad.invalid", "a b", "@", "localhost\x00"])
def test_another_host_is_refused(client, host):
    client.raise_request_exception = False
    sound(client.get("/dossiers/", headers={"host": host}), 400)


# Logging in too often.


@pytest.fixture
def tight(settings):
    """Small limits, so that a test need not try sixty times."""
    settings.ACCOUNT_RATE_LIMITS = {"login": "8/m/ip", "login_failed": "6/m/ip,3/5m/key"}
    cache.clear()
    yield
    cache.clear()


def attempt(client, name: str, word: str = "fout-wachtwoord", address: str = "10.0.0.1"):
    return client.post(LOGIN, {"login": name, "password": word}, REMOTE_ADDR=address)


def test_guessing_one_account_is_stopped(client, tight):
    for _ in range(3):
        assert "Deze combinatie kennen wij niet" in sound(attempt(client, "behandelaar-bz"), 422)
    stopped = attempt(client, "behandelaar-bz")
    assert "Wacht vijf minuten" in sound(stopped, 429)
    assert stopped["Retry-After"] == "300"
    assert 'value="behandelaar-bz"' in stopped.content.decode()


def test_a_colleague_behind_the_same_address_still_gets_in(cast, client, tight):
    colleague = cast["teamleider-bz"]
    colleague.set_password("een-goed-wachtwoord")
    colleague.save()
    for _ in range(4):
        attempt(client, "behandelaar-bz")
    assert attempt(client, colleague.username, "een-goed-wachtwoord").status_code == 302


def test_the_account_itself_still_gets_in_after_the_pause(cast, client, tight):
    """The limit is on the name: elsewhere it counts too, and it ends by itself."""
    for _ in range(3):
        attempt(client, "behandelaar-bz")
    sound(attempt(client, "behandelaar-bz", address="10.9.9.9"), 429)


def test_an_address_that_never_stops_gets_a_page(client, tight):
    for n in range(8):
        attempt(client, f"naam-{n}")
    stopped = attempt(client, "naam-9")
    assert "te vaak ingelogd" in sound(stopped, 429)
    assert stopped["Retry-After"] == "60"
    assert attempt(client, "naam-9", address="10.0.0.2").status_code == 422


def test_the_count_stands_in_the_database(client, tight):
    attempt(client, "behandelaar-bz")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM geintegreerd_cache WHERE cache_key LIKE '%%login_failed%%'")
        assert cursor.fetchone()[0] == 2


def test_trying_many_names_does_not_wipe_the_count_of_one(client, tight):
    """Django's cache throws rows away above its maximum; that must lie far beyond what one minute of guessing makes."""
    attempt(client, "behandelaar-bz")
    for n in range(400):
        cache.set(f"andere-{n}", [1.0], 300)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM geintegreerd_cache")
        assert cursor.fetchone()[0] > 400


# An outsider who guesses numbers.

GUESSES = [
    ("get", "/dossiers/{dossier}/"),
    ("get", "/dossiers/{dossier}/logboek/"),
    ("get", "/dossiers/{dossier}/documenten/{document}/"),
    ("get", "/versies/{version}/"),
    ("get", "/versies/{version}/pdf/"),
    ("get", "/versies/{version}/paraferen/"),
    ("post", "/versies/{version}/paraferen/"),
    ("post", "/versies/{version}/teruggeven/"),
    ("get", "/versies/{version}/vaststellen/"),
    ("post", "/documenten/{document}/voorleggen/"),
]


@pytest.mark.parametrize(("method", "address"), GUESSES)
def test_a_guessed_number_tells_nothing(cast, dossier, method, address):
    """Status, headers, body, the number of queries and (loosely, for a busy machine) the time are the same."""
    version = b.adopt(cast, b.write(cast, dossier, "signaal", b.SIGNAAL))
    there = {"dossier": dossier.number, "document": version.document_id, "version": version.pk}
    nowhere = {"dossier": "2026-9998", "document": 999_998, "version": 999_998}
    call = getattr(session(cast["buitenstaander"]), method)
    seen, asked, times = [], [], ([], [])
    for numbers in (there, nowhere):
        url = address.format(**numbers)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = call(url)
        seen.append(
            (answer.status_code, dict(answer.headers), TOKEN.sub("", answer.content.decode().replace(url, "URL")))
        )
        asked.append([re.sub(r"'[^']*'|\d+", "?", q["sql"]) for q in queries.captured_queries])
    assert seen[0] == seen[1]
    assert seen[0][0] == 404
    assert asked[0] == asked[1]
    for _ in range(40):
        for numbers, spent in zip((there, nowhere), times, strict=True):
            start = perf_counter()
            call(address.format(**numbers))
            spent.append(perf_counter() - start)
    assert 0.5 < median(times[0]) / median(times[1]) < 2
