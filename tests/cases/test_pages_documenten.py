"""Documents, versions, parafen and PDFs on screen."""

import pytest
from django.utils import timezone

from cases.models import DocumentVersion, PaperStatus, Rendering, TypedText
from cases.selectors import events
from cases.services import papers
from tests import builders as b
from tests.cases.pages import assert_denied, assert_does_not_exist, assert_post_only, session, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(cast):
    return b.make_dossier(cast)


@pytest.fixture
def document(cast, dossier):
    return b.write(cast, dossier, "signaal", b.SIGNAAL)


@pytest.fixture
def version(cast, document):
    return papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])


def page_of(cast, who, document) -> str:
    return text(session(cast[who]).get(f"/dossiers/{document.dossier.number}/documenten/{document.pk}/"))


def make_pdf(version, state=Rendering.State.GEREED, **fields):
    rendering = version.renderings.get()
    for name, value in {"state": state, "pdf": b"%PDF-1.7 proef", **fields}.items():
        setattr(rendering, name, value)
    rendering.save()


def test_the_list_shows_each_document_with_its_newest_version(cast, dossier, version):
    page = text(session(cast["behandelaar-def"]).get(f"/dossiers/{dossier.number}/documenten/"))
    assert "Ronde 1" in page
    assert "Signaalbeoordeling" in page
    assert "Versie 1" in page
    assert "Ter paraaf" in page
    assert "Wordt gemaakt" in page


def test_an_empty_list_says_why(cast, dossier):
    page = text(session(cast["behandelaar-bz"]).get(f"/dossiers/{dossier.number}/documenten/"))
    assert "Dit dossier heeft nog geen producten of brieven." in page
    assert "Bekijk wat er nu moet gebeuren" in page


def test_a_document_without_versions_explains_what_comes(cast, document):
    page = page_of(cast, "behandelaar-bz", document)
    assert "Dit document heeft nog geen versies." in page
    assert "Leg voor ter paraaf" in page
    assert "Leg voor ter paraaf" not in page_of(cast, "behandelaar-def", document)


def test_an_address_with_another_dossier_does_not_exist(cast, document, dossier):
    other = b.make_dossier(cast)
    client = session(cast["behandelaar-bz"])
    assert client.get(f"/dossiers/{dossier.number}/documenten/{document.pk}/").status_code == 200
    assert client.get(f"/dossiers/{other.number}/documenten/{document.pk}/").status_code == 404


def test_from_putting_forward_to_adopting(cast, document):
    """The whole life of a version over HTTP, with the buttons that each person gets."""
    bz, leader_bz, leader_def = (session(cast[name]) for name in ("behandelaar-bz", "teamleider-bz", "teamleider-def"))
    assert bz.post(f"/documenten/{document.pk}/voorleggen/").url.endswith(f"/documenten/{document.pk}/")
    version = DocumentVersion.objects.get()
    assert "Leg voor ter paraaf" not in page_of(cast, "behandelaar-bz", document)
    assert "Lees en parafeer" in page_of(cast, "teamleider-def", document)
    judging = text(leader_def.get(f"/versies/{version.pk}/paraferen/"))
    assert "Spanningen lopen op." in judging
    assert "Parafeer namens DEF" in judging
    assert "Parafeer namens BZ" not in judging
    assert "Stel vast" not in page_of(cast, "behandelaar-bz", document)
    leader_bz.post(f"/versies/{version.pk}/paraferen/", {"ministerie": "BZ"})
    done = leader_def.post(f"/versies/{version.pk}/paraferen/", {"ministerie": "DEF"}, follow=True)
    assert "U parafeerde versie 1 namens DEF." in text(done)
    assert "Stel vast" in page_of(cast, "behandelaar-bz", document)
    check = text(bz.get(f"/versies/{version.pk}/vaststellen/"))
    for named in ("Signaalbeoordeling", "DEF: P. Hendriks", "Daarna verandert deze tekst niet meer."):
        assert named in check
    version.refresh_from_db()
    assert version.status == PaperStatus.TER_PARAAF
    done = bz.post(f"/versies/{version.pk}/vaststellen/", follow=True)
    assert "Versie 1 is vastgesteld." in text(done)
    assert "Bied aan de SMO aan" in text(done)
    version.refresh_from_db()
    assert version.status == PaperStatus.VASTGESTELD


