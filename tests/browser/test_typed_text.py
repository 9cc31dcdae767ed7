"""Typed text in a real browser: kept and put back, past the end of a session, and all of it without scripts too."""

import re
import time

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from cases.models import TypedText
from geintegreerd.demo.accounts import PASSWORD
from geintegreerd.demo.people import make_people
from phases.kamer import services as kamer
from tests import builders as b
from tests.browser.looking import sign_in
from tests.cases.pages import give_password

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TYPED = "Drie weken werk aan de tekst."
KEPT = re.compile(r"Concept bewaard om \d{2}\.\d{2} uur\.")


@pytest.fixture
def cast(transactional_db):
    cast = make_people(password=None)
    give_password(cast["behandelaar-bz"], cast["behandelaar-def"])
    return cast


@pytest.fixture
def d(cast):
    return b.make_dossier(cast)


def log_in(page: Page, who: str = "behandelaar-bz") -> None:
    page.get_by_label("Gebruikersnaam").fill(who)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


@pytest.fixture
def goto(page, live_server, cast):
    """Opens an address as behandelaar-bz."""

    def open_address(name: str, *args) -> Page:
        if not page.context.cookies():
            sign_in(page.context, live_server.url, cast["behandelaar-bz"])
        page.goto(live_server.url + reverse(name, args=args))
        return page

    return open_address


def end_session(page: Page) -> None:
    """The server forgets the session; the browser does not know yet."""
    client = Client()
    client.cookies["sessionid"] = next(c["value"] for c in page.context.cookies() if c["name"] == "sessionid")
    client.session.flush()


def situation(page: Page):
    return page.get_by_label("Wat er speelt")


def test_kept_while_writing_and_put_back(goto, d):
    page = goto("signaal", d.number)
    situation(page).press_sequentially(TYPED)
    expect(page.get_by_role("status").filter(has_text=KEPT)).to_be_visible()
    expect(situation(page)).to_be_focused()
    expect(situation(page)).to_have_value(TYPED)

    page.goto("about:blank")
    page = goto("signaal", d.number)
    expect(situation(page)).to_have_value(TYPED)
    expect(page.get_by_text("tekst getypt die nog niet is opgeslagen")).to_be_visible()
    page.get_by_role("button", name="Gooi deze tekst weg").click()
    expect(page.get_by_text("tekst getypt die nog niet is opgeslagen")).to_have_count(0)
    expect(situation(page)).to_have_value("")


def test_leaving_a_field_keeps_at_once_and_leaving_the_page_too(goto, d):
    page = goto("signaal", d.number)
    # Nothing that waits for a while comes any more: what is sent now was sent at once.
    page.evaluate("window.setTimeout = () => 0")
    situation(page).fill(TYPED)
    with page.expect_response("**/concept/"):
        page.keyboard.press("Tab")
    expect(page.get_by_label("Bronnen")).to_be_focused()
    page.get_by_label("Bronnen").fill("De post in Bamako.")
    page.goto("about:blank")
    # What is sent on leaving arrives on its own time.
    until = time.monotonic() + 15
    while not TypedText.objects.filter(fields__contains="Bamako").exists():
        assert time.monotonic() < until
        page.wait_for_timeout(50)
    page = goto("signaal", d.number)
    expect(page.get_by_label("Bronnen")).to_have_value("De post in Bamako.")


def test_saving_leaves_nothing_behind(goto, d):
    page = goto("signaal", d.number)
    situation(page).press_sequentially(TYPED)
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("status").filter(has_text="Opgeslagen om")).to_be_visible()
    page = goto("signaal", d.number)
    expect(situation(page)).to_have_value(TYPED)
    expect(page.get_by_text("tekst getypt die nog niet is opgeslagen")).to_have_count(0)
    assert TypedText.objects.get().fields == ""


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "without scripts"])
def test_an_ended_session_gives_the_text_back_after_login(page, goto, d, scripts):
    if not scripts:
        page.route("**/*.js", lambda route: route.abort())
    page = goto("signaal", d.number)
    end_session(page)
    situation(page).fill(TYPED)
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Uw tekst is bewaard.")).to_be_visible()
    assert not d.documents.exists()
    log_in(page)
    expect(page).to_have_url(re.compile(reverse("signaal", args=[d.number])))
    expect(situation(page)).to_have_value(TYPED)
    assert not d.documents.exists()
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("status").filter(has_text="Opgeslagen om")).to_be_visible()


