"""Rows that are wrong for one reason each: how a copy of an existing row is changed so that only one rule is broken."""

from itertools import pairwise

import psycopg

from tests.hard.catalog import Column
from tests.hard.reasons import NOT_THE_AUTHOR

OLD_HASH = "repeat('0', 64)"
LATER = [
    {"phase": "'uitvoering'"},
    {"source_phase": "'planning'", "target_phase": "'evaluatie'"},
    {"target_phase": "'evaluatie'", "step": "'naar_analyse'"},
]
# What "skipping a step" is: a row that says that something happened before what must come first.
SKIPS: dict[str, list[dict[str, str]]] = {
    "cases_dossier": [{"status": "'afgesloten'"}, {"phase": "'planning'", "status": "'lopend'"}],
    "cases_documentversion": [{"status": f"'{s}'", "number": "999"} for s in ("vastgesteld", "ondertekend")],
    "phases_move": [
        {"step": "'naar_uitvoering'", "source_phase": "'orientatie'", "target_phase": "'uitvoering'"},
        {"step": "'naar_analyse'", "source_phase": "'orientatie'", "source_status": "'lopend'", "target_phase": "'analyse'",
         "target_status": "'lopend'", "version_ids": "'[]'::jsonb", "waiver_ids": "'[]'::jsonb"},
    ],
    "phases_waiver": [{"granted_by_id": "requested_by_id + 1", "granted_at": "now()", "granted_as": "'voorzitter-smo'"}],
    "phases_verzending": [{"version_id": "(SELECT min(id) FROM cases_documentversion WHERE status = 'vastgesteld')"}],
    "phases_behandelstap": [
        {"stap": "'afgerond'", "ronde_id": "(SELECT min(r.id) FROM cases_ronde r WHERE NOT EXISTS (SELECT FROM cases_document d"
         " WHERE d.ronde_id = r.id AND d.kind = 'artikel-100'))"},
        {"stap": "'afgerond'", "op": "'2000-01-01'"},
    ],
}  # fmt: skip
# Statements of a table's own, beside a changed copy of its newest row.
ALSO: dict[tuple[str, str], list[str]] = {
    ("own approval", "phases_waiver"): [
        "INSERT INTO phases_waiver SELECT r.* FROM (SELECT * FROM phases_waiver ORDER BY id DESC LIMIT 1) t, LATERAL"
        " jsonb_populate_record(NULL::phases_waiver, to_jsonb(t) || jsonb_build_object('id', 999999, 'granted_by_id',"
        " t.requested_by_id, 'granted_at', now(), 'granted_as', 'teamleider')) r",
        "UPDATE phases_waiver SET granted_by_id = requested_by_id, granted_at = now(), granted_as = 'teamleider'",
    ],
    ("own approval", "phases_conclusie"): [
        "INSERT INTO phases_conclusie SELECT r.* FROM (SELECT * FROM phases_conclusie ORDER BY id DESC LIMIT 1) t, LATERAL"
        " jsonb_populate_record(NULL::phases_conclusie, to_jsonb(t) || jsonb_build_object('id', 999999, 'by_id',"
        " (SELECT v.created_by_id FROM cases_documentversion v JOIN phases_aanbieding a ON a.version_id = v.id"
        " WHERE a.id = t.aanbieding_id))) r",
    ],
    # Whoever asked for the money reserves or decides it. Without posts, so that only the act itself is judged.
    ("own approval", "budget_biv_mutatie"): [
        "INSERT INTO budget_biv_mutatie SELECT r.* FROM (SELECT * FROM budget_biv_mutatie WHERE soort = 'reserveren' ORDER BY id"
        " DESC LIMIT 1) t, LATERAL jsonb_populate_record(NULL::budget_biv_mutatie, to_jsonb(t) || jsonb_build_object('id', 999999,"
        f" 'soort', '{soort}', 'by_id', (SELECT a.by_id FROM budget_biv_aanvraag a WHERE a.id = t.aanvraag_id))) r"
        for soort in ("reserveren", "toekennen", "afwijzen")
    ],
    ("skip", "cases_documentversion"): [
        "UPDATE cases_documentversion SET status = 'ondertekend' WHERE id = (SELECT max(v.id) FROM cases_documentversion v WHERE"
        " v.status = 'vastgesteld')"
    ],
    # A letter that went to one chamber goes to the other as well, without a decision of the Ministerraad or a signature.
    ("skip", "phases_verzending"): [
        "INSERT INTO phases_verzending (version_id, kamer, sent_on, kamerstuk, by_id, at) SELECT s.version_id, 'EK', s.sent_on,"
        " '', s.by_id, now() FROM phases_verzending s JOIN cases_documentversion v ON v.id = s.version_id JOIN cases_document d"
        " ON d.id = v.document_id WHERE d.kind = 'artikel-100' AND NOT EXISTS (SELECT FROM phases_verzending e WHERE e.version_id"
        " = s.version_id AND e.kamer = 'EK') LIMIT 1"
    ],
    # Whoever reserved the money, or decided for one minister, decides for another: each as the newest decision of its request.
    ("own approval", "budget_biv_beslissing"): [
        "INSERT INTO budget_biv_beslissing SELECT r.* FROM (SELECT b.* FROM budget_biv_beslissing b JOIN budget_biv_mutatie m"
        " ON m.aanvraag_id = b.aanvraag_id AND m.soort = 'reserveren' WHERE b.uitkomst = 'akkoord' AND b.lines IS NULL ORDER BY"
        " b.id DESC LIMIT 1) t, LATERAL jsonb_populate_record(NULL::budget_biv_beslissing, to_jsonb(t) || jsonb_build_object("
        f"'id', 999999, 'uitkomst', 'aangehouden', {changes})) r"
        for changes in (
            "'ministry_id', (SELECT max(y.id) FROM cases_ministry y WHERE y.id <> t.ministry_id)",
            "'by_id', (SELECT max(m.by_id) FROM budget_biv_mutatie m WHERE m.aanvraag_id = t.aanvraag_id AND m.soort ="
            " 'reserveren')",
        )
    ],
    ("foreign ronde", "phases_move"): [
        "INSERT INTO phases_move SELECT r.* FROM (SELECT * FROM phases_move WHERE version_ids <> '{}' ORDER BY id DESC LIMIT 1) t,"
        " LATERAL jsonb_populate_record(NULL::phases_move, to_jsonb(t) || jsonb_build_object('id', 999999, 'version_ids',"
        " (SELECT jsonb_build_array(max(v.id)) FROM cases_documentversion v JOIN cases_document d ON d.id = v.document_id"
        " WHERE d.ronde_id <> t.ronde_id))) r",
    ],
}
BY = ("by_id", "granted_by_id", "confirmed_by_id")
AUTHOR = ("created_by_id", "requested_by_id", "by_id")
Tables = dict[str, list[Column]]


