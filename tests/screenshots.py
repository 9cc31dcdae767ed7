"""Shoots every page × role at three widths and in print, with one contact sheet: screenshots/index.html.

Run with ./run screenshots [part of a name]; it starts a fresh demo for it. Two browsers divide the work.
"""

import os
import shutil
import sys
import time
from html import escape
from multiprocessing import get_context
from pathlib import Path

import django
import pymupdf
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "screenshots"
WIDTHS = (1440, 820, 320)
PATIENCE = 240.0
PRINT_DPI = 70
STYLE = """body{font:15px/1.4 system-ui;margin:2rem;color:#0f172a}nav{columns:16rem}h2{margin:3rem 0 .5rem;border-top:2px solid}
figure{display:inline-block;margin:0 1rem 1rem 0;vertical-align:top}figcaption{font-size:13px}
img{display:block;border:1px solid #94a3b8;max-height:30rem;object-fit:cover;object-position:top}
.b1440{width:26rem}.b820{width:16rem}.b320{width:8rem}.print{width:20rem}"""

# What each of the two browsers does; filled before the fork, because the act of a page cannot be sent to another process.
TASKS: list[tuple[str, list, dict[str, str]]] = []


def main() -> int:
    base, only = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    django.setup()
    from tests.pages_of_demo import sheets

    scene, sessions = _prepare()
    listed = [sheet for sheet in sheets(scene) if only in sheet.slug]
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    from django.db import connections

    connections.close_all()
    begin = time.monotonic()
    TASKS.extend((base, listed[part::2], sessions) for part in range(2))
    with get_context("fork").Pool(2) as pool:
        problems = [problem for part in pool.map(_shoot, range(2)) for problem in part]
    (OUT / "index.html").write_text(_index(listed))
    print(f"{len(list(OUT.glob('*.png')))} foto's in {time.monotonic() - begin:.0f} seconden: {OUT / 'index.html'}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _prepare():
    """The scene with its PDFs made, and for every person a session; the browser shares the database with us."""
    from django.test import Client

    from cases.models import Rendering
    from geintegreerd.demo.people import make_people
    from tests.scene_of_demo import fail_pdf, make_scene

    people = make_people()
    scene = make_scene(people)
    deadline = time.monotonic() + PATIENCE
    while Rendering.objects.filter(state=Rendering.State.WACHT).exists():
        if time.monotonic() > deadline:
            sys.exit("De pdf's zijn na vier minuten nog niet klaar.")
        time.sleep(0.5)
    fail_pdf(scene)
    sessions = {}
    for who, user in people.items():
        client = Client()
        client.force_login(user)
        sessions[who] = client.cookies["sessionid"].value
    return scene, sessions


def _shoot(part: int) -> list[str]:
    """One browser's part of the work; returns what could not be shot."""
    base, listed, sessions = TASKS[part]
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path, problems = chromium.executable(), []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.ARGS)
        for who in sorted({who for sheet in listed for who in sheet.who}):
            page = _signed_in(browser, base, sessions.get(who, ""))
            for sheet in (s for s in listed if who in s.who):
                try:
                    _widths(page, base, sheet, who)
                except Exception as error:
                    problems.append(f"{sheet.slug} ({who}): {str(error)[:300]}")
            page.context.close()
        browser.close()
    return problems


def _signed_in(browser: Browser, base: str, session: str) -> Page:
    context = browser.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam", reduced_motion="reduce")
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
    return context.new_page()


def _widths(page: Page, base: str, sheet, who: str) -> None:
    """All pictures of one page for one person."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(base + sheet.url)
    if sheet.act:
        sheet.act(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=OUT / f"{_name(sheet, who)}-{width}.png", full_page=True)
    _print(page.pdf(prefer_css_page_size=True), OUT / f"{_name(sheet, who)}-print.png")


def _print(pdf: bytes, path: Path) -> None:
    """The printed pages side by side as one picture."""
    with pymupdf.open(stream=pdf) as printed, pymupdf.open() as strip:
        width, height = sum(p.rect.width for p in printed), max(p.rect.height for p in printed)
        row, left = strip.new_page(width=width, height=height), 0.0
        for number, sheet in enumerate(printed):
            row.show_pdf_page(pymupdf.Rect(left, 0, left + sheet.rect.width, sheet.rect.height), printed, number)
            left += sheet.rect.width
        row.get_pixmap(dpi=PRINT_DPI).save(path)


def _name(sheet, who: str) -> str:
    return f"{sheet.slug}--{who or 'niet-ingelogd'}"


def _index(listed: list) -> str:
    """The contact sheet: per page its people, per person the three widths and the print."""
    links = "".join(f'<a href="#{s.slug}">{escape(s.name)} {escape(s.what)}</a><br>' for s in listed)
    body = "".join(_section(sheet) for sheet in listed)
    head = '<!doctype html><html lang="nl"><meta charset="utf-8"><title>Alle pagina’s</title>'
    return f"{head}<style>{STYLE}</style><h1>Alle pagina’s</h1><nav>{links}</nav>{body}"


def _section(sheet) -> str:
    rows = ""
    for who in sheet.who:
        for size in (*WIDTHS, "print"):
            file, kind = f"{_name(sheet, who)}-{size}.png", size if size == "print" else f"b{size}"
            image = f'<a href="{file}"><img class="{kind}" src="{file}" alt="" loading="lazy"></a>'
            rows += f"<figure>{image}<figcaption>{escape(who or 'niet ingelogd')}, {size}</figcaption></figure>"
    return f'<h2 id="{sheet.slug}">{escape(sheet.name)} {escape(sheet.what)}</h2><p>{escape(sheet.url)}</p>{rows}'


if __name__ == "__main__":
    sys.exit(main())
