"""What every page test needs: a browser session per person, and what a page must refuse."""

import re

from django.test import Client
from django.urls import reverse

from cases.models import User

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
UNKNOWN = "1999-9999"


def session(user: User) -> Client:
    """A client that is logged in as this person."""
    client = Client()
    client.force_login(user)
    return client


def text(response) -> str:
    """The page without its csrf tokens, which differ every time."""
    return TOKEN.sub("", response.content.decode())


def assert_does_not_exist(cast, url: str, method: str = "get") -> None:
    """The outsider gets the very page that a number never given out gets."""
    client = session(cast["buitenstaander"])
    refused = getattr(client, method)(url)
    unknown = client.get(reverse("dossier", args=[UNKNOWN]))
    assert refused.status_code == unknown.status_code == 404
    assert text(refused) == text(unknown)


def assert_denied(user: User, url: str, method: str = "get", data: dict | None = None) -> None:
    """Someone who sees the dossier but may not do this gets a page that says who may."""
    response = getattr(session(user), method)(url, data or {})
    assert response.status_code == 403
    assert "U kunt niet zelf" in text(response)


def assert_post_only(user: User, url: str) -> None:
    assert session(user).get(url).status_code == 405
