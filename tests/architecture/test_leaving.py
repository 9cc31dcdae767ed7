"""Rights that end, end at once: in an open session, for pages, papers and PDFs; and a deputy acts in someone's name."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from cases.models import Event, Membership, User
from phases.smo.models import Standpunt
from tests import builders as b
from tests.architecture import scenes
from tests.cases.pages import session, text
from tests.phases import scenes as rooms

pytestmark = pytest.mark.django_db
YESTERDAY = b.today() - timedelta(days=1)


@pytest.fixture
def vol(cast):
    """A dossier with papers of every kind, nothing of it ter paraaf: only then a ministry can leave."""
    d = rooms.dossier(cast)
    version = b.adopt(cast, b.write(cast, d, "signaal", b.SIGNAAL))
    scenes.pdf(version)
    return d, version


def places(d, version) -> list[str]:
    own = [reverse(name, args=[d.number]) for name in ("dossier", "logboek", "documenten", "betrokkenen", "signaal")]
    papers = [reverse("document", args=[d.number, version.document_id])]
    return [*own, *papers, reverse("versie", args=[version.pk]), reverse("pdf", args=[version.pk])]


def test_a_ministry_that_leaves_loses_pages_papers_and_pdfs(cast, vol):
    """Also in a session that was open, and for everybody of that ministry."""
    d, version = vol
    clients = [session(cast[who]) for who in ("behandelaar-def", "teamleider-def", "gemachtigde-def")]
    for client in clients:
        assert [client.get(place).status_code for place in places(d, version)] == [200] * 8
    b.leave(cast, d, "DEF")
    for client in clients:
        assert [client.get(place).status_code for place in places(d, version)] == [404] * 8
        assert d.title not in text(client.get(reverse("dossiers")))


@pytest.mark.parametrize("how", ["ended", "removed"])
def test_a_revoked_role_works_at_once(cast, vol, how):
    d, version = vol
    client = session(cast["behandelaar-def"])
    assert client.get(reverse("pdf", args=[version.pk])).status_code == 200
    mine = Membership.objects.filter(user=cast["behandelaar-def"])
    mine.update(end=YESTERDAY) if how == "ended" else mine.delete()
    assert [client.get(place).status_code for place in places(d, version)] == [404] * 8
    answer = client.post(reverse("signaal", args=[d.number]), {"situatie": "Na mijn vertrek.", "seen_revision": "1"})
    assert answer.status_code == 404
    assert not Event.objects.filter(actor=cast["behandelaar-def"]).exists()


def test_the_last_day_still_counts(cast, vol):
    d, version = vol
    Membership.objects.filter(user=cast["behandelaar-def"]).update(end=b.today())
    client = session(cast["behandelaar-def"])
    assert [client.get(place).status_code for place in places(d, version)] == [200] * 8


def test_somebody_inactive_is_out_of_an_open_session(cast, vol):
    d, version = vol
    client = session(cast["behandelaar-def"])
    User.objects.filter(pk=cast["behandelaar-def"].pk).update(is_active=False)
    for place in [*places(d, version), reverse("dossiers")]:
        answer = client.get(place)
        assert (answer.status_code, answer["Location"]) == (
            302,
            f"{reverse('account_login')}?{urlencode({'next': place})}",
        )
    assert client.post(reverse("signaal", args=[d.number]), {"seen_revision": "1"}).status_code == 302
    assert not Event.objects.filter(actor=cast["behandelaar-def"]).exists()


def deputy(cast, of: str, role: str, code: str, last=0) -> User:
    Membership.objects.create(
        user=cast["buitenstaander"], ministry=b.ministry(code), role=role, deputy_for=cast[of],
        start=b.today() - timedelta(days=3), end=b.today() + timedelta(days=last),
    )  # fmt: skip
    return cast["buitenstaander"]


def test_a_deputy_takes_a_position_in_the_name_of_the_member(cast):
    offer = rooms.offered(cast, rooms.dossier(cast))
    number = offer.version.document.dossier.number
    client = session(deputy(cast, "smo-def", "smo-lid", "DEF"))
    given = {"strekking": "akkoord", "stap": "indienen"}
    assert client.post(reverse("standpunt", args=[number, offer.pk]), given).status_code == 302
    assert Standpunt.objects.get().acting_for == "SMO-lid DEF, namens J. Smit"
    assert Event.objects.get(kind="standpunt").acting_for == "SMO-lid DEF, namens J. Smit"
    assert "A. Onbekend (SMO-lid DEF, namens J. Smit)" in text(client.get(reverse("logboek", args=[number])))


@pytest.mark.parametrize(("last", "status"), [(0, 302), (-1, 404)])
def test_a_deputy_initials_within_the_period_only(cast, last, status):
    d = rooms.dossier(cast)
    document = b.write(cast, d, "signaal", b.SIGNAAL)
    from cases.services import papers

    version = papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])
    client = session(deputy(cast, "teamleider-def", "teamleider", "DEF", last))
    answer = client.post(reverse("versie_paraferen", args=[version.pk]), {"ministerie": "DEF"})
    assert answer.status_code == status
    recorded = list(Event.objects.filter(kind="paraaf").values_list("acting_for", flat=True))
    assert recorded == (["Teamleider DEF, namens P. Hendriks"] if status == 302 else [])
