"""Who waits for an act stands on its row, so that Mijn werk reads a page of it and stops."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

JUDGE_AGAIN = "INSERT INTO phases_bijwerken (dossier_id) SELECT id FROM cases_dossier WHERE status = 'lopend'"


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("cases", "0004_writers_and_rondes"),
        ("phases", "0003_beurten"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="beurt",
            name="beurt_of_a_person",
        ),
        migrations.AddField(
            model_name="beurt",
            name="waiter",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="beurt",
            index=models.Index(fields=["group", "person", "due", "since", "id"], name="beurt_of_a_person"),
        ),
        migrations.AddIndex(
            model_name="beurt",
            index=models.Index(fields=["waiter", "since", "id"], name="beurt_to_wait_for"),
        ),
        migrations.RunSQL(JUDGE_AGAIN, migrations.RunSQL.noop),
    ]
