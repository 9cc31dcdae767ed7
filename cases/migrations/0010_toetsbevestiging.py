"""A second person agrees when the toets for artikel 100 deviates from its answers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.dbguards import append_only

OTHER_EYES = """
CREATE FUNCTION cases_toets_other_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM cases_toets t WHERE t.id = NEW.toets_id AND t.by_id = NEW.by_id) THEN
        RAISE EXCEPTION 'vier ogen: wie toetst, bevestigt niet' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_toets_other_person BEFORE INSERT ON cases_toetsbevestiging
    FOR EACH ROW EXECUTE FUNCTION cases_toets_other_person();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_uittreding"),
    ]

    operations = [
        migrations.CreateModel(
            name="Toetsbevestiging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "toets",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bevestiging", to="cases.toets"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.RunSQL(OTHER_EYES, migrations.RunSQL.noop),
        *append_only("cases_toetsbevestiging"),
    ]
