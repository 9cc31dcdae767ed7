"""An indicator stays the same row of the same Ronde; what it says may change, and the logboek keeps what it said."""

from django.db import migrations

GUARD = """
CREATE FUNCTION phases_indicator_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.ronde_id) IS DISTINCT FROM (OLD.id, OLD.ronde_id) THEN
        RAISE EXCEPTION 'een indicator blijft bij zijn ronde' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_indicator_stays BEFORE UPDATE ON phases_indicator
    FOR EACH ROW EXECUTE FUNCTION phases_indicator_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("phases", "0007_afwijkingen")]

    operations = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]
