"""From content to HTML to a tagged PDF: the same, complete, readable, and unable to take the worker down."""

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from cases.letters.base import snapshot
from cases.letters.render import ASSETS, FAILED, TOO_BIG, TOO_LONG, Assets, Limits, RenderError, pdf
from tests.cases import pdf_reader
from tests.cases.letter_samples import HOSTILE, TABLE, letter, report

TITLE = letter()["title"]
ROOT = Path(__file__).resolve().parents[2]
FRESH = "import sys; from cases.letters.render import pdf; sys.stdout.buffer.write(pdf(sys.stdin.read(), title='Titel', concept=True))"


def opened(content: Any, concept: bool = False) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf(snapshot(content).html, title=content["title"], concept=concept)))


def texts(document: pikepdf.Pdf) -> list[str]:
    return [pdf_reader.page_text(page) for page in document.pages]


# The HTML that is kept


def test_snapshot_is_the_same_after_json():
    first = snapshot(letter())
    assert snapshot(json.loads(json.dumps(letter()))) == first
    assert len(first.sha256) == 64


def test_snapshot_changes_with_the_content():
    assert snapshot(letter(reference="BZ2610043")).sha256 != snapshot(letter()).sha256


def test_snapshot_of_only_a_layout_and_title():
    html = snapshot({"layout": "product", "title": "Analyse"}).html
    assert "<title>Analyse</title>" in html and "Ongerubriceerd" in html


def test_empty_sections_are_left_out_but_a_chapter_with_parts_stays():
    part = {"code": "b", "title": "Onderdeel", "level": 3, "text": "Tekst."}
    empty = {"code": "a", "title": "Hoofdstuk", "level": 2, "text": ""}
    html = snapshot(letter(sections=[{**empty, "title": "Leeg"}, empty, part])).html
    assert "Leeg" not in html and "Hoofdstuk" in html and "Onderdeel" in html


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Het kost € 4.500.000 in 2027.", "Het kost €~4.500.000 in 2027."),
        ("Ten hoogste € 4,5 miljoen.", "Ten hoogste €~4,5~miljoen."),
        ("Zie Kamerstuk 29 521, nr. 494.", "Zie Kamerstuk 29~521,~nr.~494."),
        ("Kamerstuk 21 501-02, nr. 2602", "Kamerstuk 21~501-02,~nr.~2602"),
        ("In 12 345 gevallen, niet meer.", "In 12 345 gevallen, niet meer."),
    ],
)
def test_an_amount_and_a_kamerstuk_number_stay_on_one_line(written, printed):
    """In running text, in a table and in the head of a letter."""
    table = {"caption": "Kosten", "head": ["Post", "Bedrag"], "rows": [["Post", written]]}
    part = {"code": "a", "title": "Kosten", "level": 2, "text": written, "tables": [table]}
    html = snapshot(letter(subject=written, sections=[part])).html
    assert html.count(printed.replace("~", "\u00a0")) == 3


def test_every_field_is_escaped():
    html = snapshot(letter(title=HOSTILE, subject=HOSTILE, reference=HOSTILE, addressee=[HOSTILE])).html
    assert "<script" not in html and "<img" not in html and "{{ 1|add:1 }}" in html


# The PDF


@pytest.mark.pdf
def test_letter_is_a_titled_dutch_tagged_pdf():
    document = opened(letter())
    assert document.Root.MarkInfo.Marked and document.Root.ViewerPreferences.DisplayDocTitle
    assert str(document.Root.Lang) == "nl"
    assert str(document.docinfo["/Title"]) == TITLE
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1" and metadata["dc:title"] == TITLE


@pytest.mark.pdf
def test_letter_has_bookmarks_and_headings_in_order():
    document = opened(letter())
    with document.open_outline() as outline:
        assert outline.root[0].title == "Kennisgeving onderzoek"
        assert [item.title for item in outline.root[0].children] == ["Essentie", "Financiën"]
    assert [tag for tag in pdf_reader.tags(document) if tag[0] == "H"] == ["H1", "H2", "H2", "H3"]


@pytest.mark.pdf
@pytest.mark.parametrize(("columns", "scopes"), [(2, ["/Column"] * 2), (3, ["/Column"] * 3 + ["/Row"] * 2)])
def test_table_headers_have_a_scope(columns, scopes):
    table = {
        **TABLE,
        "head": [*TABLE["head"], "Bron"][:columns],
        "rows": [[*r, "BIV"][:columns] for r in TABLE["rows"]],
    }
    section = {"code": "geld", "title": "Financiën", "level": 2, "text": "", "tables": [table]}
    document = opened(letter(sections=[section]))
    heads = [e for e in pdf_reader.elements(document) if e.S == "/TH"]
    assert [str(e.A.Scope) for e in heads] == ["/Row"] * 3 + scopes


