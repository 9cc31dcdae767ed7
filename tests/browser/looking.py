"""What a browser can measure on a page: axe, structure, targets, reflow, and text that is lost or overlaps."""

from pathlib import Path

import axe_playwright_python
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """([only, contrast]) => axe.run(document, {runOnly: only, resultTypes: ['violations'], preload: false,
  rules: contrast ? {} : {'color-contrast': {enabled: false}}}).then(
  result => result.violations.map(v => `${v.id}: ${v.nodes[0].html.slice(0, 160)}`))"""
# Axe judges what is visible. Where a width shows the same elements, only these rules can answer otherwise than at a wider one.
ABOUT_SIZE = ["target-size", "scrollable-region-focusable"]
# Whether this width shows other elements than the earlier ones, and in which colours text stands: its own, what lies under it, how
# see-through it is, whether it is "large text", and whether it is switched off (then contrast is not asked).
NEWLY = """() => {
  const colours = new Set();
  const shown = [...document.querySelectorAll('body, body *')].map(e => {
    if (!e.checkVisibility({opacityProperty: true, visibilityProperty: true})) return false;
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && !e.matches('input, select, textarea')) return true;
    const s = getComputedStyle(e), size = parseFloat(s.fontSize), look = [s.color, size >= 24 || (size >= 18.66 && s.fontWeight >= 700)];
    for (let up = e, open = true; up; up = up.parentElement) { const b = getComputedStyle(up);
      if (b.opacity !== '1') look.push(b.opacity);
      if (open && b.backgroundImage !== 'none') look.push(b.backgroundImage);
      if (open && b.backgroundColor !== 'rgba(0, 0, 0, 0)') { look.push(b.backgroundColor); open = b.backgroundColor.startsWith('rgba'); } }
    colours.add([...look, !!e.closest(':disabled, [aria-disabled=true]')].join());
    return true; });
  const before = window.shownBefore ?? [];
  window.shownBefore = [...before, shown];
  return {shown: !before.some(old => old.length === shown.length && old.every((was, i) => was === shown[i])), colours: [...colours]}; }"""
# The colours that axe was asked about, on any page of this test process: half of its time is the contrast of text.
JUDGED: set[str] = set()
# WCAG 1.4.12: the values that a reader may set.
SPACING = """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync(`* { line-height: 1.5 !important;
  letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet]; }"""
NO_SPACING = "() => { document.adoptedStyleSheets = []; }"
STRUCTURE = """() => {
  const found = [], heads = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter(e => e.checkVisibility() && !e.closest('.fouten'));
  if (document.documentElement.lang !== 'nl') found.push('no lang');
  if (document.querySelectorAll('h1').length !== 1) found.push('not one h1');
  if (!document.title.endsWith(' - Geïntegreerd')) found.push('title: ' + document.title);
  heads.reduce((before, e) => { const level = +e.tagName[1];
    if (level > before + 1) found.push(`h${level} after h${before}: ${e.textContent.trim()}`); return level; }, 0);
  for (const e of document.querySelectorAll('img:not([alt]), table:not(:has(caption, th)), iframe'))
    found.push(e.outerHTML.slice(0, 100));
  return found; }"""
LAYOUT = """() => {
  const found = [];
  if (document.documentElement.scrollWidth > window.innerWidth) found.push('scrolls sideways');
  for (const e of document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')) {
    const r = e.getBoundingClientRect();
    const inline = getComputedStyle(e).display === 'inline' && e.closest('p, li, td, dd');
    if (r.width && !inline && !e.matches('.overslaan') && Math.min(r.width, r.height) < 23.5)
      found.push('small: ' + e.outerHTML.slice(0, 120));
  }
  return found; }"""
