"""Faked approvals: rows that whoever can write SQL as the runtime role might try, and the database must refuse."""

from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cases.models import DocumentVersion, Dossier
from cases.services import papers
from phases.process.models import Waiver
from phases.smo import services as smo
from tests import builders as b

pytestmark = pytest.mark.django_db


def refused(sql: str, *params) -> str:
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return str(caught.value)


@pytest.fixture
def dossier(cast) -> Dossier:
    return b.make_dossier(cast, efforts=("politie",))


@pytest.fixture
def ter_paraaf(cast, dossier) -> DocumentVersion:
    document = b.write(cast, dossier, "signaal", b.SIGNAAL)
    return papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])


VERSION = """
INSERT INTO cases_documentversion (document_id, number, revision, content, html, sha256, marking, created_by_id, created_at, status,
 adopted_by_id, adopted_on) VALUES (%s, 9, 1, '{}', %s, %s, 'ongerubriceerd', %s, now(), %s, %s, current_date)
"""


@pytest.mark.parametrize(
    ("status", "html", "words"),
    [
        ("vastgesteld", "x", "begint ter paraaf"),
        ("verzonden", "x", "begint ter paraaf"),
        ("ter-paraaf", "y", "hash past niet"),
    ],
)
def test_a_version_is_not_born_adopted(ter_paraaf, status, html, words):
    digest = sha256(b"x").hexdigest()
    by = ter_paraaf.created_by_id
    assert words in refused(VERSION, ter_paraaf.document_id, html, digest, by, status, by)


def test_a_version_is_not_adopted_without_every_paraaf(ter_paraaf):
    sql = (
        "UPDATE cases_documentversion SET status = %s, adopted_by_id = created_by_id, adopted_on = now() WHERE id = %s"
    )
    for status in ("vastgesteld", "ondertekend", "verzonden"):
        assert "nog niet elk ministerie parafeerde" in refused(sql, status, ter_paraaf.pk)


def test_a_waiver_is_asked_first_and_granted_once(cast, dossier):
    sql = (
        "INSERT INTO phases_waiver (ronde_id, gate, reason, until, requested_by_id, requested_at, granted_by_id, granted_at, granted_as)"
        " VALUES (%s, 'smo:signaal', '', current_date, %s, now(), %s, now(), 'voorzitter-smo')"
    )
    ronde = dossier.rondes.get().pk
    assert "eerst gevraagd" in refused(sql, ronde, cast["behandelaar-bz"].pk, cast["voorzitter-smo"].pk)
    asked = Waiver.objects.create(
        ronde_id=ronde, gate="smo:signaal", reason="Spoed.", until=b.today(), requested_by=cast["behandelaar-bz"]
    )
    assert "alleen het verlenen" in refused("UPDATE phases_waiver SET gate = 'smo:plan' WHERE id = %s", asked.pk)
    silent = "UPDATE phases_waiver SET granted_by_id = %s WHERE id = %s"
    assert "alleen het verlenen" in refused(silent, cast["voorzitter-smo"].pk, asked.pk), "without role and moment"
    Waiver.objects.filter(pk=asked.pk).update(
        granted_by=cast["voorzitter-smo"], granted_at=timezone.now(), granted_as="voorzitter-smo"
    )
    assert "alleen het verlenen" in refused("UPDATE phases_waiver SET granted_by_id = NULL WHERE id = %s", asked.pk)


def test_an_offer_is_about_an_adopted_version(cast, ter_paraaf):
    sql = (
        "INSERT INTO phases_aanbieding (ronde_id, version_id, meeting_on, by_id, at) VALUES (%s, %s, now(), %s, now())"
    )
    assert "niet vastgesteld" in refused(sql, ter_paraaf.document.ronde_id, ter_paraaf.pk, ter_paraaf.created_by_id)


def test_a_conclusion_is_by_another_and_about_this_text(cast, dossier):
    version = b.adopt(cast, b.write(cast, dossier, "signaal", b.SIGNAAL))
    offer = smo.offer(version_id=version.pk, meeting_on=b.today(), by=cast["behandelaar-bz"])
    sql = (
        "INSERT INTO phases_conclusie (aanbieding_id, oordeel, doorgeleiding, tekst, sha256, concluded_on, by_id, acting_for, at)"
        " VALUES (%s, 'positief', '', '', %s, now(), %s, '', now())"
    )
    assert "steller" in refused(sql, offer.pk, version.sha256, version.created_by_id)
    assert "ander stuk" in refused(sql, offer.pk, "0" * 64, cast["voorzitter-smo"].pk)


def test_a_letter_is_not_sent_by_a_row(cast, dossier):
    version = b.adopt(cast, b.write(cast, dossier, "signaal", b.SIGNAAL))
    sql = "INSERT INTO phases_verzending (version_id, kamer, sent_on, kamerstuk, by_id, at) VALUES (%s, 'TK', now(), '', %s, now())"
    assert "niet ondertekend en verzonden" in refused(sql, version.pk, cast["secretariaat"].pk)


def test_a_step_rests_on_the_product_of_its_own_phase(cast, dossier):
    """An adopted analysis does not carry the step out of Oriëntatie."""
    version = b.adopt(cast, b.write(cast, dossier, "analyse", b.ANALYSE))
    sql = (
        "INSERT INTO phases_move (dossier_id, ronde_id, step, source_phase, source_status, target_phase, target_status, reason,"
        " outcome, by_id, at, occurred_on, version_ids, conclusie_ids, besluit_ids, beslissing_ids, waiver_ids) VALUES"
        " (%s, %s, 'naar_analyse', 'orientatie', 'lopend', 'analyse', 'lopend', '', '', %s, now(), now(), %s, '{}', '{}', '{}', '{}')"
    )
    assert "product van de fase" in refused(sql, dossier.pk, dossier.rondes.get().pk, dossier.handler_id, [version.pk])


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE cases_dossier SET ronde_number = 2 WHERE id = %s", "door te verlengen"),
        ("UPDATE cases_document SET kind = 'plan' WHERE dossier_id = %s", "blijft bij zijn dossier"),
        ("UPDATE cases_ronde SET number = 7 WHERE dossier_id = %s", "blijft bij zijn dossier"),
    ],
)
def test_rounds_and_papers_stay_where_they_are(ter_paraaf, sql, words):
    assert words in refused(sql, ter_paraaf.document.dossier_id)


def test_an_event_stays_in_its_own_chain(dossier):
    sql = (
        "INSERT INTO cases_event (chain, seq, dossier_id, acting_for, kind, sentence, object, result, origin, occurred_on, data,"
        " recorded_at, previous, hash) VALUES ('stelsel', 1, %s, '', 'x', 'x', '', '', 'web', now(), '{}', now(), '', '')"
    )
    assert "keten" in refused(sql, dossier.pk)
