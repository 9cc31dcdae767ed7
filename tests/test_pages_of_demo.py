"""The list of pages that ./run screenshots and the accessibility tests walk through is whole, and each page is there."""

import pytest
from django.test import Client
from lxml import html

from tests.architecture.rechtentabel import ADRESSEN
from tests.pages_of_demo import EXCLUDED, sheets
from tests.scene_of_demo import fail_pdf, make_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(cast):
    scene = make_scene(cast)
    fail_pdf(scene)
    return sheets(scene)


def test_every_address_is_shot_or_excluded_with_a_reason(listed):
    shown = {sheet.name for sheet in listed}
    assert [name for name in ADRESSEN if name not in shown and name not in EXCLUDED] == []
    assert [name for name in EXCLUDED if name in shown or name not in ADRESSEN or not EXCLUDED[name]] == []


def test_every_page_answers_as_listed(cast, listed):
    """Acts are for a browser; here every address answers its person, no two share a file name or a title."""
    wrong, clients, titles = [], {}, {}
    for sheet in listed:
        for who in sheet.who:
            if who not in clients:
                clients[who] = Client()
                if who:
                    clients[who].force_login(cast[who])
            answer = clients[who].get(sheet.url)
            if answer.status_code != (sheet.status if sheet.act is None else 200):
                wrong.append((sheet.name, sheet.what, who, answer.status_code))
            if answer.status_code == 200:
                title = html.fromstring(answer.content).findtext(".//title")
                titles.setdefault(title, set()).add(sheet.url.partition("?")[0])
    assert wrong == []
    assert {title: urls for title, urls in titles.items() if len(urls) > 1} == {}
    assert len({sheet.slug for sheet in listed}) == len(listed)
