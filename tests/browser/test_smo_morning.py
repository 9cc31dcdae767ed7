"""An SMO member does the morning's work on the agenda page by what the screen says, on a wide and on a narrow screen."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from phases.smo.models import Standpunt
from tests import builders as b
from tests.browser.test_main_job import Desk
from tests.cases.pages import give_password
from tests.phases import scenes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def member(browser, live_server, cast) -> Page:
    """J. Smit of Defensie, with two papers on today's agenda."""
    give_password(cast["smo-def"])
    for title in ("Sahel", "Kaukasus"):
        scenes.offered(cast, scenes.dossier(cast, title=title), "signaal")
    desk = Desk(browser, live_server.url)
    yield desk.of("smo-def")
    desk.close()


@pytest.mark.parametrize("width", [1440, 820])
def test_the_mornings_work_by_what_the_screen_says(member, width):
    member.set_viewport_size({"width": width, "height": 1000})
    member.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="SMO-agenda").click()
    own = member.get_by_role("region", name="Uw standpunten")
    expect(own).to_contain_text("Nog 2 in te nemen")
    assert own.bounding_box()["y"] < 400, "the own work comes first"
    own.get_by_role("link", name="Neem het standpunt van DEF in").first.click()
    member.get_by_role("link", name="Bekijk het stuk").click()
    expect(member.get_by_role("heading", name="Signaalbeoordeling", exact=True)).to_be_visible()
    member.go_back()
    member.get_by_label("Akkoord met voorwaarden").check()
    member.get_by_label("Voorwaarden", exact=True).fill("Meld elk kwartaal de voortgang.")
    member.get_by_label("Toelichting").fill("De capaciteit is krap.")
    member.get_by_role("button", name="Controleer en dien in").click()
    expect(member.get_by_text("U dient dit standpunt in namens Defensie.")).to_be_visible()
    member.get_by_role("button", name="Dien standpunt in").click()
    expect(member.get_by_role("status").filter(has_text="Uw standpunt is vastgelegd.")).to_be_visible()
    member.get_by_role("link", name="SMO-agenda").click()
    expect(own).to_contain_text("Nog 1 in te nemen")
    own.get_by_role("link", name="Neem het standpunt van DEF in").click()
    member.get_by_label("Akkoord", exact=True).check()
    member.get_by_role("button", name="Controleer en dien in").click()
    member.get_by_role("button", name="Dien standpunt in").click()
    member.get_by_role("link", name="SMO-agenda").click()
    expect(member.get_by_text("U heeft over elk stuk een standpunt ingenomen.")).to_be_visible()
    assert member.url.endswith(reverse("smo"))
    assert list(Standpunt.objects.values_list("strekking", "acting_for")) == [
        ("voorwaarden", "SMO-lid DEF"),
        ("akkoord", "SMO-lid DEF"),
    ]
    assert member.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert b.meeting().punten.count() == 2
