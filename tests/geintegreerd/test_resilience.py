"""What falls over comes back, and nothing is lost or done twice: worker, Valkey and PostgreSQL, all real.

Sabotage that turns these red: `except Exception` out of `outbox.ring`, the lease out of `claim`, PR_SET_PDEATHSIG out of
render.py, DATABASE_POOL out of the environment of the web server.
"""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.utils import timezone

from cases.models import Outbox, Rendering
from cases.notifications import outbox
from cases.services import papers
from geintegreerd.celery import app
from geintegreerd.embedded import postgres, servers, valkey
from geintegreerd.embedded.place import Place, free_port
from geintegreerd.embedded.supervisor import Program, Supervisor
from tests import builders as b
from tests.cases.pages import session
from tests.database import ROOT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.pdf]

SECONDS = 120
CELERY = [sys.executable, "-m", "celery", "-A", "geintegreerd"]
WORKER = [*CELERY, "worker", "--pool", "solo", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]


def wait_until(ready, what: str) -> None:
    """As long as a slow machine may need; looks twenty times a second."""
    deadline = time.monotonic() + SECONDS
    while not ready():
        assert time.monotonic() < deadline, what
        threading.Event().wait(0.05)


@pytest.fixture
def running() -> Iterator[Supervisor]:
    with Supervisor() as supervisor:
        yield supervisor


def stop(running: Supervisor, name: str, number: signal.Signals | None = None) -> Program:
    """Ends a program and waits until it is gone; returns it, to be started again."""
    program, process = next((one, process) for one, process in running.running if one.name == name)
    process.send_signal(number or program.stop_signal)
    process.wait(SECONDS)
    running.running.remove((program, process))
    return program


def put_forward(cast, words: str) -> Rendering:
    dossier = b.make_dossier(cast)
    document = b.write(cast, dossier, "signaal", {**b.SIGNAAL, "situatie": words})
    return papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"]).renderings.get()


def made(rendering: Rendering) -> bool:
    return Rendering.objects.filter(pk=rendering.pk, state="gereed").exists()


