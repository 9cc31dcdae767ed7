"""The databases of `./run hard`: a clone for each part, that takes no more connections than there are threads."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from tests.database import Clones

# Sixteen threads and the one that watches; a seventeenth thread's connection would be refused.
CONNECTIONS = 17


def use(clones: Clones) -> None:
    """Points Django at the clone, with no connection left open."""
    from django.db import connections

    connections.close_all()
    connections["default"].settings_dict["NAME"] = clones.name


def cap(clones: Clones) -> None:
    """No more connections to the clone than the threads need."""
    limit = sql.SQL("ALTER DATABASE {} CONNECTION LIMIT {}").format(
        sql.Identifier(clones.name), sql.Literal(CONNECTIONS)
    )
    with psycopg.connect(clones.maintenance_url, autocommit=True) as owner:
        owner.execute(limit)


@contextmanager
def place(name: str) -> Iterator[Clones]:
    """A fresh clone that Django works in, gone again at the end."""
    from django.db import connections

    clones = Clones(os.environ["OWNER_DATABASE_URL"], os.environ["DATABASE_URL"], f"hard_{name}")
    clones.ensure_template()
    clones.renew()
    use(clones)
    try:
        yield clones
    finally:
        connections.close_all()
        clones.discard()
