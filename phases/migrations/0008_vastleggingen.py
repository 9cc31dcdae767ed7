"""Facts that a Ronde registers, indicators and the treatment in parliament; a move names the facts it rests on."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.dbguards import append_only, never_deleted

# What stood in the plan as two fields is registered on its own: it also counts where a ministry's own plan takes its place.
MOVE_OUT_OF_THE_PLAN = """
INSERT INTO phases_vastlegging (ronde_id, soort, op, uitkomst, kenmerk, tekst, by_id, at)
SELECT p.ronde_id, 'operatieconcept', coalesce(d.changed_at::date, current_date), '', '', p.operatieconcept, d.changed_by_id, now()
FROM phases_plan p JOIN cases_document d ON d.id = p.document_id WHERE p.operatieconcept <> '' AND d.changed_by_id IS NOT NULL
UNION ALL
SELECT p.ronde_id, 'militair-advies', p.militair_advies_op, '', '', '', d.changed_by_id, now()
FROM phases_plan p JOIN cases_document d ON d.id = p.document_id
WHERE p.militair_advies_op IS NOT NULL AND d.changed_by_id IS NOT NULL;
"""

GUARDS = """
ALTER TABLE phases_move ALTER COLUMN vastlegging_ids SET DEFAULT '{}';
ALTER TABLE phases_arrow ALTER COLUMN product_fact SET DEFAULT '';

CREATE FUNCTION phases_move_wrong_fact(m phases_move) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN EXISTS (SELECT FROM unnest(m.vastlegging_ids) i WHERE NOT EXISTS (
        SELECT FROM phases_vastlegging v WHERE v.id = i AND v.ronde_id = m.ronde_id AND v.uitkomst <> 'niet-akkoord'
        AND v.id = (SELECT max(n.id) FROM phases_vastlegging n WHERE n.ronde_id = v.ronde_id AND n.soort = v.soort)
        AND (v.soort <> 'politie' OR EXISTS (
            SELECT FROM phases_vastleggingbevestigd b WHERE b.vastlegging_id = v.id AND b.by_id <> v.by_id))))
        THEN 'een vastlegging is niet de nieuwste, niet bevestigd of niet positief, of is van een andere ronde' END
$$;

