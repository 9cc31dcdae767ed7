"""The advice on a plan is not about a BIV request that was taken back since; and no request lies beside what is offered then."""

from django.db import migrations

GUARDS = """
CREATE OR REPLACE FUNCTION phases_newest_biv(of_ronde bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT q.id FROM (SELECT n.id FROM budget_biv_aanvraag n WHERE n.ronde_id = of_ronde ORDER BY n.number DESC LIMIT 1) q
    WHERE NOT EXISTS (SELECT FROM budget_biv_intrekking i WHERE i.aanvraag_id = q.id)
$$;

-- As in 0015, but of the offers of a version only the newest counts: money may be asked, taken back and asked again.
CREATE OR REPLACE FUNCTION phases_smo_offer_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM phases_aanbieding a WHERE a.id = (SELECT max(o.id) FROM phases_aanbieding o
            WHERE o.version_id = NEW.version_id AND NOT EXISTS (SELECT FROM phases_intrekking i WHERE i.aanbieding_id = o.id))
        AND phases_smo_oordeel(a.id) IS DISTINCT FROM 'ter-kennisname'
        AND (coalesce(phases_smo_oordeel(a.id), 'aangehouden') = 'aangehouden'
            OR a.aanvraag_id IS NOT DISTINCT FROM NEW.aanvraag_id)) THEN
        RAISE EXCEPTION 'smo: deze versie ligt al voor' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

-- As in 0015, but without a request now the advice lies beside none either.
CREATE OR REPLACE FUNCTION phases_move_smo_biv() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked bigint := phases_newest_biv(NEW.ronde_id);
BEGIN
    IF NOT EXISTS (SELECT FROM budget_biv_aanvraag q WHERE q.ronde_id = NEW.ronde_id)
        OR NOT EXISTS (SELECT FROM phases_arrow a WHERE a.step = NEW.step AND a.source_phase = NEW.source_phase
        AND a.source_status = NEW.source_status AND a.product = 'plan') OR NOT EXISTS (SELECT FROM cases_dossier d
        WHERE d.id = NEW.dossier_id
        AND d.efforts::text[] && ARRAY['eenheid', 'militairen', 'politie', 'justitie', 'civiel'])
        OR EXISTS (SELECT FROM phases_waiver w WHERE w.id = ANY (NEW.waiver_ids) AND w.gate = 'smo:plan') THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM phases_conclusie c JOIN phases_aanbieding a ON a.id = c.aanbieding_id
        JOIN cases_documentversion v ON v.id = a.version_id JOIN cases_document d ON d.id = v.document_id
        WHERE d.kind = 'plan' AND d.ronde_id = NEW.ronde_id
        AND (c.id = ANY (NEW.conclusie_ids) OR (c.oordeel = 'negatief' AND v.id = ANY (NEW.version_ids)))
        AND (a.aanvraag_id IS NOT DISTINCT FROM asked
            OR EXISTS (SELECT FROM phases_bivwijziging w WHERE w.conclusie_id = c.id AND w.aanvraag_id = asked))) THEN
        RAISE EXCEPTION 'zet: de SMO concludeerde niet over deze BIV-aanvraag' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

-- Where money is asked, the step to Uitvoering rests on the akkoord of every minister who decides on it (Leidraad par. 3.4).
CREATE FUNCTION phases_move_biv() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked bigint := phases_newest_biv(NEW.ronde_id);
BEGIN
    IF NEW.step = 'naar_uitvoering' AND asked IS NOT NULL AND (
        EXISTS (SELECT FROM budget_biv_beslissing b WHERE b.aanvraag_id = asked AND b.uitkomst = 'afgewezen')
        OR EXISTS (SELECT FROM unnest(ARRAY['BHOS', 'BZ', 'DEF'] || CASE WHEN EXISTS (SELECT FROM cases_dossier d
                WHERE d.id = NEW.dossier_id AND d.efforts && ARRAY['politie', 'justitie']::varchar[])
                THEN ARRAY['JENV'] ELSE ARRAY[]::text[] END) AS needed (c)
            WHERE NOT EXISTS (SELECT FROM budget_biv_beslissing b JOIN cases_ministry y ON y.id = b.ministry_id
                WHERE b.aanvraag_id = asked AND y.code = needed.c AND b.uitkomst = 'akkoord'))) THEN
        RAISE EXCEPTION 'zet: de ministers besloten niet over het gevraagde BIV-geld' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_move_biv BEFORE INSERT ON phases_move FOR EACH ROW EXECUTE FUNCTION phases_move_biv();
"""


class Migration(migrations.Migration):
    dependencies = [("phases", "0022_no_minister_against"), ("budget_biv", "0011_intrekking")]

    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
