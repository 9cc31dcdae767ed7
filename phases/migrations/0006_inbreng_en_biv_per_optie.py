"""What each ministry brings in for the analysis, questions without an answer, and options that ask BIV money."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.dbguards import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_writers_and_rondes"),
        ("phases", "0014_smo_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="analyse",
            name="actoren_open",
            field=models.BooleanField(
                default=False, verbose_name="Deze vraag is niet te beantwoorden; de tekst hierboven zegt waarom"
            ),
        ),
        migrations.AddField(
            model_name="analyse",
            name="bevolking_open",
            field=models.BooleanField(
                default=False, verbose_name="Deze vraag is niet te beantwoorden; de tekst hierboven zegt waarom"
            ),
        ),
        migrations.AddField(
            model_name="analyse",
            name="internationaal_open",
            field=models.BooleanField(
                default=False, verbose_name="Deze vraag is niet te beantwoorden; de tekst hierboven zegt waarom"
            ),
        ),
        migrations.AddField(
            model_name="analyse",
            name="oorzaken_open",
            field=models.BooleanField(
                default=False, verbose_name="Deze vraag is niet te beantwoorden; de tekst hierboven zegt waarom"
            ),
        ),
        migrations.AddField(
            model_name="analyse",
            name="scenarios_open",
            field=models.BooleanField(
                default=False, verbose_name="Deze vraag is niet te beantwoorden; de tekst hierboven zegt waarom"
            ),
        ),
        migrations.AddField(
            model_name="optie",
            name="biv",
            field=models.BooleanField(default=False, verbose_name="Voor deze optie wordt geld uit het BIV gevraagd"),
        ),
        migrations.CreateModel(
            name="Inbreng",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("inbreng", "Mijn ministerie levert inbreng"),
                            ("geen", "Mijn ministerie heeft geen inbreng"),
                        ],
                        max_length=10,
                    ),
                ),
                ("tekst", models.TextField(max_length=8000)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ministry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.ministry"
                    ),
                ),
                (
                    "ronde",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="inbreng", to="cases.ronde"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", ["inbreng", "geen"])), name="inbreng_soort_known"
                    )
                ],
            },
        ),
        *append_only("phases_inbreng"),
    ]
