"""Each minister decides separately; what was decided before counts as the decision of the leading ministry."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FILL = """
ALTER TABLE phases_besluit DISABLE TRIGGER phases_besluit_append_only;
UPDATE phases_besluit b SET ministry_id = d.lead_id FROM cases_ronde r JOIN cases_dossier d ON d.id = r.dossier_id
    WHERE r.id = b.ronde_id AND b.orgaan <> 'ministerraad';
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE phases_besluit ENABLE TRIGGER phases_besluit_append_only;
"""

GUARDS = """
CREATE FUNCTION phases_besluit_not_before() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM cases_documentversion v WHERE v.id = NEW.version_id AND NEW.besluit_op < v.adopted_on) THEN
        RAISE EXCEPTION 'besluit: ouder dan het stuk' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_besluit_not_before BEFORE INSERT ON phases_besluit
    FOR EACH ROW EXECUTE FUNCTION phases_besluit_not_before();

CREATE FUNCTION phases_move_joint() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM phases_besluit b JOIN phases_besluit later ON later.version_id = b.version_id AND later.orgaan = b.orgaan
        AND later.ministry_id IS NOT DISTINCT FROM b.ministry_id AND later.id > b.id WHERE b.id = ANY (NEW.besluit_ids)) THEN
        RAISE EXCEPTION 'zet: er is een later besluit' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.step = 'naar_planning' AND NOT EXISTS (
        SELECT FROM phases_besluit b JOIN cases_documentversion v ON v.id = b.version_id
        JOIN cases_document d ON d.id = v.document_id
        WHERE b.id = ANY (NEW.besluit_ids) AND d.kind = 'opties' AND b.optie NOT IN ('', '0')
        AND b.orgaan <> 'ministerraad') THEN
        RAISE EXCEPTION 'zet: er is geen optie gekozen' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (
        SELECT FROM phases_besluit b JOIN cases_documentversion v ON v.id = b.version_id
        JOIN cases_document d ON d.id = v.document_id JOIN cases_participation p ON p.dossier_id = NEW.dossier_id
        JOIN cases_ministry m ON m.id = p.ministry_id
        WHERE b.id = ANY (NEW.besluit_ids) AND b.orgaan = 'bewindspersonen' AND d.kind = 'opties' AND m.code <> 'AZ'
        AND NOT EXISTS (SELECT FROM phases_besluit o WHERE o.id = ANY (NEW.besluit_ids) AND o.orgaan = b.orgaan
            AND o.version_id = b.version_id AND o.ministry_id = p.ministry_id AND o.optie = b.optie)) THEN
        RAISE EXCEPTION 'zet: niet elke minister koos deze optie' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_move_joint BEFORE INSERT ON phases_move FOR EACH ROW EXECUTE FUNCTION phases_move_joint();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_writers_and_rondes"),
        ("phases", "0004_waiters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="besluit",
            name="besluit_uitkomst_known",
        ),
        migrations.AddField(
            model_name="besluit",
            name="ministry",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.ministry"
            ),
        ),
        migrations.AddField(
            model_name="besluit",
            name="mr_nodig",
            field=models.BooleanField(help_text="Moet de Ministerraad de gekozen optie behandelen?", null=True),
        ),
        migrations.AddField(
            model_name="besluit",
            name="mr_reden",
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name="besluit",
            name="naam",
            field=models.CharField(blank=True, help_text="Wie koos, als dat hoog ambtelijk gebeurde.", max_length=120),
        ),
        migrations.AlterField(
            model_name="besluit",
            name="uitkomst",
            field=models.CharField(
                choices=[
                    ("akkoord", "Akkoord"),
                    ("akkoord-wijziging", "Akkoord met wijziging"),
                    ("niet-akkoord", "Niet akkoord"),
                    ("aangehouden", "Aangehouden"),
                    ("overleg", "Overleg nodig"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="besluit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("uitkomst__in", ["akkoord", "akkoord-wijziging", "niet-akkoord", "aangehouden", "overleg"])
                ),
                name="besluit_uitkomst_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="besluit",
            constraint=models.CheckConstraint(
                condition=models.Q(("orgaan", "ministerraad"), ("ministry__isnull", False), _connector="XOR"),
                name="besluit_of_a_ministry",
            ),
        ),
        migrations.AddConstraint(
            model_name="besluit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mr_nodig__isnull", True), models.Q(("mr_reden", ""), _negated=True), _connector="OR"
                ),
                name="besluit_mr_reason",
            ),
        ),
    ]
