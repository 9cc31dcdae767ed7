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
        return " ".join(self.tree.xpath("//main")[0].text_content().split())

    def form_with(self, button: str) -> tuple[html.FormElement, html.HtmlElement]:
        """The form in main with this button; the start of its words is enough."""
        for form in self.tree.xpath("//main//form[translate(@method, 'POST', 'post')='post']"):
            for found in form.xpath(".//button"):
                if " ".join(found.text_content().split()).startswith(button):
                    return form, found
        seen = [
            " ".join(b.text_content().split())
            for b in self.tree.xpath("//main//button | //main//a[contains(@class,'knop')]")
        ]
        raise AssertionError(f"Op {self.url} staat geen knop “{button}”. Wel: {seen}")

    def link(self, words: str) -> str:
        """The address behind a link or button-link in main."""
        for found in self.tree.xpath("//main//a[@href]"):
            if " ".join(found.text_content().split()).startswith(words):
                return str(found.get("href"))
        raise AssertionError(f"Op {self.url} staat geen link “{words}”: {self.text[:1500]}")


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

    def press(self, who: str, url: str, button: str, status: int = 200, **values: Any) -> Page:
        """Opens a page, fills the form behind a button and presses it; goes through the check page when there is one."""
        page = self._submit(who, self.open(who, url), button, values)
        if page.tree.xpath(f"//main//{CHECK}"):
            page = self._submit(who, page, page.tree.xpath(f"//main//{CHECK}")[0].text_content().strip(), {})
        assert page.status == status, f"{who} drukte op “{button}”: {page.status}\n{page.text[:1500]}"
        return page

    def _submit(self, who: str, page: Page, button: str, values: dict[str, Any]) -> Page:
        form, pressed = page.form_with(button)
        data = {name: form.fields[name] for name in form.fields if form.fields[name] is not None}
        data = {
            name: list(v) if isinstance(v, html.MultipleSelectOptions | html.CheckboxValues) else v
            for name, v in data.items()
        }
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
