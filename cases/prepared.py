"""Statements that are planned once per connection, because planning them takes longer than running them (./run bench).

psycopg can prepare too, but forgets what it prepared whenever a transaction is rolled back. The server does not.
"""

from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection


class Statement:
    """One SELECT of one row. `sql` names its parameters as %(name)s; `types` gives the type of each in PostgreSQL.

    The plan is the same for every parameter (settings.PLAN_ONCE), so write it such that rows are looked up by their key.
    """

    def __init__(self, sql: str, **types: str) -> None:
        self._sql = sql % {name: f"${number}" for number, name in enumerate(types, start=1)}
        self._types = ", ".join(types.values())
        self._given = ", ".join(f"%({name})s" for name in types)
        self._names: WeakKeyDictionary[psycopg.Connection[Any], str] = WeakKeyDictionary()
        self._attempts = count(1)

    def row(self, **words: Any) -> tuple[Any, ...]:
        """The row for these words. One query; the first one on a connection also prepares."""
        connection.ensure_connection()
        name = self._names.get(connection.connection)
        with connection.cursor() as cursor:
            if name is None:
                # A new name, also when an earlier attempt got no further than preparing.
                name = f"statement_{id(self)}_{next(self._attempts)}"
                prepare = f"PREPARE {name} ({self._types}) AS {self._sql}; "
                cursor.execute(f"{prepare}EXECUTE {name} ({self._given})", words)
                cursor.nextset()
                self._names[connection.connection] = name
            else:
                cursor.execute(f"EXECUTE {name} ({self._given})", words)
            return cursor.fetchone()
