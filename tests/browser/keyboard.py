"""A person with only a keyboard: Tab, Enter, Space and the arrows. Every stop is written down and must show its focus."""

import re

from playwright.sync_api import Page

FAR = 150
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const group = e.matches('[type=radio], [type=checkbox]') ? e.closest('fieldset')?.querySelector('legend') : null;
  const label = e.labels?.length ? e.labels[0] : null;
  const name = e.getAttribute('aria-label') || label?.textContent || e.textContent || e.value || '';
  return {
    kind: e.type && e.tagName === 'INPUT' ? e.type : e.getAttribute('role') || e.tagName.toLowerCase(),
    name: ((group ? group.textContent + ': ' : '') + name).replace(/\\s+/g, ' ').trim(),
    shown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  }; }"""
CHANGING = re.compile(r"\d{4}-\d{4}|\d+")


class Keyboard:
    """Moves over a page and keeps the order of the stops, in `lines`."""

    def __init__(self, page: Page) -> None:
        self.page, self.lines = page, []

    def note(self, text: str) -> None:
        self.lines.append(text)

    def open(self, url: str) -> None:
        self.page.goto(url)
        self.begin()

    def begin(self) -> None:
        """On a fresh page: the first stop is the link past the header, and it works.

        The answer to a form keeps the address of that link: the browser then begins past the header by itself.
        """
        if self.page.url.endswith("#inhoud"):
            self.note(f"[{self.page.locator('h1').inner_text()}] begint na de kop")
            return
        self.tab_to("Direct naar de inhoud")
        self.page.keyboard.press("Enter")
        assert self.page.evaluate("document.activeElement.id") == "inhoud"
        self.note(f"[{self.page.locator('h1').inner_text()}] over de kop gesprongen")

    def tab_to(self, name: str) -> None:
        """Tab until this is focused; every stop on the way shows where it is."""
        for _ in range(FAR):
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(FOCUSED)
            assert stop, f"De focus verliet de pagina vóór “{name}”:\n" + "\n".join(self.lines)
            assert stop["shown"] and stop["inside"], f"Geen zichtbare focus op {stop}"
            self.note(f"  {stop['kind']} {CHANGING.sub('N', stop['name'])[:90]}")
            if name in stop["name"]:
                return
        raise AssertionError(f"“{name}” is met Tab niet te bereiken:\n" + "\n".join(self.lines))

    def type(self, label: str, text: str) -> None:
        self.tab_to(label)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def tick(self, label: str) -> None:
        self.tab_to(label)
        self.page.keyboard.press("Space")

    def choose(self, group: str, steps: int) -> None:
        """In a group of radio buttons: the first is ticked with space, the arrows go on from there."""
        self.tab_to(group)
        self.page.keyboard.press("Space")
        for _ in range(steps):
            self.page.keyboard.press("ArrowDown")

    def press(self, button: str) -> None:
        """Enter on a button or link, and the next page."""
        self.tab_to(button)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.begin()

    def around(self) -> tuple[int, int]:
        """Tabs through the whole page once: how many stops there are, and how many were reached before the end."""
        wanted = self.page.evaluate("""() => { const names = new Set(); let groups = 0;
          for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')) {
            if (!e.checkVisibility()) continue;
            if (e.type === 'radio') { if (names.has(e.name)) continue; names.add(e.name); }
            groups += 1;
          } return groups; }""")
        reached = 0
        for _ in range(wanted + 1):
            self.page.keyboard.press("Tab")
            if not self.page.evaluate(FOCUSED):
                break
            reached += 1
        return wanted, reached
