"""What every page test needs: a browser session per person, and what a page must refuse."""

import re

from django.test import Client

from cases.models import User
from geintegreerd.demo.accounts import PASSWORD

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
NAMED = re.compile(r"\d{4}-\d{4}|(?<=documenten/)\d+|(?<=versies/)\d+")


def session(user: User) -> Client:
    """A client that is logged in as this person."""
    client = Client()
    client.force_login(user)
    return client


def give_password(*users: User) -> None:
    """Lets these people log in by the form; hashing one for the whole cast takes seconds."""
    for user in users:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])


MARK = re.compile(r'<span class="vh">[^<]*</span>|</?(?:ins|del)>')


def unmarked(response) -> str:
    """The page without the marks of what differs between two versions."""
    return MARK.sub("", text(response))


def text(response) -> str:
    """The page without its csrf tokens, which differ every time."""
    return TOKEN.sub("", response.content.decode())


def assert_does_not_exist(cast, url: str, method: str = "get") -> None:
    """The outsider gets the very page that a number never given out gets at the same address."""
    call = getattr(session(cast["buitenstaander"]), method)
    refused = call(url)
    unknown = call(NAMED.sub(lambda found: "1999-9999" if "-" in found[0] else "999999", url))
    assert refused.status_code == unknown.status_code == 404
    assert text(refused) == text(unknown)


def assert_denied(user: User, url: str, method: str = "get", data: dict | None = None) -> None:
    """Someone who sees the dossier but may not do this gets a page that says who may."""
    response = getattr(session(user), method)(url, data or {})
    assert response.status_code == 403
    assert "U kunt niet zelf" in text(response)


def assert_post_only(user: User, url: str) -> None:
    assert session(user).get(url).status_code == 405
