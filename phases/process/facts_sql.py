"""The one statement behind the facts. As eight queries of the query builder it cost three times the rest of a step (./run bench).

Each part is a list of JSON rows about one Ronde; facts.py gives them their names and types.
"""

import json
from typing import Any

from cases.prepared import Statement
from phases.process import records
from phases.process.newest import keys, newest

# The newest toets: does artikel 100 apply, is that provisional, and who deviated from the answers, or from what parliament was
# told, while nobody agreed to that yet (0 for none). Until then it applies.
TOETS = """
SELECT t.applies OR o.open AS applies, t.provisional, CASE WHEN o.open THEN t.by_id ELSE 0 END AS deviates FROM cases_toets t
CROSS JOIN LATERAL (SELECT (t.applies <> (t.rechtsorde AND t.eenheid AND t.geweld OR t.humanitair) OR t.told AND NOT t.applies)
 AND NOT EXISTS (SELECT FROM cases_toetsbevestiging b WHERE b.toets_id = t.id) AS open) o
WHERE t.ronde_id = %(ronde)s ORDER BY t.id DESC LIMIT 1
"""

# The newest request for each step since the last move (the same as facts.open_proposals).
PROPOSALS = newest(
    "x.step, x.by_id",
    "phases_voorstel",
    "step",
    """x.from_phase = %(phase)s
  AND x.at > coalesce((SELECT max(m.at) FROM phases_move m WHERE m.dossier_id = %(dossier)s), '-infinity')
  AND NOT EXISTS (SELECT FROM phases_afwijzing a WHERE a.voorstel_id = x.id)""",
)

# Per kind the newest version ter paraaf and the newest adopted one. Each is looked up from its newest end, so that a thousand
# earlier ones cost little.
PENDING = """(SELECT d.id AS document_id, v.id, v.number, v.created_by_id, v.status, v.adopted_on FROM cases_document d
 JOIN cases_documentversion v ON v.document_id = d.id WHERE d.ronde_id = %(ronde)s AND d.kind = hop.value
 AND v.status = 'ter-paraaf' ORDER BY d.id DESC LIMIT 1)"""
ADOPTED = """(SELECT d.id AS document_id, f.* FROM cases_document d CROSS JOIN LATERAL (
  SELECT v.id, v.number, v.created_by_id, v.status, v.adopted_on FROM cases_documentversion v
  WHERE v.document_id = d.id AND v.status IN ('vastgesteld', 'ondertekend', 'verzonden') ORDER BY v.number DESC LIMIT 1) f
 WHERE d.ronde_id = %(ronde)s AND d.kind = hop.value ORDER BY d.id DESC LIMIT 1)"""
PAPERS = f"""
SELECT n.kind, n.document_id, n.id, n.number, n.created_by_id, n.status, n.adopted_on,
 (SELECT v.content -> 'values' FROM cases_documentversion v WHERE v.id = n.id) AS values,
 ARRAY(SELECT s.kamer FROM phases_verzending s WHERE s.version_id = n.id) AS sent,
 ARRAY(SELECT s.kamer FROM phases_verzending s JOIN cases_documentversion w ON w.id = s.version_id
  WHERE w.document_id = n.document_id AND s.kamerstuk = '' ORDER BY s.id) AS unnumbered,
 ARRAY(SELECT m.code FROM phases_ondertekening o JOIN cases_ministry m ON m.id = o.ministry_id WHERE o.version_id = n.id) AS signed,
 ARRAY(SELECT m.code FROM cases_participation p JOIN cases_ministry m ON m.id = p.ministry_id
  WHERE n.status = 'ter-paraaf' AND p.dossier_id = %(dossier)s
  AND NOT EXISTS (SELECT FROM cases_paraaf a WHERE a.version_id = n.id AND a.ministry_id = p.ministry_id)
  ORDER BY m."order", m.code) AS awaited
FROM (
 SELECT hop.value AS kind, f.* FROM {keys("cases_document", "kind")} CROSS JOIN LATERAL ({PENDING} UNION ALL {ADOPTED}) f
) n ORDER BY n.document_id, n.number
"""

OFFER = """(SELECT x.id FROM phases_aanbieding x WHERE x.ronde_id = %(ronde)s AND x.kind = hop.value AND {only}
 AND NOT EXISTS (SELECT FROM phases_intrekking i WHERE i.aanbieding_id = x.id) ORDER BY x.id DESC LIMIT 1)"""

# The kinds of paper that were begun in any Ronde.
BEGUN = f"""SELECT DISTINCT hop.value FROM cases_ronde r CROSS JOIN LATERAL {keys("cases_document", "kind", ronde="r.id")}
WHERE r.dossier_id = %(dossier)s"""

