"""Whether parliament had a letter about the inzet already when a toets was done: then a "no" is not one person's."""

from django.db import migrations, models

TOLD = """
CREATE FUNCTION cases_toets_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.told := EXISTS (
        SELECT FROM cases_ronde r JOIN cases_document d ON d.dossier_id = r.dossier_id
        JOIN cases_documentversion v ON v.document_id = d.id
        WHERE r.id = NEW.ronde_id AND d.kind IN ('kennisgeving', 'artikel-100') AND v.status = 'verzonden');
    RETURN NEW;
END $$;
CREATE TRIGGER cases_toets_told BEFORE INSERT ON cases_toets FOR EACH ROW EXECUTE FUNCTION cases_toets_told();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_toetsbevestiging"),
    ]

    operations = [
        migrations.AddField(
            model_name="toets",
            name="told",
            field=models.BooleanField(
                default=False, editable=False, help_text="De Kamer kreeg er al een brief over. Gezet door de trigger."
            ),
        ),
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
    ]
