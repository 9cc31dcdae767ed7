"""What only a browser can tell about the layout: lists that fit, a path on one line, the marking on every printed page."""

import io
import re

import pikepdf
import pytest
from django.urls import reverse

from cases.models import DocumentVersion, Dossier
from geintegreerd.demo.people import make_people
from geintegreerd.demo.sahel import make_sahel
from phases.process import worklist
from tests.browser.looking import signed_in
from tests.cases.pdf_reader import page_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOO_WIDE = "() => [...document.querySelectorAll('.schuif')].filter(e => e.scrollWidth > e.clientWidth).length"
BASELINES = """() => [...document.querySelectorAll('.kruimels li')].map(li => {
  const mark = document.createElement('span');
  (li.querySelector('a') || li).append(mark);
  return Math.round(mark.getBoundingClientRect().bottom);
})"""


@pytest.fixture
def page(db, browser, live_server):
    people = make_people(password=None)
    make_sahel(people)
    worklist.bring_up_to_date()
    found = signed_in(browser, live_server.url, people["behandelaar-bz"])
    yield found
    found.context.close()


def test_lists_fit_and_the_path_stands_on_one_line(page, live_server):
    number, year = Dossier.objects.get().number, reverse("biv_jaar", args=[2027])
    asking = reverse("budget_aanvragen", args=[number])
    for address, width in ((reverse("dossiers"), 820), (year, 320), (year, 820), (asking, 820)):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(live_server.url + address)
        assert page.evaluate(TOO_WIDE) == 0, address
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(live_server.url + reverse("fase", args=[number, 3]))
    assert len(set(page.evaluate(BASELINES))) == 1


def test_the_longest_phase_stays_whole_on_a_tablet_also_where_letters_are_wider(page, live_server):
    page.set_viewport_size({"width": 820, "height": 900})
    page.goto(live_server.url + Dossier.objects.get().get_absolute_url())
    name = page.locator(".fasen__naam", has_text="Handelingsopties")
    lines = """e => { const text = document.createRange(); text.selectNode(e.lastChild);
      return new Set([...text.getClientRects()].map(box => Math.round(box.top))).size; }"""
    name.evaluate("e => { e.style.letterSpacing = '0.02em' }")
    assert name.evaluate(lines) == 1


def test_a_long_name_leaves_the_header_on_one_line(page, live_server):
    """The field to search gives way, and stays wide enough to type a number in."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(live_server.url + reverse("biv_jaar", args=[2027]))
    high = "() => document.querySelector('.kop').getBoundingClientRect().height"
    before = page.evaluate(high)
    page.locator(".kop__gebruiker").evaluate("e => { e.textContent = 'O. van Leeuwen-de Graaf' }")
    assert page.evaluate(high) == before
    assert page.locator(".zoek input").bounding_box()["width"] > 120


def test_the_labels_of_a_narrow_list_leave_room_for_what_stands_beside_them(page, live_server):
    page.goto(live_server.url + Dossier.objects.get().get_absolute_url())
    ministries = page.locator(".vak", has_text="Betrokken ministeries").locator("dl")
    room = "dl => [...dl.querySelectorAll('dd')].map(dd => dd.clientWidth / dl.clientWidth)"
    assert min(ministries.evaluate(room)) > 0.6


@pytest.mark.parametrize(
    ("name", "marking"), [("dossier", "Ongerubriceerd"), ("rechten", "Ten hoogste Departementaal VERTROUWELIJK")]
)
def test_every_printed_page_carries_the_marking(page, live_server, name, marking):
    page.goto(live_server.url + reverse(name, args=[Dossier.objects.get().number] if name == "dossier" else []))
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
        texts = [re.sub(r"\s+", "", page_text(sheet)) for sheet in printed.pages]
    assert len(texts) > 1
    assert [text for text in texts if marking.replace(" ", "") not in text] == []


def test_what_only_leads_on_is_not_printed_and_what_is_named_is(page, live_server):
    version = DocumentVersion.objects.select_related("document__dossier").first()
    paper, dossier = version.document, version.document.dossier
    shown = {
        dossier.get_absolute_url(): {"Bekijk het hele logboek": False, "Afwijkingen": False, "Optiesnota": True},
        reverse("dossiers"): {"Exporteer als CSV": False, dossier.title: True},
        reverse("document", args=[dossier.number, paper.pk]): {f"Versie {version.number}": True},
    }
    for address, names in shown.items():
        page.emulate_media(media="screen")
        page.goto(live_server.url + address)
        links = {name: page.locator("main").get_by_role("link", name=name, include_hidden=True).first for name in names}
        assert all(link.is_visible() for link in links.values()), address
        page.emulate_media(media="print")
        assert {name: link.is_visible() for name, link in links.items()} == names
