"""Walks through the application as people do: opens a page, fills the form that is there, presses the button by its words."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from lxml import html

from cases.models import User

CHECK = 'button[@name="stap" and @value="indienen"]'


@dataclass
class Page:
    """An answer of the application, as a reader sees it."""

    url: str
    status: int
    tree: html.HtmlElement

    @property
    def text(self) -> str:
        """What the main part says, with single spaces."""
        return _words(self.tree.xpath("//main")[0])

    def form_with(self, button: str) -> tuple[html.FormElement, html.HtmlElement]:
        """The form in main with this button; the start of its words is enough."""
        for form in self.tree.xpath("//main//form[translate(@method, 'POST', 'post')='post']"):
            for found in form.xpath(".//button"):
                if _words(found).startswith(button):
                    return form, found
        seen = [_words(b) for b in self.tree.xpath("//main//button | //main//a[contains(@class,'knop')]")]
        raise AssertionError(f"Op {self.url} staat geen knop “{button}”. Wel: {seen}")

    def link(self, words: str) -> str:
        """The address behind a link or button-link in main."""
        for found in self.tree.xpath("//main//a[@href]"):
            if _words(found).startswith(words):
                return str(found.get("href"))
        raise AssertionError(f"Op {self.url} staat geen link “{words}”: {self.text[:1500]}")

    def action(self, words: str, about: str) -> str:
        """The address behind the link with these words whose address names what it is about."""
        for found in self.tree.xpath("//main//a[@href]"):
            if about in found.get("href") and _words(found).startswith(words):
                return str(found.get("href"))
        raise AssertionError(f"Op {self.url} staat geen link “{words}” met {about}: {self.text[:1500]}")

    def field(self, label: str) -> str:
        """The name of the field with this label."""
        for found in self.tree.xpath("//main//label[@for]"):
            if _words(found).startswith(label):
                return str(self.tree.get_element_by_id(found.get("for")).get("name"))
        raise AssertionError(f"Op {self.url} staat geen veld “{label}”: {self.text[:1500]}")

    def option(self, words: str) -> str:
        """The value of the choice with these words: a round or square box, or a line of a list."""
        for found in self.tree.xpath("//main//label[@for] | //main//option"):
            if _words(found).startswith(words):
                chosen = self.tree.get_element_by_id(found.get("for")) if found.tag == "label" else found
                return str(chosen.get("value"))
        raise AssertionError(f"Op {self.url} staat geen keuze “{words}”: {self.text[:1500]}")

    @property
    def now(self) -> list[str]:
        """What a dossier says under "Wat moet er nu gebeuren?", line by line."""
        found = self.tree.xpath("//section[@aria-labelledby='nu-kop']//*[self::p or self::li]")
        return [_words(line) for line in found]

    @property
    def label(self) -> str:
        """The label beside the title of a dossier."""
        return _words(self.tree.xpath("//*[@class='dossierkop__titel']/*[2]")[0])

    @property
    def points(self) -> list[str]:
        """The points on the agenda of a meeting, in order and numbered."""
        found = self.tree.xpath("//section[@aria-labelledby='agenda-van-de-dag']//ol/li/*[1]")
        return [_words(line) for line in found]

    @property
    def tasks(self) -> list[str]:
        """What Mijn werk says that this person must do, with the dossier."""
        return [_words(line) for line in self.tree.xpath("(//main//ul[@class='taken'])[1]/li")]


def _words(element: html.HtmlElement) -> str:
    """What stands in an element, with single spaces."""
    return " ".join(element.text_content().split())


@dataclass
class Walker:
    """Everybody's own browser session, by username."""

    cast: dict[str, User]
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        if who not in self.clients:
            self.clients[who] = Client(enforce_csrf_checks=True)
            self.clients[who].force_login(self.cast[who])
        return self.clients[who]

    def open(self, who: str, url: str) -> Page:
        """A page that must be there."""
        page = self._page(self.client(who).get(url, follow=True), url)
        assert page.status == 200, f"{who} op {url}: {page.status}"
        return page

    def download(self, who: str, url: str, kind: str) -> bytes:
        """A file that must be there, of this kind."""
        answer = self.client(who).get(url)
        assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (200, kind), f"{who} op {url}"
        return answer.content

    def press(self, who: str, url: str, button: str, status: int = 200, **values: Any) -> Page:
        """Opens a page, fills the form behind a button and presses it; goes through the check page when there is one."""
        page = self.confirm(who, self.submit(who, self.open(who, url), button, values))
        assert page.status == status, f"{who} drukte op “{button}”: {page.status}\n{page.text[:1500]}"
        return page

    def confirm(self, who: str, page: Page) -> Page:
        """Presses the button of a check page; any other page stays as it is."""
        checks = page.tree.xpath(f"//main//{CHECK}")
        return self.submit(who, page, checks[0].text_content().strip(), {}) if checks else page

    def submit(self, who: str, page: Page, button: str, values: dict[str, Any]) -> Page:
        form, pressed = page.form_with(button)
        data: dict[str, Any] = {}
        for name, value in form.form_values():
            data.setdefault(name, []).append(value)
        unknown = [name for name in values if name not in form.fields]
        assert not unknown, f"Het formulier op {page.url} heeft geen veld {unknown}: {list(form.fields)}"
        data.update(values)
        if pressed.get("name"):
            data[pressed.get("name")] = pressed.get("value", "")
        target = pressed.get("formaction") or form.action or page.url
        return self._page(self.client(who).post(target, data, follow=True), target)

    def _page(self, response: Any, url: str) -> Page:
        chain = getattr(response, "redirect_chain", [])
        return Page(
            chain[-1][0] if chain else url, response.status_code, html.fromstring(response.content or b"<main></main>")
        )
