"""A ministry ends its own participation, and nobody else does: by the page, by the service and by SQL as the runtime role.

Sabotage that turns these red: DEELNAME_REGELEN back in `leave` or in the view, PENVOERDER as holder of DEELNAME_STOPPEN,
`mag` for `stopt` in betrokkenen.html, `Uittreding.objects.create` out of `leave`, and in migration 0009 each of the IFs of
`cases_uittreding_judge`, `cases_participation_ended`, `AND u.transaction = …` in it, or `cases_participation_place`.
"""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from cases.exceptions import Denied, NotPossible
from cases.models import DocumentVersion, Event, Membership, PaperStatus, Participation, Uittreding
from cases.services import papers, participation
from tests import builders as b
from tests.cases.pages import assert_denied, session, text

pytestmark = pytest.mark.django_db
REASON = {"reason": "Onze adviseurs zijn terug."}
ROW = "INSERT INTO cases_uittreding (dossier_id, ministry_id, reason, by_id, at, transaction) VALUES (%s, %s, %s, %s, now(), 0)"
GONE = "DELETE FROM cases_participation WHERE dossier_id = %s AND ministry_id = %s"


@pytest.fixture
def dossier(cast):
    return b.make_dossier(cast)


def page_of(dossier, code="DEF") -> str:
    return f"/dossiers/{dossier.number}/betrokkenen/{code}/stoppen/"


def takes_part(dossier) -> bool:
    return Participation.objects.filter(dossier=dossier, ministry__code="DEF").exists()


