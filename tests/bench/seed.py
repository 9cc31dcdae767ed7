"""Dossiers by the hundred thousand, in SQL as the owner: ministries, phases, statuses, grants, participations, rondes, papers, events.

The triggers that would do this row by row are off while the rows go in; what they keep (sort key, hash chain) is written here.
"""

import psycopg

from cases.rights import READING_ROLES, Role

# Who takes part in which dossiers, by the serial number n. The last three exist for their viewers only.
MINISTRIES = {
    "BZ": "true",
    "BHOS": "n % 10 < 4",
    "DEF": "n % 10 >= 5",
    "JENV": "n % 7 = 0",
    "AZ": "n % 11 = 0",
    "IENW": "n % 100 < 19",
    "FIN": "n % 1000 = 7 OR n <= 40",
    "VROM": "n <= {oldest}",
}
# Name of the viewer → the ministries of which this person is behandelaar. Every viewer sees more than one page at each size.
# The first four handle a hundred dossiers at every size; the last one a tenth of all.
VIEWERS = {
    "19 %": ("IENW",),
    "0,1 %": ("FIN",),
    "vijf ministeries": ("BZ", "BHOS", "DEF", "JENV", "AZ"),
    "alleen oude": ("VROM",),
    "vol bureau": ("BZ",),
}
TABLES = ("cases_dossier", "cases_ronde", "cases_participation", "cases_dossiergrant", "cases_document",
          "cases_documentversion", "cases_event", "phases_beurt")  # fmt: skip

PEOPLE = """
INSERT INTO cases_ministry (code, in_smo, "order") SELECT c, false, 200 FROM unnest(%(extra)s::text[]) c;
INSERT INTO auth_group (name) SELECT c || ':' || r FROM unnest(%(extra)s::text[]) c, unnest(%(roles)s::text[]) r;
INSERT INTO cases_user (password, username, email, initials, particle, surname, is_active, date_joined)
SELECT '', 'bench-' || n, '', 'B.', 'van der', 'Meting-' || n, true, now() FROM generate_series(0, 199) n;
"""
VIEWER = """
INSERT INTO cases_membership (user_id, ministry_id, role, group_id, start)
SELECT u.id, m.id, 'behandelaar', g.id, date '2004-01-01' FROM cases_user u, cases_ministry m
JOIN auth_group g ON g.name = m.code || ':behandelaar' WHERE u.username = %(user)s AND m.code = ANY (%(codes)s)
"""
DOSSIERS = """
INSERT INTO cases_dossier (number, title, summary, countries, region, efforts, cooperation, humanitarian, marking, phase, status,
 ronde_number, moves_made, revision, fictional, opened_at, sort_at, lead_id, handler_id, opened_by_id)
SELECT (1900 + n / 1000) || '-' || lpad((n %% 1000)::text, 4, '0') || 'b',
 (ARRAY['Stabilisatie', 'Missie', 'Crisis', 'Wapenstilstand', 'Verkiezingen'])[1 + n %% 5] || ' '
  || (ARRAY['Sahel', 'Hoorn van Afrika', 'Westelijke Balkan', 'Grote Meren', 'Levant', 'Kaukasus', 'Golf'])[1 + n %% 7] || ' ' || n,
 repeat('Samenvatting van de situatie. ', 20), (ARRAY['ML', 'SO', 'BA', 'CD', 'SY', 'GE', 'IQ'])[1 + n %% 7], '',
 ARRAY[(ARRAY['eenheid', 'diplomatie', 'os', 'politie', 'civiel'])[1 + n %% 5]], 'afstemming', '', 'ongerubriceerd',
 (ARRAY['orientatie', 'analyse', 'handelingsopties', 'planning', 'uitvoering', 'evaluatie'])[1 + n %% 6],
 CASE WHEN n %% 13 < 3 THEN 'afgesloten' WHEN n %% 13 = 3 THEN 'gestopt' ELSE 'lopend' END,
 CASE WHEN n %% 20 = 0 THEN 2 ELSE 1 END, n %% 6, 0, true, moment, moment, lead.id, people.low + CASE WHEN n <= 400 THEN n %% 4 WHEN n %% 10 = 0 THEN 4 ELSE 5 + n %% 195 END, people.low
FROM generate_series(1, %(size)s) n
CROSS JOIN LATERAL (SELECT now() - make_interval(mins => (%(size)s - n)::int * 100) AS moment) t
CROSS JOIN (SELECT id FROM cases_ministry WHERE code = 'BZ') lead
CROSS JOIN (SELECT min(id) AS low FROM cases_user WHERE username LIKE 'bench-%%') people;
INSERT INTO cases_ronde (dossier_id, number, reason, opened_at)
SELECT d.id, r, '', d.opened_at FROM cases_dossier d, generate_series(1, d.ronde_number) r;
"""
TAKES_PART = """
INSERT INTO cases_participation (dossier_id, ministry_id, contact_id, since)
SELECT d.id, m.id, d.handler_id, d.opened_at FROM (SELECT *, id - min(id) OVER () + 1 AS n FROM cases_dossier) d, cases_ministry m
WHERE m.code = %(code)s AND ({which})
"""
GRANTS = """
INSERT INTO cases_dossiergrant (group_id, permission_id, content_object_id, sort_at, running)
SELECT g.id, p.id, d.id, d.sort_at, d.status = 'lopend' FROM cases_participation t JOIN cases_dossier d ON d.id = t.dossier_id
JOIN cases_ministry m ON m.id = t.ministry_id CROSS JOIN unnest(%(roles)s::text[]) r JOIN auth_group g ON g.name = m.code || ':' || r
CROSS JOIN (SELECT id FROM auth_permission WHERE codename = 'view_dossier') p;
"""
PAPERS = """
INSERT INTO cases_document (dossier_id, ronde_id, kind, title, revision, changed_by_id, changed_at, created_at)
SELECT d.id, r.id, 'analyse', 'Analyse', 1, d.handler_id, d.sort_at, d.opened_at
FROM cases_dossier d JOIN cases_ronde r ON r.dossier_id = d.id AND r.number = d.ronde_number WHERE d.id %% 3 = 0;
INSERT INTO cases_documentversion (document_id, number, revision, content, html, sha256, marking, created_by_id, created_at, status)
SELECT d.id, 1, 1, '{}', '<p>Analyse</p>', encode(sha256('<p>Analyse</p>'), 'hex'), 'ongerubriceerd', d.changed_by_id,
 d.changed_at, 'ter-paraaf' FROM cases_document d;
"""
TURNS = """
INSERT INTO phases_beurt (dossier_id, group_id, person_id, stand, tekst, url, due, since)
SELECT d.id, g.id, d.handler_id, 'In behandeling', 'Stel de analyse op, leg die voor en stel die vast.',
 '/dossiers/' || d.number || '/analyse/', NULL, d.sort_at
FROM cases_dossier d CROSS JOIN (SELECT id FROM auth_group WHERE name = 'BZ:behandelaar') g WHERE d.status = 'lopend';
INSERT INTO phases_beurt (dossier_id, group_id, waiter_id, stand, tekst, url, due, since)
SELECT d.id, g.id, d.handler_id, 'Wacht op paraaf', 'Parafeer de analyse namens ' || m.code || '.', '/dossiers/' || d.number || '/documenten/',
 current_date + (d.id %% 60)::int - 5, d.sort_at
FROM cases_dossier d JOIN cases_participation t ON t.dossier_id = d.id JOIN cases_ministry m ON m.id = t.ministry_id
JOIN auth_group g ON g.name = m.code || ':teamleider' WHERE d.status = 'lopend' AND d.id %% 3 = 0;
"""
EVENTS = """
INSERT INTO cases_event (chain, seq, dossier_id, actor_id, acting_for, kind, sentence, object, result, origin, occurred_on, data,
 recorded_at, previous, hash)
SELECT 'dossier:' || d.id, s, d.id, d.handler_id, 'Behandelaar BZ', 'stap', 'Fase begonnen: regel ' || s, '', 'gelukt', 'web',
 d.opened_at::date, '{"reden": "Volgens plan."}', d.opened_at, '', '' FROM cases_dossier d, generate_series(1, 3) s;
UPDATE cases_event e SET hash = cases_event_digest(e) WHERE seq = 1;
UPDATE cases_event e SET previous = p.hash FROM cases_event p WHERE e.seq = 2 AND p.chain = e.chain AND p.seq = 1;
UPDATE cases_event e SET hash = cases_event_digest(e) WHERE seq = 2;
UPDATE cases_event e SET previous = p.hash FROM cases_event p WHERE e.seq = 3 AND p.chain = e.chain AND p.seq = 2;
UPDATE cases_event e SET hash = cases_event_digest(e) WHERE seq = 3;
"""


