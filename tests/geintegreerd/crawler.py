"""A visitor who follows every link and fills every form, and what every answer must be. Used by test_crawler.py.

What a page says is read with a parser, as a browser would: text that stayed text is harmless, an element or an attribute
that someone typed is not.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import cycle
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve
from lxml import etree

NAME = "kanarie"
CANARY = f"\"'><{NAME} on{NAME}=1>&lt;<script>{NAME}()</script>{{{{ 7191|add:1 }}}}{{% {NAME} %}}${{7191+1}}</textarea><{NAME}>"
COMPUTED = "7192"
SOUP = (
    "'; DROP TABLE cases_dossier; -- \u202egnirts\u202c\u2066\u200f 👩‍👩‍👧‍👦🏴‍☠️ %s%00%n ../../etc/passwd e"
    + "\u0301" * 40
)
NAUGHTY = (
    CANARY,
    "a\x00b",
    "a\ud800b",
    SOUP,
    "e" + "\u0301" * 50_000,
    "woord " * 40_000,
    "-1",
    "9" * 400,
    str(2**63),
    "1e309",
    "١٢٣",
    "31-02-0000",
    "9999-12-31",
    "bestaat-niet",
    "",
    " \u00a0\u2003\r\n\t",
)
SKIPPED = {"csrfmiddlewaretoken"}
FILES = (
    "application/pdf",
    "text/csv; charset=utf-8",
    "text/calendar; charset=utf-8",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
REDIRECTS = {301, 302, 303, 307, 308}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


Values = list[tuple[str, str]]


@dataclass
class Field:
    """A control of a form: its name, its kind (text, line, number, day, hidden, choice, button), its value and its options."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)

    @property
    def plausible(self) -> str:
        """What an obliging person would leave or choose here."""
        standard = {"number": "1000", "day": f"31-12-{date.today().year + 1}"}
        return next((o for o in self.options if o), self.value) or standard.get(self.kind, "")


