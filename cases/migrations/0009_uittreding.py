"""A ministry leaves by itself: a participation goes away only beside the row that says who ended it, and never becomes another's."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.dbguards import append_only, revoke

# As cases/services/participation.py::leave. The day is that of the application, whatever zone the connection has.
LEAVING = """
CREATE FUNCTION cases_uittreding_judge() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE today date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
    NEW.transaction := pg_current_xact_id()::text::bigint;
    IF EXISTS (SELECT FROM cases_dossier d WHERE d.id = NEW.dossier_id AND d.lead_id = NEW.ministry_id) THEN
        RAISE EXCEPTION 'deelname: de penvoerder treedt niet uit' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (
        SELECT FROM cases_membership m WHERE m.user_id = NEW.by_id AND m.ministry_id = NEW.ministry_id
        AND m.role = 'teamleider' AND m.start <= today AND coalesce(m."end", today) >= today
    ) THEN
        RAISE EXCEPTION 'deelname: alleen een teamleider van het ministerie zelf stopt haar'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (
        SELECT FROM cases_documentversion v JOIN cases_document d ON d.id = v.document_id
        WHERE d.dossier_id = NEW.dossier_id AND v.status = 'ter-paraaf'
    ) THEN
        RAISE EXCEPTION 'deelname: er ligt nog een stuk ter paraaf' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_uittreding_judge BEFORE INSERT ON cases_uittreding
    FOR EACH ROW EXECUTE FUNCTION cases_uittreding_judge();

CREATE FUNCTION cases_participation_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM cases_uittreding u WHERE u.dossier_id = OLD.dossier_id AND u.ministry_id = OLD.ministry_id
        AND u.transaction = pg_current_xact_id()::text::bigint
    ) THEN
        RAISE EXCEPTION 'deelname: zij eindigt alleen door een uittreding' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER cases_participation_ended BEFORE DELETE ON cases_participation
    FOR EACH ROW EXECUTE FUNCTION cases_participation_ended();
CREATE TRIGGER cases_participation_place BEFORE UPDATE ON cases_participation
    FOR EACH ROW EXECUTE FUNCTION cases_place_fixed('contact_id');
CREATE TRIGGER cases_participation_no_truncate BEFORE TRUNCATE ON cases_participation
    FOR EACH STATEMENT EXECUTE FUNCTION cases_append_only();
"""
KEPT = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+"}


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_last_changed")]

    operations = [
        migrations.CreateModel(
            name="Uittreding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=1000)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("transaction", models.BigIntegerField(default=0, editable=False, help_text="Gezet door de trigger.")),
                ("by", models.ForeignKey(to=settings.AUTH_USER_MODEL, **KEPT)),
                ("dossier", models.ForeignKey(to="cases.dossier", **KEPT)),
                ("ministry", models.ForeignKey(to="cases.ministry", **KEPT)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="uittreding_has_reason"
                    )
                ],
            },
        ),
        *append_only("cases_uittreding"),
        migrations.RunSQL(LEAVING, migrations.RunSQL.noop),
        revoke("cases_participation", "TRUNCATE"),
    ]
