"""The two database roles: an owner that only changes the schema, and a runtime role that owns nothing.

Used by the demo and the tests, and in production by `python -m geintegreerd.embedded.roles` from ADMIN_DATABASE_URL,
OWNER_DATABASE_URL and DATABASE_URL. Running it again is harmless: passwords and rights become what the addresses say.
"""

import os
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql


def user_of(url: str) -> str:
    """The name of the role in a postgresql:// address."""
    return unquote(urlsplit(url).username or "")


def name_of(url: str) -> str:
    """The name of the database in a postgresql:// address."""
    return unquote(urlsplit(url).path.lstrip("/"))


def with_name(url: str, name: str) -> str:
    """The same address, pointing at another database on that server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def ensure_roles(admin_url: str, owner_url: str, runtime_url: str, *, for_tests: bool = False) -> None:
    """Creates both roles and the database, and gives the runtime role its rights; repeatable.

    With `for_tests` the owner may also clone databases and end the sessions that still use a clone.
    """
    owner, runtime, name = user_of(owner_url), user_of(runtime_url), name_of(owner_url)
    with psycopg.connect(admin_url, autocommit=True) as admin:
        ensure_role(admin, owner, unquote(urlsplit(owner_url).password or ""), createdb=for_tests)
        ensure_role(admin, runtime, unquote(urlsplit(runtime_url).password or ""), createdb=False)
        if for_tests:
            admin.execute(sql.SQL("GRANT pg_signal_backend TO {}").format(sql.Identifier(owner)))
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            create_database(admin, name, owner=owner)
    grant_runtime(owner_url, runtime)


def ensure_role(admin: psycopg.Connection, role: str, password: str, *, createdb: bool) -> None:
    """Creates a login role without special rights, or sets an existing one back to that and to this password."""
    exists = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    statement = (
        "{verb} ROLE {role} LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS {createdb} PASSWORD {password}"
    )
    admin.execute(
        sql.SQL(statement).format(
            verb=sql.SQL("ALTER" if exists else "CREATE"),
            role=sql.Identifier(role),
            createdb=sql.SQL("CREATEDB" if createdb else "NOCREATEDB"),
            password=sql.Literal(password),
        )
    )


def create_database(connection: psycopg.Connection, name: str, *, owner: str, template: str = "template0") -> None:
    """Creates a database; `template` may be another database, of which it then is an exact copy."""
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(owner), sql.Identifier(template)
        )
    )


def limit_access(connection: psycopg.Connection, name: str, runtime: str) -> None:
    """Only the owner and the runtime role may connect, and the runtime role may not even make temporary tables.

    Rights on the database itself are not copied to a clone, hence separate from `grant_runtime`.
    """
    names = {"name": sql.Identifier(name), "runtime": sql.Identifier(runtime)}
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {name} FROM PUBLIC").format(**names))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {name} TO {runtime}").format(**names))


def grant_runtime(owner_url: str, runtime: str) -> None:
    """As the owner: the runtime role reads and writes rows in the tables the owner makes, now and later, and no more.

    Migrations take DELETE and UPDATE away again on guarded tables.
    """
    role = sql.Identifier(runtime)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        limit_access(owner, name_of(owner_url), runtime)
        for statement in (
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "GRANT USAGE ON SCHEMA public TO {}",
            "ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
            "ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO {}",
        ):
            owner.execute(sql.SQL(statement).format(role))


if __name__ == "__main__":
    ensure_roles(os.environ["ADMIN_DATABASE_URL"], os.environ["OWNER_DATABASE_URL"], os.environ["DATABASE_URL"])
