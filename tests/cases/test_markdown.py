"""User text becomes HTML that can only hold what a letter needs."""

import re

import pytest

from cases.letters.markdown import opening, to_html
from tests.cases.letter_samples import HOSTILE, NOTE


def test_headings_start_at_h3_and_skip_no_level():
    html = to_html("## Een\n\n#### Diep\n\n## Twee\n\n# Drie\n\n### Weer diep")
    assert re.findall(r"<(h\d)>", html) == ["h3", "h4", "h3", "h3", "h4"]


def test_headings_under_a_part_start_one_lower():
    assert "<h4>Kop</h4>" in to_html("# Kop", top=4)


def test_emphasis_lists_and_links():
    html = to_html("*a* **b**\n\n1. een\n   - twee\n\n[site](https://example.org) [post](mailto:a@example.org)")
    assert "<em>a</em> <strong>b</strong>" in html
    assert "<ol>" in html and "<ul>" in html
    assert 'href="https://example.org"' in html and 'href="mailto:a@example.org"' in html


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/beheer/", "//example.org", "#s1"]
)
def test_other_links_stay_text(url):
    html = to_html(f"[klik]({url})")
    assert "<a" not in html and "klik" in html


def test_html_images_and_template_syntax_stay_text():
    html = to_html(HOSTILE)
    assert "{{ 1|add:1 }}" in html and "{% now 'Y' %}" in html
    assert "&lt;script&gt;" in html and "<script" not in html
    assert "<img" not in to_html("![plaatje](https://example.org/x.png)")


def test_code_and_rules_do_not_exist():
    html = to_html("    ingesprongen\n\n---\n\n`code`\n\n```\nblok\n```\n\nKop\n===")
    assert not re.search(r"<(pre|code|hr|h\d)", html) and "ingesprongen" in html


def test_notes_on_screen_are_linked_both_ways_and_unique_per_section():
    first, second = to_html(NOTE, prefix="s1"), to_html(NOTE, prefix="s2")
    assert 'href="#fn-s1-1"' in first and 'id="fn-s1-1"' in first
    assert 'href="#fnref-s1-1"' in first and 'id="fnref-s1-1"' in first
    ids = re.findall(r'id="([^"]+)"', first + second)
    assert len(ids) == len(set(ids)) == 4


def test_a_note_that_is_used_twice_keeps_unique_ids():
    ids = re.findall(r'id="([^"]+)"', to_html("Een[^a] en twee[^a].\n\n[^a]: Noot.", prefix="s1"))
    assert len(ids) == len(set(ids)) == 3


def test_notes_on_paper_stand_in_the_sentence():
    html = to_html(NOTE, paper=True)
    assert '<span class="voetnoot">Kamerstuk 29 521, nr. 494.</span></p>' in html
    assert "<section" not in html


def test_a_note_that_refers_to_itself_ends():
    assert to_html("a[^1]\n\n[^1]: b[^1]", paper=True).count("voetnoot") == 1


@pytest.mark.parametrize("text", ["a" + "\u0301" * 50_000, "[" * 5_000, ">" * 5_000, "*a " * 5_000, "<" * 50_000])
def test_strange_text_comes_through(text):
    html = to_html(text)
    assert html.count("\u0301") == text.count("\u0301") and html.count("&lt;") == text.count("<")


def test_control_characters_and_lone_surrogates_are_taken_out():
    assert to_html("a\x00b\x0bc\ud800d") == "<p>abc?d</p>\n"


def test_empty_text_is_empty():
    assert to_html("") == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("De **inzet** duurt lang.[^1]\n\n- punt\n\n[^1]: noot", "De inzet duurt lang."),
        ("# Kop\n\nTekst", "Kop"),
        ("", ""),
        ("a" * 400, "a" * 300 + "…"),
    ],
)
def test_opening_is_the_first_paragraph_in_plain_words(text, words):
    assert opening(text) == words
