"""The database refuses what the application would never do: each of these is raw SQL, as the runtime role or as the owner."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from cases.models import Dossier, Event
from tests import builders as b

pytestmark = pytest.mark.django_db

GUARDED = [
    "cases_event",
    "cases_paraaf",
    "cases_toets",
    "cases_uittreding",
    "phases_move",
    "phases_voorstel",
    "phases_aanbieding",
    "phases_standpunt",
    "phases_conclusie",
    "phases_besluit",
    "phases_inbreng",
    "phases_bevestiging",
    "phases_ondertekening",
    "budget_biv_aanvraag",
    "budget_biv_bedrag",
    "budget_biv_beslissing",
    "budget_biv_intrekking",
    "budget_biv_mutatie",
    "budget_biv_post",
    "budget_biv_overheveling",
]


def refused(sql: str, *params) -> str:
    """Runs SQL that must fail; returns the database's words."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return str(caught.value)


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize(
    "sql", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}", "ALTER TABLE {} DISABLE TRIGGER ALL"]
)
def test_runtime_role_cannot_touch_guarded_rows(table, sql):
    words = refused(sql.format(table))
    assert "permission denied" in words or "must be owner" in words


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE x (i int)",
        "DROP TABLE cases_event",
        "SET ROLE gi_owner",
        "INSERT INTO phases_arrow (step) VALUES ('x')",
    ],
)
def test_runtime_role_owns_nothing(sql):
    assert refused(sql)


def test_dossier_is_born_in_orientatie(cast):
    d = b.make_dossier(cast)
    row = Dossier.objects.filter(pk=d.pk).values().get()
    row.pop("id")
    words = ""
    try:
        with transaction.atomic():
            Dossier.objects.create(**{**row, "number": "2026-9999", "phase": "uitvoering"})
    except DatabaseError as error:
        words = str(error)
    assert "begint in Oriëntatie" in words


@pytest.mark.parametrize("change", ["phase = 'uitvoering'", "status = 'afgesloten'"])
def test_state_changes_only_by_a_move(cast, change):
    d = b.make_dossier(cast)
    assert "door een zet" in refused(f"UPDATE cases_dossier SET {change} WHERE id = %s", d.pk)


def test_flag_in_the_session_is_no_key(cast):
    d = b.make_dossier(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('gi.move', 'yes', true)")
    assert "door een zet" in refused("UPDATE cases_dossier SET phase = 'analyse' WHERE id = %s", d.pk)


MOVE = """
INSERT INTO phases_move (dossier_id, ronde_id, step, source_phase, source_status, target_phase, target_status, reason, outcome,
 by_id, at, occurred_on, version_ids, conclusie_ids, besluit_ids, beslissing_ids, waiver_ids)
VALUES (%s, %s, %s, %s, 'lopend', %s, 'lopend', '', '', %s, now(), now(), %s, %s, '{}', '{}', '{}')
"""


@pytest.mark.parametrize(
    ("step", "source", "target", "words"),
    [
        ("naar_uitvoering", "orientatie", "uitvoering", "bestaat niet"),
        ("naar_analyse", "orientatie", "handelingsopties", "bestaat niet"),
        ("inlezen_uitvoering", "orientatie", "uitvoering", "alleen de eigenaar"),
        ("naar_analyse", "orientatie", "analyse", "rust niet op het product"),
    ],
)
def test_move_rows_are_judged(cast, step, source, target, words):
    d = b.make_dossier(cast)
    ronde = d.rondes.get()
    assert words in refused(MOVE, d.pk, ronde.pk, step, source, target, d.handler_id, [], [])


def test_move_needs_adopted_papers_of_its_own_ronde(cast):
    one, other = b.make_dossier(cast), b.make_dossier(cast)
    concept = b.write(cast, one, "signaal", b.SIGNAAL)
    foreign = b.adopt(cast, b.write(cast, other, "signaal", b.SIGNAAL))
    from cases.services import papers

    version = papers.put_forward(document_id=concept.pk, by=cast["behandelaar-bz"])
    for pk in (version.pk, foreign.pk):
        words = refused(
            MOVE, one.pk, one.rondes.get().pk, "naar_analyse", "orientatie", "analyse", one.handler_id, [pk], []
        )
        assert "niet vastgesteld, of is van een andere ronde" in words


def test_move_needs_a_positive_conclusion(cast):
    from phases.smo import services as smo

    d = b.make_dossier(cast, efforts=("politie",))
    version = b.adopt(cast, b.write(cast, d, "signaal", b.SIGNAAL))
    offer = smo.offer(version_id=version.pk, meeting_on=b.today(), by=cast["behandelaar-bz"])
    no = smo.conclude(
        aanbieding_id=offer.pk, oordeel="negatief", doorgeleiding="", tekst="Nee.", by=cast["voorzitter-smo"]
    )
    args = (d.pk, d.rondes.get().pk, "naar_analyse", "orientatie", "analyse", d.handler_id, [version.pk])
    assert "niet positief" in refused(MOVE, *args, [no.pk])
    yes = smo.conclude(
        aanbieding_id=offer.pk,
        oordeel="positief",
        doorgeleiding="",
        tekst="Ja.",
        by=cast["voorzitter-smo"],
        seen_conclusie=no.pk,
    )
    with connection.cursor() as cursor:
        cursor.execute(MOVE, [*args, [yes.pk]])


def test_author_cannot_be_approver_in_sql(cast):
    d = b.make_dossier(cast)
    from cases.services import papers

    version = papers.put_forward(document_id=b.write(cast, d, "signaal", b.SIGNAAL).pk, by=cast["behandelaar-bz"])
    insert = "INSERT INTO cases_paraaf (version_id, ministry_id, by_id, at) VALUES (%s, %s, %s, now())"
    assert "vier ogen" in refused(insert, version.pk, d.lead_id, version.created_by_id)


def test_frozen_version_keeps_its_content(cast):
    d = b.make_dossier(cast)
    version = b.adopt(cast, b.write(cast, d, "signaal", b.SIGNAAL))
    for change in (
        "html = 'x'",
        "sha256 = 'x'",
        "content = '{}'",
        "status = 'ter-paraaf'",
        "adopted_on = '2000-01-01'",
    ):
        assert "bevroren" in refused(f"UPDATE cases_documentversion SET {change} WHERE id = %s", version.pk)
    assert refused("DELETE FROM cases_documentversion WHERE id = %s", version.pk)


def test_marking_above_dep_v_is_refused(cast):
    d = b.make_dossier(cast)
    assert "marking" in refused("UPDATE cases_dossier SET marking = 'stg-geheim' WHERE id = %s", d.pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["cases_event", "phases_move", "cases_toets"])
def test_owner_is_stopped_by_the_trigger_too(cast, owner_url, table):
    b.make_dossier(cast)
    assert Event.objects.exists()
    with psycopg.connect(owner_url) as owner, pytest.raises(psycopg.Error, match="append-only|zet"):
        owner.execute(f"TRUNCATE {table} CASCADE")