def test_somebody_else_at_the_same_browser_does_not_see_it(goto, d):
    page = goto("signaal", d.number)
    end_session(page)
    situation(page).fill(TYPED)
    page.get_by_role("button", name="Opslaan").click()
    log_in(page, "behandelaar-def")
    expect(page).to_have_url(re.compile(reverse("signaal", args=[d.number])))
    expect(situation(page)).to_have_value("")
    expect(page.get_by_text(TYPED)).to_have_count(0)


def test_logged_in_again_in_another_tab_the_text_can_be_put_back(goto, d, live_server):
    """The check of the old page fails; one button brings the text into a fresh form."""
    page = goto("signaal", d.number)
    other = page.context.new_page()
    other.goto(live_server.url + reverse("dossiers"))
    other.get_by_role("button", name="Log uit").click()
    log_in(other)
    expect(other.get_by_role("heading", level=1)).to_have_text("Mijn werk")
    page.route("**/concept/", lambda route: route.abort())
    situation(page).fill(TYPED)
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Verstuur het formulier opnieuw")
    expect(page.get_by_label("Wat er speelt")).to_have_value(TYPED)
    page.unroute("**/concept/")
    page.get_by_role("button", name="Zet mijn tekst terug").click()
    expect(situation(page)).to_have_value(TYPED)
    assert not d.documents.exists()


def test_without_scripts_a_form_saves(page, goto, d):
    page.route("**/*.js", lambda route: route.abort())
    page = goto("signaal", d.number)
    situation(page).fill(TYPED)
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("status").filter(has_text="Opgeslagen om")).to_be_visible()
    expect(page.locator(".oproep")).to_be_hidden()
    page = goto("dossiers")
    page.locator("form[data-filter] select").first.select_option(index=1)
    page.get_by_role("button", name="Filter").click()
    expect(page).to_have_url(re.compile(r"\?"))


# The end of the session


@pytest.fixture
def nearly_over(page, live_server, d, settings) -> Page:
    """Logged in by the form, as only that sets an end: the warning comes after three seconds."""
    settings.SESSION_COOKIE_AGE = 123
    address = live_server.url + reverse("signaal", args=[d.number])
    page.goto(address)
    log_in(page)
    page.wait_for_url(address)
    return page


def test_the_warning_appears_and_one_click_extends(nearly_over, settings):
    page = nearly_over
    warning = page.get_by_role("alert").filter(has_text="U bent over 2 minuten uitgelogd.")
    expect(warning).not_to_contain_text("Uw concept is bewaard.")
    situation(page).press_sequentially(TYPED)
    warning = warning.filter(has_text="Uw concept is bewaard.")
    # Kept after four seconds, and the warning looks once a second.
    expect(warning).to_be_visible(timeout=15_000)
    expect(situation(page)).to_be_focused()
    settings.SESSION_COOKIE_AGE = 8 * 60 * 60
    page.get_by_role("button", name="Blijf ingelogd").click()
    expect(warning).to_have_count(0)
    expect(situation(page)).to_be_focused()
    page.reload()
    assert int(page.locator("#sessie-over").get_attribute("data-over")) > 7 * 60 * 60


def test_after_the_end_the_page_says_so_and_a_part_sends_to_the_login(nearly_over):
    page = nearly_over
    page.get_by_role("button", name="Blijf ingelogd").wait_for()
    end_session(page)
    page.get_by_role("button", name="Blijf ingelogd").click()
    expect(page.get_by_role("alert").filter(has_text="U bent uitgelogd.")).to_be_visible()
    situation(page).fill(TYPED)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Uw tekst is bewaard.")).to_be_visible()
    log_in(page)
    expect(situation(page)).to_have_value(TYPED)


