"""The data folder of a demo or a test run: its secrets, its ports, and the environment that follows from them."""

import contextlib
import fcntl
import json
import os
import secrets
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

from geintegreerd.embedded.postgres import ADMIN
from geintegreerd.embedded.stamp import ROOT

SECRETS = ("admin", "owner", "runtime", "valkey", "secret_key")
# Nothing from the shell of the user may change what the demo and the tests do.
OWN_VARIABLES = (
    "DATABASE_AS",
    "DATABASE_POOL",
    "DEBUG",
    "CSRF_TRUSTED_ORIGINS",
    "ALLOWED_HOSTS",
    "DJANGO_SETTINGS_MODULE",
)


def free_port() -> int:
    """A port on the loopback address on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def write_private(path: Path, content: str) -> None:
    """Writes a file that only its owner may read."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.touch(mode=0o600)
    fresh.write_text(content)
    fresh.replace(path)


class Place:
    """A data folder. `ports` is filled when the servers start, or read from those who run."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.ports: dict[str, int] = {}
        data.mkdir(parents=True, exist_ok=True)
        self.secrets = self._secrets()

    def _secrets(self) -> dict[str, str]:
        """The random passwords of this folder, made the first time."""
        file = self.data / "secrets.json"
        if not file.exists():
            write_private(file, json.dumps({name: secrets.token_urlsafe(32) for name in SECRETS}))
        return json.loads(file.read_text())

    @contextlib.contextmanager
    def lock(self) -> Iterator[bool]:
        """Tells whether this process is the only one on the folder; the lock ends with the process."""
        with (self.data / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    @property
    def connection_file(self) -> Path:
        """Where the running servers can be found, for `./run manage`."""
        return self.data / "connection.json"

    def publish(self) -> None:
        """Writes down the ports of the running servers."""
        write_private(self.connection_file, json.dumps(self.ports))

    def find_running(self) -> None:
        """Reads the ports of servers that another process runs on this folder."""
        self.ports = json.loads(self.connection_file.read_text())

    def database_url(self, role: str, password: str, name: str = "geintegreerd") -> str:
        """The address of a database on the embedded server."""
        return f"postgresql://{role}:{password}@127.0.0.1:{self.ports['postgres']}/{name}"

    @property
    def admin_url(self) -> str:
        """The address for making roles; no part of the application gets it."""
        return self.database_url(ADMIN, self.secrets["admin"], "postgres")

    def owner_env(self) -> dict[str, str]:
        """The environment for commands that change the schema, and for the tests."""
        return {**self.runtime_env(), "OWNER_DATABASE_URL": self.database_url("gi_owner", self.secrets["owner"])}

    def runtime_env(self) -> dict[str, str]:
        """The environment of web, worker and beat: without the owner's address."""
        drop = {*OWN_VARIABLES, "OWNER_DATABASE_URL", "ADMIN_DATABASE_URL"}
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
        return {name: value for name, value in os.environ.items() if name not in drop} | {
            "DEMO": "1",
            "DATABASE_URL": self.database_url("gi_app", self.secrets["runtime"]),
            "BROKER_URL": f"redis://:{self.secrets['valkey']}@127.0.0.1:{self.ports['valkey']}/0",
            "SECRET_KEY": self.secrets["secret_key"],
            "STATIC_ROOT": str(self.data / "static"),
            "FONT_DIR": str(self.data / "fonts"),
            "DJANGO_SETTINGS_MODULE": "geintegreerd.settings",
            "PYTHONUNBUFFERED": "1",
            "PATH": path,
        }


def manage(*command: str) -> list[str]:
    """The command line for a command of manage.py."""
    return [sys.executable, str(ROOT / "manage.py"), *command]
