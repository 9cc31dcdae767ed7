"""The style guide shows every component and every class of the style sheets, and those stay within their weight."""

import gzip
import re

import pytest

from tests.cases.pages import session
from tests.database import ROOT

STATIC = ROOT / "static"
# letters.css and concept.css are for the PDF; print.css only changes what the other sheets made.
SCREEN = ("app", "indeling", "onderdelen", "lijsten", "tabellen", "formulier")
# Classes that only a script sets while someone types.
BY_SCRIPT = {"teller-tekens", "is-te-veel"}


@pytest.fixture
def guide(cast):
    """The page without and with errors: the templates it used and the classes it shows."""
    client = session(cast["auditor"])
    answers = [client.get("/beheer/stijlgids/", query) for query in ({}, {"fout": "1"})]
    used = {template.name for answer in answers for template in answer.templates if template.name}
    shown = {
        name for a in answers for names in re.findall(r'class="([^"]*)"', a.content.decode()) for name in names.split()
    }
    return used, shown


@pytest.mark.django_db
def test_every_component_is_shown(guide):
    used, _ = guide
    made = {f"components/{path.name}" for path in (ROOT / "templates" / "components").glob("*.html")}
    assert sorted(made - used) == []


@pytest.mark.django_db
def test_every_class_of_the_style_sheets_is_shown(guide):
    _, shown = guide
    sheets = "".join((STATIC / "css" / f"{name}.css").read_text() for name in SCREEN)
    bare = re.sub(r"/\*.*?\*/|\{[^{}]*\}|url\([^)]*\)", " ", sheets, flags=re.S)
    classes = set(re.findall(r"\.([a-z][a-z0-9_-]*)", bare))
    assert len(classes) > 80
    missing = sorted(classes - shown - BY_SCRIPT)
    assert not missing, missing


@pytest.mark.parametrize(("kind", "bound"), [("css", 12_000), ("js", 20_000)])
def test_what_a_browser_loads_stays_small(kind, bound):
    """Together, as gzip sends them: style sheets at most 12 kB, scripts at most 20 kB."""
    files = [path for path in sorted((STATIC / kind).glob(f"*.{kind}")) if path.stem not in {"letters", "concept"}]
    assert files
    weight = sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)
    assert weight <= bound, f"{weight} bytes in {[path.name for path in files]}"
