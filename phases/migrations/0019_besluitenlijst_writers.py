"""A besluitenlijst keeps its rows as adopted, and who wrote at it: none of them adopts it."""

import django.contrib.postgres.fields
from django.db import migrations, models

EARLIER = """
UPDATE phases_besluitenlijst b SET writers = ARRAY(SELECT b.written_by_id
    UNION SELECT a.by_id FROM phases_actie a WHERE a.besluitenlijst_id = b.id) WHERE b.adopted_by_id IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""

# The writers only grow, whatever an UPDATE says. Who adds an action wrote too.
GUARDS = """
CREATE FUNCTION phases_smo_writers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE known bigint[] := NEW.writers || NEW.written_by_id::bigint;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        known := known || OLD.writers || OLD.written_by_id::bigint;
    END IF;
    NEW.writers := ARRAY(SELECT DISTINCT w FROM unnest(known) w ORDER BY w);
    IF NEW.adopted_by_id = ANY (NEW.writers) THEN
        RAISE EXCEPTION 'vier ogen: wie aan deze besluitenlijst schreef, stelt haar niet vast'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_smo_writers BEFORE INSERT OR UPDATE ON phases_besluitenlijst
    FOR EACH ROW EXECUTE FUNCTION phases_smo_writers();

CREATE FUNCTION phases_smo_action_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE phases_besluitenlijst SET writers = writers || NEW.by_id::bigint WHERE id = NEW.besluitenlijst_id;
    RETURN NULL;
END $$;
CREATE TRIGGER phases_smo_action_written AFTER INSERT ON phases_actie
    FOR EACH ROW EXECUTE FUNCTION phases_smo_action_written();
"""


class Migration(migrations.Migration):
    dependencies = [("phases", "0018_letters_and_treatment")]

    operations = [
        migrations.AddField("besluitenlijst", "rijen", models.JSONField(default=list)),
        migrations.AddField(
            "besluitenlijst",
            "writers",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, editable=False, size=None
            ),
        ),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
