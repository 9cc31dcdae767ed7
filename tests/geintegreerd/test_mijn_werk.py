"""Mijn werk: what waits on me, what I wait for, the next SMO; kept rows that follow what happens, and only what one may read."""

from datetime import timedelta

import pytest

from cases.services import papers
from phases.process import services as process
from phases.process import worklist
from phases.process.models import Beurt, Bijwerken
from phases.smo import services as smo
from tests import builders as b
from tests.cases.pages import session, text

pytestmark = pytest.mark.django_db
URL = "/mijn-werk/"


def put_forward(cast, **extra):
    dossier = b.make_dossier(cast, **extra)
    document = b.write(cast, dossier, "signaal", b.SIGNAAL)
    version = papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])
    worklist.bring_up_to_date()
    return dossier, version


def offered(cast, day):
    dossier = b.make_dossier(cast, efforts=("politie",))
    version = b.adopt(cast, b.write(cast, dossier, "signaal", b.SIGNAAL))
    smo.offer(version_id=version.pk, meeting_on=b.meeting(day).day, by=cast["behandelaar-bz"])
    worklist.bring_up_to_date()
    return dossier


def lines(user, part: str = "mijn", **query) -> list[str]:
    return [line["tekst"] for line in session(user).get(URL, query).context[part]]


def test_a_paraaf_waits_on_the_teamleider_and_the_handler_waits_for_it(cast):
    dossier, _ = put_forward(cast)
    assert lines(cast["teamleider-def"]) == ["Parafeer de signaalbeoordeling namens DEF"]
    assert "Parafeer de signaalbeoordeling namens DEF" in lines(cast["behandelaar-bz"], "anderen")
    assert lines(cast["behandelaar-bz"]) == ["Doe de toepasselijkheidstoets voor artikel 100"]
    assert lines(cast["auditor"]) == lines(cast["buitenstaander"]) == []
    assert dossier.number in text(session(cast["teamleider-def"]).get(URL))


def test_a_request_over_http_brings_the_lists_up_to_date(cast):
    _, version = put_forward(cast)
    client = session(cast["teamleider-def"])
    answer = client.post(f"/versies/{version.pk}/paraferen/", {"ministerie": "DEF"})
    assert answer.status_code == 302
    assert lines(cast["teamleider-def"]) == []
    assert not Bijwerken.objects.exists()


def test_the_sweeper_takes_what_no_request_did(cast):
    _, version = put_forward(cast)
    papers.initial(version_id=version.pk, ministry=b.ministry("DEF"), by=cast["teamleider-def"])
    assert lines(cast["teamleider-def"]) != []
    assert worklist.bring_up_to_date() == 1
    assert lines(cast["teamleider-def"]) == []


def test_a_turn_keeps_its_first_day(cast):
    dossier, _ = put_forward(cast)
    old = Beurt.objects.filter(dossier=dossier).values_list("pk", "since")
    before = dict(old)
    worklist.judge_again(dossier.pk)
    assert dict(old.all()) == before


def test_dates_late_first_and_the_tiles_narrow_the_page(cast):
    today = b.today()
    offered(cast, today + timedelta(days=40))
    offered(cast, today - timedelta(days=2))
    member = cast["smo-def"]
    page = session(member).get(URL)
    stands = [line["stand"] for line in page.context["mijn"]]
    assert stands[0] == "2 dagen te laat"
    assert stands[1].startswith("Uiterlijk ")
    assert [tile.getal for tile in page.context["tegels"]] == [1, 0, 0, 0]
    assert len(lines(member, toon="te-laat")) == 1
    assert "te laat" in text(session(member).get(URL, {"toon": "te-laat"}))
    assert lines(member, toon="week") == []
    assert len(lines(member, toon="bestaat-niet")) == 2
    assert lines(cast["behandelaar-bz"], "anderen", toon="smo")


def test_next_smo_counts_only_what_one_may_read(cast):
    day = b.today() + timedelta(days=3)
    offered(cast, day)
    assert session(cast["smo-def"]).get(URL).context["smo"] == (day, 1)
    assert session(cast["buitenstaander"]).get(URL).context["smo"] is None


def test_a_stopped_dossier_waits_on_nobody(cast):
    dossier, _ = put_forward(cast)
    process.transition(
        dossier_id=dossier.pk,
        step="stoppen",
        by=cast["teamleider-bz"],
        seen_version=0,
        reason="Rustig geworden.",
        outcome="vervallen",
    )
    worklist.bring_up_to_date()
    assert not Beurt.objects.filter(dossier=dossier).exists()


def test_who_may_not_read_the_dossier_does_not_see_its_turn(cast):
    """A turn for a group without reading rights stays out of every list and count."""
    dossier, _ = put_forward(cast)
    beurt = Beurt.objects.filter(dossier=dossier).first()
    group = cast["buitenstaander"].memberships.get().group
    Beurt.objects.create(dossier=dossier, group=group, stand="x", tekst="Lek.", url=beurt.url)
    page = session(cast["buitenstaander"]).get(URL)
    assert "Lek" not in text(page)
    assert [tile.getal for tile in page.context["tegels"]] == [0, 0, 0, 0]


def test_the_menu_counts(cast):
    put_forward(cast)
    page = text(session(cast["teamleider-def"]).get("/dossiers/"))
    assert 'class="teller">1<' in page


@pytest.mark.parametrize("url", ["/beheer/rechten/", "/beheer/fasenplan/"])
def test_the_menu_says_where_one_is(cast, url):
    page = text(session(cast["teamleider-def"]).get(url))
    assert 'href="/beheer/rechten/" aria-current="page"' in page


def test_one_that_cannot_be_judged_does_not_hold_up_the_others(cast, monkeypatch, caplog):
    first, second = b.make_dossier(cast), b.make_dossier(cast)
    judge = worklist.judge_again

    def fail_on_first(dossier_id):
        if dossier_id == first.pk:
            raise RuntimeError("stuk")
        judge(dossier_id)

    monkeypatch.setattr(worklist, "judge_again", fail_on_first)
    worklist.bring_up_to_date()
    assert set(Bijwerken.objects.values_list("dossier_id", flat=True)) == {first.pk}
    assert Beurt.objects.filter(dossier=second).exists()


def test_same_queries_for_one_and_for_many(cast, django_assert_num_queries):
    """Session, person with memberships; counts of mine and of others; both lists; the next SMO; actions of the besluitenlijst."""
    put_forward(cast)
    client = session(cast["behandelaar-bz"])
    with django_assert_num_queries(8):
        client.get(URL)
    for _ in range(30):
        put_forward(cast)
    with django_assert_num_queries(8):
        page = client.get(URL)
    assert len(page.context["mijn"]) == 25
    assert page.context["meer_mijn"] is True


def test_who_only_manages_people_goes_to_the_rights(cast):
    assert session(cast["beheerder"]).get(URL).url == "/beheer/rechten/"
