"""Nobody decides for two ministers, nor on money that the same person reserved; and a part is granted line by line, once."""

from django.db import migrations

# Beside biv_decision_guard, which locks the request first (triggers run in the order of their names).
DECISION = """
CREATE FUNCTION biv_decision_other_eyes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM budget_biv_beslissing b WHERE b.aanvraag_id = NEW.aanvraag_id AND b.by_id = NEW.by_id
            AND b.ministry_id <> NEW.ministry_id)
        OR EXISTS (SELECT FROM budget_biv_mutatie m WHERE m.aanvraag_id = NEW.aanvraag_id AND m.by_id = NEW.by_id
            AND m.soort = 'reserveren') THEN
        RAISE EXCEPTION 'besluit: ieder voor één minister, en niet wie het geld reserveerde' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER biv_decision_other_eyes BEFORE INSERT ON budget_biv_beslissing
    FOR EACH ROW EXECUTE FUNCTION biv_decision_other_eyes();
"""

# As in 0006, but a post is exactly a line: @> also finds [2027, 3, "oda", 2027] in [2027, 3, "oda", 60]. And not twice.
GRANT = """
CREATE OR REPLACE FUNCTION biv_grant_wrong(n budget_biv_post, m budget_biv_mutatie) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
    WHEN EXISTS (
        SELECT FROM unnest(ARRAY['BHOS', 'BZ', 'DEF'] || CASE WHEN EXISTS (
            SELECT FROM cases_dossier d WHERE d.id = m.dossier_id AND d.efforts && ARRAY['politie', 'justitie']::varchar[])
            THEN ARRAY['JENV'] ELSE ARRAY[]::text[] END) AS needed (c)
        WHERE NOT EXISTS (
            SELECT FROM budget_biv_beslissing b JOIN cases_ministry y ON y.id = b.ministry_id
            WHERE b.aanvraag_id = m.aanvraag_id AND y.code = needed.c AND b.uitkomst = 'akkoord')
        ) THEN 'niet alle ministers zijn akkoord'
    WHEN EXISTS (
        SELECT FROM budget_biv_beslissing b WHERE b.aanvraag_id = m.aanvraag_id AND b.lines IS NOT NULL
        AND (NOT EXISTS (SELECT FROM jsonb_array_elements(b.lines) line
                WHERE line = jsonb_build_array(n.year, n.category_id, n.oda, n.amount))
            OR n.amount < (SELECT sum(p.amount) FROM budget_biv_post p JOIN budget_biv_mutatie o ON o.id = p.mutatie_id
                WHERE o.aanvraag_id = m.aanvraag_id AND o.soort = 'toekennen' AND p.naar = 'toegekend'
                AND (p.year, p.category_id, p.oda) = (n.year, n.category_id, n.oda)))
        ) THEN 'een ander bedrag dan de ministers toekenden'
    END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("budget_biv", "0008_kasschuif")]

    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (DECISION, GRANT)]