def username(viewer: str) -> str:
    """The account of a viewer."""
    return f"bench-{list(VIEWERS).index(viewer)}"


def seed(owner_url: str, size: int) -> None:
    """Fills a fresh clone with this many dossiers."""
    known = {"BZ", "BHOS", "DEF", "JENV", "AZ"}
    values = {
        "size": size,
        "roles": [str(r.value) for r in READING_ROLES],
        "extra": [c for c in MINISTRIES if c not in known],
    }
    assert Role.BEHANDELAAR in READING_ROLES
    with psycopg.connect(owner_url, autocommit=True) as owner:
        dropped = [line for table in TABLES for line in _let_go(owner, table)]
        _run(owner, PEOPLE, values)
        for viewer, codes in VIEWERS.items():
            owner.execute(VIEWER, {"user": username(viewer), "codes": list(codes)})
        _run(owner, DOSSIERS, values)
        for code, which in MINISTRIES.items():
            rule = which.format(oldest=max(400, size // 50)).replace("%", "%%")
            owner.execute(TAKES_PART.format(which=rule), {"code": code})
        for part in (GRANTS, PAPERS, TURNS, EVENTS):
            _run(owner, part, values)
        for line in dropped:
            owner.execute(line)
        owner.execute("VACUUM ANALYZE")


def _run(owner: psycopg.Connection, statements: str, values: dict) -> None:
    for statement in filter(str.strip, statements.split(";\n")):
        owner.execute(statement, values)


def _let_go(owner: psycopg.Connection, table: str) -> list[str]:
    """Takes the triggers and foreign keys off a table; gives back what puts them on again."""
    owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    rows = owner.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'",
        [table],
    ).fetchall()
    for name, _ in rows:
        owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    again = [f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for name, definition in rows]
    return [f"ALTER TABLE {table} ENABLE TRIGGER USER", *again]