def foreign_rondes(owner: psycopg.Connection, tables: Tables, table: str) -> list[dict[str, str]]:
    """The newest row, with the round of another dossier; only where the row also names a paper or dossier that it then contradicts."""
    names = {column.name for column in tables[table]}
    also = [c for c in tables[table] if c.refers_to in tables and c.refers_to != "cases_ronde"]
    if "ronde_id" not in names or not also:
        return []
    other = (
        "(SELECT max(r.id) FROM cases_ronde r WHERE r.dossier_id <> (SELECT dossier_id FROM cases_ronde WHERE id ="
        f" (SELECT ronde_id FROM {table} ORDER BY id DESC LIMIT 1)))"
    )
    return [{"ronde_id": other}]


def authors(owner: psycopg.Connection, tables: Tables, table: str) -> list[dict[str, str]]:
    """The newest row, done by whoever wrote what the row is about."""
    mine = [column.name for column in tables[table] if column.name in BY]
    if not mine:
        return []
    found: set[str] = set()
    for path in _paths(tables, table, 1):
        last = path[-1][1]
        if (table, last) in NOT_THE_AUTHOR:
            continue
        for author in (column.name for column in tables[last] if column.name in AUTHOR):
            found.add(_follow(table, path, author))
    return [{mine[-1]: expression} for expression in sorted(found)]


def _paths(tables: Tables, table: str, depth: int) -> list[list[tuple[str, str]]]:
    """References to other guarded tables: [(column, table), …]."""
    if depth == 0:
        return []
    found = []
    for column in tables[table]:
        if (
            column.refers_to in tables
            and column.refers_to != table
            and column.refers_to not in {"cases_ronde", "cases_dossier"}
        ):
            step = (column.name, column.refers_to)
            found += [[step], *([step, *rest] for rest in _paths(tables, column.refers_to, depth - 1))]
    return found


def _follow(table: str, path: list[tuple[str, str]], author: str) -> str:
    """The person at the end of a path of references, seen from the newest row of a table."""
    expression = f"(SELECT {path[0][0]} FROM {table} ORDER BY id DESC LIMIT 1)"
    for (_, current), (column, _) in pairwise(path):
        expression = f"(SELECT {column} FROM {current} WHERE id = {expression})"
    return f"(SELECT {author} FROM {path[-1][1]} WHERE id = {expression})"
