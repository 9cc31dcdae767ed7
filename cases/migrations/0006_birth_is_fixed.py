"""A document belongs to a round of its own dossier from the start, and who opened a dossier, when and for whom does not change."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION cases_document_born() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM cases_ronde r WHERE r.id = NEW.ronde_id AND r.dossier_id = NEW.dossier_id) THEN
        RAISE EXCEPTION 'plaats: deze ronde is van een ander dossier' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_document_born BEFORE INSERT ON cases_document FOR EACH ROW EXECUTE FUNCTION cases_document_born();

CREATE FUNCTION cases_dossier_birth() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'dossier: nummer, penvoerder en wie het opende staan vast' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER cases_dossier_birth BEFORE UPDATE OF number, lead_id, opened_by_id, opened_at ON cases_dossier FOR EACH ROW
    WHEN ((OLD.number, OLD.lead_id, OLD.opened_by_id, OLD.opened_at)
        IS DISTINCT FROM (NEW.number, NEW.lead_id, NEW.opened_by_id, NEW.opened_at))
    EXECUTE FUNCTION cases_dossier_birth();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_last_report")]

    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
