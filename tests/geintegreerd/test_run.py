"""`./run` for real: the servers come up, the sentences come out, and nothing stays behind, however it ends."""

import contextlib
import fcntl
import os
import re
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from geintegreerd.embedded import servers
from geintegreerd.embedded.place import Place
from geintegreerd.embedded.supervisor import Problem, Program, Supervisor

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / "run"
MARK = "GI_TEST_RUN"


def processes(place: Path) -> dict[int, str]:
    """The processes that carry the mark of this place, or stand in its folder, with their program and command line.

    PostgreSQL and Valkey write their title over their environment, but they do stand in their own folder.
    """
    found = {}
    for folder in Path("/proc").iterdir():
        try:
            marked = f"{MARK}={place}\0".encode() in (folder / "environ").read_bytes()
            if folder.name.isdigit() and (marked or (folder / "cwd").readlink().is_relative_to(place)):
                program = (folder / "exe").readlink().name
                found[int(folder.name)] = f"{program} {(folder / 'cmdline').read_text()}".replace("\0", " ")
        except OSError:
            continue
    return found


def wait_until(ready, seconds: float) -> bool:
    """Waits for something outside this process, for as long as it may take and no longer."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not ready():
        if time.monotonic() > deadline:
            return False
        pause.wait(0.05)
    return True


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A folder for this file's demos: the first one fills it, the next ones start fast."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture
def marked(place) -> Iterator[dict[str, str]]:
    """An environment whose processes can be found back; whatever remains is ended after the test."""
    yield {**os.environ, MARK: str(place)}
    for pid in processes(place):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@pytest.fixture
def half_written(place) -> Path:
    """A schedule of beat as a machine leaves it that stopped while it was written."""
    data = place / "data"
    data.mkdir(exist_ok=True)
    (data / "beat-schedule.dat").write_bytes(b"")
    (data / "beat-schedule.dir").write_text("'entries', (0, 380)\n")
    return data


@pytest.fixture
def demo(place, marked) -> Iterator[tuple[subprocess.Popen, str]]:
    """A running demo, and its address."""
    process = subprocess.Popen(
        [RUN, "demo", "--port", "0", "--data", place / "data"],
        env=marked,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        said = []
        for line in process.stdout:
            said.append(line)
            if "Ctrl-C" in line:
                break
        address = re.search(r"http://127\.0\.0\.1:\d+/", "".join(said))
        assert address, "".join(said)
        yield process, address[0]
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_demo_serves_and_leaves_nothing_behind(half_written, demo, place, number):
    process, address = demo
    with urllib.request.urlopen(address + "healthz", timeout=10) as response:
        assert response.status == 200
    commands = "\n".join(processes(place).values())
    for part in (
        "postgres",
        "valkey-server",
        "gunicorn",
        "celery -A geintegreerd worker",
        "celery -A geintegreerd beat",
    ):
        assert part in commands
    assert wait_until(
        lambda: any(f.stat().st_size for f in half_written.glob("beat-schedule*") if f.suffix != ".dir"), 15
    )
    process.send_signal(number)
    process.wait(15)
    assert wait_until(lambda: not processes(place), 15), processes(place)


def test_demo_keeps_its_secrets(demo, place):
    """Web, worker and beat do not know the owner's address; files are private; no secret stands on a command line."""
    data = place / "data"
    for name in ("secrets.json", "connection.json", "accounts.txt", "valkey.conf"):
        assert (data / name).stat().st_mode & 0o077 == 0
    for pid, command in processes(place).items():
        assert not [secret for secret in Place(data).secrets.values() if secret in command]
        if "gunicorn" in command or "celery" in command:
            assert b"OWNER_DATABASE_URL" not in Path(f"/proc/{pid}/environ").read_bytes()