@pytest.mark.pdf
def test_page_lines_are_on_every_page():
    pages = texts(opened(report()))
    assert len(pages) > 3
    for number, text in enumerate(pages, start=1):
        assert f"Pagina {number} van {len(pages)}" in text
        assert text.count("Ongerubriceerd") == 2
        assert text.count("Demo: bevat fictieve gegevens") == 1


@pytest.mark.pdf
def test_long_table_repeats_its_head_and_contents_name_the_page():
    pages = texts(opened(report()))
    assert sum("Bedrag" in text for text in pages) >= 2
    assert "Hoofdstuk 2" in pages[0] and "Hoofdstuk 2" in "".join(pages[1:])


@pytest.mark.pdf
@pytest.mark.parametrize("concept", [False, True])
@pytest.mark.parametrize("content", [letter(), report()], ids=["kamerbrief", "rapport"])
def test_all_shown_text_is_read_or_marked_as_artifact(content, concept):
    document = opened(content, concept)
    for page in document.pages:
        read = {f"MCID {number}" for number in pdf_reader.read_mcids(document, page)}
        marks = pdf_reader.marks_of_shown_text(page)
        assert "Artifact" in marks and set(marks) <= read | {"Artifact"}


@pytest.mark.pdf
def test_note_stands_at_the_foot_of_its_page():
    text = texts(opened(letter()))[0]
    assert "Kamerstuk 29\u00a0521,\u00a0nr.\u00a0494." in text.split("R.P. Brekelmans")[1]


@pytest.mark.pdf
def test_only_fira_sans_also_for_characters_it_lacks():
    everything = letter(sections=[{"code": "a", "title": HOSTILE, "level": 2, "text": HOSTILE + " *schuin*"}])
    for content in (letter(), everything):
        names = pdf_reader.font_names(opened(content, concept=True))
        assert names
        assert all(name.startswith("Fira-Sans") for name in names)


@pytest.mark.pdf
def test_concept_changes_the_pdf_not_the_html():
    html = snapshot(letter()).html
    assert "concept" not in html.lower()
    assert pdf(html, title=TITLE, concept=True) != pdf(html, title=TITLE, concept=False)


@pytest.mark.pdf
def test_same_bytes_in_another_process():
    html = snapshot(letter()).html
    env = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PYTHONPATH": str(ROOT)}
    other = subprocess.run([sys.executable, "-c", FRESH], input=html.encode(), capture_output=True, env=env, check=True)
    assert other.stdout == pdf(html, title="Titel", concept=True)


@pytest.mark.pdf
def test_fifty_thousand_accents_are_harmless():
    """Pango takes 50 seconds for them; the html keeps them all, the paper shows the first thirty."""
    content = letter(sections=[{"code": "a", "title": "A", "level": 2, "text": "e" + "\u0301" * 50_000}])
    assert snapshot(content).html.count("\u0301") == 50_000
    assert len(opened(content).pages) == 1


# What is refused


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://127.0.0.1/x", "data:text/css,p{}", "asset:../geintegreerd/settings.py"]
)
def test_fetcher_knows_only_the_assets(url):
    with pytest.raises(ValueError, match="no such asset"):
        Assets().fetch(url)
    assert all(Assets().fetch(name).read() for name in ASSETS)


@pytest.mark.pdf
@pytest.mark.parametrize(
    "html",
    [
        "<img alt='' src='file:///etc/passwd'>",
        "<link rel=stylesheet href='http://127.0.0.1:9/x.css'>",
        "<style>@import 'data:text/css,p{}'</style>",
    ],
)
def test_a_foreign_address_stops_the_rendering(html):
    with pytest.raises(RenderError) as error:
        pdf(html, title="Titel", concept=False)
    assert str(error.value) == FAILED and "Error fetching" in error.value.reason


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (replace(Limits(), cpu=1), TOO_LONG),
        (replace(Limits(), wall=1), TOO_LONG),
        (replace(Limits(), memory=60_000_000), TOO_BIG),
    ],
    ids=["cpu", "wall", "memory"],
)
def test_a_bomb_fails_visibly_and_the_parent_goes_on(limits, sentence):
    bomb = "<table>" + "<tr><td>cel<td>cel</tr>" * 200_000
    with pytest.raises(RenderError) as error:
        pdf(bomb, title="Bom", concept=False, limits=limits)
    assert str(error.value) == sentence and error.value.reason
    assert pdf("<p>Nog steeds</p>", title="Titel", concept=False).startswith(b"%PDF")
