"""Requests, amounts and decisions are never changed or removed."""

from django.db import migrations

from cases.dbguards import append_only

OTHER_PERSON = """
CREATE FUNCTION biv_decision_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM budget_biv_aanvraag a WHERE a.id = NEW.aanvraag_id AND a.sha256 = NEW.sha256 AND a.by_id <> NEW.by_id
    ) THEN
        RAISE EXCEPTION 'besluit past niet bij de aanvraag, of is van de aanvrager zelf' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER biv_decision_guard BEFORE INSERT ON budget_biv_beslissing
    FOR EACH ROW EXECUTE FUNCTION biv_decision_guard();

ALTER TABLE budget_biv_beslissing ADD CONSTRAINT beslissing_uitkomst_known CHECK (uitkomst IN ('akkoord', 'afgewezen'));
"""


class Migration(migrations.Migration):
    dependencies = [("budget_biv", "0002_initial"), ("cases", "0002_guards")]

    operations = [
        migrations.RunSQL(OTHER_PERSON, migrations.RunSQL.noop),
        *append_only("budget_biv_aanvraag", "budget_biv_bedrag", "budget_biv_beslissing"),
    ]
