"""The databases of the bench: clones of the template of the tests, one per size, thrown away afterwards."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.database import Clones


class Places:
    """Clones by name; Django's one connection is that of one of them, and the others stay open meanwhile."""

    def __init__(self) -> None:
        self.owner, self.runtime = os.environ["OWNER_DATABASE_URL"], os.environ["DATABASE_URL"]
        self.clones: dict[str, Clones] = {}
        self.open: dict[str, Any] = {}

    def make(self, name: str) -> Clones:
        clone = self.clones[name] = Clones(self.owner, self.runtime, f"bench_{name}")
        clone.ensure_template()
        clone.renew()
        return clone

    def use(self, name: str) -> None:
        from django.db import connection

        wanted = self.clones[name].name
        before = connection.settings_dict["NAME"]
        if before != wanted:
            self.open[before], connection.connection = connection.connection, self.open.get(wanted)
            connection.settings_dict["NAME"] = wanted

    def discard(self) -> None:
        from django.db import connections

        connections.close_all()
        for parked in filter(None, self.open.values()):
            parked.close()
        for clone in self.clones.values():
            clone.discard()


@contextmanager
def places(names: Iterable[str]) -> Iterator[Places]:
    """The databases with these names, gone again at the end."""
    found = Places()
    try:
        for name in names:
            found.make(name)
        yield found
    finally:
        found.discard()
