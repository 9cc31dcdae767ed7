"""Room for typed text that is not saved yet; rows may change and disappear as in any ordinary table."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="TypedText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=300)),
                (
                    "fields",
                    models.TextField(
                        blank=True, help_text="As a browser sends a form; empty once saved or thrown away."
                    ),
                ),
                (
                    "sent_page",
                    models.CharField(blank=True, help_text="The page that was sent; it writes no more.", max_length=40),
                ),
                ("typed_at", models.DateTimeField(db_index=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.dossier"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "path"), name="typed_once_per_page")],
            },
        ),
    ]
