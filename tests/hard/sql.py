"""Twelve kinds of illegal SQL on every guarded table, as the runtime role and as the owner.

Each attempt is a statement that whoever can write SQL might try. It must be refused by a right or a trigger, not by chance:
only these codes count. What a kind does to a table follows from the columns of the table; see `reasons.py` for where it
makes no sense.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from tests.hard.catalog import Column, contents, guarded
from tests.hard.reasons import FREE_COLUMNS, GAPS, NO_COLUMN, NOT_FOR_OWNER, NOT_GUARDED, NOT_THE_AUTHOR, OWNER_MAY
from tests.hard.rows import ALSO, LATER, OLD_HASH, SKIPS, authors, foreign_rondes

KINDS = (
    "later phase", "skip", "old hash", "foreign ronde", "own approval", "edit", "delete", "truncate", "copy", "alter",
    "disable trigger", "set role",
)  # fmt: skip
ROWS = {"later phase", "skip", "old hash", "foreign ronde", "own approval"}
# insufficient_privilege (a right, or a guard that says no), raise_exception, check_violation.
GUARD_SAYS_NO = {"42501", "P0001", "23514"}
# A row that is there already cannot be copied in again, and what others refer to keeps its number.
BY_ITS_KEY: dict[object, set[str]] = {"copy": {"23505"}, True: {"23503"}}
Patches = list[dict[str, str]]


@dataclass
class Battery:
    """One clone, attacked. `leaks` are the attempts that were let through, `without` the kinds that a table has no place for."""

    owner: psycopg.Connection
    runtime: psycopg.Connection
    tables: dict[str, list[Column]] = field(default_factory=dict)
    refused: Counter = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)
    without: dict[tuple[str, str], str] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tables = guarded(self.owner, self.runtime.info.user)
        self.empty = [
            t for t in self.tables if not self.owner.execute(f"SELECT EXISTS (SELECT FROM {t})").fetchone()[0]
        ]

    def stale_reasons(self) -> list[str]:
        """Reasons for tables or kinds that are no longer there."""
        named = {
            *NOT_GUARDED,
            *GAPS,
            *((None, table) for table, _ in NOT_THE_AUTHOR),
            *((None, t) for t in FREE_COLUMNS),
        }
        return [f"{kind} {table}" for kind, table in named if table not in self.tables or kind not in {None, *KINDS}]

    def run(self) -> None:
        """Everything; afterwards the guarded tables say what they said before."""
        before = contents(self.owner, list(self.tables))
        for table in self.tables:
            for kind in KINDS:
                self._one(table, kind)
        after = contents(self.owner, list(self.tables))
        self.leaks += [
            f"{table}: {before[table]} werd {after[table]}" for table in before if before[table] != after[table]
        ]

    def _one(self, table: str, kind: str) -> None:
        if reason := NOT_GUARDED.get((kind, table), GAPS.get((kind, table))):
            self.without[kind, table] = reason
            return
        if table in self.empty and kind in {"edit", "copy", *ROWS}:
            return
        attempts = list(self._attempts(table, kind))
        if not attempts:
            self.without[kind, table] = NO_COLUMN[kind]
        as_owner = not NOT_FOR_OWNER.keys() & {kind, table, (kind, table)}
        for statement in attempts:
            self._try(self.runtime, table, kind, statement)
            if as_owner and table not in self.empty and not any(statement.startswith(allowed) for allowed in OWNER_MAY):
                self._try(self.owner, table, kind, statement)

    def _try(self, who: psycopg.Connection, table: str, kind: str, statement: str) -> None:
        name = f"{kind} op {table} als {who.info.user}: {statement[:160]}"
        try:
            with who.transaction():
                if statement.startswith("COPY"):
                    _copy_in(who, table, statement, self.tables[table])
                else:
                    who.execute(statement)
        except psycopg.Error as error:
            if error.sqlstate in GUARD_SAYS_NO or error.sqlstate in BY_ITS_KEY.get(
                ' SET "id" =' in statement or kind, ()
            ):
                self.refused[kind, who.info.user] += 1
            else:
                self.leaks.append(f"{name}\n    geweigerd, maar niet door een bewaking: {error}")
        else:
            self.leaks.append(f"{name}\n    niet geweigerd")

    # What each kind does to a table

    def _attempts(self, table: str, kind: str) -> Iterator[str]:
        names = {column.name for column in self.tables[table]}
        yield from ALSO.get((kind, table), [])
        if kind in ROWS:
            for patch in self._patches(table, kind, names):
                yield insert(table, patch, names)
        else:
            yield from getattr(self, f"_{kind.replace(' ', '_')}")(table)

    def _patches(self, table: str, kind: str, names: set[str]) -> Patches:
        if kind == "later phase":
            return [patch for patch in LATER if patch.keys() <= names]
        if kind == "skip":
            return [patch for patch in SKIPS.get(table, []) if patch.keys() <= names]
        if kind == "old hash":
            return [
                {column: OLD_HASH}
                for column in ("sha256", "hash", "previous")
                if column in names and table != "cases_event"
            ]
        if kind == "foreign ronde":
            return foreign_rondes(self.owner, self.tables, table)
        return authors(self.owner, self.tables, table)

    def _edit(self, table: str) -> Iterator[str]:
        """Every column on its own, except those that may change."""
        for column in self.tables[table]:
            if column.name not in FREE_COLUMNS.get(table, ((), ""))[0]:
                yield f'UPDATE {table} SET "{column.name}" = {changed(column)}'

    def _delete(self, table: str) -> Iterator[str]:
        yield f"DELETE FROM {table}"

    def _truncate(self, table: str) -> Iterator[str]:
        yield f"TRUNCATE {table} CASCADE"

    def _copy(self, table: str) -> Iterator[str]:
        """From a file of the server, and the same rows once more over themselves."""
        yield f"COPY {table} FROM '/etc/hostname'"
        yield f"COPY {table} FROM STDIN"

    def _alter(self, table: str) -> Iterator[str]:
        yield f"ALTER TABLE {table} ADD COLUMN achterdeur text"
        yield f"DROP TABLE {table} CASCADE"
        yield f"CREATE TRIGGER achterdeur BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"

    def _disable_trigger(self, table: str) -> Iterator[str]:
        yield f"ALTER TABLE {table} DISABLE TRIGGER USER"
        yield "SET LOCAL session_replication_role = replica"

    def _set_role(self, table: str) -> Iterator[str]:
        role = sql.Identifier(self.owner.info.user).as_string(None)
        yield f"SET LOCAL ROLE {role}; DELETE FROM {table}"
        yield f"SET SESSION AUTHORIZATION {role}; DELETE FROM {table}"


def insert(table: str, patch: dict[str, str], names: set[str]) -> str:
    """The newest row once more under a new number, with these columns changed: illegal for that reason only."""
    number = {"number": "t.number + 1000"} if "number" in names and table != "cases_dossier" else {}
    patch = {"id": f"(SELECT max(id) + 1000 FROM {table})", **number, **patch}
    values = ", ".join(f"'{name}', {value}" for name, value in patch.items())
    return (
        f"INSERT INTO {table} SELECT r.* FROM (SELECT * FROM {table} ORDER BY id DESC LIMIT 1) t,"
        f" LATERAL jsonb_populate_record(NULL::{table}, to_jsonb(t) || jsonb_build_object({values})) r"
    )


def changed(column: Column) -> str:
    """An expression with another value than the column has, that no unique constraint stops."""
    name = f'"{column.name}"'
    if column.refers_to:
        return f"(SELECT r.id FROM {column.refers_to} r WHERE r.id IS DISTINCT FROM {name} ORDER BY r.id DESC LIMIT 1)"
    if column.type.endswith("[]"):
        return "'{diplomatie}'" if "char" in column.type else "'{}'"
    if "int" in column.type:
        return f"COALESCE({name}, 0) + {1 if 'small' in column.type else 1_000_000}"
    if column.type.startswith("timestamp"):
        return f"COALESCE({name}, now()) - interval '9 years'"
    by_type = {"boolean": f"NOT {name}", "jsonb": "'{\"x\": 1}'", "date": f"COALESCE({name}, now()::date) - 4000"}
    length = column.type.partition("(")[2].rstrip(")") or "9"
    return by_type.get(column.type, f"left('x' || right({name}, 5), {length})")


def _copy_in(who: psycopg.Connection, table: str, statement: str, columns: list[Column]) -> None:
    """The newest row out and in again; a generated column goes neither way."""
    if "STDIN" not in statement:
        who.execute(statement)
        return
    names = ", ".join(f'"{column.name}"' for column in columns)
    with who.cursor().copy(f"COPY (SELECT {names} FROM {table} ORDER BY id DESC LIMIT 1) TO STDOUT") as out:
        rows = b"".join(out)
    with who.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as back:
        back.write(rows)
