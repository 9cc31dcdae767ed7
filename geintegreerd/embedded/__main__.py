"""The commands of `./run`, from the moment that the environment with the packages exists."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geintegreerd.embedded import servers
from geintegreerd.embedded.place import Place, free_port, manage
from geintegreerd.embedded.servers import say
from geintegreerd.embedded.stamp import ROOT
from geintegreerd.embedded.supervisor import Problem, Supervisor, die_with

DATA = ROOT / ".data"
SCRIPTS = ("bench", "hard", "sabotage")


def demo(arguments: list[str]) -> int:
    """Runs the demo until the user stops it."""
    parser = argparse.ArgumentParser(prog="./run demo", description="Start de demo met voorbeelddossiers.")
    parser.add_argument("--port", type=int, default=8000, help="poort van de website; 0 kiest een vrije poort")
    parser.add_argument("--data", type=Path, default=DATA / "demo", help="map voor de gegevens van de demo")
    options = parser.parse_args(arguments)
    place = Place(options.data.resolve())
    with place.lock() as alone, Supervisor() as supervisor:
        if not alone:
            raise Problem(
                f"Er draait al een demo op de map {place.data}. Stop die eerst, of kies een andere map met --data."
            )
        port = options.port or free_port()
        supervisor.wait_until(
            lambda: servers.port_is_free(port),
            seconds=1,
            problem=f"Poort {port} is al in gebruik. Kies een andere: ./run demo --port {port + 1}",
        )
        say("PostgreSQL en Valkey starten …")
        servers.start_databases(supervisor, place, for_tests=False)
        servers.prepare_static(place)
        servers.prepare_database(place)
        servers.start_application(supervisor, place, port)
        say(f"\nDe demo staat klaar op http://127.0.0.1:{port}/\n")
        say(servers.accounts_file(place).read_text().rstrip())
        say("\nStoppen: Ctrl-C.")
        supervisor.watch()
    return 0


def test(arguments: list[str]) -> int:
    """Runs the test suite on servers of its own."""
    parallel = any(part.startswith("-n") or part in {"no:xdist", "--pdb"} or "::" in part for part in arguments)
    # In the order of the folders: the long files of architecture, browser and journeys are not left for the end.
    options = [] if parallel else ["-n", "2", "--dist", "loadscope", "--no-loadscope-reorder"]
    with test_servers() as place:
        return foreground([sys.executable, "-m", "pytest", *options, *arguments], place.owner_env())


def script(name: str, arguments: list[str]) -> int:
    """Runs one of the scripts in tests/ on the servers of the tests."""
    with test_servers() as place:
        return foreground([sys.executable, "-m", f"tests.{name}", *arguments], place.owner_env())


def screenshots(arguments: list[str]) -> int:
    """Shoots every page of a fresh demo into the folder screenshots/, as each role sees it."""
    with tempfile.TemporaryDirectory(prefix="geintegreerd-") as data, Supervisor() as supervisor:
        place, port = Place(Path(data)), free_port()
        servers.start_databases(supervisor, place, for_tests=False)
        servers.prepare_static(place)
        servers.prepare_database(place)
        servers.start_application(supervisor, place, port)
        base = f"http://127.0.0.1:{port}"
        return foreground([sys.executable, "-m", "tests.screenshots", base, *arguments], place.runtime_env())


@contextmanager
def test_servers() -> Iterator[Place]:
    """Servers for tests, on the kept folder so that the template stays; on a temporary one if that is taken."""
    kept = Place(DATA / "test")
    with kept.lock() as alone, tempfile.TemporaryDirectory(prefix="geintegreerd-") as other:
        place = kept if alone else Place(Path(other))
        with Supervisor() as supervisor:
            servers.start_databases(supervisor, place, for_tests=True)
            servers.ensure_roles(place, for_tests=True)
            servers.prepare_static(place)
            yield place


def manage_command(arguments: list[str]) -> int:
    """Passes a command to manage.py, on the servers of the demo; starts those when they do not run."""
    data = DATA / "demo"
    if arguments[:1] == ["--data"]:
        data, arguments = Path(arguments[1]), arguments[2:]
    place = Place(data.resolve())
    with place.lock() as alone:
        if not alone:
            place.find_running()
            return foreground(manage(*arguments), place.owner_env())
        with Supervisor() as supervisor:
            servers.start_databases(supervisor, place, for_tests=False)
            servers.ensure_roles(place, for_tests=False)
            (place.data / "fonts").mkdir(exist_ok=True)
            return foreground(manage(*arguments), place.owner_env())


def foreground(command: list[str], env: dict[str, str]) -> int:
    """Runs a command with the terminal of the user and returns its exit code; Ctrl-C is for the command."""
    parent = os.getpid()
    process = subprocess.Popen(command, cwd=ROOT, env=env, preexec_fn=die_with(parent, signal.SIGKILL))
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return process.wait()
    finally:
        signal.signal(signal.SIGINT, before)
        if process.poll() is None:
            process.terminate()
            process.wait()


def main(arguments: list[str]) -> int:
    """Runs a command; a Problem becomes a sentence on the screen, without a traceback."""
    # A shell that starts something in the background may have switched Ctrl-C off for it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _: sys.exit(128 + received))
    command, rest = arguments[0], arguments[1:]
    commands = {"demo": demo, "test": test, "manage": manage_command, "screenshots": screenshots}
    try:
        return commands[command](rest) if command in commands else script(command, rest)
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
