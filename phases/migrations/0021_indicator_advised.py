"""From the execution on the advice on the plan rests on the indicators: only an empty nulmeting is filled in, whoever writes."""

from django.db import migrations

GUARD = """
CREATE FUNCTION phases_indicator_advised() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF ((OLD.naam, OLD.bron, OLD.streefwaarde, OLD.gepland_op) IS DISTINCT FROM (NEW.naam, NEW.bron, NEW.streefwaarde, NEW.gepland_op)
        OR OLD.nulmeting <> '' AND (OLD.nulmeting, OLD.nulmeting_op) IS DISTINCT FROM (NEW.nulmeting, NEW.nulmeting_op))
    AND EXISTS (SELECT FROM cases_ronde r JOIN cases_dossier d ON d.id = r.dossier_id
        WHERE r.id = NEW.ronde_id AND (d.phase IN ('uitvoering', 'evaluatie') OR r.number < d.ronde_number)) THEN
        RAISE EXCEPTION 'indicator: het advies over het plan rust hierop' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_indicator_advised BEFORE UPDATE ON phases_indicator
    FOR EACH ROW EXECUTE FUNCTION phases_indicator_advised();
"""


class Migration(migrations.Migration):
    dependencies = [("phases", "0020_newest_of_many")]

    operations = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]