@dataclass
class Form:
    """A form on a page, with the address it is sent to."""

    method: str
    action: str
    fields: list[Field] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The same for the same form about another dossier."""
        return f"{self.method} {kind_of(self.action)} {' '.join(dict.fromkeys(f.name for f in self.fields))}"

    def values(self, **given: Callable[[Field], str]) -> Values:
        """What a browser would send, one value per name; `given` says what stands in the fields of a kind instead."""
        found: dict[str, str] = {}
        for one in self.fields:
            found.setdefault(one.name, given[one.kind](one) if one.kind in given else one.plausible)
        return list(found.items())

    def with_text(self, *texts: str) -> Values:
        """Everything in order, but these texts in turn in the text fields, no longer than would be taken."""
        turn = cycle(texts)
        return self.values(text=lambda one: next(turn), line=lambda one: next(turn)[:38])

    def mixed(self, turn: int) -> Values:
        """Another naughty string in every field, hidden and chosen ones included; each turn shifts them."""
        names = list(dict.fromkeys(f.name for f in self.fields))
        return [(name, NAUGHTY[(turn + 3 * place) % len(NAUGHTY)]) for place, name in enumerate(names)]

    def tampered(self, text: str) -> Values:
        """Proper answers, but what the page hid and its buttons say is forged."""
        proper = dict.fromkeys(("text", "line"), lambda one: "Tekst.")
        return self.values(**proper, hidden=lambda one: text, button=lambda one: text)


class Page:
    """What stands in an answer: language, links, forms, and whatever of a canary came alive."""

    def __init__(self, url: str, html: str) -> None:
        self.url, self.lang, self.title, self.status = url, "", False, 0
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.alive: list[str] = []
        self._tag, self._form, self._choices = "", None, {}
        parser = etree.HTMLParser(target=self, huge_tree=True)
        parser.feed(html)
        parser.close()

    def start(self, tag: str, values: dict[str, str]) -> None:
        self._tag = tag
        if tag == NAME or any(NAME in name or (name[:2] == "on" and value) for name, value in values.items()):
            self.alive.append(f"<{tag} {values}>")
        if tag == "html":
            self.lang = values.get("lang", "")
        if tag == "title":
            self.title = True
        if tag == "a" and "href" in values:
            self.links.append(urljoin(self.url, values["href"].strip()))
        if tag == "form":
            self._choices = {}
            self._form = Form(values.get("method", "get").lower(), urljoin(self.url, values.get("action") or self.url))
            self.forms.append(self._form)
        elif self._form is not None:
            self._control(tag, values)

    def _control(self, tag: str, values: dict[str, str]) -> None:
        name, kind = values.get("name", ""), values.get("type", "text")
        if tag == "option" and self._choices.get("select"):
            self._choices["select"].options.append(values.get("value", ""))
        if not name or name in SKIPPED or tag not in {"input", "textarea", "select", "button"}:
            return
        if tag == "select" or kind in {"radio", "checkbox"}:
            one = self._choices.setdefault(name, Field(name, "choice"))
            if one not in self._form.fields:
                self._form.fields.append(one)
            if tag == "select":
                self._choices["select"] = one
            else:
                one.options.append(values.get("value", "on"))
            return
        if kind != "hidden":
            short = "kort" in values.get("class", "").split()
            kind = {"button": "button", "textarea": "text"}.get(tag, "line")
            kind = ("number" if values.get("inputmode") else "day") if short else kind
        self._form.fields.append(Field(name, kind, values.get("value", "")))

    def end(self, tag: str) -> None:
        self._tag = ""
        if tag == "form":
            self._form = None

    def close(self) -> None:
        """The parser asks for it."""

    def data(self, data: str) -> None:
        if self._tag in {"script", "style"} and NAME in data:
            self.alive.append(f"<{self._tag}>{data[:80]}")
        if COMPUTED in data:
            self.alive.append(f"computed: {data[:200]}")


def faults(response, page: Page | None) -> Iterator[str]:
    """Everything that is wrong with an answer, in words."""
    if response.status_code >= 500:
        yield f"status {response.status_code}"
    for name, value in HEADERS.items():
        if response.headers.get(name) != value:
            yield f"{name}: {response.headers.get(name)}"
    if "no-store" not in response.headers.get("Cache-Control", ""):
        yield f"Cache-Control: {response.headers.get('Cache-Control')}"
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield f"Content-Security-Policy: {policy}"
    if response.status_code in REDIRECTS:
        if urlsplit(response.headers["Location"]).netloc:
            yield f"leads away: {response.headers['Location']}"
        return
    kind = response.headers.get("Content-Type", "")
    if page is None:
        if kind not in FILES:
            yield f"neither page, pdf nor table: {kind}"
        return
    if kind != "text/html; charset=utf-8" or page.lang != "nl" or not page.title:
        yield f"not a Dutch page: {kind}, lang={page.lang}"
    for one in page.alive:
        yield f"canary alive: {one}"


@dataclass
class Visitor:
    """Someone who walks through the application. `log` holds what was wrong, `forms` what can be filled, by kind."""

    who: str
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    log: list[str] = field(default_factory=list)
    forms: dict[str, Form] = field(default_factory=dict)
    visits: int = 0

    def get(self, url: str) -> Page | None:
        parts = urlsplit(url)
        return self._judge(url, self.client.get(parts.path, QUERY_STRING=parts.query))

    def post(self, form: Form, values: Values) -> Page | None:
        """Sends a form as a browser would, or a program: also signs that no browser sends. Returns the answer."""
        body = urlencode(values, encoding="utf-8", errors="surrogatepass")
        parts = urlsplit(form.action)
        if form.method == "get":
            return self._judge(f"{parts.path}?{body[:150]}", self.client.get(parts.path, QUERY_STRING=body))
        kind, query = "application/x-www-form-urlencoded", parts.query
        return self._judge(
            f"POST {form.action} {body[:150]}",
            self.client.post(parts.path, body, content_type=kind, QUERY_STRING=query),
        )

    def submit(self, form: Form, values: Values) -> bool:
        """Sends a form, presses on through its check page, and looks at where it leads; whether it was accepted."""
        page = self.post(form, values)
        again = [f for f in page.forms if f.method == "post" and f.action == form.action] if page else []
        if again and page.status == 200:
            page = self.post(again[0], again[0].values())
        accepted = page is not None and page.status == 302
        if accepted:
            self.get(page.links[0])
        return accepted

    def _judge(self, url: str, response) -> Page | None:
        self.visits += 1
        html = response.headers.get("Content-Type", "").startswith("text/html")
        page = None
        if html:
            page = Page(url.split(" ")[1 if url.startswith("POST ") else 0], response.content.decode())
            page.status = response.status_code
            page.links = [response.headers["Location"]] if page.status in REDIRECTS else page.links
        self.log += [f"{self.who}: {url}: {fault}" for fault in faults(response, page)]
        return page

    def crawl(self, start: str = "/", most: int = 10_000) -> None:
        """Follows every link inside the application, in the order found; of one kind of address at most `most`."""
        waiting, seen, kinds = [start], {start}, {}
        while waiting:
            page = self.get(waiting.pop(0))
            for form in page.forms if page else ():
                self.forms.setdefault(form.kind, form)
            for link in page.links if page else ():
                link = link.partition("#")[0]
                kind = "" if link in seen else kind_of(link)
                if kind and kinds.get(kind, 0) < most:
                    kinds[kind] = kinds.get(kind, 0) + 1
                    seen.add(link)
                    waiting.append(link)


@cache
def kind_of(url: str) -> str:
    """The name of an address with the names in its query; "" for what lies outside the application."""
    parts = urlsplit(url)
    if parts.netloc or parts.scheme or not parts.path:
        return ""
    try:
        name = resolve(parts.path).url_name
    except Resolver404:
        return f"unknown {url}"
    return f"{name}?{'&'.join(sorted({key for key, _ in parse_qsl(parts.query, keep_blank_values=True)}))}"