# The newest offer of each kind to the SMO that was not withdrawn, one that asks advice before one that does not; with its day,
# its newest conclusion, the ministries whose position is awaited, the later versions to which the conclusion extends, the
# conditions that wait on the penvoerder and on the secretary, the decisions on this version since the first conclusion, or since
# the newest where that is negative, and
# the BIV request that lay beside it with the later ones to which the conclusion extends.
SMO = f"""
SELECT o.kind, o.version_id, o.number, coalesce(g.day, o.meeting_on) AS day, c.id, c.oordeel, o.id AS offer_id,
 ARRAY(SELECT m.code FROM cases_ministry m WHERE m.in_smo
  AND NOT EXISTS (SELECT FROM phases_standpunt s WHERE s.aanbieding_id = o.id AND s.ministry_id = m.id)
  ORDER BY m."order", m.code) AS awaited,
 ARRAY(SELECT t.to_version_id FROM phases_tekstuelewijziging t WHERE t.conclusie_id = c.id) AS textual,
 (SELECT count(*) FROM phases_voorwaarde w WHERE w.conclusie_id = c.id AND NOT EXISTS (
  SELECT FROM phases_afhandeling h LEFT JOIN phases_controle k ON k.afhandeling_id = h.id
  WHERE h.voorwaarde_id = w.id AND k.voldaan IS DISTINCT FROM false)) AS unmet,
 (SELECT count(*) FROM phases_voorwaarde w JOIN phases_afhandeling h ON h.voorwaarde_id = w.id
  WHERE w.conclusie_id = c.id AND NOT EXISTS (SELECT FROM phases_controle k WHERE k.afhandeling_id = h.id)) AS unchecked,
 ARRAY(SELECT b.id FROM phases_besluit b WHERE b.version_id = o.version_id AND b.at > CASE WHEN c.oordeel = 'negatief' THEN c.at
  ELSE (SELECT min(f.at) FROM phases_conclusie f WHERE f.aanbieding_id = o.id AND f.oordeel <> 'aangehouden') END ORDER BY b.id) AS since,
 o.schriftelijk, (SELECT max(r.day) FROM phases_herinnering r WHERE r.aanbieding_id = o.id) AS reminded,
 coalesce((SELECT q.number FROM budget_biv_aanvraag q WHERE q.id = o.aanvraag_id), 0) AS aanvraag,
 ARRAY(SELECT q.number FROM phases_bivwijziging w JOIN budget_biv_aanvraag q ON q.id = w.aanvraag_id
  WHERE w.conclusie_id = c.id) AS later_money
FROM (
 SELECT hop.value AS kind, x.version_id, v.number, x.meeting_on, x.id, x.schriftelijk, x.aanvraag_id
 FROM {keys("phases_aanbieding", "kind")} CROSS JOIN LATERAL (SELECT coalesce({OFFER.format(only="x.soort IN ('advies', 'biv')")},
  {OFFER.format(only="true")}) AS id) n JOIN phases_aanbieding x ON x.id = n.id JOIN cases_documentversion v ON v.id = x.version_id
) o LEFT JOIN LATERAL (SELECT y.id, y.oordeel, y.at FROM phases_conclusie y WHERE y.aanbieding_id = o.id
 ORDER BY y.id DESC LIMIT 1) c ON true
LEFT JOIN LATERAL (SELECT q.day FROM phases_agendapunt p JOIN phases_vergadering q ON q.id = p.vergadering_id
 WHERE p.aanbieding_id = o.id AND NOT p.vervallen ORDER BY p.id DESC LIMIT 1) g ON true
"""

# What was decided about the papers that count now, every choice of an option, and the last word of a body about a paper that is no
# confirmed akkoord, of whatever version; in the order of registration.
BESLUITEN = """
SELECT b.id, b.version_id, b.orgaan, b.uitkomst, b.optie, c.id IS NOT NULL AS confirmed, b.by_id, coalesce(m.code, '') AS ministry, b.mr_nodig,
 extract(epoch FROM b.at) AS at, d.kind
FROM phases_besluit b JOIN cases_documentversion v ON v.id = b.version_id JOIN cases_document d ON d.id = v.document_id
LEFT JOIN phases_bevestiging c ON c.besluit_id = b.id LEFT JOIN cases_ministry m ON m.id = b.ministry_id
WHERE b.id IN (SELECT x.id FROM phases_besluit x WHERE x.ronde_id = %(ronde)s AND x.optie <> ''
 UNION SELECT x.id FROM papers JOIN phases_besluit x ON x.version_id = papers.id AND x.ronde_id = %(ronde)s
 UNION SELECT x.id FROM phases_besluit x JOIN cases_documentversion xv ON xv.id = x.version_id
  LEFT JOIN phases_bevestiging y ON y.besluit_id = x.id
  WHERE x.ronde_id = %(ronde)s AND (x.uitkomst <> 'akkoord' OR y.id IS NULL) AND NOT EXISTS (
   SELECT FROM phases_besluit l JOIN cases_documentversion lv ON lv.id = l.version_id WHERE l.ronde_id = x.ronde_id AND l.id > x.id
   AND lv.document_id = xv.document_id AND l.orgaan = x.orgaan AND l.ministry_id IS NOT DISTINCT FROM x.ministry_id)) ORDER BY b.id
"""

