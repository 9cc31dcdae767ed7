"""The kinds of effort decide who advises and who decides: one person cannot take an advice or a decision away with them."""

from django.db import migrations

# As phases/process/inzet.py: fixed from Planning on; before that none goes away while an advice or a decision is not positive.
GUARD = """
CREATE FUNCTION phases_efforts_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ronde bigint := (SELECT r.id FROM cases_ronde r WHERE r.dossier_id = NEW.id AND r.number = NEW.ronde_number);
BEGIN
    IF OLD.phase IN ('planning', 'uitvoering', 'evaluatie') THEN
        RAISE EXCEPTION 'de soorten inzet liggen vast vanaf Planning en voorbereiding' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT NEW.efforts @> OLD.efforts AND (EXISTS (
        SELECT FROM (
            SELECT DISTINCT ON (a.kind) a.id FROM phases_aanbieding a WHERE a.ronde_id = ronde
            AND NOT EXISTS (SELECT FROM phases_intrekking i WHERE i.aanbieding_id = a.id)
            ORDER BY a.kind, (a.soort IN ('advies', 'biv')) DESC, a.id DESC
        ) newest WHERE coalesce((SELECT c.oordeel FROM phases_conclusie c WHERE c.aanbieding_id = newest.id
            ORDER BY c.id DESC LIMIT 1), '') NOT IN ('positief', 'positief-voorwaarden', 'ter-kennisname')
    ) OR EXISTS (
        SELECT FROM (
            SELECT DISTINCT ON (b.version_id, b.orgaan, b.ministry_id) b.id, b.uitkomst FROM phases_besluit b
            JOIN cases_documentversion v ON v.id = b.version_id
            WHERE b.ronde_id = ronde AND v.status IN ('vastgesteld', 'ondertekend', 'verzonden')
            ORDER BY b.version_id, b.orgaan, b.ministry_id, b.id DESC
        ) made WHERE made.uitkomst <> 'akkoord' OR NOT EXISTS (SELECT FROM phases_bevestiging c WHERE c.besluit_id = made.id)
    )) THEN
        RAISE EXCEPTION 'een soort inzet gaat niet weg zolang een advies of besluit niet positief is'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_efforts_held BEFORE UPDATE ON cases_dossier FOR EACH ROW
    WHEN (NOT (NEW.efforts @> OLD.efforts AND NEW.efforts <@ OLD.efforts)) EXECUTE FUNCTION phases_efforts_held();
"""


class Migration(migrations.Migration):
    dependencies = [("phases", "0016_bundle_progress")]
    operations = [
        migrations.RunSQL(
            GUARD, "DROP TRIGGER phases_efforts_held ON cases_dossier; DROP FUNCTION phases_efforts_held();"
        )
    ]
