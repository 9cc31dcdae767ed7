"""Five main tasks with only a keyboard, with and without scripts. The order of the stops is kept in tab_order.txt.

When a page changed on purpose: TAB_ORDER=write ./run test tests/browser/test_keyboard.py, and read the difference.
"""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from budget_biv.models import Beslissing
from cases.models import DocumentVersion, Dossier
from phases.kamer.models import Briefsectie
from phases.smo.models import Standpunt
from tests import builders as b
from tests.browser.keyboard import Keyboard
from tests.browser.looking import signed_in
from tests.demo import load_scene

BROWSER = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RECORDED = Path(__file__).with_name("tab_order.txt")


class Desk:
    """The scene, and a keyboard for each person."""

    def __init__(self, browser, base: str, clones, *, scripts: bool) -> None:
        self.browser, self.base, self.scripts = browser, base, scripts
        self.people, self.scene = load_scene(clones)
        self.lines: list[str] = []

    def of(self, who: str, task: str, name: str, *args) -> Keyboard:
        page = signed_in(self.browser, self.base, self.people[who], scripts=self.scripts)
        keyboard = Keyboard(page)
        keyboard.lines = self.lines
        keyboard.note(f"\n# {task}")
        keyboard.open(self.base + reverse(name, args=args))
        return keyboard


def open_a_dossier(desk: Desk) -> None:
    keys = desk.of("behandelaar-bz", "Open een dossier", "dossiers")
    keys.press("Nieuw dossier")
    keys.type("Titel", "Rode Zee")
    keys.type("Samenvatting", "Aanvallen op schepen.")
    keys.tick("Diplomatie")
    keys.choose("Hoe werken de ministeries samen?", 1)
    keys.tick("DEF (Defensie)")
    keys.choose("rubri", 0)
    keys.press("Ga verder")
    keys.press("Open dossier")
    assert Dossier.objects.get(title="Rode Zee").participations.count() == 2
    keys.page.context.close()


def write_a_product(desk: Desk) -> None:
    dossier = b.make_dossier(desk.people, title="Kustwacht")
    keys = desk.of("behandelaar-bz", "Schrijf een product en leg het voor", "signaal", dossier.number)
    for label in ("Wat er speelt", "Bronnen", "Verwachte ontwikkeling"):
        keys.type(label, "Meer incidenten.")
    keys.choose("Uitkomst", 2)
    keys.press("Opslaan")
    keys.press("Leg voor ter paraaf")
    assert DocumentVersion.objects.get(document__dossier=dossier).status == "ter-paraaf"
    keys.page.context.close()


def give_the_position_of_defensie(desk: Desk) -> None:
    number, offer = desk.scene.sahel.number, desk.scene.ids["offer"]
    keys = desk.of("smo-def", "Geef het standpunt van Defensie", "dossier", number)
    keys.press("Neem standpunt in")
    keys.choose("Wat is uw standpunt?", 1)
    keys.type("Voorwaarden", "Meld elk kwartaal de stand.")
    keys.type("Toelichting", "De capaciteit is krap.")
    keys.press("Controleer en dien in")
    keys.press("Dien standpunt in")
    assert Standpunt.objects.get(aanbieding=offer, ministry__code="DEF").strekking == "voorwaarden"
    keys.page.context.close()


def decide_about_money(desk: Desk) -> None:
    keys = desk.of("gemachtigde-bhos", "Leg een BIV-besluit vast", "dossier", desk.scene.sahel.number)
    keys.press("Leg BIV-besluit vast")
    keys.choose("Wat heeft de minister besloten?", 0)
    keys.press("Controleer het besluit")
    keys.press("Leg besluit vast")
    assert Beslissing.objects.get(aanvraag=desk.scene.ids["money"]).uitkomst == "akkoord"
    keys.page.context.close()


def write_a_section(desk: Desk) -> None:
    here = [desk.scene.sahel.number, "artikel-100"]
    keys = desk.of("behandelaar-bz", "Schrijf een sectie van de brief", "brief", *here)
    title = Briefsectie.objects.get(brief__ronde__dossier=desk.scene.sahel, code=desk.scene.codes[2]).title
    keys.press(title)
    keys.type("Tekst", "Het kabinet ziet drie gronden.")
    keys.tick("Deze sectie is gereed voor controle")
    keys.press("Opslaan")
    assert Briefsectie.objects.get(brief__ronde__dossier=desk.scene.sahel, code=desk.scene.codes[2]).is_ready
    keys.page.context.close()


TASKS = (open_a_dossier, write_a_product, give_the_position_of_defensie, decide_about_money, write_a_section)


def walk(desk: Desk) -> str:
    for task in TASKS:
        task(desk)
    return "\n".join(desk.lines).strip() + "\n"


class TestWithScripts:
    pytestmark = BROWSER

    def test_five_tasks_in_the_recorded_order(self, browser, live_server, django_db_setup):
        found = walk(Desk(browser, live_server.url, django_db_setup, scripts=True))
        if os.environ.get("TAB_ORDER") == "write":
            RECORDED.write_text(found)
        assert found == RECORDED.read_text()


class TestWithoutScripts:
    pytestmark = BROWSER

    def test_five_tasks_in_the_same_order(self, browser, live_server, django_db_setup):
        assert walk(Desk(browser, live_server.url, django_db_setup, scripts=False)) == RECORDED.read_text()


class TestNoTrap:
    pytestmark = BROWSER

    def test_tab_goes_through_a_page_and_out_again(self, browser, live_server, django_db_setup):
        """The fullest pages: every stop is reached, and after the last one the focus leaves the page."""
        people, scene = load_scene(django_db_setup)
        page = signed_in(browser, live_server.url, people["behandelaar-bz"])
        for name, args in (
            ("stijlgids", []),
            ("dossier_nieuw", []),
            ("brief_sectie", [scene.sahel.number, "artikel-100", scene.codes[0]]),
        ):
            page.goto(live_server.url + reverse(name, args=args))
            wanted, reached = Keyboard(page).around()
            assert reached == wanted, name
        page.context.close()
