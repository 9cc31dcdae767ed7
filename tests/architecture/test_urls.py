"""Every address is decided: who may see it, what the outsider gets, and that a write never happens on GET."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cases.models import Event
from tests import builders as b

pytestmark = pytest.mark.django_db

# Addresses outside a dossier, and what a signed-in outsider gets there.
OPEN = {"account_login", "healthz"}
GENERAL = {
    "home": 302,
    "account_logout": 405,
    "dossiers": 200,
    "dossier_nieuw": 200,
    "smo": 200,
    "biv": 302,
    "biv_jaar": 200,
    "rechten": 200,
    "fasenplan": 200,
    "stijlgids": 200,
}
# Addresses that only change something.
POST_ONLY = {
    "account_logout",
    "document_voorleggen",
    "versie_paraferen",
    "versie_vaststellen",
    "pdf_opnieuw",
    "besluit_bevestigen",
    "brief_begin",
    "stap_verzoek",
}
VALUES = {
    "nr": 1, "jaar": 2026, "step": "stoppen", "soort": "kennisgeving", "code": "KG-1", "letter": "A",
    "document_id": 1, "version_id": 1, "versie_id": 1, "rendering_id": 1, "aanbieding_id": 1, "besluit_id": 1, "aanvraag_id": 1,
    "verzending_id": 1, "waiver_id": 1, "versie": 1, "nummer": 1, "pk": 1,
}  # fmt: skip


def patterns(resolver=None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern)
        elif pattern.name:
            yield pattern


ALL = sorted({p.name for p in patterns()})
ARGUMENTS = {p.name: list(p.pattern.converters) for p in patterns()}
OF_A_DOSSIER = [name for name in ALL if "number" in ARGUMENTS[name]]
OF_A_PAPER = [
    name for name in ALL if {"document_id", "version_id"} & set(ARGUMENTS[name]) and "number" not in ARGUMENTS[name]
]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def address(name: str, number: str) -> str:
    values = {
        k: number if k == "number" else VALUES.get(k, b.ministry("DEF").code if k == "ministerie" else 1)
        for k in ARGUMENTS[name]
    }
    return reverse(name, kwargs=values)


def test_every_address_has_a_rule():
    known = {*OF_A_DOSSIER, *OF_A_PAPER, *GENERAL, *OPEN}
    undecided = [name for name in ALL if name not in known]
    assert undecided == []


@pytest.mark.parametrize("name", [n for n in ALL if n not in OPEN])
def test_anonymous_is_sent_to_the_login(cast, name):
    url = address(name, "2026-0001")
    response = Client().post(url) if name in POST_ONLY else Client().get(url)
    assert response.status_code == 302
    assert name == "account_logout" or reverse("account_login") in response["Location"]


@pytest.mark.parametrize("name", OF_A_DOSSIER)
def test_outsider_gets_the_same_404_everywhere(cast, name):
    """An existing dossier and a number that was never given out give the same page, byte for byte but for the number."""
    d = b.make_dossier(cast)
    client = Client()
    client.force_login(cast["buitenstaander"])
    verb = client.post if name in POST_ONLY else client.get
    there, nowhere = verb(address(name, d.number)), verb(address(name, "2099-9999"))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    body = [
        TOKEN.sub("", r.content.decode().replace(d.number, "X").replace("2099-9999", "X")) for r in (there, nowhere)
    ]
    assert body[0] == body[1]
    assert d.title not in body[0]


@pytest.mark.parametrize("name", OF_A_PAPER)
def test_outsider_gets_the_same_404_for_papers(cast, name):
    """A paper that exists and one that never did are the same to someone who may not read it."""
    d = b.make_dossier(cast)
    version = b.adopt(cast, b.write(cast, d, "signaal", b.SIGNAAL))
    client = Client()
    client.force_login(cast["buitenstaander"])
    verb = client.post if name in POST_ONLY else client.get
    real = {"document_id": version.document_id, "version_id": version.pk}
    bodies = []
    for numbers in (real, {"document_id": 999_999, "version_id": 999_999}):
        answer = verb(reverse(name, kwargs={key: numbers[key] for key in ARGUMENTS[name]}))
        assert answer.status_code == 404
        bodies.append(TOKEN.sub("", answer.content.decode()))
    assert bodies[0] == bodies[1]


@pytest.mark.parametrize("name", sorted(POST_ONLY))
def test_write_addresses_refuse_get(cast, name):
    d = b.make_dossier(cast)
    client = Client()
    client.force_login(cast["behandelaar-bz"])
    assert client.get(address(name, d.number)).status_code == 405
    assert client.head(address(name, d.number)).status_code == 405


@pytest.mark.parametrize("name", sorted(GENERAL))
def test_general_addresses(cast, name):
    client = Client()
    client.force_login(cast["buitenstaander"])
    assert client.get(address(name, "")).status_code == GENERAL[name]


@pytest.mark.parametrize("name", [n for n in OF_A_DOSSIER if n not in POST_ONLY])
def test_get_changes_nothing(cast, name):
    d = b.make_dossier(cast)
    client = Client()
    client.force_login(cast["behandelaar-bz"])
    before = Event.objects.count()
    assert client.get(address(name, d.number)).status_code in {200, 302, 403, 404, 409, 422}
    assert Event.objects.count() == before


def test_headers_on_every_answer(cast):
    response = Client().get(reverse("account_login"))
    assert "no-store" in response["Cache-Control"]
    csp = response["Content-Security-Policy"]
    assert "default-src 'none'" in csp
    assert "unsafe" not in csp
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
