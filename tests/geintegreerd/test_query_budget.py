"""How many questions a page asks the database: a fixed number, however much a dossier or a list holds."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from cases.models import Document, DocumentVersion, Dossier
from phases.kamer.models import Briefsectie
from phases.smo.models import Aanbieding
from tests import crowd
from tests.cases import pages

pytestmark = pytest.mark.django_db
FEW, MANY = 1, 50
PAGE, LIST = 25, 8
EVERY_ROLE = (
    "behandelaar-bz", "behandelaar-def", "teamleider-bz", "teamleider-def", "smo-def", "voorzitter-smo", "secretaris-smo",
    "gemachtigde-bz", "secretariaat", "auditor",
)  # fmt: skip
LIST_ROLES = ("behandelaar-bz", "teamleider-def", "smo-def", "secretariaat", "auditor")
PAGES = (
    "dossier", "stappen", "afwijkingen", "toets", "logboek", "betrokkenen", "documenten", "dossier_smo", "besluiten",
    "budget", "brieven", "signaal", "analyse", "opties", "plan", "voortgang", "evaluatie", "kerngegevens",
    "vastleggingen", "indicatoren", "behandeling", "toezeggingen", "lessen",
)  # fmt: skip


def asked(client: Client, url: str) -> list[str]:
    """The queries of one request, that of the session included."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, url
    return [query["sql"] for query in queries.captured_queries]


def addresses(dossier: Dossier) -> dict[str, str]:
    """Every page of a dossier that shows what it holds."""
    number = [dossier.number]
    letter = Document.objects.get(dossier=dossier, kind="artikel-100")
    version = DocumentVersion.objects.filter(document=letter).earliest("number")
    offer = Aanbieding.objects.filter(ronde__dossier=dossier).latest("id")
    brief = [*number, "artikel-100"]
    section = Briefsectie.objects.filter(brief__document=letter).first()
    return {
        **{name: reverse(name, args=number) for name in PAGES},
        **{f"fase {nr}": reverse("fase", args=[*number, nr]) for nr in range(1, 7)},
        "stap": reverse("stap", args=[*number, "naar_analyse"]),
        "terug": reverse("stap", args=[*number, "stoppen"]),
        "document": reverse("document", args=[*number, letter.pk]),
        "versie": reverse("versie", args=[version.pk]),
        "aanbieden": reverse("smo_aanbieden", args=[*number, offer.version_id]),
        "brief": reverse("brief", args=brief),
        "voorbeeld": reverse("brief_voorbeeld", args=brief),
        "sectie": reverse("brief_sectie", args=[*brief, section.code]),
    }


def compare(few: list[str], many: list[str], name: str, bound: int) -> list[str]:
    """What is wrong with a page, in words with the queries that came in addition."""
    extra = "\n  ".join(sorted(set(many) - set(few))[:3])
    grows = [f"{name}: {len(few)} queries with {FEW}, {len(many)} with {MANY}\n  {extra}"]
    too_many = [f"{name}: {len(many)} queries, the bound is {bound}"]
    return (grows if len(few) != len(many) else []) + (too_many if len(many) > bound else [])


def test_pages_of_a_dossier(cast):
    few, many = (addresses(crowd.dossier_with(cast, number)) for number in (FEW, MANY))
    client, wrong = pages.session(cast["behandelaar-bz"]), []
    for name in few:
        wrong += compare(asked(client, few[name]), asked(client, many[name]), name, PAGE)
    for who in EVERY_ROLE:
        client = pages.session(cast[who])
        wrong += compare(asked(client, few["dossier"]), asked(client, many["dossier"]), f"dossier for {who}", PAGE)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("name", "bound"), [("dossiers", LIST), ("mijn_werk", PAGE)])
def test_lists(cast, name, bound):
    try:
        url = reverse(name)
    except NoReverseMatch:
        pytest.skip("This page is not there yet.")
    first, wrong = crowd.pending_dossier(cast), []
    crowd.copies(first, 30)  # more than a page, so that a list also counts what it does not show
    few = {who: asked(pages.session(cast[who]), url) for who in LIST_ROLES}
    crowd.copies(first, 30)
    for who in LIST_ROLES:
        wrong += compare(few[who], asked(pages.session(cast[who]), url), f"{name} for {who}", bound)
    assert not wrong, "\n".join(wrong)