def children(pid: int) -> list[int]:
    """The processes that this one started and that still run."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_worker_killed_while_it_draws_leaves_a_pdf_made_once(cast, running, runtime_env, tmp_path):
    rendering = put_forward(cast, "\n\n".join(["Een lange alinea met **nadruk** en een [^1] noot. " * 20] * 50))
    program = Program("worker", WORKER, runtime_env, tmp_path / "worker.log", ROOT)
    running.start(program)
    worker = running.running[-1][1]
    outbox.ring()
    wait_until(lambda: Outbox.objects.get().attempts and children(worker.pid), "the worker never began to draw")
    drawing = children(worker.pid)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    running.running.clear()
    wait_until(lambda: not any(Path(f"/proc/{pid}/fd/0").exists() for pid in drawing), "its child went on drawing")
    row = Outbox.objects.get()
    assert (row.attempts, row.done_at) == (1, None)
    assert row.leased_until > timezone.now(), "nobody may take it before the lease ends"
    assert outbox.claim() is None
    Outbox.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    running.start(program)
    outbox.ring()
    wait_until(lambda: made(rendering), "the pdf never came")
    wait_until(lambda: Outbox.objects.get().done_at, "the work was not signed off")
    ready_at = Rendering.objects.get().ready_at
    outbox.ring()
    outbox.drain()
    assert (Outbox.objects.get().attempts, Rendering.objects.get().ready_at) == (2, ready_at)


@contextmanager
def ringing_at(url: str) -> Iterator[None]:
    """This process rings another Valkey."""
    before = app.conf.broker_url
    app.conf.broker_url = url
    app._after_fork()
    try:
        yield
    finally:
        app.conf.broker_url = before
        app._after_fork()


def timed_put_forward(cast) -> tuple[Rendering, float]:
    """A page answer of someone who puts a paper forward, and the seconds it took."""
    dossier = b.make_dossier(cast)
    document = b.write(cast, dossier, "signaal", b.SIGNAAL)
    client = session(cast["behandelaar-bz"])
    start = time.monotonic()
    answer = client.post(f"/documenten/{document.pk}/voorleggen/")
    spent = time.monotonic() - start
    assert answer.status_code == 302
    return Rendering.objects.get(version__document=document), spent


def test_valkey_emptied_and_away_holds_nobody_up(cast, running, runtime_env, tmp_path):
    port = free_port()
    url = f"redis://:geheim@127.0.0.1:{port}/0"
    env = {**runtime_env, "BROKER_URL": url, "SWEEP_SECONDS": "1"}
    bell = valkey.program(tmp_path, port=port, password="geheim")
    running.start(bell)
    wait_until(lambda: valkey.ready(port), "Valkey does not start")
    beat = [*CELERY, "beat", "--pidfile", "", "--schedule", str(tmp_path / "schedule")]
    running.start(Program("worker", WORKER, env, tmp_path / "worker.log", ROOT))
    running.start(Program("beat", beat, env, tmp_path / "beat.log", ROOT))
    with ringing_at(url):
        first, usual = timed_put_forward(cast)
        wait_until(lambda: made(first), "no pdf to begin with")
        with redis.Redis.from_url(url) as client:
            client.flushall()
        emptied, _ = timed_put_forward(cast)
        wait_until(lambda: made(emptied), "no pdf after FLUSHALL")
        stop(running, "valkey", signal.SIGKILL)
        away = [timed_put_forward(cast) for _ in range(3)]
        assert max(spent for _, spent in away) < usual + 2, "a page waited for the broker"
        assert not any(made(rendering) for rendering, _ in away)
        running.start(bell)
        wait_until(lambda: all(made(rendering) for rendering, _ in away), "no pdf after Valkey came back")
    assert not Outbox.objects.filter(done_at=None).exists()
    assert set(Outbox.objects.values_list("attempts", flat=True)) == {1}


# PostgreSQL. A server of our own: others use the one of the tests.


def copied_database(place: Place, source: str) -> None:
    """The clone of this test, with everything in it, on the server of this place."""
    env = {**os.environ, "PGOPTIONS": ""}
    dump = subprocess.run(
        [str(postgres.binaries() / "pg_dump"), "--format=custom", source], check=True, capture_output=True, env=env
    )
    target = place.database_url("gi_owner", place.secrets["owner"])
    subprocess.run(
        [str(postgres.binaries() / "pg_restore"), "--no-owner", "--dbname", target],
        input=dump.stdout, capture_output=True, env=env, check=True,
    )  # fmt: skip


class Reader(threading.Thread):
    """Somebody who keeps asking for the list of dossiers, and counts what came of it."""

    def __init__(self, port: int, cookie: str, halt: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port, self.cookie, self.halt = port, cookie, halt
        self.good, self.bad = 0, []

    def run(self) -> None:
        while not self.halt.is_set():
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
                connection.request("GET", "/dossiers/", headers={"Cookie": f"sessionid={self.cookie}"})
                status = connection.getresponse().status
                connection.close()
            except OSError as error:
                status = repr(error)
            if status == 200:
                self.good += 1
            else:
                self.bad.append(status)


def test_postgresql_restarted_under_load_costs_a_connection_one_request(
    cast, running, owner_url, runtime_env, tmp_path
):
    b.make_dossier(cast)
    cookie = session(cast["behandelaar-bz"]).cookies["sessionid"].value
    place = Place(tmp_path)
    servers.start_databases(running, place, for_tests=True)
    servers.ensure_roles(place, for_tests=False)
    copied_database(place, owner_url)
    port = free_port()
    demo = {program.name: program for program in servers.application(place, port)}["web"]
    env = {
        **runtime_env,
        "DATABASE_URL": place.runtime_env()["DATABASE_URL"],
        "DATABASE_POOL": demo.env["DATABASE_POOL"],
    }
    command = [part if part != "2" else "1" for part in demo.command]
    running.start(Program("web", command, env, tmp_path / "logs" / "web.log", ROOT))
    wait_until(lambda: servers.answers(port), "the web server does not start")
    halt = threading.Event()
    readers = [Reader(port, cookie, halt) for _ in range(4)]
    [reader.start() for reader in readers]
    wait_until(lambda: all(reader.good > 3 for reader in readers), f"no pages: {[r.bad[:3] for r in readers]}")
    for _ in range(2):
        database = stop(running, "postgres")
        running.start(database)
        goal = [reader.good + 3 for reader in readers]
        wait_until(lambda goal=goal: all(r.good > g for r, g in zip(readers, goal, strict=True)), "no pages afterwards")
    halt.set()
    [reader.join() for reader in readers]
    connections = int(env["DATABASE_POOL"])
    assert sum(len(reader.bad) for reader in readers) <= 2 * connections, [reader.bad for reader in readers]
    assert all(reader.good > 6 for reader in readers)
