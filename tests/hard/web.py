"""The same crowd through real HTTP: a threaded server on a free port, people who logged in, forms as their browser sent them."""

import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import reverse
from lxml import html

from cases.exceptions import Conflict, NotPossible
from geintegreerd.demo.accounts import PASSWORD
from tests.hard.at_once import Work

# What a page may say to who is late: somebody was first, or the procedure says no.
LATE = {409: Conflict, 422: NotPossible}


class Quiet(WSGIRequestHandler):
    """Says nothing on the screen."""

    def log_message(self, *words: object) -> None:
        """Requests are counted by who sends them."""


class Server(ThreadedWSGIServer):
    """A thread per request; the thread closes its connection to the database when the request is done."""

    daemon_threads = True
    request_queue_size = 64


@contextmanager
def serving() -> Iterator[str]:
    """The application on a free port; its address."""
    server = Server(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        connections.close_all()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer: the act was done."""

    def redirect_request(self, *words: object) -> None:
        return None


@dataclass
class Person:
    """A browser with the cookies of one login."""

    base: str
    username: str
    jar: CookieJar = field(default_factory=CookieJar)

    def __post_init__(self) -> None:
        status, _ = self.send(reverse("account_login"), {"login": self.username, "password": PASSWORD, **self.token()})
        assert status == 302, f"{self.username} kan niet inloggen: {status}"

    def token(self) -> dict[str, str]:
        _, page = self.send(reverse("account_login"))
        return {"csrfmiddlewaretoken": html.fromstring(page).xpath("//input[@name='csrfmiddlewaretoken']/@value")[0]}

    def send(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
        """One request; the status and the page."""
        body = urllib.parse.urlencode(data, doseq=True).encode() if data is not None else None
        opener = urllib.request.build_opener(NoRedirect, urllib.request.HTTPCookieProcessor(self.jar))
        request = urllib.request.Request(self.base + path, body, {"Referer": self.base + path})
        try:
            with opener.open(request, timeout=120) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.read().decode()

    def filled(self, path: str, button: str, **values: str) -> Work:
        """Opens a page and fills its form; gives back the press on that button, past the check page."""
        status, page = self.send(path)
        assert status == 200, f"{self.username} op {path}: {status}"
        form = _form(page, button)
        data = {name: value for name, value in form.form_values() if name not in values}
        data |= values | {"stap": "indienen"}
        return lambda: self.press(form.action or path, data)

    def press(self, path: str, data: dict[str, str]) -> str:
        """Done when the answer is a redirect; a late one gets a page with a sentence; anything else is a fault."""
        status, page = self.send(path, data)
        if status == 302:
            return path
        sentence = " ".join(html.fromstring(page).xpath("string(//main)").split())
        assert status in LATE and len(sentence) > 40, f"{self.username} kreeg {status}: {sentence[:300]}"
        raise LATE[status](sentence)


def _form(page: str, button: str) -> html.FormElement:
    for form in html.fromstring(page).xpath("//main//form"):
        if any(" ".join(b.text_content().split()).startswith(button) for b in form.xpath(".//button")):
            return form
    words = " ".join(html.fromstring(page).xpath("string(//main)").split())
    raise AssertionError(f"geen knop “{button}”: {words[:600]}")


def link(page: str, words: str) -> str:
    """The address behind these words."""
    found = html.fromstring(page).xpath("//main//a[@href]")
    return next(str(a.get("href")) for a in found if " ".join(a.text_content().split()).startswith(words))


People = Callable[[str], Person]


def people(base: str) -> People:
    """Who logged in, each once."""
    known: dict[str, Person] = {}

    def person(username: str) -> Person:
        if username not in known:
            known[username] = Person(base, username)
        return known[username]

    return person
