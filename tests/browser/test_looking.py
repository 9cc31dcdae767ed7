"""The checks themselves: each finds the fault that it is there for, on a page that has just that one."""

import pytest

from tests.browser import looking
from tests.browser.keyboard import Keyboard

pytestmark = pytest.mark.browser
GOOD = """<!doctype html><html lang="nl"><head><title>Proef - Geïntegreerd</title>
<style>button {{ min-height: 2rem }} :focus-visible {{ outline: 3px solid }}</style></head>
<body><main><h1>Proef</h1>{}</main></body></html>"""
FAULTS = {
    "no lang": (looking.STRUCTURE, '<html lang="en"><title>X - Geïntegreerd</title><h1>X</h1>'),
    "not one h1": (looking.STRUCTURE, GOOD.format("<h1>Nog een</h1>")),
    "title: ": (looking.STRUCTURE, GOOD.replace("Proef - Geïntegreerd", "Proef").format("")),
    "h3 after h1": (looking.STRUCTURE, GOOD.format("<h3>Te diep</h3>")),
    "scrolls sideways": (looking.LAYOUT, GOOD.format('<p style="width:90rem">breed</p>')),
    "small: ": (looking.LAYOUT, GOOD.format('<button style="font-size:6px;padding:0;min-height:0">kort</button>')),
    "cut off: ": (looking.TEXT, GOOD.format('<p style="width:9rem;overflow:hidden;white-space:nowrap">een lange regel tekst die niet past</p>')),
    "overlap: ": (looking.TEXT, GOOD.format('<p>onder</p><p style="margin-top:-2.5rem">boven</p>')),
    "no edge: ": (looking.FORCED, GOOD.format('<button style="border:0">zonder rand</button>')),
    "moves": (looking.FORCED, GOOD.format("<style>@keyframes x{to{opacity:0}}h1{animation:x 9s}</style>")),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_and_nothing_else(page, fault):
    check, content = FAULTS[fault]
    page.set_content(content)
    found = looking.at(page, 700, check)
    assert len(found) == 1, found
    assert fault in found[0]


def test_a_good_page_has_no_faults(page):
    page.set_content(GOOD.format("<p>Goed.</p><p>Ook goed.</p><button>Opslaan</button>"))
    assert looking.at(page, 700, *{check for check, _ in FAULTS.values()}) == []
    assert looking.axe(page) == []


def test_axe_is_loaded_and_finds_contrast(page):
    page.set_content(GOOD.format('<p style="color:#bbb;background:#fff">vaag</p>'))
    assert [problem.partition(":")[0] for problem in looking.axe(page)] == ["color-contrast"]


@pytest.mark.parametrize("style", ["color:#aab", "color:#abb;font-weight:700;font-size:18px", "color:#ccd;opacity:.9"])
def test_contrast_is_asked_again_for_other_colours_only(page, style):
    found = []
    for background in ("#fff", "#fff", "#fef"):
        page.set_content(GOOD.format(f'<div style="background:{background}"><p style="{style}">vaag</p></div>'))
        found.append([problem.partition(":")[0] for problem in looking.axe(page)])
    assert found == [["color-contrast"], [], ["color-contrast"]]


def test_what_is_switched_off_does_not_answer_for_what_is_not(page):
    for state, found in ((" disabled", 0), ("", 1)):
        page.set_content(GOOD.format(f'<button{state} style="color:#bbc;background:#fff">Opslaan</button>'))
        assert len(looking.axe(page)) == found


def test_the_keyboard_notices_a_focus_that_does_not_show(page):
    page.set_content(GOOD.format('<button style="outline:none">Opslaan</button>'))
    with pytest.raises(AssertionError, match="Geen zichtbare focus"):
        Keyboard(page).tab_to("Opslaan")


def test_the_keyboard_notices_what_it_cannot_reach(page):
    page.set_content(GOOD.format('<button tabindex="-1">Opslaan</button><button>Iets anders</button>'))
    with pytest.raises(AssertionError, match="De focus verliet de pagina"):
        Keyboard(page).tab_to("Opslaan")


def test_the_keyboard_notices_a_trap(page):
    trap = "<button onkeydown=\"if(event.key=='Tab')event.preventDefault()\">Vast</button><button>Verder</button>"
    page.set_content(GOOD.format(trap))
    wanted, reached = Keyboard(page).around()
    assert (wanted, reached) == (2, 3)
