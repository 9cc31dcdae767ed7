"""A dossier that holds one of everything against one that holds a thousand; one step; the logboek."""

import os
import statistics
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest.mock import patch

import psycopg

from tests.bench.clock import Report, in_turns, once
from tests.bench.places import Places

DATABASE = "dossier"
QUERIES, TIME_RATIO = 25, 1.1
STEP_QUERIES, STEP_RATIO = 30, 3.0
AUDIT_RATIO, AUDIT_ROWS = 1.7, 50_000
WHO = ("behandelaar-bz", "teamleider-bz", "smo-def", "voorzitter-smo", "gemachtigde-bz", "auditor")


def measure(report: Report, places: Places, children: int, rounds: int) -> None:
    """The page, the step and the save. Makes its own people and dossiers in its own database."""
    places.use(DATABASE)
    from django.db import transaction

    from geintegreerd.demo.people import make_people
    from tests import crowd

    cast = make_people(password=None)
    with transaction.atomic():
        few, many = crowd.dossier_with(cast, 1), crowd.dossier_with(cast, children)
    _analyse(places.clones[DATABASE].owner_url)
    _pages(report, cast, few, many, children, rounds)
    _step(report, cast, rounds)
    _save(report, cast, few, rounds)


def _analyse(owner_url: str) -> None:
    """What autovacuum does sooner or later: the planner knows how many rows there are. Only the owner may."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")


def _pages(report: Report, cast, few, many, children: int, rounds: int) -> None:
    from django.test import Client

    from tests.bench.lists import _queries

    report.say(f"\nDossierpagina met 1 en met {children} van alles")
    for who in WHO:
        client = Client(SERVER_NAME="localhost")
        client.force_login(cast[who])
        asked = [partial(client.get, dossier.get_absolute_url()) for dossier in (few, many)]
        counts = [_queries(ask) for ask in asked]
        report.at_most(f"queries, {who}", counts[1], QUERIES, unit="queries")
        report.at_most(f"extra queries, {who}", abs(counts[1] - counts[0]), 0, unit="queries")
        low, high = in_turns(*asked, rounds=rounds * 3)
        report.at_most(f"tijd, {who}", high.ratio, TIME_RATIO, extra=f"{high.ms:.1f} ms tegen {low.ms:.1f} ms")


def undone(work: Callable[[], object]) -> Callable[[], object]:
    """The work in a transaction that is rolled back, so that it can be done again."""

    def run() -> None:
        from django.db import transaction

        with transaction.atomic():
            work()
            transaction.set_rollback(True)

    return run


def _step(report: Report, cast, rounds: int) -> None:
    """A step forward, and what comes with it: the paper put forward, with snapshot, outbox row and audit row."""
    from cases.services import dossiers, papers
    from phases.process import services
    from tests import builders as b

    report.say("\nEen stap, met logboek en wat erbij hoort")
    dossier = b.make_dossier(cast)
    document = b.write(cast, dossier, "signaal", b.SIGNAAL)
    b.adopt(cast, document)
    by = cast["behandelaar-bz"]
    answers = {"eenheid": True, **dict.fromkeys(("rechtsorde", "geweld", "humanitair", "applies"), False)}
    dossiers.judge_artikel_100(dossier_id=dossier.pk, by=by, **answers)
    analyse = b.write(cast, dossier, "analyse", b.ANALYSE)

    def step() -> None:
        services.transition(dossier_id=dossier.pk, step="naar_analyse", by=by, seen_version=0)

    def forward() -> None:
        papers.put_forward(document_id=analyse.pk, by=by)

    def both() -> None:
        step()
        forward()

    bare = undone(partial(_plain_update, dossier.pk, by))
    for name, work in (("stap", step), ("stap met stuk, momentopname en outbox", both)):
        report.at_most(name, _count(undone(work)), STEP_QUERIES, unit="queries")
    low, high, all_of_it = in_turns(bare, undone(step), undone(both), rounds=rounds * 3)
    extra = f"{high.ms:.1f} ms tegen {low.ms:.1f} ms; met stuk {all_of_it.ms:.1f} ms"
    report.at_most(
        "stap tegen een kale wijziging onder slot met een regel in het logboek", high.ratio, STEP_RATIO, extra=extra
    )


def _plain_update(dossier_id: int, by) -> None:
    """The least that any change does: lock, change, one row in the logboek. In plain Django: our own lock is planned once."""
    from cases import audit
    from cases.models import Dossier

    locked = Dossier.objects.select_for_update(of=("self",), no_key=True).select_related("lead", "handler")
    dossier = locked.get(pk=dossier_id)
    dossier.revision += 1
    dossier.save(update_fields=["revision"])
    audit.record("proef", "Kale wijziging", by=by, dossier=dossier)


def _count(work: Callable[[], object]) -> int:
    """The queries of a piece of work, savepoints included."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def _save(report: Report, cast, dossier, rounds: int) -> None:
    """The same save with and without its audit row."""
    from cases import audit
    from cases.models import Dossier
    from cases.services.dossiers import change_facts

    report.say("\nLogboek")

    def save() -> None:
        seen = Dossier.objects.values_list("revision", "region").get(pk=dossier.pk)
        region = "Sahel" if seen[1] != "Sahel" else "Sahelregio"
        change_facts(dossier_id=dossier.pk, by=cast["behandelaar-bz"], seen_revision=seen[0], region=region)

    def unaudited() -> None:
        with patch.object(audit, "record"):
            save()

    low, high = in_turns(unaudited, save, rounds=rounds * 3)
    extra = f"{high.ms:.2f} ms tegen {low.ms:.2f} ms"
    report.at_most("opslaan met regel tegen opslaan zonder", high.ratio, AUDIT_RATIO, extra=extra)


def verify(report: Report, rounds: int) -> None:
    """How fast the whole logboek of the database in use is checked, by the processor time of the server's process."""
    from cases.models import Event
    from cases.selectors.audit import first_broken

    rows, times, clock = Event.objects.count(), [], []
    for _ in range(max(3, rounds // 4)):
        before = _server_cpu()
        clock.append(once(first_broken))
        times.append(_server_cpu() - before)
    assert first_broken() is None
    spent = statistics.median(times) or statistics.median(clock) / 1000
    extra = f"{rows} regels; op de klok {statistics.median(clock) / 1000:.1f} s, rekentijd {spent:.1f} s"
    report.at_least("verify_audit", rows / spent, AUDIT_ROWS, "regels per seconde rekentijd", extra)


def _server_cpu() -> float:
    """Seconds of processor time that the server's process behind this connection used; it runs on this machine."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        fields = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
