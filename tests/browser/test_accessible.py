"""Every page for every role that sees it differently: axe finds nothing, at every width, zoom and setting, also without scripts.

The list is tests/pages_of_demo.py. It is cut in parts, each a class of its own, so that the test processes divide them.
"""

import pytest

from tests.browser import looking
from tests.demo import load_scene
from tests.pages_of_demo import Sheet, sheets
from tests.scene_of_demo import fail_pdf

PARTS = 6


def visits(scene, part: int) -> list[tuple[Sheet, str]]:
    """This part's pages with the person who looks, person by person."""
    fail_pdf(scene)
    every = [(sheet, who) for sheet in sheets(scene) for who in sheet.who]
    return looking.share(part, PARTS, sorted(every, key=lambda visit: visit[1]))


def look_at_all(browser, base: str, clones, part: int) -> list:
    """What is wrong on this part of the pages; the first person to see a page also sees it in other settings."""
    people, scene = load_scene(clones)
    problems, pages = [], {}
    for sheet, who in visits(scene, part):
        if who not in pages:
            pages[who] = looking.signed_in(browser, base, people.get(who))
            pages[who].add_init_script(looking.AXE)
        page = pages[who]
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(base + sheet.url)
        if sheet.act:
            sheet.act(page)
        found = looking.wide_and_narrow(page)
        if who == sheet.who[0]:
            found += looking.as_readers_set_it(page)
        problems += [(sheet.slug, who, problem) for problem in found]
    for page in pages.values():
        page.context.close()
    return problems


class Part:
    part: int
    pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

    def test_every_page_of_this_part(self, browser, live_server, django_db_setup):
        problems = look_at_all(browser, live_server.url, django_db_setup, self.part)
        assert not problems, looking.report(problems)


class TestPart0(Part):
    part = 0


class TestPart1(Part):
    part = 1


class TestPart2(Part):
    part = 2


class TestPart3(Part):
    part = 3


class TestPart4(Part):
    part = 4


class TestPart5(Part):
    part = 5


class TestWithoutScripts:
    pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

    def test_every_page_on_a_phone(self, browser, live_server, django_db_setup):
        """*.js is refused: each page is complete, and what is pressed arrives. Axe saw the same page above."""
        people, scene = load_scene(django_db_setup)
        problems, pages = [], {}
        for sheet in sheets(scene):
            who = sheet.who[0]
            if who not in pages:
                pages[who] = looking.signed_in(browser, live_server.url, people.get(who), scripts=False)
            page = pages[who]
            answer = page.goto(live_server.url + sheet.url)
            if sheet.act:
                sheet.act(page)
            elif answer.status != sheet.status:
                problems.append((sheet.slug, answer.status))
            found = page.evaluate(looking.STRUCTURE) + looking.at(page, 320, looking.LAYOUT, looking.TEXT)
            problems += [(sheet.slug, problem) for problem in found]
        for page in pages.values():
            page.context.close()
        assert not problems, looking.report(problems)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_scripts_is_without_scripts(browser, live_server):
    """A guard of the guard: the scripts of the same page arrive for the one and not for the other."""
    loaded = "() => 'htmx' in window"
    pages = [looking.signed_in(browser, live_server.url, None, scripts=scripts) for scripts in (True, False)]
    for page in pages:
        page.goto(live_server.url + "/hulp/")
    assert [page.evaluate(loaded) for page in pages] == [True, False]
    for page in pages:
        page.context.close()
