"""Checking the audit chain: the database recomputes every hash, and the first row that does not fit is named."""

from dataclasses import dataclass

from django.db import connection

CHECK = """
SELECT id, chain, seq, reason FROM (
    SELECT e.id, e.chain, e.seq, CASE
        WHEN e.seq <> row_number() OVER w THEN 'er ontbreekt een regel'
        WHEN e.previous <> coalesce(lag(e.hash) OVER w, '') THEN 'de regel sluit niet aan op de vorige'
        WHEN e.hash <> cases_event_digest(e) THEN 'de inhoud is gewijzigd'
    END AS reason
    FROM cases_event e WINDOW w AS (PARTITION BY e.chain ORDER BY e.seq)
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
    with connection.cursor() as cursor:
        cursor.execute(CHECK)
        row = cursor.fetchone()
    return Broken(*row) if row else None
