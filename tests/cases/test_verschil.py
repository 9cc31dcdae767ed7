"""Two texts side by side: every character is on its own side, and only what differs is marked."""

import html
import re
import time

from hypothesis import given
from hypothesis import strategies as st

from cases.verschil import verschil

SIDE = re.compile(r'<span class="vh">[^<]*</span>|</?(?:ins|del)>')


def plain(side: str) -> str:
    return html.unescape(SIDE.sub("", side))


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_character_is_lost(mine, saved):
    left, right = verschil(mine, saved)
    assert (plain(left), plain(right)) == (mine, saved)


def test_only_what_differs_is_marked():
    left, right = verschil("Het noorden is rustig.\nGelijk.", "Het zuiden is rustig.\nGelijk.")
    assert left == 'Het <ins><span class="vh">Alleen bij u: </span>noorden</ins> is rustig.\nGelijk.'
    assert right == 'Het <del><span class="vh">Alleen opgeslagen: </span>zuiden</del> is rustig.\nGelijk.'


def test_markup_of_a_text_stays_text():
    left, _ = verschil("<script>alert(1)</script>", "")
    assert "<script" not in left


def test_the_worst_texts_are_compared_at_once():
    """Forty thousand signs without anything in common, in one line and in many."""
    for glue in (" ", "\n"):
        mine = glue.join(f"a{n}" for n in range(7_000))
        start = time.perf_counter()
        left, _ = verschil(mine, glue.join(f"b{n}" for n in reversed(range(7_000))))
        assert time.perf_counter() - start < 2
        assert plain(left) == mine