def test_putting_forward_an_unfinished_text_says_what_is_missing(cast, dossier):
    document = b.write(cast, dossier, "signaal", {**b.SIGNAAL, "situatie": ""})
    page = session(cast["behandelaar-bz"]).post(f"/documenten/{document.pk}/voorleggen/")
    assert page.status_code == 422
    assert "Vul eerst het onderdeel" in text(page)
    assert "Signaalbeoordeling" in text(page)


def test_adopting_before_the_parafen_says_who_is_awaited(cast, version):
    page = session(cast["behandelaar-bz"]).post(f"/versies/{version.pk}/vaststellen/")
    assert page.status_code == 422
    assert "Wacht op de paraaf van BZ, DEF." in text(page)


def test_a_paraaf_twice_is_a_conflict(cast, version):
    client = session(cast["teamleider-def"])
    client.post(f"/versies/{version.pk}/paraferen/", {"ministerie": "DEF"})
    assert client.post(f"/versies/{version.pk}/paraferen/", {"ministerie": "DEF"}).status_code == 409
    assert client.post(f"/versies/{version.pk}/paraferen/", {"ministerie": "XXX"}).status_code == 404


REASON = "De cijfers van Defensie kloppen niet.\nZie de nota van 3 november."


def test_a_paper_is_given_back_with_a_reason_that_its_writers_see(cast, dossier, document, version):
    leader = session(cast["teamleider-def"])
    papers.initial(version_id=version.pk, ministry=b.ministry("BZ"), by=cast["teamleider-bz"])
    done = leader.post(f"/versies/{version.pk}/teruggeven/", {"reden": REASON}, follow=True)
    assert "U gaf versie 1 terug." in text(done)
    version.refresh_from_db()
    assert version.status == PaperStatus.VERVALLEN
    assert version.parafen.count() == 1
    lines = [
        line
        for line in events.page(dossier, events.EventFilters()).days[0][1]
        if "teruggegeven door DEF" in line["wat"]
    ]
    assert [line["reden"] for line in lines] == [REASON]
    for page in (
        page_of(cast, "behandelaar-bz", document),
        text(session(cast["behandelaar-bz"]).get(f"/dossiers/{dossier.number}/signaal/")),
    ):
        assert "De cijfers van Defensie kloppen niet.<br>Zie de nota" in page
        assert "Leg voor ter paraaf" in page
    again = leader.post(f"/versies/{version.pk}/paraferen/", {"ministerie": "DEF"})
    assert again.status_code == 409
    assert f"{cast['teamleider-def']} was u voor" in text(again)

    papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])
    page = text(session(cast["behandelaar-bz"]).get(f"/dossiers/{dossier.number}/signaal/"))
    assert "is niet akkoord" not in page


@pytest.mark.parametrize(("who", "given", "status"), [
    ("teamleider-def", {"reden": ""}, 422),
    ("teamleider-def", {}, 422),
    ("behandelaar-def", {"reden": REASON}, 403),
    ("buitenstaander", {"reden": REASON}, 404),
])  # fmt: skip
def test_giving_back_asks_a_reason_of_who_may(cast, version, who, given, status):
    answer = session(cast[who]).post(f"/versies/{version.pk}/teruggeven/", given)
    assert answer.status_code == status
    version.refresh_from_db()
    assert version.status == PaperStatus.TER_PARAAF
    if status == 422:
        assert "Vul in waarom u niet akkoord bent" in text(answer)


def test_who_initialled_or_wrote_gives_nothing_back(cast, document, version):
    papers.initial(version_id=version.pk, ministry=b.ministry("DEF"), by=cast["teamleider-def"])
    answer = session(cast["teamleider-def"]).post(f"/versies/{version.pk}/teruggeven/", {"reden": REASON})
    assert answer.status_code == 409
    assert "Lees en parafeer" not in page_of(cast, "teamleider-def", document)
    assert "Uw ministerie heeft deze versie al geparafeerd." in text(
        session(cast["teamleider-def"]).get(f"/versies/{version.pk}/paraferen/")
    )


