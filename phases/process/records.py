"""The registered facts of a Ronde as gates see them: plain values, with the parts of the one statement that read them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from phases.process.newest import newest


@dataclass(frozen=True)
class RecordFact:
    """The newest registration of one soort (phases/vastlegging/soorten.py); `at` is its moment, in seconds since 1970."""

    id: int
    op: date
    uitkomst: str = ""
    by_id: int = 0
    confirmed: bool = False
    at: float = 0.0


@dataclass(frozen=True)
class PromiseFact:
    """A toezegging that is still open, and which ministry keeps it."""

    id: int
    ministry: str
    due: date | None = None


@dataclass(frozen=True)
class Records:
    """What was registered in this Ronde, beside papers, advice and decisions."""

    newest: Mapping[str, RecordFact] = field(default_factory=dict)
    indicators: int = 0
    without_start: int = 0
    first_without: str = ""
    treated_on: date | None = None
    sent: frozenset[str] = frozenset()
    lessons: int = 0
    promises: tuple[PromiseFact, ...] = ()


# The newest registration of each soort.
VASTLEGGINGEN = newest(
    """x.soort, x.id, x.op, x.uitkomst, x.by_id,
  EXISTS (SELECT FROM phases_vastleggingbevestigd b WHERE b.vastlegging_id = x.id) AS confirmed, extract(epoch FROM x.at) AS at""",
    "phases_vastlegging",
    "soort",
)

# How many indicators there are, how many of them without a nulmeting, done or planned, and the name of the first of those.
INDICATOREN = """
SELECT n.indicators, n.without_start, (SELECT i.naam FROM phases_indicator i WHERE i.id = n.id) AS first_without FROM (
 SELECT count(*) AS indicators, count(*) FILTER (WHERE i.nulmeting_op IS NULL AND i.gepland_op IS NULL) AS without_start,
  min(i.id) FILTER (WHERE i.nulmeting_op IS NULL AND i.gepland_op IS NULL) AS id
 FROM phases_indicator i WHERE i.ronde_id = %(ronde)s) n
"""

# The day on which the Kamer was done with it.
BEHANDELING = "SELECT max(s.op) AS op FROM phases_behandelstap s WHERE s.ronde_id = %(ronde)s AND s.stap = 'afgerond'"

# The kinds of letters that ever went to parliament, in any Ronde of the dossier.
SENT = """
SELECT DISTINCT d.kind FROM phases_verzending s JOIN cases_documentversion v ON v.id = s.version_id
JOIN cases_document d ON d.id = v.document_id WHERE d.dossier_id = %(dossier)s
"""

LESSEN = """
SELECT count(*) AS lessons FROM phases_les l JOIN cases_ronde r ON r.id = l.ronde_id WHERE r.dossier_id = %(dossier)s
"""

# The promises to parliament of any Ronde that are still open; of very many a hundred say enough.
TOEZEGGINGEN = """
SELECT t.id, m.code, t.uiterlijk FROM phases_toezegging t JOIN cases_ronde r ON r.id = t.ronde_id
JOIN cases_ministry m ON m.id = t.ministry_id WHERE r.dossier_id = %(dossier)s
AND NOT EXISTS (SELECT FROM phases_afdoening a WHERE a.toezegging_id = t.id) LIMIT 100
"""

PARTS = {
    "vastleggingen": VASTLEGGINGEN,
    "indicatoren": INDICATOREN,
    "behandeling": BEHANDELING,
    "sent": SENT,
    "lessen": LESSEN,
    "toezeggingen": TOEZEGGINGEN,
}


def of(rows: Mapping[str, list[list[Any]]]) -> Records:
    """The rows of these parts under their names."""
    treated = rows["behandeling"][0][0]
    indicators, without_start, first_without = rows["indicatoren"][0]
    return Records(
        newest={
            soort: RecordFact(pk, date.fromisoformat(op), uitkomst, by, confirmed, at)
            for soort, pk, op, uitkomst, by, confirmed, at in rows["vastleggingen"]
        },
        indicators=indicators,
        without_start=without_start,
        first_without=first_without or "",
        treated_on=date.fromisoformat(treated) if treated else None,
        sent=frozenset(kind for (kind,) in rows["sent"]),
        lessons=rows["lessen"][0][0],
        promises=tuple(
            PromiseFact(pk, code, date.fromisoformat(due) if due else None)
            for pk, code, due in sorted(rows["toezeggingen"])
        ),
    )
