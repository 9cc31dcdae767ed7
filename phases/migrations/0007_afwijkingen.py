"""Declarations that write waivers, duties to catch up, refusals, and the gates as rows: a trigger judges each waiver by them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.dbguards import append_only, revoke

GUARDS = """
CREATE FUNCTION phases_waiver_marked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.verklaring_id IS NULL AND NOT EXISTS (SELECT FROM phases_poort p WHERE p.name = NEW.gate AND p.waivable) THEN
        RAISE EXCEPTION 'afwijking: van deze voorwaarde mag niet worden afgeweken' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.verklaring_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM phases_verklaring v JOIN phases_poort p ON v.soort = ANY (string_to_array(p.declared_by, ' '))
        WHERE v.id = NEW.verklaring_id AND p.name = NEW.gate AND v.ronde_id = NEW.ronde_id AND v.until = NEW.until
        AND v.requested_by_id = NEW.requested_by_id
        AND (SELECT count(DISTINCT a.by_id) FROM phases_verklaringakkoord a WHERE a.verklaring_id = v.id)
            >= CASE v.soort WHEN 'spoed' THEN 2 ELSE 1 END) THEN
        RAISE EXCEPTION 'afwijking: deze verklaring geldt niet voor deze voorwaarde' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_waiver_marked BEFORE INSERT ON phases_waiver FOR EACH ROW EXECUTE FUNCTION phases_waiver_marked();

CREATE FUNCTION phases_verklaring_other_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM phases_verklaring v WHERE v.id = NEW.verklaring_id AND v.requested_by_id = NEW.by_id) THEN
        RAISE EXCEPTION 'vier ogen: wie een verklaring vraagt, gaat niet zelf akkoord' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT FROM phases_verklaring v LEFT JOIN cases_ministry m ON m.id = NEW.ministry_id
        WHERE v.id = NEW.verklaring_id AND v.soort = 'spoed' AND (m.code IS NULL OR m.code NOT IN ('BZ', 'DEF'))) THEN
        RAISE EXCEPTION 'spoed: alleen BZ en DEF samen' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_verklaring_other_person BEFORE INSERT ON phases_verklaringakkoord
    FOR EACH ROW EXECUTE FUNCTION phases_verklaring_other_person();
"""

GUARDED = (
    "phases_verklaring",
    "phases_verklaringakkoord",
    "phases_inhaalplicht",
    "phases_ingehaald",
    "phases_afwijzing",
)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_writers_and_rondes"),
        ("phases", "0006_inbreng_en_biv_per_optie"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Poort",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True)),
                ("waivable", models.BooleanField()),
                (
                    "declared_by",
                    models.CharField(blank=True, help_text="De verklaringen, met spaties ertussen.", max_length=60),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Inhaalplicht",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("wat", models.CharField(max_length=400)),
                ("term", models.DateField()),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.ministry"
                    ),
                ),
                (
                    "waiver",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plicht", to="phases.waiver"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Ingehaald",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tekst", models.TextField(max_length=2000)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "plicht",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ingehaald", to="phases.inhaalplicht"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Verklaring",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("kleinschalig", "Kleinschalige inzet"),
                            ("een-instrument", "Eén instrument"),
                            ("spoed", "Spoed (artikel 100 lid 2 Grondwet)"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(max_length=2000)),
                ("until", models.DateField()),
                ("term", models.DateField(help_text="Uiterlijk wanneer dat is ingehaald.")),
                ("requested_at", models.DateTimeField(auto_now_add=True)),
                (
                    "holder",
                    models.ForeignKey(
                        help_text="Wie inhaalt wat later moet.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.ministry",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ronde",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="verklaringen", to="cases.ronde"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Afwijzing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(max_length=2000)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "voorstel",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="afwijzing",
                        to="phases.voorstel",
                    ),
                ),
                (
                    "waiver",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="afwijzing",
                        to="phases.waiver",
                    ),
                ),
                (
                    "verklaring",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="afwijzing",
                        to="phases.verklaring",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="waiver",
            name="verklaring",
            field=models.ForeignKey(
                help_text="Of de verklaring die haar schreef.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="waivers",
                to="phases.verklaring",
            ),
        ),
        migrations.CreateModel(
            name="VerklaringAkkoord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("granted_as", models.CharField(max_length=20)),
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.ministry"
                    ),
                ),
                (
                    "verklaring",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="akkoorden", to="phases.verklaring"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="verklaring",
            constraint=models.CheckConstraint(
                condition=models.Q(("soort__in", ["kleinschalig", "een-instrument", "spoed"])),
                name="verklaring_soort_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="afwijzing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verklaring__isnull", True), ("voorstel__isnull", True), ("waiver__isnull", False)),
                    models.Q(("verklaring__isnull", False), ("voorstel__isnull", True), ("waiver__isnull", True)),
                    models.Q(("verklaring__isnull", True), ("voorstel__isnull", False), ("waiver__isnull", True)),
                    _connector="OR",
                ),
                name="afwijzing_of_one_request",
            ),
        ),
        migrations.AddConstraint(
            model_name="verklaringakkoord",
            constraint=models.UniqueConstraint(fields=("verklaring", "by"), name="verklaring_once_per_person"),
        ),
        migrations.AddConstraint(
            model_name="verklaringakkoord",
            constraint=models.UniqueConstraint(fields=("verklaring", "ministry"), name="verklaring_once_per_ministry"),
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
        *append_only(*GUARDED),
        revoke("phases_poort", "INSERT, UPDATE, DELETE, TRUNCATE"),
    ]
