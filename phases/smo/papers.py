"""What the SMO puts on paper: the besluitenlijst of a meeting, and its papers as one bundle."""

import re

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cases.letters.base import snapshot
from cases.letters.content import Content
from cases.letters.markdown import as_words
from cases.models import DocumentVersion
from cases.rubricering import Rubricering
from cases.templatetags.notatie import datum, datum_kort
from phases.smo.models import Actie, Besluitenlijst, Bundel, Conclusie
from phases.smo.selectors.meetings import Point, actions, attendance, points
from phases.smo.selectors.offers import Item

BODY = re.compile(r'<body class="([\w-]+)">(.*)</body>', re.DOTALL)
ANCHOR = re.compile(r'( id="| href="#)')


def list_mark(lijst: Besluitenlijst) -> str:
    """Which state of a concept somebody sees: another as soon as a text, an action, a conclusion or the attendance changes."""
    return snapshot(list_content(lijst, points(lijst.vergadering))).sha256


def list_content(lijst: Besluitenlijst, rows: list[Point]) -> Content:
    """The whole list: every point with its conclusion, dissent and conditions, who was there, and the actions."""
    meeting = lijst.vergadering
    there = attendance(meeting)
    secret = any(p.item and p.item.dossier.marking == Rubricering.DEP_V for p in rows)
    sections = [_section("aanwezig", "Aanwezig", _present(there))]
    sections += [_section(f"punt-{n}", row.title, _said(row, lijst)) for n, row in enumerate(rows, 1)]
    sections.append(_section("opmerkingen", "Overig", lijst.opmerkingen))
    agreed = _agreed(lijst)
    sections.append({**_section("acties", "Acties", ""), "tables": [_actions(agreed)] if agreed else []})
    fictional = any(p.item and p.item.dossier.fictional for p in rows)
    return {
        "layout": "rapport",
        "title": f"Besluitenlijst van de SMO van {datum(meeting.day)}",
        "rubricering": (Rubricering.DEP_V if secret else Rubricering.ONGERUBRICEERD).label,
        "senders": ["Stuurgroep Missies en Operaties"],
        "metadata": [
            ["Vergadering", f"{datum(meeting.day)}, {meeting.time:%H.%M} uur, {meeting.place}"],
            ["Versie", f"{lijst.number}{' (correctie)' if lijst.number > 1 else ''}"],
            ["Geschreven door", str(lijst.written_by)],
            *([["Vastgesteld", f"{datum(lijst.adopted_at)}, {lijst.adopted_by}"]] if lijst.adopted else []),
        ],
        "sections": sections,
        "fictional": fictional,
    }


def list_rows(lijst: Besluitenlijst, rows: list[Point]) -> list[dict]:
    """The list for a spreadsheet, to be frozen with it: each point with its conclusion, then each action by its id."""
    said = [{"cellen": _cells(row, lijst), "actie": None} for row in rows]
    return said + [
        {"cellen": ["Actie", a.tekst, "", "", "", str(a.holder), datum_kort(a.due)], "actie": a.pk}
        for a in _agreed(lijst)
    ]


def _cells(row: Point, lijst: Besluitenlijst) -> list[str]:
    item, note = row.item, lijst.teksten.get(str(row.punt.pk), "")
    made = row.conclusie
    said = " ".join(filter(None, [made.tekst if made else "", note]))
    verdict = made.get_oordeel_display() if made else ""
    return [row.punt.get_soort_display(), row.title, item.dossier.number if item else "", verdict, said, "", ""]


def _agreed(lijst: Besluitenlijst) -> list[Actie]:
    """The actions up to and with this list."""
    return [action for action in actions(lijst.vergadering) if action.besluitenlijst_id <= lijst.pk]


def _section(code: str, title: str, text: str) -> dict:
    return {"code": code, "title": title, "level": 2, "text": text, "tables": []}


def _present(there: tuple[list[str], str]) -> str:
    people, guests = there
    lines = "\n".join(f"- {as_words(name)}" for name in people)
    return "\n\n".join(filter(None, [lines, guests and f"Gasten: {as_words(guests)}"])) or "Niet vastgelegd."


def _said(row: Point, lijst: Besluitenlijst) -> str:
    """A point in the list: the conclusion, what it asks, who dissents, and what the secretary wrote."""
    written = lijst.teksten.get(str(row.punt.pk), "").strip()
    parts = [*_concluded(row.item, row.conclusie), written] if row.item else [written]
    return "\n\n".join(part for part in parts if part) or "Geen besluit."


def _concluded(item: Item, made: Conclusie | None) -> list[str]:
    """What was concluded and who dissents. Their words are no Markdown: else a member could write a conclusion among them."""
    if made is None:
        return ["Ingetrokken." if item.withdrawn else "Nog geen conclusie."]
    lines = [f"**Conclusie: {made.get_oordeel_display().lower()}.** {as_words(made.tekst)}"]
    if made.doorgeleiding:
        lines.append(f"Doorgeleiding: {made.get_doorgeleiding_display().lower()}.")
    lines += [f"Voorwaarde {v.number}: {as_words(v.tekst)}" for v in made.voorwaarden.all()]
    lines += [
        f"Afwijkend standpunt van {s.ministry.code}: {s.get_strekking_display().lower()}. {as_words(s.toelichting)}"
        for s in item.dissent
    ]
    return lines


def _actions(rows: list[Actie]) -> dict:
    cells = [[row.tekst, str(row.holder), datum(row.due)] for row in rows]
    return {"caption": "Acties", "head": ["Actie", "Houder", "Uiterlijk"], "rows": cells}


def bundle_html(made: Bundel, title: str) -> str:
    """The frozen papers one after another, each as it was adopted; only their anchors get a prefix, so that none collides."""
    versions = DocumentVersion.objects.select_related("document__dossier").in_bulk(made.version_ids)
    papers = []
    for n, pk in enumerate(made.version_ids, 1):
        version = versions[pk]
        found = BODY.search(version.html)
        layout, body = (found[1], found[2]) if found else ("product", version.html)
        name = f"{version.document.dossier.title}: {version}"
        html = SafeString(ANCHOR.sub(rf"\1stuk{n}-", body))
        papers.append({"id": f"stuk{n}", "name": name, "layout": layout, "html": html})
    return render_to_string(
        "letters/bundel.html", {"titel": title, "stukken": papers, "vergadering": made.vergadering, "rubriek": _top(versions)}
    )  # fmt: skip


def _top(versions: dict[int, DocumentVersion]) -> str:
    """The highest marking of the papers, for the first page."""
    secret = any(version.marking == Rubricering.DEP_V for version in versions.values())
    return (Rubricering.DEP_V if secret else Rubricering.ONGERUBRICEERD).label
