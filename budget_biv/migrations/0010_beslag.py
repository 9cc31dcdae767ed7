"""What a request asks and holds per year and category, kept by the database, so that a year page reads one row per request."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from cases.dbguards import revoke

FILL = """
INSERT INTO budget_biv_beslag (aanvraag_id, dossier_id, fund_id, year, category_id, oda, niet, onbekend)
SELECT aanvraag_id, dossier_id, fund_id, year, category_id,
    coalesce(sum(voorgesteld + claimed) FILTER (WHERE oda = 'oda'), 0),
    coalesce(sum(voorgesteld + claimed) FILTER (WHERE oda = 'niet-oda'), 0),
    coalesce(sum(voorgesteld + claimed) FILTER (WHERE oda = 'onbekend'), 0)
FROM budget_biv_saldo GROUP BY GROUPING SETS ((1, 2, 3, 4), (1, 2, 3, 4, 5));
"""

KEEP = """
CREATE FUNCTION biv_saldo_beslag() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE more bigint := NEW.voorgesteld + NEW.claimed - OLD.voorgesteld - OLD.claimed;
BEGIN
    INSERT INTO budget_biv_beslag AS b (aanvraag_id, dossier_id, fund_id, year, category_id, oda, niet, onbekend)
    SELECT NEW.aanvraag_id, NEW.dossier_id, NEW.fund_id, NEW.year, c.id, more * (NEW.oda = 'oda')::int,
        more * (NEW.oda = 'niet-oda')::int, more * (NEW.oda = 'onbekend')::int
    FROM unnest(ARRAY[NEW.category_id, NULL]) c (id)
    ON CONFLICT (aanvraag_id, year, category_id) DO UPDATE
    SET oda = b.oda + EXCLUDED.oda, niet = b.niet + EXCLUDED.niet, onbekend = b.onbekend + EXCLUDED.onbekend;
    RETURN NEW;
END $$;
CREATE TRIGGER biv_saldo_beslag AFTER UPDATE ON budget_biv_saldo FOR EACH ROW
    WHEN (NEW.voorgesteld + NEW.claimed <> OLD.voorgesteld + OLD.claimed) EXECUTE FUNCTION biv_saldo_beslag();
CREATE TRIGGER budget_biv_beslag_kept BEFORE INSERT OR UPDATE OR DELETE ON budget_biv_beslag
    FOR EACH ROW EXECUTE FUNCTION biv_kept_only();
CREATE TRIGGER budget_biv_beslag_no_truncate BEFORE TRUNCATE ON budget_biv_beslag
    FOR EACH STATEMENT EXECUTE FUNCTION cases_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("budget_biv", "0009_one_minister_each"),
        ("cases", "0008_last_changed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Beslag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("oda", models.BigIntegerField(default=0)),
                ("niet", models.BigIntegerField(default=0)),
                ("onbekend", models.BigIntegerField(default=0)),
                (
                    "total",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(models.F("oda"), "+", models.F("niet")),
                            "+",
                            models.F("onbekend"),
                        ),
                        output_field=models.BigIntegerField(),
                    ),
                ),
                (
                    "aanvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="budget_biv.aanvraag"
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="budget_biv.category",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.dossier"
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="budget_biv.fund"
                    ),
                ),
            ],
            options={
                "ordering": ["-total", "aanvraag_id"],
                "indexes": [models.Index(fields=["fund", "category", "year"], name="beslag_of_year")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("aanvraag", "year", "category"), name="beslag_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        revoke("budget_biv_beslag", "INSERT, UPDATE, DELETE, TRUNCATE"),
    ]
