"""Operations for migrations that make the database guard the rules too. Used by every app's guards migration."""

from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

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


def revoke(table: str, privileges: str) -> migrations.RunPython:
    """Takes privileges on a table away from the runtime role named in DATABASE_URL, as far as it is another than the owner."""

    def run(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        quote = schema_editor.quote_name
        schema_editor.execute(f"REVOKE {privileges} ON {quote(table)} FROM {quote(settings.RUNTIME_ROLE)}")

    return migrations.RunPython(run, migrations.RunPython.noop)