def test_second_demo_on_the_same_folder_says_so(tmp_path):
    with (tmp_path / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = run("demo", "--port", "0", "--data", str(tmp_path))
    assert done.returncode == 1
    assert f"Er draait al een demo op de map {tmp_path}" in done.stderr
    assert "Traceback" not in done.stderr


def test_port_in_use_says_so(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("demo", "--port", str(port), "--data", str(tmp_path))
    assert done.returncode == 1
    assert f"Poort {port} is al in gebruik. Kies een andere" in done.stderr
    assert "Traceback" not in done.stderr


def test_unknown_command_explains_the_commands():
    done = run("iets")
    assert done.returncode == 2
    assert "Gebruik: ./run OPDRACHT" in done.stderr


def test_old_python_gets_a_sentence(tmp_path):
    """The part of the script before the imports runs on a Python that claims to be old."""
    code = f"import sys; sys.version_info = (3, 9, 2); exec(compile(open({str(RUN)!r}).read(), 'run', 'exec'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "Voor dit project is Python 3.11 of nieuwer nodig. Deze computer gebruikt nu Python 3.9."
    )


@pytest.mark.parametrize("old", ["python3.6", "python3.8", "python3.9", "python3.10"])
def test_real_old_python_gets_a_sentence(old):
    path = shutil.which(old)
    if path is None or subprocess.run([path, "-V"], capture_output=True, check=False).returncode:
        pytest.skip(f"There is no {old} on this machine.")
    done = subprocess.run([path, RUN, "demo"], stderr=subprocess.PIPE, text=True, check=False)
    assert done.stderr.startswith("Voor dit project is Python 3.11 of nieuwer nodig.")


@pytest.mark.parametrize(
    ("system", "number", "there", "asked"),
    [
        ("debian", 0, [], ["chromium-headless-shell"]),
        ("debian", 0, ["chromium"], ["chromium-headless-shell"]),
        ("debian", 0, ["chromium-headless-shell"], []),
        ("debian", 1000, ["chromium"], []),
        ("ubuntu", 0, ["google-chrome"], []),
        ("ubuntu", 0, [], ["chromium"]),
    ],
)
def test_a_browser_is_installed_where_that_helps(tmp_path, monkeypatch, system, number, there, asked):
    """The real script, on a machine with these browsers and a package manager that tells what it was asked for."""
    script = SimpleNamespace(**runpy.run_path(str(RUN)))
    monkeypatch.setattr(script.platform, "freedesktop_os_release", lambda: {"ID": system})
    monkeypatch.setattr(script.os, "geteuid", lambda: number)
    monkeypatch.setenv("PATH", str(tmp_path))
    package_manager = f'echo "$@" >> {tmp_path}/asked; for last; do :; done; /bin/cp "$0" "{tmp_path}/$last"'
    for name, code in [("apt-get", package_manager), *((name, "") for name in there)]:
        (tmp_path / name).write_text(f"#!/bin/sh\n{code}\n")
        (tmp_path / name).chmod(0o755)
    script.ensure_browser()
    said = (tmp_path / "asked").read_text().splitlines() if (tmp_path / "asked").exists() else []
    assert [line.split()[-1] for line in said if line.startswith("install")] == asked


@pytest.mark.parametrize(
    ("there", "able", "made_with"), [(True, True, "own"), (True, False, "this"), (False, True, "this")]
)
def test_the_environment_is_made_with_the_python_of_the_distribution(tmp_path, monkeypatch, there, able, made_with):
    """Of this same version, and only when it can make one."""
    script, own = SimpleNamespace(**runpy.run_path(str(RUN))), tmp_path / "python3"
    own.write_text(f"#!/bin/sh\nexit {0 if able else 1}\n")
    own.chmod(0o755)
    asked = {f"python3.{sys.version_info[1]} /usr/bin": str(own) if there else None}
    monkeypatch.setattr(script.shutil, "which", lambda name, path: asked[f"{name} {path}"])
    assert script.quickest() == {"own": str(own), "this": sys.executable}[made_with]


def run(*arguments: str) -> subprocess.CompletedProcess:
    """Runs `./run` to its end."""
    return subprocess.run([RUN, *arguments], capture_output=True, text=True, check=False, timeout=60)


def sleeper(tmp_path, name="slaper", code="import time; time.sleep(600)", **options) -> Program:
    """A program that stays until it is stopped."""
    return Program(name, [sys.executable, "-c", code], os.environ, tmp_path / f"{name}.log", tmp_path, **options)


def test_supervisor_restarts_what_may_restart_and_no_more_often(tmp_path):
    with Supervisor() as supervisor:
        supervisor.start(sleeper(tmp_path, restarts=1))
        first = supervisor.running[0][1]
        first.kill()
        first.wait()
        supervisor.check()
        second = supervisor.running[0][1]
        assert second.pid != first.pid
        second.kill()
        second.wait()
        with pytest.raises(Problem, match="Het onderdeel slaper is gestopt"):
            supervisor.check()


def test_supervisor_shows_the_log_of_what_fell_over(tmp_path):
    with Supervisor() as supervisor:
        supervisor.start(sleeper(tmp_path, code="raise SystemExit('de schijf is vol')"))
        with pytest.raises(Problem, match="de schijf is vol"):
            supervisor.wait_until(lambda: False, seconds=10, problem="te laat")


def test_supervisor_ends_grandchildren_too(tmp_path, place, marked):
    code = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).wait()"
    program = Program("ouder", [sys.executable, "-c", code], marked, tmp_path / "ouder.log", tmp_path)
    with Supervisor() as supervisor:
        supervisor.start(program)
        assert wait_until(lambda: len(processes(place)) == 2, 10)
    assert processes(place) == {}


def test_embedded_servers_ask_for_a_password(tmp_path):
    place = Place(tmp_path)
    with Supervisor() as supervisor:
        servers.start_databases(supervisor, place, for_tests=True)
        servers.ensure_roles(place, for_tests=False)
        servers.ensure_roles(place, for_tests=False)
        right = place.runtime_env()["DATABASE_URL"]
        with psycopg.connect(right) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE stiekem (id int)")
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(right.replace(place.secrets["runtime"], "fout"))
        with (
            redis.Redis(port=place.ports["valkey"], retry=Retry(NoBackoff(), 0)) as valkey,
            pytest.raises(redis.exceptions.AuthenticationError),
        ):
            valkey.ping()
