"""Who asked for the money does not reserve, grant or refuse it: judged on the act itself, also when it moves no euro.

An act without posts counted as well: the decision guard looks for an act "reserveren", and biv_post_wrong saw only posts.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION biv_mutatie_other_eyes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.soort IN ('reserveren', 'toekennen', 'afwijzen') AND EXISTS (
        SELECT FROM budget_biv_aanvraag a WHERE a.id = NEW.aanvraag_id AND a.by_id = NEW.by_id
    ) THEN
        RAISE EXCEPTION 'boeking: vier ogen, wie aanvraagt, reserveert of beslist niet' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER biv_mutatie_other_eyes BEFORE INSERT ON budget_biv_mutatie
    FOR EACH ROW EXECUTE FUNCTION biv_mutatie_other_eyes();
"""


class Migration(migrations.Migration):
    dependencies = [("budget_biv", "0006_life_guards")]

    operations = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]
