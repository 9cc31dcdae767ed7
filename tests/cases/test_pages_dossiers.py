"""The list of dossiers."""

import pytest

from cases.selectors.dossiers import PAGE
from tests import builders as b
from tests.cases.pages import session, text

pytestmark = pytest.mark.django_db
URL = "/dossiers/"


@pytest.fixture
def client_bz(cast):
    return session(cast["behandelaar-bz"])


def test_lists_what_the_ministry_may_read(cast, client_bz):
    dossier = b.make_dossier(cast, title="Rode Zee")
    page = text(client_bz.get(URL))
    assert "Rode Zee" in page
    assert dossier.number in page
    assert "1 dossier</b> gevonden" in page
    assert "1 van 6" in page
    assert "F. de Vries" in page
    assert "Rode Zee" not in text(session(cast["buitenstaander"]).get(URL))


def test_anonymous_must_log_in(client, db):
    assert client.get(URL).status_code == 302


def test_exact_number_jumps_to_the_dossier(cast, client_bz):
    dossier = b.make_dossier(cast)
    assert client_bz.get(URL, {"q": f" {dossier.number} "}).url == dossier.get_absolute_url()


def test_exact_number_of_a_hidden_dossier_finds_nothing(cast):
    dossier = b.make_dossier(cast)
    response = session(cast["buitenstaander"]).get(URL, {"q": dossier.number})
    assert response.status_code == 200
    assert "Geen dossiers gevonden met deze filters." in text(response)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "zee"}, True),
        ({"q": "mali"}, True),
        ({"q": "ml"}, True),
        ({"q": "jemen"}, False),
        ({"fase": "orientatie"}, True),
        ({"fase": "analyse"}, False),
        ({"dep": "DEF"}, True),
        ({"dep": "JENV"}, False),
        ({"status": "afgesloten"}, False),
        ({"status": "alle"}, True),
        ({"fase": "bestaat-niet", "dep": "'", "status": "x", "na": "~", "q": ""}, True),
    ],
)
def test_filters_stand_in_the_address(cast, client_bz, query, found):
    b.make_dossier(cast, title="Rode Zee")
    assert ("Rode Zee" in text(client_bz.get(URL, query))) is found


def test_each_filter_can_be_taken_away_alone(cast, client_bz):
    b.make_dossier(cast)
    page = text(client_bz.get(URL, {"fase": "orientatie", "dep": "DEF", "status": "alle"}))
    assert "Fase: 1. Oriëntatie" in page
    assert "Ministerie: DEF" in page
    assert 'href="?dep=DEF&amp;status=alle"' in page
    assert 'href="?fase=orientatie&amp;status=alle"' in page
    assert 'href="?status=alle"' in page


def test_empty_list_says_why_and_what_to_do(client_bz):
    page = text(client_bz.get(URL))
    assert "Hier staan de dossiers die u mag lezen." in page
    assert "Bekijk alle dossiers" in page


def test_only_a_behandelaar_gets_the_button(cast):
    assert "Nieuw dossier" in text(session(cast["behandelaar-def"]).get(URL))
    assert "Nieuw dossier" not in text(session(cast["auditor"]).get(URL))


def test_next_page_goes_on_where_the_first_stopped(cast, client_bz):
    titles = [f"Dossier-{n:02}" for n in range(PAGE + 3)]
    for title in titles:
        b.make_dossier(cast, title=title)
    first = client_bz.get(URL)
    second = client_bz.get(URL + first.context["volgende"])
    shown = [[row["dossier"].title for row in page.context["regels"]] for page in (first, second)]
    assert shown[0] + shown[1] == titles[::-1]
    assert "Eerste pagina" in text(second)
    assert "Eerste pagina" not in text(first)
    assert "28 dossiers" in text(first)


def test_shows_whose_paraaf_is_awaited(cast, client_bz):
    dossier = b.make_dossier(cast)
    b.papers.put_forward(document_id=b.write(cast, dossier, "signaal", b.SIGNAAL).pk, by=cast["behandelaar-bz"])
    assert "BZ, DEF" in text(client_bz.get(URL))


@pytest.mark.parametrize("query", [{}, {"fase": "orientatie", "status": "alle"}])
def test_same_number_of_queries_for_one_and_for_thirty(cast, client_bz, django_assert_num_queries, query):
    """Session, person with memberships, ministries, page, rows, awaited parafen; the count only beyond one page."""
    b.make_dossier(cast)
    client_bz.get(URL, query)
    with django_assert_num_queries(6):
        client_bz.get(URL, query)
    for _ in range(29):
        b.make_dossier(cast)
    with django_assert_num_queries(7):
        assert len(client_bz.get(URL, query).context["regels"]) == PAGE


def test_overview_shows_everything_on_one_screen(cast, client_bz):
    dossier = b.make_dossier(cast, title="Rode Zee", humanitarian="Noodhulp via de VN.")
    b.write(cast, dossier, "signaal", b.SIGNAAL)
    page = text(client_bz.get(dossier.get_absolute_url()))
    for part in (
        "Wat moet er nu gebeuren?",
        "Samenvatting.",
        "Mali",
        "Noodhulp via de VN.",
        "Signaalbeoordeling",
        "Dossier geopend",
        "Ronde 1",
        "Wijzig de kerngegevens",
    ):
        assert part in page
    assert page.index("Wat moet er nu gebeuren?") < page.index("Kerngegevens")
    assert "Wijzig de kerngegevens" not in text(session(cast["behandelaar-def"]).get(dossier.get_absolute_url()))


def test_overview_keeps_to_its_queries(cast, client_bz, django_assert_num_queries):
    dossier = b.make_dossier(cast)
    for paper, values in (("signaal", b.SIGNAAL), ("analyse", b.ANALYSE), ("plan", b.PLAN)):
        b.adopt(cast, b.write(cast, dossier, paper, values))
    with django_assert_num_queries(17):
        assert client_bz.get(dossier.get_absolute_url()).status_code == 200
