"""Statements that are planned once per connection, because planning them takes longer than running them (./run bench).

psycopg can prepare too, but forgets what it prepared whenever a transaction is rolled back. The server does not.
"""

from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection
from django.db.models import Field, Model


class Statement:
    """One SELECT. `sql` names its parameters as %(name)s; `types` gives the type of each in PostgreSQL.

    The plan is the same for every parameter (settings.PLAN_ONCE), so write it such that rows are looked up by their key.
    """

    def __init__(self, sql: str, **types: str) -> None:
        self._sql = sql % {name: f"${number}" for number, name in enumerate(types, start=1)}
        self._types = ", ".join(types.values())
        self._given = ", ".join(f"%({name})s" for name in types)
        self._names: WeakKeyDictionary[psycopg.Connection[Any], str] = WeakKeyDictionary()
        self._attempts = count(1)

    def row(self, **words: Any) -> tuple[Any, ...]:
        """The one row of a statement that always has one."""
        return self.rows(**words)[0]

    def rows(self, **words: Any) -> list[tuple[Any, ...]]:
        """The rows for these words. One query; the first one on a connection also prepares."""
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
            return cursor.fetchall()


class Objects(Statement):
    """A statement whose rows hold an object of each of these models: {alias} in `sql` stands for all columns of its table.

    Django's query builder makes the text of a query anew each time. For what every page asks first, that and planning it took
    ten times as long as running it.
    """

    def __init__(self, sql: str, models: dict[str, type[Model]], **types: str) -> None:
        self._models = list(models.values())
        super().__init__(sql.format(**{alias: _columns(alias, model) for alias, model in models.items()}), **types)

    def objects(self, **words: Any) -> list[list[Any]]:
        """Per row its objects in the order of `models`; None where an outer join found nothing."""
        return [self._made(row) for row in self.rows(**words)]

    def _made(self, row: tuple[Any, ...]) -> list[Model | None]:
        found, begin = [], 0
        for model in self._models:
            fields = model._meta.concrete_fields
            columns = zip(fields, row[begin : (begin := begin + len(fields))], strict=True)
            values = {field.attname: _read(field, value) for field, value in columns}
            there = values[model._meta.pk.attname] is not None
            found.append(model.from_db(connection.alias, list(values), values.values()) if there else None)
        return found


def _read(field: Field, value: Any) -> Any:
    """The value of a column as Django's own queries give it: of a JSONField what the text means."""
    for convert in field.get_db_converters(connection):
        value = convert(value, field.cached_col, connection)
    return value


def _columns(alias: str, model: type[Model]) -> str:
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)
