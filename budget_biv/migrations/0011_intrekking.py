"""A request is taken back once, while it is the newest of the running Ronde and nothing of it is bound; then nobody decides on it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.dbguards import append_only

GUARDS = """
CREATE FUNCTION biv_take_back_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM budget_biv_aanvraag a WHERE a.id = NEW.aanvraag_id FOR NO KEY UPDATE;
    IF NOT EXISTS (SELECT FROM budget_biv_aanvraag a JOIN cases_ronde r ON r.id = a.ronde_id
            JOIN cases_dossier d ON d.id = r.dossier_id AND d.ronde_number = r.number AND d.status = 'lopend'
            WHERE a.id = NEW.aanvraag_id
            AND a.number = (SELECT max(o.number) FROM budget_biv_aanvraag o WHERE o.ronde_id = a.ronde_id)) THEN
        RAISE EXCEPTION 'intrekken: niet de nieuwste aanvraag van een lopende ronde' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT FROM budget_biv_saldo s WHERE s.aanvraag_id = NEW.aanvraag_id
            AND (s.voorgesteld, s.gereserveerd, s.toegekend, s.verplicht, s.gerealiseerd, s.afgerekend) <> (0, 0, 0, 0, 0, 0)) THEN
        RAISE EXCEPTION 'intrekken: niet al het geld van de aanvraag is vrijgevallen' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER biv_take_back_guard BEFORE INSERT ON budget_biv_intrekking FOR EACH ROW EXECUTE FUNCTION biv_take_back_guard();

-- Beside biv_decision_guard, which locks the request first.
CREATE FUNCTION biv_decision_taken_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM budget_biv_intrekking i WHERE i.aanvraag_id = NEW.aanvraag_id) THEN
        RAISE EXCEPTION 'besluit over een ingetrokken aanvraag' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER biv_decision_taken_back BEFORE INSERT ON budget_biv_beslissing
    FOR EACH ROW EXECUTE FUNCTION biv_decision_taken_back();

-- As in 0006, and a settlement too: a booking of the BIV-beheerder, not a decision.
CREATE OR REPLACE FUNCTION biv_mutatie_begin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.transaction := pg_current_xact_id()::text::bigint;
    NEW.dossier_id := (SELECT r.dossier_id FROM budget_biv_aanvraag a JOIN cases_ronde r ON r.id = a.ronde_id
        WHERE a.id = NEW.aanvraag_id);
    IF (NEW.soort = 'corrigeren') <> (NEW.corrects_id IS NOT NULL) OR EXISTS (
        SELECT FROM budget_biv_mutatie o WHERE o.id = NEW.corrects_id
        AND (o.aanvraag_id <> NEW.aanvraag_id OR o.soort NOT IN ('verplichten', 'realiseren', 'vrijvallen', 'afrekenen'))
    ) THEN
        RAISE EXCEPTION 'boeking: dit is geen tegenboeking van een boeking van deze aanvraag' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

-- Nothing is booked any more on what was taken back; and free money comes back only to a request that still counts.
CREATE FUNCTION biv_mutatie_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM budget_biv_intrekking i WHERE i.aanvraag_id = NEW.aanvraag_id) THEN
        RAISE EXCEPTION 'boeking: deze aanvraag is ingetrokken' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT FROM budget_biv_mutatie o JOIN budget_biv_aanvraag a ON a.id = o.aanvraag_id
            WHERE o.id = NEW.corrects_id AND o.soort IN ('vrijvallen', 'afrekenen')
            AND (EXISTS (SELECT FROM budget_biv_aanvraag l WHERE l.ronde_id = a.ronde_id AND l.number > a.number)
                OR EXISTS (SELECT FROM budget_biv_beslissing b WHERE b.aanvraag_id = a.id AND b.uitkomst = 'afgewezen'))) THEN
        RAISE EXCEPTION 'boeking: wat van deze aanvraag vrijviel, blijft vrij' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER biv_mutatie_counts BEFORE INSERT ON budget_biv_mutatie FOR EACH ROW EXECUTE FUNCTION biv_mutatie_counts();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("budget_biv", "0010_beslag"),
        ("cases", "0010_toetsbevestiging"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Intrekking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=1000, verbose_name="Reden")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "aanvraag",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intrekking",
                        to="budget_biv.aanvraag",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
        *append_only("budget_biv_intrekking"),
    ]
