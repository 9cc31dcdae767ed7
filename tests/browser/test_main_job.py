"""The main steps in a real browser, with a real worker behind the page: from login to a PDF that opens."""

from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from cases.models import DocumentVersion, Dossier
from geintegreerd.demo.accounts import PASSWORD
from geintegreerd.demo.people import make_people
from tests.cases.test_outbox import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Desk:
    """Everybody's own browser profile on the same server."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base
        self.pages: dict[str, Page] = {}

    def of(self, who: str) -> Page:
        """The browser of a person, logged in by the form."""
        if who not in self.pages:
            page = self.browser.new_context(locale="nl-NL", viewport={"width": 1440, "height": 900}).new_page()
            page.goto(self.base + reverse("account_login"))
            page.get_by_label("Gebruikersnaam").fill(who)
            page.get_by_label("Wachtwoord").fill(PASSWORD)
            page.get_by_role("button", name="Log in").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Mijn werk")
            self.pages[who] = page
        return self.pages[who]

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()


@pytest.fixture
def desk(browser, live_server, worker):
    make_people()
    desk = Desk(browser, live_server.url)
    yield desk
    desk.close()


def open_dossier(page: Page) -> str:
    """Opens a dossier by following the screen; returns its number."""
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Dossiers").click()
    page.get_by_role("link", name="Nieuw dossier").click()
    page.get_by_label("Titel").fill("EUFOR Althea")
    page.get_by_label("Samenvatting").fill("De missie vraagt om versterking.")
    page.get_by_label("Land 1").fill("Bosnië en Herzegovina")
    page.get_by_label("Diplomatie").check()
    page.get_by_label("Afstemming").check()
    page.get_by_label("DEF (Defensie)").check()
    page.get_by_label("Ongerubriceerd").check()
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_role("button", name="Open dossier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("EUFOR Althea")
    expect(page.get_by_role("heading", name="Wat moet er nu gebeuren?")).to_be_visible()
    return page.url.rstrip("/").split("/")[-1]


def write_signal(page: Page) -> None:
    """Goes where the page says, and fills what it asks."""
    page.get_by_role("link", name="Ga hiermee verder").click()
    page.get_by_label("Wat er speelt").fill("Spanningen lopen op.")
    page.get_by_label("Bronnen").fill("Post Sarajevo.")
    page.get_by_label("Verwachte ontwikkeling").fill("Onrust rond de verkiezingen.")
    page.get_by_label("Nader onderzoek").check()
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("status").filter(has_text="Opgeslagen om")).to_be_visible()


def test_from_login_to_pdf(desk):
    page = desk.of("behandelaar-bz")
    number = open_dossier(page)
    write_signal(page)

    document = Dossier.objects.get(number=number).documents.get()
    address = desk.base + reverse("document", args=[number, document.pk])
    page.goto(address)
    page.get_by_role("button", name="Leg voor ter paraaf").click()
    for who, code in (("teamleider-bz", "BZ"), ("teamleider-def", "DEF")):
        desk.of(who).goto(address)
        desk.of(who).get_by_role("link", name="Lees en parafeer").click()
        desk.of(who).get_by_role("button", name=f"Parafeer namens {code}").click()
    page.goto(address)
    page.get_by_role("link", name="Stel vast").click()
    page.get_by_role("button", name="Stel vast").click()
    expect(page.get_by_text("Vastgesteld").first).to_be_visible()

    version = DocumentVersion.objects.get(document=document)
    assert wait_until(lambda: version.renderings.filter(concept=False, state="gereed").exists(), 60)
    page.reload()
    link = page.get_by_role("link", name="pdf").first.get_attribute("href")
    answer = page.request.get(desk.base + link)
    with pikepdf.open(BytesIO(answer.body())) as pdf:
        assert str(pdf.Root.Lang) == "nl"
        assert "Signaalbeoordeling" in str(pdf.docinfo["/Title"])

    stranger = desk.of("buitenstaander")
    assert stranger.goto(address).status == 404
    assert stranger.request.get(desk.base + link).status == 404


def test_without_javascript_the_errors_are_there(desk, browser, live_server):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("Gebruikersnaam").fill("behandelaar-bz")
    page.get_by_label("Wachtwoord").fill("niet-het-wachtwoord")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Controleer uw antwoorden")).to_be_visible()
    expect(page.get_by_label("Gebruikersnaam")).to_have_value("behandelaar-bz")
    assert page.title().startswith("Fout: ")
    context.close()
