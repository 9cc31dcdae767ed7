"""The databases of the test run: the owner builds one template, every xdist worker tests on its own clone of it.

Nothing is ever flushed: flush is TRUNCATE, and the runtime role may not. A test that really commits gets its clone
replaced afterwards.
"""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from geintegreerd.embedded import roles
from geintegreerd.embedded.stamp import DATABASE, fingerprint

ROOT = Path(__file__).resolve().parent.parent
BUILD_LOCK = 20_260_101
# Everybody of the demo is in the template: making them anew for each test took a fifth of the time of the suite.
PEOPLE = """
import django
django.setup()
from geintegreerd.demo.people import make_people
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
        with psycopg.connect(self.maintenance_url, autocommit=True) as owner:
            owner.execute("SELECT pg_advisory_lock(%s)", [BUILD_LOCK])
            known = {row[0] for row in owner.execute("SELECT datname FROM pg_database WHERE datname LIKE 'tpl\\_%'")}
            if self.template in known:
                return
            for old in known:
                drop(owner, old)
            building = f"{self.template}_bouw"
            roles.create_database(owner, building, owner=self.owner)
            build(roles.with_name(self.maintenance_url, building), roles.with_name(self.runtime_url, building))
            owner.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(building), sql.Identifier(self.template)
                )
            )

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
    """Fills an empty database the way production is filled; raises RuntimeError with the output when a step fails."""
    roles.grant_runtime(owner_url, roles.user_of(runtime_url))
    env = {**os.environ, "OWNER_DATABASE_URL": owner_url, "DATABASE_URL": runtime_url}
    manage = str(ROOT / "manage.py")
    for command in (
        [manage, "migrate", "--verbosity=0"],
        [manage, "createcachetable"],
        [manage, "laad_referentie"],
        ["-c", PEOPLE],
    ):
        done = subprocess.run(
            [sys.executable, *command],
            env=env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{command[1]} failed for the template database:\n{done.stdout}{done.stderr}")
