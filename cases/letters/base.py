"""From content to the HTML that is kept: what a reader sees of a version is fixed here, the worker only prints it."""

import re
from dataclasses import dataclass
from hashlib import sha256

from django.template.loader import render_to_string

from cases.letters.content import Content, complete
from cases.letters.markdown import to_html


@dataclass(frozen=True)
class Snapshot:
    """A paper as HTML, and the sha256 of its UTF-8 bytes (hexadecimal), which is the paper's identity."""

    html: str
    sha256: str


def snapshot(content: Content) -> Snapshot:
    """Draw the paper's HTML: the same content always gives the same HTML, whatever the clock or the user's language.

    Raises KeyError when the content has no layout or title.
    """
    paper = complete(content)
    paper["sections"] = _sections(paper["sections"])
    html = held_together(render_to_string(f"letters/{paper['layout']}.html", {"paper": paper}))
    return Snapshot(html=html, sha256=sha256(html.encode()).hexdigest())


HARD_SPACE = "\u00a0"
# "€ 4,5 miljoen", "29 521, nr. 494", "21 501-02, nr. 2602", "nr. BA", "nrs. 3 en 4"
APART = (
    re.compile(r"€ (?=[\d-])"),
    re.compile(r"€\u00a0[\d.,]+ (?=duizend|miljoen|miljard)"),
    re.compile(r"\b\d\d (?=\d{3}(?:-\w+)?, nrs?\.)"),
    re.compile(r"\d(?:-\w+)?, (?=nrs?\. ?\w)"),
    re.compile(r"\bnrs?\. (?=\w)", re.IGNORECASE),
)


def held_together(text: str) -> str:
    """No line ends between a euro sign and its amount, or inside a Kamerstuk number."""
    for pattern in APART:
        text = pattern.sub(lambda found: f"{found[0][:-1]}{HARD_SPACE}", text)
    return text


def _sections(sections: list[dict]) -> list[dict]:
    """The sections that say something, numbered (1, 1.1, …), their text as HTML and their rows as marked cells.

    A chapter without text of its own stays when a part of it says something.
    """
    drawn: list[dict] = []
    chapter = part = 0
    for index, section in enumerate(sections):
        if not (_says_something(section) or _has_parts(sections, index)):
            continue
        if section["level"] == 2:
            chapter, part = chapter + 1, 0
        else:
            part += 1
        code = f"s{len(drawn) + 1}"
        drawn.append(
            {
                "id": code,
                "number": f"{chapter}" if section["level"] == 2 else f"{chapter}.{part}",
                "title": section["title"],
                "level": section["level"],
                "html": to_html(section["text"], code, top=section["level"] + bool(section["title"]), paper=True),
                "tables": [_table(table) for table in section.get("tables", [])],
            }
        )
    return drawn


def _says_something(section: dict) -> bool:
    return bool(section["text"].strip() or section.get("tables"))


def _has_parts(sections: list[dict], index: int) -> bool:
    """True for a chapter of which a part (level 3, before the next chapter) says something."""
    if sections[index]["level"] != 2:
        return False
    for section in sections[index + 1 :]:
        if section["level"] == 2:
            return False
        if _says_something(section):
            return True
    return False


def _table(table: dict) -> dict:
    """The same table with cells as (text, numeric), for the template to align figures.

    Only in a table of three columns or more does the first cell head its row: with two it is half of what the row says.
    """
    numeric = set(table.get("numeric", []))

    def cells(row: list[str]) -> list[tuple[str, bool]]:
        return [(text, column in numeric) for column, text in enumerate(row)]

    return {
        "caption": table["caption"],
        "head": cells(table["head"]),
        "rows": [cells(row) for row in table["rows"]],
        "row_heads": len(table["head"]) > 2,
    }