# Text that a box cuts off, and two pieces of text in the same place. What only a screen reader gets is left out.
TEXT = """() => {
  const found = [], boxes = [];
  const ancestors = function* (e) { for (; e; e = e.parentElement) yield e; };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode());) {
    const e = node.parentElement;
    if (!node.data.trim() || e.closest('.vh, .overslaan, option, textarea, script') || !e.checkVisibility()) continue;
    if ([...ancestors(e)].some(up => up.clientWidth === 1)) continue;
    const range = document.createRange(); range.selectNodeContents(node);
    const frame = [...ancestors(e)].find(up => /auto|scroll/.test(getComputedStyle(up).overflow))?.getBoundingClientRect();
    for (const r of range.getClientRects())
      if (r.width > 1 && !(frame && (r.bottom > frame.bottom || r.top < frame.top || r.right > frame.right)))
        boxes.push({r, e, text: node.data.trim().slice(0, 40)});
    for (let up = e; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (/auto|scroll/.test(style.overflowX)) break;
      if (!/hidden|clip/.test(style.overflowX + style.overflowY) || up.clientWidth < 2) continue;
      const a = range.getBoundingClientRect(), b = up.getBoundingClientRect();
      if (a.right > b.right + 1 || a.bottom > b.bottom + 1) found.push('cut off: ' + node.data.trim().slice(0, 60));
    }
  }
  boxes.sort((a, b) => a.r.top - b.r.top);
  boxes.forEach((a, i) => { for (let j = i + 1; j < boxes.length && boxes[j].r.top < a.r.bottom - 4; j++) {
    const b = boxes[j], wide = Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left);
    if (wide > 4) found.push(`overlap: ${a.text} / ${b.text}`); } });
  return found; }"""
# In forced colours a background is gone: what is a button keeps an edge, and nothing moves for who asked for less motion.
FORCED = """() => [...document.querySelectorAll('.knop, main button, main input:not([type=radio], [type=checkbox]), main select, main textarea')].filter(e => {
  const s = getComputedStyle(e);
  return e.checkVisibility() && !e.matches('.knoptekst, [type=hidden]') && s.borderTopStyle === 'none' && s.outlineStyle === 'none';
}).map(e => 'no edge: ' + e.outerHTML.slice(0, 100)).concat(document.getAnimations().length ? ['moves'] : [])"""


def signed_in(browser: Browser, base: str, user, *, scripts: bool = True) -> Page:
    """A page with this person's session, without the login form; without scripts every *.js is refused on its way."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="nl-NL", timezone_id="Europe/Amsterdam"
    )
    if user is not None:
        sign_in(context, base, user)
    page = context.new_page()
    if not scripts:
        # By the browser itself: Playwright's own routing would also stop it from keeping style sheets.
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setBlockedURLs", {"urls": ["*.js"]})
    return page


def sign_in(context: BrowserContext, base: str, user) -> None:
    """Gives a browser this person's session."""
    client = Client()
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base}])


def axe(page: Page) -> list[str]:
    """What axe finds at this width that it can not have found before: at a wider one, or about the same colours."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    new = page.evaluate(NEWLY)
    coloured = not JUDGED.issuperset(new["colours"])
    JUDGED.update(new["colours"])
    only = TAGS if new["shown"] else [*ABOUT_SIZE, *(["color-contrast"] if coloured else [])]
    return page.evaluate(RUN, [only, coloured])


def at(page: Page, width: int, *checks: str, height: int = 900) -> list[str]:
    """What these checks find at this width. A window that has it already is left alone: each change draws the page anew."""
    if page.viewport_size != (size := {"width": width, "height": height}):
        page.set_viewport_size(size)
    return [f"{width}: {problem}" for check in checks for problem in page.evaluate(check)]


def wide_and_narrow(page: Page) -> list[str]:
    """Axe, structure and layout at the three widths of the design."""
    found = page.evaluate(STRUCTURE)
    for width in (1440, 820, 320):
        found += at(page, width, LAYOUT, TEXT) + [f"{width}: {line}" for line in axe(page)]
    return found


def as_readers_set_it(page: Page) -> list[str]:
    """Zoom to 200 % on a laptop, wider text, forced colours and less motion: nothing lost, nothing on top of another."""
    page.evaluate(SPACING)
    found = ["spacing " + problem for width in (320, 1280) for problem in at(page, width, LAYOUT, TEXT)]
    page.evaluate(NO_SPACING)
    found += at(page, 720, LAYOUT, TEXT, height=450)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    found += ["forced " + problem for problem in at(page, 1440, FORCED, TEXT)]
    page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    return found


def share(part: int, parts: int, rows: list) -> list:
    """One part of a list, in one piece, so that several test processes share the work."""
    return rows[len(rows) * part // parts : len(rows) * (part + 1) // parts]


def report(problems: list) -> str:
    """The same problem on many pages as one line, with how often and one page where it is."""
    found: dict[str, list] = {}
    for *where, problem in problems:
        found.setdefault(problem, []).append(where)
    return "".join(f"\n{len(places)} x {problem} on {places[0]}" for problem, places in found.items())
