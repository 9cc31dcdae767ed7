"""The databases of the bench: clones of the template of the tests, one per size, thrown away afterwards."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from tests.database import Clones


class Places:
    """Clones by name; Django's one connection is pointed at one of them."""

    def __init__(self) -> None:
        self.owner, self.runtime = os.environ["OWNER_DATABASE_URL"], os.environ["DATABASE_URL"]
        self.clones: dict[str, Clones] = {}

    def make(self, name: str) -> Clones:
        clone = self.clones[name] = Clones(self.owner, self.runtime, f"bench_{name}")
        clone.ensure_template()
        clone.renew()
        return clone

    def use(self, name: str) -> None:
        from django.db import connection

        wanted = self.clones[name].name
        if connection.settings_dict["NAME"] != wanted:
            connection.close()
            connection.settings_dict["NAME"] = wanted

    def discard(self) -> None:
        from django.db import connections

        connections.close_all()
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