# Enhancements


def test_a_filter_applies_itself_and_the_focus_stays(goto, d):
    page = goto("dossiers")
    page.evaluate("window.zelfdePagina = true")
    field = page.locator("form[data-filter] select").first
    field.focus()
    field.select_option(index=2)
    expect(page).to_have_url(re.compile(r"\?.*="))
    expect(page.locator("form[data-filter] select").first).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="gevonden")).to_be_visible()
    assert page.evaluate("window.zelfdePagina")
    with page.expect_response("**/dossiers/?*"):
        page.get_by_role("button", name="Filter").click()
    expect(page.locator("form.htmx-request")).to_have_count(0)
    expect(page.get_by_role("button", name="Filter")).to_be_focused()
    assert page.evaluate("window.zelfdePagina")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/dossiers/$"))
    expect(page.locator("form[data-filter] select").first).to_have_value("")


def test_the_preview_follows_the_text_and_the_focus_stays(goto, cast, d):
    kamer.begin(dossier_id=d.pk, soort="kennisgeving", betreft="Missie", by=cast["behandelaar-bz"])
    page = goto("brief_sectie", d.number, "kennisgeving", "KG-1")
    page.get_by_label("Tekst", exact=True).press_sequentially("De **EU** vraagt.")
    expect(page.locator("#voorbeeld strong")).to_have_text("EU")
    expect(page.get_by_label("Tekst", exact=True)).to_be_focused()
    page.get_by_label("Tekst", exact=True).press_sequentially(" En **snel**.")
    expect(page.locator("#voorbeeld strong").nth(1)).to_have_text("snel")


@pytest.mark.parametrize("status", [403, 404, 409, 422, 500])
def test_what_goes_wrong_on_the_way_is_said(goto, d, page, status):
    """The real answer of the server, with the status that a fault would have."""
    page = goto("signaal", d.number)
    page.locator("[name=concept]").evaluate("(veld) => veld.value = 'verlopen'")
    if status != 404:
        page.route("**/concept/", lambda route: route.fulfill(response=route.fetch(), status=status))
    situation(page).fill(TYPED)
    page.keyboard.press("Tab")
    expect(
        page.get_by_role("alert").filter(has_text="Deze pagina bestaat niet, of u mag die niet zien.")
    ).to_be_visible()
    expect(page.get_by_label("Bronnen")).to_be_focused()
    expect(situation(page)).to_have_value(TYPED)


def test_sending_while_text_is_being_kept_gives_no_error(goto, d, page):
    """The console stays empty: what is under way is left to arrive, and the page that was sent writes no more."""
    errors = []
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page = goto("signaal", d.number)
    held = []
    page.route("**/concept/", lambda route: held.append(route))
    situation(page).fill(TYPED)
    with page.expect_request("**/concept/"):
        page.keyboard.press("Tab")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("status").filter(has_text="Opgeslagen om")).to_be_visible()
    assert held
    assert errors == []


def test_room_for_one_more_country(goto, cast):
    page = goto("dossier_nieuw")
    lines = page.get_by_role("combobox", name=re.compile(r"^Land \d"))
    before = lines.count()
    lines.first.fill("Mali")
    expect(lines).to_have_count(before)
    lines.last.fill("Niger")
    expect(lines).to_have_count(before + 1)
    expect(lines.nth(before - 1)).to_be_focused()
    expect(lines.last).to_have_value("")
    assert lines.last.get_attribute("id") != lines.nth(before - 1).get_attribute("id")
    expect(page.locator(f"datalist#{lines.last.get_attribute('list')} option")).not_to_have_count(0)


def test_no_connection_is_said(goto, d, page):
    page = goto("signaal", d.number)
    page.route("**/concept/", lambda route: route.abort())
    situation(page).fill(TYPED)
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert").filter(has_text="Er is geen verbinding.")).to_be_visible()
    page.unroute("**/concept/")
    page.get_by_label("Bronnen").fill("Post.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert").filter(has_text="Er is geen verbinding.")).to_have_count(0)
