"""The databases of the test run: the owner builds one template, every xdist worker tests on its own clone of it.

Nothing is ever flushed: flush is TRUNCATE, and the runtime role may not. A test that really commits gets its clone
replaced afterwards.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg
from psycopg import sql

from geintegreerd.embedded import roles
from geintegreerd.embedded.stamp import DATABASE, fingerprint

ROOT = Path(__file__).resolve().parent.parent
BUILD_LOCK = 20_260_101
# What has a hand in the demo: every service, and the templates of which its letters keep a snapshot.
DEMO = [
    "cases/**/*.py",
    "budget_biv/**/*.py",
    "phases/**/*.py",
    "geintegreerd/**/*.py",
    "templates/**/*",
    "fixtures/**/*",
]
# As production is filled, in one process. Everybody of the demo is in the template: making them anew for each test took a
# fifth of the time of the suite.
FILL = """
from django.core.management import call_command
from geintegreerd.demo.people import make_people
call_command("bijwerken", verbosity=0)
make_people(password=None)
"""


class Clones:
    """The template database of this code and the clone of this xdist worker; all addresses are postgresql:// URLs."""

    def __init__(self, owner_url: str, runtime_url: str, worker: str) -> None:
        self.maintenance_url = owner_url
        self.owner = roles.user_of(owner_url)
        self.runtime = roles.user_of(runtime_url)
        self.template = f"tpl_{fingerprint(DATABASE)}"
        self.name = f"test_{worker}"
        self.kept: list[str] = []
        self.owner_url = roles.with_name(owner_url, self.name)
        self.runtime_url = roles.with_name(runtime_url, self.name)

    def ensure_template(self) -> None:
        """Builds the template once for all workers and later runs of the same code, and drops those of older code."""
        with self._building("tpl_", self.template) as building:
            if building:
                build(self._as_owner(building), roles.with_name(self.runtime_url, building))

    def demo(self) -> str:
        """The name of a template that holds the demo too: loaded once a day for all workers and later runs of the same code."""
        name = f"{self.template}_{fingerprint(DEMO)}_{date.today():%Y%m%d}"
        with self._building(f"{self.template}_", name, template=self.template) as building:
            if building:
                manage(self._as_owner(building), roles.with_name(self.runtime_url, building), "laad_demo")
        return name

    def _as_owner(self, name: str) -> str:
        return roles.with_name(self.maintenance_url, name)

    @contextmanager
    def _building(self, family: str, name: str, template: str = "template0") -> Iterator[str]:
        """A new database to fill, which gets this name once that is done; "" when it is there. One worker at a time."""
        with psycopg.connect(self.maintenance_url, autocommit=True) as owner:
            owner.execute("SELECT pg_advisory_lock(%s)", [BUILD_LOCK])
            found = owner.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [family])
            known = {row[0] for row in found}
            if name in known:
                yield ""
                return
            for old in known:
                drop(owner, old)
            building = f"{name}_bouw"
            roles.create_database(owner, building, owner=self.owner, template=template)
            roles.limit_access(owner, building, self.runtime)
            yield building
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            owner.execute(rename.format(sql.Identifier(building), sql.Identifier(name)))

    def renew(self, template: str = "") -> None:
        """Throws the clone away, with whoever is still connected, and makes a new one from the template."""
        with psycopg.connect(self.maintenance_url, autocommit=True) as owner:
            drop(owner, self.name)
            roles.create_database(owner, self.name, owner=self.owner, template=template or self.template)
            roles.limit_access(owner, self.name, self.runtime)

    def keep(self, name: str) -> None:
        """Keeps the clone as it is now, to renew from."""
        with psycopg.connect(self.maintenance_url, autocommit=True) as owner:
            drop(owner, name)
            roles.create_database(owner, name, owner=self.owner, template=self.name)
            self.kept.append(name)

    def discard(self) -> None:
        """Removes the clone at the end of the run."""
        with psycopg.connect(self.maintenance_url, autocommit=True) as owner:
            for name in [self.name, *self.kept]:
                drop(owner, name)


def drop(owner: psycopg.Connection, name: str) -> None:
    """Drops a database, ending the sessions that use it."""
    owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def build(owner_url: str, runtime_url: str) -> None:
    """Fills an empty database."""
    roles.grant_runtime(owner_url, roles.user_of(runtime_url))
    manage(owner_url, runtime_url, "shell", "--verbosity=0", "--command", FILL, DATABASE_AS="owner")


def manage(owner_url: str, runtime_url: str, *command: str, **environment: str) -> None:
    """Runs manage.py on a database; raises RuntimeError with the output when it fails."""
    env = {**os.environ, "OWNER_DATABASE_URL": owner_url, "DATABASE_URL": runtime_url, **environment}
    done = subprocess.run(
        [sys.executable, "manage.py", *command], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed on a template:\n{done.stdout}{done.stderr}")