def test_the_frozen_text_is_shown_as_it_was(cast, document, version):
    b.write(cast, document.dossier, "signaal", {**b.SIGNAAL, "situatie": "Heel anders."})
    page = text(session(cast["behandelaar-def"]).get(f"/versies/{version.pk}/"))
    assert "Spanningen lopen op." in page
    assert "Heel anders." not in page
    assert "Ongerubriceerd" in page
    assert version.sha256[:12] in page


def test_the_text_of_a_version_is_never_html(cast, dossier):
    document = b.write(cast, dossier, "signaal", {**b.SIGNAAL, "situatie": "<script>alert(1)</script> {{ 7 }}"})
    version = papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])
    page = text(session(cast["behandelaar-bz"]).get(f"/versies/{version.pk}/"))
    assert "<script>alert" not in page
    assert "{{ 7 }}" in page


def test_the_pdf_opens_in_the_browser_once_it_is_there(cast, dossier, version):
    client, url = session(cast["behandelaar-def"]), f"/versies/{version.pk}/pdf/"
    assert client.get(url).status_code == 404
    make_pdf(version)
    response = client.get(url)
    assert response.content == b"%PDF-1.7 proef"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{dossier.number}-r1-signaal-v1.pdf"'
    assert response["Cache-Control"] == "no-store"


def test_a_failed_pdf_is_visible_and_can_be_asked_again(cast, document, version):
    make_pdf(version, Rendering.State.MISLUKT, error="De tekst is te groot.")
    assert "De tekst is te groot." in page_of(cast, "behandelaar-def", document)
    assert "Maak pdf opnieuw" in page_of(cast, "behandelaar-def", document)
    assert "Maak pdf opnieuw" not in page_of(cast, "auditor", document)
    page = session(cast["behandelaar-def"]).post(f"/versies/{version.pk}/pdf/opnieuw/", follow=True)
    assert "De pdf wordt opnieuw gemaakt." in text(page)
    assert version.renderings.get().state == Rendering.State.WACHT


@pytest.mark.parametrize("act", ["/versies/{v}/", "/versies/{v}/pdf/"])
def test_the_outsider_finds_nothing(cast, document, version, act):
    make_pdf(version)
    assert_does_not_exist(cast, act.format(v=version.pk, d=document.pk))


@pytest.mark.parametrize(
    ("act", "page"),
    [
        ("/documenten/{d}/voorleggen/", False),
        ("/versies/{v}/paraferen/", True),
        ("/versies/{v}/teruggeven/", False),
        ("/versies/{v}/vaststellen/", True),
        ("/versies/{v}/pdf/opnieuw/", False),
    ],
)
def test_acts_are_posted_by_who_may(cast, document, version, act, page):
    url = act.format(v=version.pk, d=document.pk)
    if page:
        assert_denied(cast["auditor"], url)
        assert_does_not_exist(cast, url)
    else:
        assert_post_only(cast["behandelaar-bz"], url)
    assert_does_not_exist(cast, url, "post")
    assert_denied(cast["auditor"], url, "post", {"ministerie": "DEF"})


def test_unsaved_text_is_not_put_forward_without_it(cast, dossier, document):
    """The version would lack what stands on the screen: first save it, or throw it away. Text of another does not matter."""
    kept = {"dossier": dossier, "path": f"/dossiers/{dossier.number}/signaal/", "fields": "situatie=Meer"}
    TypedText.objects.create(user=cast["behandelaar-def"], typed_at=timezone.now(), **kept)
    mine = TypedText.objects.create(user=cast["behandelaar-bz"], typed_at=timezone.now(), **kept)
    client, url = session(cast["behandelaar-bz"]), f"/documenten/{document.pk}/voorleggen/"
    refused = client.post(url)
    assert refused.status_code == 422
    assert "tekst getypt die nog niet is opgeslagen" in text(refused)
    assert not document.versions.exists()
    mine.delete()
    assert client.post(url).status_code == 302
