"""Letters of the end and of a negative outcome; lessons, and promises to parliament with how they ended."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.dbguards import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_writers_and_rondes"),
        ("phases", "0008_vastleggingen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="kamerbrief",
            name="soort",
            field=models.CharField(
                choices=[
                    ("kennisgeving", "Kennisgevingsbrief"),
                    ("artikel-100", "Artikel 100-brief"),
                    ("beeindiging", "Beëindigingsbrief"),
                    ("negatieve-uitkomst", "Brief negatieve uitkomst"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="toetsingspunt",
            name="soort",
            field=models.CharField(
                choices=[
                    ("kennisgeving", "Kennisgevingsbrief"),
                    ("artikel-100", "Artikel 100-brief"),
                    ("beeindiging", "Beëindigingsbrief"),
                    ("negatieve-uitkomst", "Brief negatieve uitkomst"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Les",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("les", models.TextField(max_length=2000)),
                ("aanbeveling", models.TextField(max_length=2000)),
                ("bron", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ronde",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lessen", to="cases.ronde"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Toezegging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tekst", models.TextField(max_length=2000)),
                ("aan", models.CharField(max_length=160)),
                ("gedaan_op", models.DateField()),
                ("uiterlijk", models.DateField(blank=True, null=True)),
                ("kenmerk", models.CharField(blank=True, max_length=120)),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="toezeggingen", to="cases.ronde"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Afdoening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "hoe",
                    models.CharField(choices=[("gedaan", "Gedaan"), ("overgedragen", "Overgedragen")], max_length=20),
                ),
                ("op", models.DateField()),
                ("toelichting", models.TextField(max_length=2000)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "toezegging",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="afdoening", to="phases.toezegging"
                    ),
                ),
            ],
        ),
        *append_only("phases_les", "phases_toezegging", "phases_afdoening"),
    ]
