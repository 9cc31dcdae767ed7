"""What the database itself says is guarded: read from pg_catalog, so that a new table is picked up without being named here."""

from dataclasses import dataclass

import psycopg

# A guard is a trigger whose function can refuse. A table from which the runtime role lost a right is guarded as well.
GUARDED = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> 'django_migrations' AND (
    EXISTS (SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND p.prosrc LIKE '%%RAISE EXCEPTION%%')
    OR NOT has_table_privilege(%(runtime)s, c.oid, 'INSERT')
    OR NOT has_table_privilege(%(runtime)s, c.oid, 'UPDATE')
    OR NOT has_table_privilege(%(runtime)s, c.oid, 'DELETE'))
ORDER BY c.relname
"""
COLUMNS = """
SELECT a.attrelid::regclass::text, a.attname, format_type(a.atttypid, a.atttypmod), COALESCE(
    (SELECT f.confrelid::regclass::text FROM pg_constraint f
     WHERE f.conrelid = a.attrelid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum]), '')
FROM pg_attribute a WHERE a.attrelid = ANY (%s::regclass[]) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
ORDER BY a.attrelid, a.attnum
"""


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    refers_to: str = ""


def guarded(connection: psycopg.Connection, runtime: str) -> dict[str, list[Column]]:
    """Every guarded table with its columns."""
    names = [row[0] for row in connection.execute(GUARDED, {"runtime": runtime})]
    found: dict[str, list[Column]] = {name: [] for name in names}
    for table, *rest in connection.execute(COLUMNS, [names]):
        found[table].append(Column(*rest))
    return found


def contents(connection: psycopg.Connection, tables: list[str]) -> dict[str, tuple[int, str]]:
    """How many rows each table holds, and a hash of what they say."""
    one = "SELECT count(*), COALESCE(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') FROM {} t"
    return {table: connection.execute(one.format(table)).fetchone() for table in tables}
