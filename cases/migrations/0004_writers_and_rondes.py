"""The database also knows who wrote in a paper, and lets one renewal raise the round once."""

from django.db import migrations

PARAAF = """
CREATE OR REPLACE FUNCTION cases_paraaf_other_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM cases_documentversion v WHERE v.id = NEW.version_id AND v.created_by_id = NEW.by_id) THEN
        RAISE EXCEPTION 'vier ogen: de steller parafeert niet' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (
        SELECT FROM cases_documentversion v JOIN cases_document d ON d.id = v.document_id
        JOIN cases_event e ON e.dossier_id = d.dossier_id AND e.object = 'document:' || d.id
        WHERE v.id = NEW.version_id AND e.actor_id = NEW.by_id AND e.kind IN ('geschreven', 'optie', 'brief')
    ) THEN
        RAISE EXCEPTION 'vier ogen: wie meeschreef, parafeert niet' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
"""
# The move row names the round that was current when it was written, so it opens the next one and no more.
RONDE = """
CREATE OR REPLACE FUNCTION phases_dossier_ronde() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT cases_is_owner() AND (NEW.ronde_number <> OLD.ronde_number + 1 OR NOT EXISTS (
        SELECT FROM phases_move m JOIN cases_ronde r ON r.id = m.ronde_id
        WHERE m.dossier_id = NEW.id AND m.step = 'verlengen' AND r.number = OLD.ronde_number
        AND m.transaction = pg_current_xact_id()::text::bigint)) THEN
        RAISE EXCEPTION 'een nieuwe ronde begint alleen door te verlengen' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    # The second function stands on a table of this app, but phases made it.
    dependencies = [("cases", "0003_typedtext"), ("phases", "0002_guards")]

    operations = [
        migrations.RunSQL(PARAAF, migrations.RunSQL.noop),
        migrations.RunSQL(RONDE, migrations.RunSQL.noop),
    ]
