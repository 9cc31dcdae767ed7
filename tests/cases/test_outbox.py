"""The outbox: written with the act, claimed by one, tried three times, swept when the broker was away, done once."""

import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from cases.letters import tasks as letters
from cases.models import Outbox, Rendering
from cases.notifications import outbox, tasks
from cases.services import papers
from tests import builders as b
from tests.database import ROOT

assert tasks


@pytest.fixture
def version(cast):
    d = b.make_dossier(cast)
    return papers.put_forward(document_id=b.write(cast, d, "signaal", b.SIGNAAL).pk, by=cast["behandelaar-bz"])


@pytest.mark.django_db
def test_work_is_written_with_the_act_and_undone_with_it(cast):
    d = b.make_dossier(cast)
    document = b.write(cast, d, "signaal", b.SIGNAAL)
    before = Outbox.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])
        assert Outbox.objects.count() == before + 1
        raise ZeroDivisionError
    assert Outbox.objects.count() == before


@pytest.mark.django_db
@pytest.mark.pdf
def test_drain_makes_the_pdf_once(version):
    outbox.drain()
    rendering = Rendering.objects.get(version=version)
    assert bytes(rendering.pdf).startswith(b"%PDF")
    assert rendering.concept
    made = rendering.ready_at
    letters.make_pdf({"rendering": rendering.pk})
    rendering.refresh_from_db()
    assert rendering.ready_at == made


@pytest.mark.django_db
def test_three_failures_are_visible_and_can_be_tried_again(cast, version, monkeypatch):
    def fail(payload):
        raise RuntimeError("te groot")

    monkeypatch.setitem(outbox._handlers, "pdf", (fail, letters.give_up))
    for _ in range(outbox.ATTEMPTS):
        assert outbox.drain() == 1, "one attempt, then a pause"
        Outbox.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    row, rendering = Outbox.objects.get(), Rendering.objects.get()
    assert (row.attempts, bool(row.failed_at)) == (3, True)
    assert (rendering.state, rendering.error) == ("mislukt", "te groot")
    papers.retry_pdf(rendering_id=rendering.pk, by=cast["behandelaar-bz"])
    rendering.refresh_from_db()
    assert rendering.state == "wacht"
    assert Outbox.objects.filter(done_at=None, failed_at=None).count() == 1


@pytest.mark.django_db
def test_unknown_work_fails_visibly_and_stops_nobody(version):
    strange = outbox.add("onbekend", {})
    assert outbox.drain() == 2
    strange.refresh_from_db()
    assert "Niemand kent dit soort werk" in strange.error
    assert Rendering.objects.get().state == "gereed"


@pytest.mark.django_db
def test_leased_row_is_left_alone_until_the_lease_ends(version):
    held = outbox.claim()
    assert outbox.claim() is None
    Outbox.objects.filter(pk=held.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    again = outbox.claim()
    assert (again.pk, again.attempts) == (held.pk, 2)


@pytest.mark.django_db
def test_a_row_that_kills_every_worker_is_given_up(version):
    Outbox.objects.update(attempts=3)
    outbox.drain()
    assert Outbox.objects.get().failed_at
    assert Rendering.objects.get().state == "mislukt"


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_row(cast):
    rows = [outbox.add("pdf", {"rendering": n}).pk for n in range(30)]
    taken, start = [], threading.Barrier(6)

    def take() -> None:
        start.wait()
        try:
            while row := outbox.claim():
                taken.append(row.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(6)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(taken) == rows


@pytest.mark.django_db(transaction=True)
@pytest.mark.pdf
def test_sweep_finds_what_the_bell_never_announced(version, worker, runtime_env, tmp_path):
    """The row was committed, but no bell ever rang: real beat and a real worker make the PDF all the same."""
    command = [sys.executable, "-m", "celery", "-A", "geintegreerd", "beat", "--schedule", str(tmp_path / "beat")]
    env = {**runtime_env, "SWEEP_SECONDS": "1"}
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as beat:
        try:
            assert wait_until(lambda: Rendering.objects.get().state == "gereed", 40), "".join(worker.lines)
        finally:
            beat.kill()


@pytest.mark.django_db(transaction=True)
@pytest.mark.pdf
def test_worker_killed_halfway_the_pdf_comes_once(version, worker, runtime_env):
    """A worker that died holding the row loses its lease; the next one finishes the work, once."""
    held = outbox.claim()
    worker.kill()
    Outbox.objects.filter(pk=held.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    outbox.drain()
    row = Outbox.objects.get()
    assert (row.attempts, bool(row.done_at)) == (2, True)
    assert Rendering.objects.filter(state="gereed").count() == 1


def wait_until(ready, seconds: float) -> bool:
    """Looks every tenth of a second until it is so; False when the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ready():
            return True
        threading.Event().wait(0.1)
    return False


@pytest.mark.django_db
def test_broker_down_loses_nothing(version, monkeypatch):
    from geintegreerd.celery import app

    with monkeypatch.context() as away:
        away.setattr(app.conf, "broker_url", "redis://127.0.0.1:1/0")
        app._after_fork()
        outbox.ring()
    app._after_fork()
    assert Outbox.objects.filter(done_at=None).count() == 1
