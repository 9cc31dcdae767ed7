"""What a dossier owes before it closes: lessons, promises to parliament, and how their pages work."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from cases.exceptions import Conflict, Denied, NotPossible
from cases.models import Dossier, Event
from cases.phase import Phase
from phases.kamer import toezeggingen
from phases.lessen import services as lessen
from phases.process import facts as facts_module
from phases.process.aan_zet import of_user, turns
from tests import builders as b
from tests.cases.pages import assert_denied, assert_does_not_exist, session, text
from tests.hard.ready import in_planning
from tests.phases import scenes
from tests.phases.test_transition import in_uitvoering, step

pytestmark = pytest.mark.django_db
DONE = {"hoe": "gedaan", "op": date(2026, 11, 21), "toelichting": "Brief verzonden."}


@pytest.fixture
def d(cast) -> Dossier:
    return scenes.dossier(cast)


def test_a_promise_is_kept_by_its_ministry_or_the_penvoerder(cast, d):
    row = b.promise(cast, d)
    assert facts_module.load(d).records.promises[0].ministry == "DEF"
    with pytest.raises(Denied):
        toezeggingen.settle(toezegging_id=row.pk, by=cast["teamleider-def"], **{**DONE, "op": b.today()})
    toezeggingen.settle(toezegging_id=row.pk, by=cast["behandelaar-def"], **{**DONE, "op": b.today()})
    assert facts_module.load(d).records.promises == ()
    with pytest.raises(Conflict, match="al afgedaan"):
        toezeggingen.settle(toezegging_id=row.pk, by=cast["behandelaar-bz"], **{**DONE, "op": b.today()})
    assert [e.sentence for e in Event.objects.filter(kind="toezegging").order_by("seq")] == [
        "Toezegging aan Vaste commissie voor Defensie, af te doen door DEF",
        "Toezegging gedaan",
    ]


def test_what_a_promise_asks(cast, d):
    with pytest.raises(NotPossible, match="deelneemt"):
        b.promise(cast, d, "JENV")
    with pytest.raises(NotPossible, match="uiterste datum"):
        b.promise(cast, d, uiterlijk=b.today() - timedelta(days=1))
    row = b.promise(cast, d)
    with pytest.raises(NotPossible, match="niet ouder"):
        day = b.today() - timedelta(days=1)
        toezeggingen.settle(toezegging_id=row.pk, by=cast["behandelaar-bz"], **{**DONE, "op": day})


@pytest.mark.parametrize("table", ["phases_les", "phases_toezegging", "phases_behandelstap"])
def test_none_of_it_is_ever_deleted(cast, d, table):
    b.promise(cast, d)
    scenes.treated(cast, in_planning(cast, d))
    lessen.record(dossier_id=d.pk, by=cast["behandelaar-bz"], les="Te laat.", aanbeveling="Eerder.")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def test_a_promise_with_a_day_waits_on_its_ministry(cast, d):
    b.promise(cast, d, uiterlijk=b.today() + timedelta(days=9))
    loaded = Dossier.objects.select_related("lead", "handler").get(pk=d.pk)
    mine = of_user(turns(loaded, facts_module.load(loaded)), cast["behandelaar-def"])
    assert [(turn.knop, turn.due) for turn in mine] == [("Doe de toezegging af", b.today() + timedelta(days=9))]


def test_pages_of_promises_and_lessons(cast, d):
    client = session(cast["secretariaat"])
    url = reverse("toezeggingen", args=[d.number])
    assert "Er is nog geen toezegging vastgelegd." in text(client.get(url))
    given = {"tekst": "Een brief.", "aan": "De Kamer", "gedaan_op": "21-11-2026", "ministry": "DEF"}
    assert client.post(url, given).status_code == 302
    page = text(client.get(url))
    assert "Een brief." in page and "Open" in page
    assert_denied(cast["behandelaar-def"], url, "post", given)
    assert_does_not_exist(cast, url)
    one = reverse("toezegging", args=[d.number, facts_module.load(d).records.promises[0].id])
    defensie = session(cast["behandelaar-def"])
    answers = {"hoe": "overgedragen", "op": "21-11-2026", "toelichting": "Naar dossier 2026-0002."}
    assert "Controleer de afdoening" in text(defensie.post(one, answers))
    assert defensie.post(one, {**answers, "stap": "indienen"}).status_code == 302
    assert "Naar dossier 2026-0002." in text(client.get(one))
    lessons = reverse("lessen", args=[d.number])
    assert defensie.post(lessons, {"les": "Te laat.", "aanbeveling": "Eerder."}).status_code == 302
    assert "Te laat." in text(client.get(lessons))
    assert_does_not_exist(cast, lessons)


def test_the_stepper_shows_when_a_phase_ended_and_not_when_the_dossier_did(cast):
    """A stop or a close is no end of the phase before."""
    d = in_uitvoering(cast)
    step(cast, d, "eerder_beeindigen", by="teamleider-bz", reason="Gastland vraagt vertrek.")
    from phases.process.models import Move

    moved = Move.objects.filter(dossier=d)
    assert moved.latest("id").target_phase == Phase.EVALUATIE
    from geintegreerd.pages import context

    loaded = Dossier.objects.select_related("lead", "handler").get(pk=d.pk)
    later = Move(step="stoppen", source_phase="evaluatie", target_phase="evaluatie", source_status="lopend",
                 target_status="gestopt", occurred_on=date(2031, 1, 1), by=cast["teamleider-bz"])  # fmt: skip
    loaded._moves = [*moved, later]
    rows = context._phases(loaded, facts_module.load(loaded))
    assert "2031" not in rows[4]["stand"]
    assert rows[4]["stand"].startswith("Afgerond op")


def test_an_early_end_is_read_once_more_before_it_is_made(cast):
    d = in_uitvoering(cast)
    client, url = session(cast["teamleider-bz"]), reverse("stap", args=[d.number, "eerder_beeindigen"])
    given = {"reason": "Gastland vraagt vertrek.", "seen_version": str(Dossier.objects.get(pk=d.pk).moves_made)}
    page = text(client.post(url, given))
    assert "Controleer deze stap" in page
    assert "Zonder die twee sluit het dossier niet." in page
    assert Dossier.objects.get(pk=d.pk).phase == Phase.UITVOERING
    assert client.post(url, {**given, "stap": "indienen"}).status_code == 302
    assert Dossier.objects.get(pk=d.pk).phase == Phase.EVALUATIE
    assert_denied(cast["behandelaar-bz"], reverse("stap", args=[d.number, "stoppen"]), "post", {"seen_version": "9"})
