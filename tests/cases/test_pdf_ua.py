"""Every kind of paper as a reader with a screen reader meets it: PDF/UA-1 by our own eyes and by an outside checker."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import outloud
import pikepdf
import pymupdf
import pytest
from django.db import transaction

from budget_biv.models import Aanvraag, Bedrag, Fund
from cases.letters.base import snapshot
from cases.letters.content import Content
from cases.letters.kinds import kind
from cases.letters.render import pdf
from cases.models import Document, Dossier
from phases.handelingsopties.models import Optie
from phases.kamer import services as kamer
from tests import builders as b
from tests.cases import pdf_reader
from tests.phases import scenes

pytestmark = pytest.mark.pdf
PRODUCTS = {
    "signaal": b.SIGNAAL,
    "analyse": b.ANALYSE,
    "opties": b.NOTA,
    "plan": b.PLAN,
    "voortgang": b.VOORTGANG,
    "evaluatie": b.EVALUATIE,
}
LETTERS = ("kennisgeving", "artikel-100")
KINDS = (*PRODUCTS, *LETTERS)
# What the outside checker may still remark, and why it stays.
ACCEPTED = {
    "ORD-001": "WeasyPrint paints the signs of a list after its text; the structure, which is what is read, has them in place",
}
GREY = (0xE9, 0xED, 0xF2)


def text(number: int) -> str:
    """All that people can type: headings, a link, nested lists, a quotation and a footnote of its own."""
    return (
        "# Aanleiding\n\nDe inzet **begint** in [2027](https://www.rijksoverheid.nl) en volgt uit de *Leidraad*.[^1]\n\n"
        "- ten hoogste 175 militairen\n- een staf\n    1. in Sarajevo\n    2. in Den Haag\n\n> Vrede vraagt geduld.\n\n"
        f"## Vervolg\n\nDe Kamer hoort de uitkomst.\n\n[^1]: Kamerstuk 29 521, nr. {number}."
    )


@pytest.fixture(scope="module")
def papers(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[dict[str, tuple[Content, Path]]]:
    """Every kind of paper with all that people can type, as PDF; made once, from real dossiers that are undone."""
    from geintegreerd.demo.people import make_people

    folder, found = tmp_path_factory.mktemp("papieren"), {}
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_people(password=None)
        dossier = scenes.dossier(cast, title="EUFOR Althea", fictional=True)
        for name in KINDS:
            document = written(cast, dossier, name)
            content, path = kind(name).content(document), folder / f"{name}.pdf"
            path.write_bytes(pdf(snapshot(content).html, title=document.title, concept=name in LETTERS))
            found[name] = content, path
        transaction.set_rollback(True)
    return found


def written(cast: b.Cast, dossier: Dossier, name: str) -> Document:
    """The draft of a paper, with tables where it has them and one text that runs over the page."""
    if name in LETTERS:
        words = {"betreft": "Bijdrage aan de missie", "by": cast["behandelaar-bz"]}
        letter = kamer.begin(dossier_id=dossier.pk, soort=name, **words)
        for number, section in enumerate(letter.secties.all()):
            section.text, section.state = text(number) if number < 4 else "Tekst.", "gereed"
            section.save()
        return letter.document
    if name == "evaluatie":
        asked = Aanvraag.objects.create(
            ronde=dossier.current_ronde,
            fund=Fund.objects.get(),
            number=1,
            by=cast["behandelaar-bz"],
            asked_on=b.today(),
        )
        Bedrag.objects.bulk_create(
            Bedrag(aanvraag=asked, year=year, category=b.category(asked.fund), amount=1_500_000)
            for year in (2026, 2027, 2028)
        )
    fields = [field for field, value in PRODUCTS[name].items() if isinstance(value, str) and len(value) > 10][:3]
    rich = {field: text(number) for number, field in enumerate(fields)}
    document = b.write(cast, dossier, name, {**PRODUCTS[name], **rich})
    if name == "opties":
        options = {**b.OPTIE, "partners": "Europese Unie en de Verenigde Naties. " * 12}
        nota = document.optiesnota
        Optie.objects.bulk_create(Optie(nota=nota, letter=letter, **options) for letter in "ABC")
    return document


@pytest.fixture(params=KINDS)
def paper(request, papers) -> tuple[str, Content, Path]:
    return request.param, *papers[request.param]


def test_outside_checker_finds_nothing(paper):
    name, _, path = paper
    result = outloud.check(str(path))
    assert result.error is None
    assert not [f"{f.rule} {f.message}" for f in result.findings if f.severity == "error"]
    remarks = {f.rule: f.message for f in result.findings if f.severity == "warning"}
    assert not {rule: words for rule, words in remarks.items() if rule not in ACCEPTED}, name


def test_title_language_and_identification(paper):
    _, content, path = paper
    with pikepdf.open(path) as document, document.open_metadata() as metadata:
        assert str(document.Root.Lang) == "nl" and document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert metadata["pdfuaid:part"] == "1" and metadata["dc:title"] == content["title"]


def test_reading_order_is_that_of_the_text(paper):
    """The words in the order in which the structure names them are the words of the paper from head to foot."""
    _, content, path = paper
    with pikepdf.open(path) as document:
        read = " ".join("".join(pdf_reader.read_text(document)).split())
    titles = [s["title"] for s in content["sections"] if s["title"] and (s["text"].strip() or s.get("tables"))]
    body = read[read.rindex("Pagina") :] if "Pagina" in read else read
    places = [body.rfind(" ".join(title.split())) for title in titles]
    assert -1 not in places and places == sorted(places)


def test_headings_go_down_one_level_at_a_time(paper):
    _, _, path = paper
    with pikepdf.open(path) as document:
        levels = [int(tag[1]) for tag in pdf_reader.tags(document) if tag in {"H1", "H2", "H3", "H4", "H5", "H6"}]
        with document.open_outline() as outline:
            bookmarks = outline.root[0].title, len(outline.root)
    assert levels[0] == 1 and levels.count(1) == 1 and len(levels) > 3
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    assert bookmarks[0] and bookmarks[1] == 1


def test_tables_have_headers_and_a_caption(paper):
    name, content, path = paper
    with pikepdf.open(path) as document:
        elements = pdf_reader.elements(document)
    heads = [e for e in elements if e.S == "/TH"]
    assert heads and all(str(e.A.Scope) in {"/Row", "/Column"} for e in heads)
    captions = sum(len(s.get("tables", [])) for s in content["sections"])
    assert sum(e.S == "/Caption" for e in elements) == captions
    assert captions or name not in {"opties", "evaluatie"}


def test_no_picture_without_a_description(paper):
    _, _, path = paper
    with pikepdf.open(path) as document:
        figures = [e for e in pdf_reader.elements(document) if e.S in {"/Figure", "/Formula"}]
    assert all(str(e.get("/Alt", "")).strip() for e in figures)


def test_every_page_carries_its_marking_and_number(paper):
    name, _, path = paper
    with pymupdf.open(path) as document:
        for number, page in enumerate(document, 1):
            lines = [(word[1], word[4]) for word in page.get_text("words")]
            tops = sorted(y for y, word in lines if word == "Ongerubriceerd")
            assert len(tops) == 2 and tops[0] < 60 and tops[1] > page.rect.height - 60, (name, number)
            assert f"Pagina {number} van {len(document)}" in page.get_text()
            assert watermarked(page) is (name in LETTERS), (name, number)


def watermarked(page: pymupdf.Page) -> bool:
    """Whether the grey of the concept mark is really printed."""
    pixels = page.get_pixmap(dpi=30).samples
    near = lambda at: all(abs(pixels[at + i] - GREY[i]) < 6 for i in range(3))  # noqa: E731
    return sum(near(at) for at in range(0, len(pixels), 3)) > 1200


def test_no_row_is_cut(paper):
    """The cells of a row stand on one page."""
    _, _, path = paper
    with pikepdf.open(path) as document:
        rows = [e for e in pdf_reader.elements(document) if e.S == "/TR"]
        assert all(len({cell.Pg.objgen for cell in row.K if "/Pg" in cell}) <= 1 for row in rows)
