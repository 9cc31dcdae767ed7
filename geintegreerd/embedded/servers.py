"""Starts the parts of the demo in the right order, and prepares the database and static files when the code changed."""

import contextlib
import http.client
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

from geintegreerd.embedded import postgres, roles, stamp, valkey
from geintegreerd.embedded.place import Place, free_port, manage, write_private
from geintegreerd.embedded.supervisor import Problem, Program, Supervisor, run

START_SECONDS = 60.0


def say(text: str) -> None:
    """A line for the person at the terminal."""
    print(text, flush=True)


def start_databases(supervisor: Supervisor, place: Place, *, for_tests: bool) -> None:
    """Starts PostgreSQL and Valkey side by side on free ports and waits until both answer."""
    place.ports = {"postgres": free_port(), "valkey": free_port()}
    supervisor.start(valkey.program(place.data, port=place.ports["valkey"], password=place.secrets["valkey"]))
    supervisor.start(
        postgres.program(place.data, port=place.ports["postgres"], password=place.secrets["admin"], for_tests=for_tests)
    )
    supervisor.wait_until(
        lambda: postgres.ready(place.admin_url) and valkey.ready(place.ports["valkey"]),
        seconds=START_SECONDS,
        problem=f"De database start niet. Kijk in {place.data / 'logs'}.",
    )
    place.publish()


def ensure_roles(place: Place, *, for_tests: bool) -> None:
    """Makes the two roles and the database of this folder."""
    env = place.owner_env()
    roles.ensure_roles(place.admin_url, env["OWNER_DATABASE_URL"], env["DATABASE_URL"], for_tests=for_tests)


def step(place: Place, *command: str) -> str:
    """Runs a command of manage.py with the owner's environment; gives what it said, or stops with a Problem when it fails."""
    problem = f"De opdracht manage.py {command[0]} is mislukt."
    return run(manage(*command), problem=problem, env=place.owner_env(), cwd=stamp.ROOT)


def prepare_static(place: Place) -> None:
    """Builds fonts and static files when they changed since the last time on this folder."""
    (place.data / "fonts").mkdir(exist_ok=True)
    with done_once(place, "static", [*stamp.STATIC, *stamp.FONTS]) as needed:
        if needed:
            say("Lettertypen en opmaak klaarzetten …")
            step(place, "maak_lettertypen")
            step(place, "collectstatic", "--noinput", "--clear", "--verbosity=0")


def prepare_database(place: Place) -> None:
    """Brings the demo's database up to date with the code and loads the demo, when they changed since the last time."""
    with done_once(place, "database", stamp.DATABASE) as needed:
        if not needed:
            return
        say("Database en voorbeelddossiers klaarzetten …")
        ensure_roles(place, for_tests=False)
        write_private(accounts_file(place), step(place, "bijwerken", "--demo", "--verbosity=0"))


def accounts_file(place: Place) -> Path:
    """The names and passwords of the demo accounts, kept for the next start."""
    return place.data / "accounts.txt"


@contextlib.contextmanager
def done_once(place: Place, name: str, patterns: list[str]) -> Iterator[bool]:
    """Tells whether work must be done again because these files changed; remembers it when the work succeeded."""
    file, now = place.data / f"stamp-{name}", stamp.fingerprint(patterns)
    needed = not file.exists() or file.read_text() != now
    yield needed
    if needed:
        file.write_text(now)


def application(place: Place, port: int) -> list[Program]:
    """Web, worker and beat, all as the runtime role; they come back when one falls over."""
    env, logs = place.runtime_env(), place.data / "logs"
    celery = [sys.executable, "-m", "celery", "-A", "geintegreerd"]
    web = [sys.executable, "-m", "gunicorn", "geintegreerd.wsgi", "--bind", f"127.0.0.1:{port}", "--preload"]
    web += ["--workers", "2", "--worker-class", "gthread", "--threads", "4", "--graceful-timeout", "3"]
    web += ["--no-control-socket"]
    worker = [*celery, "worker", "--pool", "solo", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel", "INFO", "--pidfile", "", "--schedule", str(place.data / "beat-schedule")]
    return [
        Program(name, command, env | extra, logs / f"{name}.log", stamp.ROOT, signal.SIGTERM, restarts=3)
        for name, command, extra in (("web", web, {"DATABASE_POOL": "4"}), ("worker", worker, {}), ("beat", beat, {}))
    ]


def port_is_free(port: int) -> bool:
    """Whether the web server can listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Problem(f"U mag poort {port} niet gebruiken. Kies een poort boven 1023.") from None
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """Whether the web server gives any page; an error page means that it does not work."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        response = connection.getresponse()
        response.read()
    except OSError:
        return False
    finally:
        connection.close()
    if response.status >= 500:
        raise Problem(f"De toepassing geeft een fout ({response.status}). Kijk in het bestand web.log.")
    return True


def start_application(supervisor: Supervisor, place: Place, port: int) -> None:
    """Starts web, worker and beat, and waits until pages come."""
    # When each task last ran. Half written as the machine stopped, it would keep beat from ever starting again.
    for kept in place.data.glob("beat-schedule*"):
        kept.unlink()
    for program in application(place, port):
        supervisor.start(program)
    supervisor.wait_until(
        lambda: answers(port),
        seconds=START_SECONDS,
        problem=f"De toepassing start niet. Kijk in {place.data / 'logs'}.",
    )
    place.ports["web"] = port
    place.publish()
