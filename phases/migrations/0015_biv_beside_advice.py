"""The advice on a plan is also about the BIV request that lay beside it: frozen with the offer, and judged with the move."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.dbguards import append_only

EARLIER = """
ALTER TABLE phases_aanbieding DISABLE TRIGGER USER;
UPDATE phases_aanbieding o SET aanvraag_id = (SELECT q.id FROM budget_biv_aanvraag q
    WHERE q.ronde_id = o.ronde_id AND q.at <= o.at ORDER BY q.number DESC LIMIT 1);
ALTER TABLE phases_aanbieding ENABLE TRIGGER USER;
SET CONSTRAINTS ALL IMMEDIATE;
"""

GUARDS = """
CREATE FUNCTION phases_newest_biv(of_ronde bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT q.id FROM budget_biv_aanvraag q WHERE q.ronde_id = of_ronde ORDER BY q.number DESC LIMIT 1
$$;

CREATE FUNCTION phases_smo_biv() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'phases_aanbieding' THEN
        IF (to_jsonb(NEW) ->> 'aanvraag_id')::bigint IS DISTINCT FROM phases_newest_biv((to_jsonb(NEW) ->> 'ronde_id')::bigint) THEN
            RAISE EXCEPTION 'smo: naast een stuk ligt de nieuwste BIV-aanvraag van zijn ronde' USING ERRCODE = 'insufficient_privilege';
        END IF;
    ELSIF NOT EXISTS (SELECT FROM phases_conclusie c JOIN phases_aanbieding a ON a.id = c.aanbieding_id
        JOIN budget_biv_aanvraag seen ON seen.id = a.aanvraag_id
        JOIN budget_biv_aanvraag later ON later.ronde_id = a.ronde_id AND later.number > seen.number
        WHERE c.id = (to_jsonb(NEW) ->> 'conclusie_id')::bigint AND later.id = (to_jsonb(NEW) ->> 'aanvraag_id')::bigint
        AND later.by_id <> (to_jsonb(NEW) ->> 'by_id')::bigint AND c.oordeel IN ('positief', 'positief-voorwaarden')
        AND c.id = (SELECT max(l.id) FROM phases_conclusie l WHERE l.aanbieding_id = a.id)) THEN
        RAISE EXCEPTION 'smo: een positief advies gaat over naar een latere BIV-aanvraag van dezelfde ronde, door een ander dan de aanvrager'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_smo_biv BEFORE INSERT ON phases_aanbieding FOR EACH ROW EXECUTE FUNCTION phases_smo_biv();
CREATE TRIGGER phases_smo_biv BEFORE INSERT ON phases_bivwijziging FOR EACH ROW EXECUTE FUNCTION phases_smo_biv();

-- A version lies before the SMO once, unless another BIV request lies beside it since it was concluded upon.
CREATE OR REPLACE FUNCTION phases_smo_offer_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM phases_aanbieding a WHERE a.version_id = NEW.version_id
        AND NOT EXISTS (SELECT FROM phases_intrekking i WHERE i.aanbieding_id = a.id)
        AND phases_smo_oordeel(a.id) IS DISTINCT FROM 'ter-kennisname'
        AND (coalesce(phases_smo_oordeel(a.id), 'aangehouden') = 'aangehouden'
            OR a.aanvraag_id IS NOT DISTINCT FROM NEW.aanvraag_id)) THEN
        RAISE EXCEPTION 'smo: deze versie ligt al voor' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

-- Beside phases_move_smo. A waiver of the advice sets this aside too.
CREATE FUNCTION phases_move_smo_biv() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked bigint := phases_newest_biv(NEW.ronde_id);
BEGIN
    IF asked IS NULL OR NOT EXISTS (SELECT FROM phases_arrow a WHERE a.step = NEW.step AND a.source_phase = NEW.source_phase
        AND a.source_status = NEW.source_status AND a.product = 'plan') OR NOT EXISTS (SELECT FROM cases_dossier d
        WHERE d.id = NEW.dossier_id
        AND d.efforts::text[] && ARRAY['eenheid', 'militairen', 'politie', 'justitie', 'civiel'])
        OR EXISTS (SELECT FROM phases_waiver w WHERE w.id = ANY (NEW.waiver_ids) AND w.gate = 'smo:plan') THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM phases_conclusie c JOIN phases_aanbieding a ON a.id = c.aanbieding_id
        JOIN cases_documentversion v ON v.id = a.version_id JOIN cases_document d ON d.id = v.document_id
        WHERE d.kind = 'plan' AND d.ronde_id = NEW.ronde_id
        AND (c.id = ANY (NEW.conclusie_ids) OR (c.oordeel = 'negatief' AND v.id = ANY (NEW.version_ids)))
        AND (a.aanvraag_id = asked
            OR EXISTS (SELECT FROM phases_bivwijziging w WHERE w.conclusie_id = c.id AND w.aanvraag_id = asked))) THEN
        RAISE EXCEPTION 'zet: de SMO concludeerde niet over deze BIV-aanvraag' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_move_smo_biv BEFORE INSERT ON phases_move FOR EACH ROW EXECUTE FUNCTION phases_move_smo_biv();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("budget_biv", "0006_life_guards"),
        ("phases", "0011_offer_kind"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="aanbieding",
            name="aanvraag",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="budget_biv.aanvraag",
            ),
        ),
        migrations.CreateModel(
            name="BivWijziging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("toelichting", models.TextField(max_length=2000)),
                ("acting_for", models.CharField(max_length=160)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "aanvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="budget_biv.aanvraag"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "conclusie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bivwijzigingen",
                        to="phases.conclusie",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("conclusie", "aanvraag"), name="bivwijziging_once")],
            },
        ),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
        *append_only("phases_bivwijziging"),
    ]