-- As in 0002, with a registered fact that may stand in for the product, and the facts that a move names.
CREATE OR REPLACE FUNCTION phases_move_judge() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE arrow phases_arrow; wrong text;
BEGIN
    NEW.transaction := pg_current_xact_id()::text::bigint;
    SELECT * INTO arrow FROM phases_arrow a WHERE a.step = NEW.step
        AND a.source_phase = NEW.source_phase AND a.source_status = NEW.source_status
        AND a.target_phase = NEW.target_phase AND a.target_status = NEW.target_status;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'zet: deze pijl bestaat niet' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF arrow.owner_only AND current_user <> (SELECT tableowner FROM pg_tables
        WHERE schemaname = current_schema() AND tablename = 'phases_move') THEN
        RAISE EXCEPTION 'zet: alleen de eigenaar leest dossiers in' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF arrow.product <> '' AND NOT EXISTS (
        SELECT FROM cases_documentversion v JOIN cases_document d ON d.id = v.document_id
        WHERE v.id = ANY (NEW.version_ids) AND d.kind = arrow.product
    ) AND NOT EXISTS (
        SELECT FROM phases_waiver w WHERE w.id = ANY (NEW.waiver_ids) AND w.gate = arrow.product_gate
    ) AND NOT EXISTS (
        SELECT FROM phases_vastlegging f WHERE f.id = ANY (NEW.vastlegging_ids) AND f.soort = arrow.product_fact
    ) THEN
        RAISE EXCEPTION 'zet: deze stap rust niet op het product van de fase' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT FROM cases_ronde r JOIN cases_dossier d ON d.id = r.dossier_id
        WHERE r.id = NEW.ronde_id AND d.id = NEW.dossier_id AND r.number = d.ronde_number) THEN
        RAISE EXCEPTION 'zet: niet de huidige ronde' USING ERRCODE = 'insufficient_privilege';
    END IF;
    wrong := coalesce(phases_move_wrong_ground(NEW), phases_move_wrong_fact(NEW));
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'zet: %', wrong USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION phases_vastlegging_other_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM phases_vastlegging v WHERE v.id = NEW.vastlegging_id AND v.by_id = NEW.by_id) THEN
        RAISE EXCEPTION 'vier ogen: wie vastlegt, bevestigt niet' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_vastlegging_other_person BEFORE INSERT ON phases_vastleggingbevestigd
    FOR EACH ROW EXECUTE FUNCTION phases_vastlegging_other_person();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_writers_and_rondes"),
        ("phases", "0005_besluit_per_minister"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="arrow",
            name="product_fact",
            field=models.CharField(blank=True, help_text="Of op een vastlegging van deze soort.", max_length=30),
        ),
        migrations.AddField(
            model_name="move",
            name="vastlegging_ids",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, size=None
            ),
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("naam", models.CharField(max_length=200)),
                ("bron", models.CharField(max_length=200)),
                ("nulmeting", models.CharField(blank=True, max_length=120)),
                ("nulmeting_op", models.DateField(blank=True, null=True)),
                ("gepland_op", models.DateField(blank=True, null=True)),
                ("streefwaarde", models.CharField(max_length=120)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ronde",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="indicatoren", to="cases.ronde"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Vastlegging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("soort", models.CharField(max_length=30)),
                ("op", models.DateField()),
                ("uitkomst", models.CharField(blank=True, max_length=20)),
                ("kenmerk", models.CharField(blank=True, max_length=120)),
                ("tekst", models.TextField(blank=True, max_length=8000)),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="vastleggingen", to="cases.ronde"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="VastleggingBevestigd",
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
                    "vastlegging",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bevestigd", to="phases.vastlegging"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Behandelstap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stap",
                    models.CharField(
                        choices=[
                            ("briefing", "Technische briefing"),
                            ("hoorzitting", "Hoorzitting of rondetafelgesprek"),
                            ("vragen", "Feitelijke vragen beantwoord"),
                            ("schriftelijk", "Schriftelijk overleg"),
                            ("commissiedebat", "Commissiedebat"),
                            ("derde-termijn", "Derde termijn: steun van fracties"),
                            ("plenair", "Plenair debat, met moties"),
                            ("aanvullend", "Aanvullende brief"),
                            ("eerste-kamer", "Behandeling in de Eerste Kamer"),
                            ("afgerond", "Behandeling afgerond"),
                        ],
                        max_length=20,
                    ),
                ),
                ("op", models.DateField()),
                ("uitkomst", models.TextField(max_length=2000)),
                ("kenmerk", models.CharField(blank=True, max_length=120)),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="behandeling", to="cases.ronde"
                    ),
                ),
            ],
            options={
                "ordering": ["op", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stap__in",
                                [
                                    "briefing",
                                    "hoorzitting",
                                    "vragen",
                                    "schriftelijk",
                                    "commissiedebat",
                                    "derde-termijn",
                                    "plenair",
                                    "aanvullend",
                                    "eerste-kamer",
                                    "afgerond",
                                ],
                            )
                        ),
                        name="behandelstap_known",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="vastlegging",
            index=models.Index(fields=["ronde", "soort", "-id"], name="vastlegging_newest"),
        ),
        migrations.RunSQL(MOVE_OUT_OF_THE_PLAN, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="plan", name="militair_advies_op"),
        migrations.RemoveField(model_name="plan", name="operatieconcept"),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
        *append_only("phases_vastlegging", "phases_vastleggingbevestigd", "phases_behandelstap"),
        *never_deleted("phases_indicator"),
    ]
