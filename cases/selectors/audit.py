"""Checking the audit chain: the database recomputes every hash, and the first row that does not fit is named."""

from dataclasses import dataclass

from django.db import connection, transaction

CHECK = """
SELECT id, chain, seq, reason FROM (
    SELECT id, chain, seq, CASE
        WHEN seq <> row_number() OVER w THEN 'er ontbreekt een regel'
        WHEN previous <> coalesce(lag(hash) OVER w, '') THEN 'de regel sluit niet aan op de vorige'
        WHEN changed THEN 'de inhoud is gewijzigd'
    END AS reason
    FROM (
        SELECT e.id, e.chain, e.seq, e.previous, e.hash, e.hash <> cases_event_digest(e) AS changed
        FROM cases_event e OFFSET 0 -- first the hashes, row by row; only the narrow result is sorted
    ) hashed WINDOW w AS (PARTITION BY chain ORDER BY seq)
) judged WHERE reason IS NOT NULL ORDER BY id LIMIT 1
"""


@dataclass(frozen=True)
class Broken:
    """The first event that does not fit its chain."""

    id: int
    chain: str
    seq: int
    reason: str


def first_broken() -> Broken | None:
    """None when every chain is whole."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(CHECK)
        row = cursor.fetchone()
    return Broken(*row) if row else None
