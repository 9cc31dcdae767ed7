"""Every page of the main job: axe finds nothing, one h1, no sideways scrolling, targets large enough, at three widths."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse

from cases.models import Dossier
from geintegreerd.demo.people import make_people
from geintegreerd.demo.sahel import make_sahel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1440, 820, 320)
MEASURE = """() => ({
  overflow: document.documentElement.scrollWidth > window.innerWidth,
  h1: document.querySelectorAll('h1').length,
  small: [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')].filter(e => {
    const r = e.getBoundingClientRect();
    const inline = getComputedStyle(e).display === 'inline' && e.closest('p, li, td, dd');
    return r.width && !inline && !e.matches('.overslaan') && Math.min(r.width, r.height) < 23.5;
  }).map(e => e.outerHTML.slice(0, 120)),
})"""


def addresses(number: str) -> list[tuple[str, str]]:
    """Who looks at which page."""
    d = [number]
    return [
        ("behandelaar-bz", reverse("dossiers")),
        ("behandelaar-bz", reverse("dossier_nieuw")),
        ("behandelaar-bz", reverse("dossier", args=d)),
        ("behandelaar-bz", reverse("fase", args=[number, 3])),
        ("behandelaar-bz", reverse("opties", args=d)),
        ("behandelaar-bz", reverse("optie", args=[number, "A"])),
        ("behandelaar-bz", reverse("stap", args=[number, "naar_planning"])),
        ("teamleider-bz", reverse("stap", args=[number, "stoppen"])),
        ("behandelaar-bz", reverse("afwijkingen", args=d)),
        ("behandelaar-bz", reverse("toets", args=d)),
        ("behandelaar-bz", reverse("betrokkenen", args=d)),
        ("behandelaar-bz", reverse("documenten", args=d)),
        ("behandelaar-bz", reverse("brieven", args=d)),
        ("smo-jenv", reverse("smo")),
        ("smo-jenv", reverse("dossier_smo", args=d)),
        ("smo-jenv", reverse("standpunt", args=[number, _offer(number)])),
        ("voorzitter-smo", reverse("conclusie", args=[number, _offer(number)])),
        ("gemachtigde-bhos", reverse("budget", args=d)),
        ("behandelaar-bz", reverse("budget_aanvragen", args=d)),
        ("gemachtigde-bhos", reverse("biv_jaar", args=[2027])),
        ("gemachtigde-bz", reverse("besluiten", args=d)),
        ("auditor", reverse("logboek", args=d)),
        ("auditor", reverse("rechten")),
        ("auditor", reverse("fasenplan")),
        ("auditor", reverse("stijlgids")),
        ("buitenstaander", reverse("dossiers")),
        ("buitenstaander", reverse("dossier", args=d)),
    ]


def _offer(number: str) -> int:
    return Dossier.objects.get(number=number).rondes.get().aanbiedingen.latest("id").pk


@pytest.fixture
def demo(db) -> tuple[dict, Dossier]:
    people = make_people(password=None)
    return people, make_sahel(people)


def test_pages_of_the_main_job(demo, browser, live_server):
    people, dossier = demo
    axe, problems = Axe(), []
    contexts: dict[str, object] = {}
    for who, address in addresses(dossier.number):
        if who not in contexts:
            contexts[who] = _signed_in(browser, live_server.url, people[who])
        page = contexts[who]
        page.goto(live_server.url + address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            seen = page.evaluate(MEASURE)
            if seen["overflow"] or seen["h1"] != 1 or seen["small"]:
                problems.append((address, width, seen))
        for width in (WIDTHS[0], WIDTHS[2]):
            page.set_viewport_size({"width": width, "height": 900})
            found = axe.run(
                page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
            )
            problems += [(address, width, v["id"], v["nodes"][0]["html"][:160]) for v in found.response["violations"]]
    for page in contexts.values():
        page.context.close()
    assert problems == []


def _signed_in(browser, base: str, user):
    """A page with this person's session, without walking through the login form again."""
    client = Client()
    client.force_login(user)
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base}])
    return context.new_page()
