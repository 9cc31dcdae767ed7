"""Operations for migrations that make the database guard the rules too. Used by every app's guards migration."""

from typing import Any

from django.conf import settings
from django.db import migrations
from django.db.migrations.operations.base import Operation

APPEND_ONLY_FUNCTION = """
CREATE FUNCTION cases_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % op % is niet toegestaan', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""


def append_only(*tables: str) -> list:
    """Rows of these tables can be added, never changed, deleted or truncated; the runtime role loses the rights as well."""
    operations: list = []
    for table in tables:
        operations.append(
            migrations.RunSQL(
                f"""
                CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
                    FOR EACH ROW EXECUTE FUNCTION cases_append_only();
                CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
                    FOR EACH STATEMENT EXECUTE FUNCTION cases_append_only();
                """,
                migrations.RunSQL.noop,
            )
        )
        operations.append(revoke(table, "UPDATE, DELETE, TRUNCATE"))
    return operations


def never_deleted(*tables: str) -> list:
    """Rows may change, but no row disappears."""
    operations: list = []
    for table in tables:
        operations.append(
            migrations.RunSQL(
                f"""
                CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
                    FOR EACH ROW EXECUTE FUNCTION cases_append_only();
                CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
                    FOR EACH STATEMENT EXECUTE FUNCTION cases_append_only();
                """,
                migrations.RunSQL.noop,
            )
        )
        operations.append(revoke(table, "DELETE, TRUNCATE"))
    return operations


class revoke(Operation):
    """Takes privileges on a table away from the runtime role named in DATABASE_URL, as far as it is another than the owner.

    An operation of its own and not RunPython, which builds every model of the project anew for each table: a third of the
    time of a first migrate.
    """

    reversible = True

    def __init__(self, table: str, privileges: str) -> None:
        self.table, self.privileges = table, privileges

    def state_forwards(self, app_label: str, state: object) -> None:
        """Changes no model."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: object, to_state: object) -> None:
        table, role = (schema_editor.quote_name(name) for name in (self.table, settings.RUNTIME_ROLE))
        schema_editor.execute(f"REVOKE {self.privileges} ON {table} FROM {role}")

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: object, to_state: object) -> None:
        """Going back drops the table or gives nothing back."""