# Not expired: per gate the newest that counts, and the newest that nobody granted yet. Where the SMO is needed only what its
# chair granted counts (granted_as), and what the gemachtigden of BZ and DEF did for spoed.
WAIVER_COUNTS = """x.until >= %(today)s AND NOT EXISTS (SELECT FROM phases_afwijzing a WHERE a.waiver_id = x.id)
  AND (x.granted_by_id IS NULL OR x.granted_as = 'gemachtigde' OR %(granted_as)s IN ('', x.granted_as))"""
WAIVERS = " UNION ALL ".join(
    newest(
        "x.gate, x.id, x.requested_by_id, x.granted_by_id IS NULL AS asked,"
        " CASE WHEN x.verklaring_id IS NULL THEN extract(epoch FROM x.granted_at) END AS at",
        "phases_waiver",
        "gate",
        WAIVER_COUNTS,
        only,
    )
    for only in ("x.granted_by_id IS NULL", "x.granted_by_id IS NOT NULL")
)

TAKING_PART = """
SELECT m.code, p.contact_id IS NOT NULL AS contact FROM cases_participation p JOIN cases_ministry m ON m.id = p.ministry_id
WHERE p.dossier_id = %(dossier)s ORDER BY m."order", m.code
"""

# Which ministries brought something in for the analysis, or said that they had nothing.
INBRENG = """
SELECT DISTINCT m.code FROM phases_inbreng i JOIN cases_ministry m ON m.id = i.ministry_id WHERE i.ronde_id = %(ronde)s
"""

# Declarations on which somebody must still agree: which ministries did, and who.
VERKLARINGEN = """
SELECT v.id, v.soort, v.requested_by_id,
 ARRAY(SELECT m.code FROM phases_verklaringakkoord a JOIN cases_ministry m ON m.id = a.ministry_id WHERE a.verklaring_id = v.id) AS given
FROM phases_verklaring v WHERE v.ronde_id = %(ronde)s AND v.until >= %(today)s
 AND NOT EXISTS (SELECT FROM phases_afwijzing a WHERE a.verklaring_id = v.id)
 AND NOT EXISTS (SELECT FROM phases_waiver w WHERE w.verklaring_id = v.id) ORDER BY v.id
"""

# What must still be caught up, because a waiver was granted.
PLICHTEN = """
SELECT p.id, p.wat, m.code, p.term, w.gate FROM phases_inhaalplicht p JOIN phases_waiver w ON w.id = p.waiver_id
JOIN cases_ministry m ON m.id = p.holder_id JOIN cases_ronde r ON r.id = w.ronde_id
WHERE r.dossier_id = %(dossier)s AND w.granted_by_id IS NOT NULL
 AND NOT EXISTS (SELECT FROM phases_ingehaald i WHERE i.plicht_id = p.id) ORDER BY p.term, p.id
"""

PARTS = {
    "toets": TOETS,
    "proposals": PROPOSALS,
    "papers": "SELECT * FROM papers",
    "begun": BEGUN,
    "smo": SMO,
    "besluiten": BESLUITEN,
    "waivers": WAIVERS,
    "taking_part": TAKING_PART,
    "inbreng": INBRENG,
    "verklaringen": VERKLARINGEN,
    "plichten": PLICHTEN,
    **records.PARTS,
}
ROWS = "coalesce((SELECT json_agg(to_json(part)) FROM ({query}) part), '[]')"
FACTS = Statement(
    f"WITH papers AS MATERIALIZED ({PAPERS})"
    f" SELECT json_build_array({', '.join(ROWS.format(query=query) for query in PARTS.values())})::text",
    ronde="bigint",
    dossier="bigint",
    phase="text",
    today="date",
    granted_as="text",
)


def read(**words: Any) -> dict[str, list[list[Any]]]:
    """The rows of every part, each as a list in the order of its columns. One query."""
    parts = json.loads(FACTS.row(**words)[0])
    return {name: [list(row.values()) for row in rows] for name, rows in zip(PARTS, parts, strict=True)}
