"""The pages about the application, and the error pages: honest, in Dutch, with a way on."""

import logging

import pytest
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from cases.services import dossiers
from geintegreerd.pages import errors, over
from tests import builders as b
from tests.cases.pages import session, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["toegankelijkheid", "privacy", "hulp"])
def test_the_footer_leads_there_without_logging_in(name):
    url = reverse(name)
    assert f'href="{url}"' in text(Client().get(reverse("account_login")))
    assert Client().get(url).status_code == 200


def test_help_explains_every_word_of_the_glossary():
    page = text(Client().get(reverse("hulp")))
    words = over.glossary()
    assert ("BIV", "Budget Internationale Veiligheid") in words
    assert [word for word, _ in words if f"<dt>{word}</dt>" not in page] == []


def test_an_unknown_page_offers_your_own_dossiers(cast):
    dossier = b.make_dossier(cast, title="Kustwacht")
    mine = text(session(cast["behandelaar-bz"]).get("/dossiers/2099-9999/"))
    assert dossier.get_absolute_url() in mine
    assert "Kustwacht" not in text(session(cast["buitenstaander"]).get("/dossiers/2099-9999/"))
    assert "Uw laatste dossiers" not in text(Client().get("/bestaat-niet/"))


def test_an_accident_gives_a_reference_that_is_in_the_log(caplog):
    assert get_resolver().resolve_error_handler(500) is errors.broken
    with caplog.at_level(logging.ERROR, logger="geintegreerd.pages.errors"):
        answer = errors.broken(RequestFactory().get("/"))
    reference = caplog.records[0].getMessage().removeprefix("Error page given with reference ")
    assert answer.status_code == 500
    assert f"<b>{reference}</b>" in answer.content.decode()
    again = errors.broken(RequestFactory().get("/"))
    assert reference not in again.content.decode()


def test_too_many_attempts_get_a_page_in_dutch(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    answers = [Client().post(reverse("account_login"), {"login": "x", "password": "y"}) for _ in range(2)]
    assert answers[-1].status_code == 429
    assert "Wacht even" in text(answers[-1])


def test_the_logboek_shows_old_and_new(cast):
    dossier = b.make_dossier(cast, region="Sahel", cooperation="afstemming")
    dossiers.change_facts(
        dossier_id=dossier.pk, by=cast["behandelaar-bz"], seen_revision=0, region="Kustlanden", cooperation="gezamenlijk"
    )  # fmt: skip
    page = " ".join(text(session(cast["behandelaar-bz"]).get(reverse("logboek", args=[dossier.number]))).split())
    assert "<del>Sahel</del>" in page
    assert "<ins>Kustlanden</ins>" in page
    assert "<del>Afstemming</del>" in page
