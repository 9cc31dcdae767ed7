"""Nobody decides for two ministers, nor on money that the same person reserved."""

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


class Migration(migrations.Migration):
    dependencies = [("budget_biv", "0008_kasschuif")]

    operations = [migrations.RunSQL(DECISION, migrations.RunSQL.noop)]