def refused(*statements) -> str:
    """Runs these in one transaction that must fail; returns the database's words."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
    return str(caught.value)


def row(cast, dossier, who="teamleider-def", code="DEF", reason="x"):
    return ROW, [dossier.pk, b.ministry(code).pk, reason, cast[who].pk]


def gone(dossier):
    return GONE, [dossier.pk, b.ministry("DEF").pk]


# The page


def test_the_teamleider_reads_what_follows_gives_a_reason_and_goes_to_the_list(cast, dossier):
    client = session(cast["teamleider-def"])
    assert page_of(dossier) in text(client.get(f"/dossiers/{dossier.number}/betrokkenen/"))
    page = text(client.get(page_of(dossier)))
    for consequence in ("niet meer lezen", "de paraaf van DEF niet meer nodig", "later opnieuw laten deelnemen"):
        assert consequence in page
    without = client.post(page_of(dossier), {"reason": " "})
    assert without.status_code == 422
    assert "Vul in waarom uw ministerie stopt" in text(without)
    assert takes_part(dossier)
    done = client.post(page_of(dossier), REASON, follow=True)
    assert done.redirect_chain == [("/dossiers/", 302)]
    assert f"DEF neemt niet meer deel aan dossier {dossier.number}." in text(done)
    assert dossier.title not in text(done)
    for who in ("teamleider-def", "behandelaar-def"):
        assert session(cast[who]).get(dossier.get_absolute_url()).status_code == 404
    logboek = text(session(cast["behandelaar-bz"]).get(f"/dossiers/{dossier.number}/logboek/"))
    assert REASON["reason"] in logboek
    who_take_part = text(session(cast["behandelaar-bz"]).get(f"/dossiers/{dossier.number}/betrokkenen/"))
    assert "Gestopt met deelnemen" in who_take_part
    assert REASON["reason"] in who_take_part


def test_the_act_leaves_a_row_and_a_line(cast, dossier):
    participation.leave(dossier_id=dossier.pk, ministry=b.ministry("DEF"), by=cast["teamleider-def"], **REASON)
    left = Uittreding.objects.get(dossier=dossier)
    assert (left.ministry.code, left.reason, left.by) == ("DEF", REASON["reason"], cast["teamleider-def"])
    said = Event.objects.get(kind="deelname", dossier=dossier)
    assert said.sentence == "DEF neemt niet meer deel"
    assert said.data == {"reden": REASON["reason"]}
    assert said.acting_for == "Teamleider DEF"


@pytest.mark.parametrize("who", ["behandelaar-bz", "teamleider-bz", "behandelaar-def", "gemachtigde-def"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_puts_a_ministry_out(cast, dossier, who, method):
    """The penvoerder neither, nor the teamleider of the lead ministry."""
    assert_denied(cast[who], page_of(dossier), method, REASON)
    assert takes_part(dossier)


@pytest.mark.parametrize("who", ["behandelaar-bz", "teamleider-bz", "behandelaar-def"])
def test_the_others_read_who_can(cast, dossier, who):
    page = text(session(cast[who]).get(f"/dossiers/{dossier.number}/betrokkenen/"))
    assert "Stop deelname" not in page
    assert "/stoppen/" not in page
    assert "Alleen een ministerie zelf stopt de eigen deelname: de teamleider doet dat." in page


def test_a_teamleider_sees_the_link_of_the_own_ministry_only(cast):
    d = b.make_dossier(cast, ministries=("BZ", "DEF", "JENV"))
    page = text(session(cast["teamleider-def"]).get(f"/dossiers/{d.number}/betrokkenen/"))
    assert page_of(d) in page
    assert page_of(d, "JENV") not in page
    assert page_of(d, "BZ") not in page
    assert "Alleen een ministerie zelf" not in page


def test_the_lead_does_not_leave_and_who_takes_no_part_neither(cast, dossier):
    lead = session(cast["teamleider-bz"])
    assert lead.get(page_of(dossier, "BZ")).status_code == 404
    answer = lead.post(page_of(dossier, "BZ"), REASON)
    assert answer.status_code == 422
    assert "BZ leidt dit dossier als penvoerder" in text(answer)
    assert lead.get(dossier.get_absolute_url()).status_code == 200
    Membership.objects.create(
        user=cast["teamleider-bz"], ministry=b.ministry("JENV"), role="teamleider", start=b.today()
    )
    answer = session(cast["teamleider-bz"]).post(page_of(dossier, "JENV"), REASON)
    assert answer.status_code == 409
    assert "JENV neemt niet meer deel" in text(answer)


# The route past a paraaf: out, adopt, in again


def test_the_penvoerder_cannot_adopt_without_a_ministry_by_putting_it_out(cast, dossier):
    document = b.write(cast, dossier, "signaal", b.SIGNAAL)
    with pytest.raises(Denied, match="de deelname van het eigen ministerie stoppen"):
        participation.leave(dossier_id=dossier.pk, ministry=b.ministry("DEF"), by=cast["behandelaar-bz"], **REASON)
    version = papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])
    papers.initial(version_id=version.pk, ministry=b.ministry("BZ"), by=cast["teamleider-bz"])
    with pytest.raises(NotPossible, match="DEF"):
        papers.adopt(version_id=version.pk, by=cast["behandelaar-bz"])


def test_sql_cannot_adopt_without_a_ministry_by_taking_its_row_away(cast, dossier):
    """Deleted, made another ministry's or another dossier's: each would leave the paraaf of Defensie out."""
    document = b.write(cast, dossier, "signaal", b.SIGNAAL)
    version = papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])
    papers.initial(version_id=version.pk, ministry=b.ministry("BZ"), by=cast["teamleider-bz"])
    adopt = "UPDATE cases_documentversion SET status = 'vastgesteld' WHERE id = %s", [version.pk]
    assert "niet elk ministerie parafeerde" in refused(adopt)
    assert "alleen door een uittreding" in refused(gone(dossier), adopt)
    other = b.make_dossier(cast, ministries=("BZ",))
    for change in (f"ministry_id = {b.ministry('JENV').pk}", f"dossier_id = {other.pk}"):
        moved = f"UPDATE cases_participation SET {change} WHERE dossier_id = %s AND ministry_id = %s", gone(dossier)[1]
        assert "blijft bij zijn dossier" in refused(moved, adopt)
    assert "nog een stuk ter paraaf" in refused(row(cast, dossier), gone(dossier), adopt)
    assert DocumentVersion.objects.get(pk=version.pk).status == PaperStatus.TER_PARAAF


# Who the database believes


@pytest.mark.parametrize("who", ["behandelaar-bz", "teamleider-bz", "behandelaar-def"])
def test_sql_takes_no_row_of_somebody_else(cast, dossier, who):
    assert "alleen een teamleider van het ministerie zelf" in refused(row(cast, dossier, who), gone(dossier))


@pytest.mark.parametrize(("start", "end", "holds"), [(-9, -1, False), (1, 9, False), (-9, 0, True), (0, None, True)])
def test_sql_looks_whether_the_role_runs_today(cast, dossier, start, end, holds):
    Membership.objects.create(
        user=cast["buitenstaander"], ministry=b.ministry("DEF"), role="teamleider",
        start=b.today() + timedelta(days=start), end=None if end is None else b.today() + timedelta(days=end),
    )  # fmt: skip
    statements = row(cast, dossier, "buitenstaander"), gone(dossier)
    if holds:
        with connection.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
        assert not takes_part(dossier)
    else:
        assert "alleen een teamleider" in refused(*statements)


def test_sql_keeps_the_lead_in_and_asks_a_reason(cast, dossier):
    assert "de penvoerder treedt niet uit" in refused(row(cast, dossier, "teamleider-bz", "BZ"))
    assert "uittreding_has_reason" in refused(row(cast, dossier, reason=""))


def test_a_row_counts_for_its_own_dossier_and_ministry(cast, dossier):
    other = b.make_dossier(cast, ministries=("BZ", "DEF", "JENV"))
    assert "alleen door een uittreding" in refused(row(cast, other), gone(dossier))
    assert "alleen door een uittreding" in refused(row(cast, other, "teamleider-jenv", "JENV"), gone(other))


@pytest.mark.django_db(transaction=True)
def test_a_row_counts_in_its_own_transaction_only(cast):
    """Once left and in again, the old row takes nobody out."""
    dossier = b.make_dossier(cast)
    b.leave(cast, dossier)
    participation.join(dossier_id=dossier.pk, ministry=b.ministry("DEF"), contact=None, by=cast["behandelaar-bz"])
    assert "alleen door een uittreding" in refused(gone(dossier))
    b.leave(cast, dossier)
    assert not takes_part(dossier)
