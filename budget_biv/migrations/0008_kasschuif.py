"""Granted money of a dossier goes to another year: out of the one and into the other, the same amount, in one act with a reason."""

from django.db import migrations, models

# As in 0006, with the two arrows of a kasschuif.
ARROWS = """
CREATE OR REPLACE FUNCTION biv_post_wrong(n budget_biv_post, m budget_biv_mutatie) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
    WHEN m.transaction <> pg_current_xact_id()::text::bigint THEN 'een boeking krijgt later geen posten meer'
    WHEN n.fund_id <> (SELECT a.fund_id FROM budget_biv_aanvraag a WHERE a.id = m.aanvraag_id) THEN 'een ander fonds'
    WHEN m.soort = 'corrigeren' THEN CASE WHEN NOT EXISTS (
        SELECT FROM budget_biv_post o WHERE o.mutatie_id = m.corrects_id
        AND (o.year, o.category_id, o.oda, o.van, o.naar, o.amount) = (n.year, n.category_id, n.oda, n.naar, n.van, n.amount)
        ) THEN 'een tegenboeking draait precies een eerdere post om' END
    WHEN (m.soort, n.van, n.naar) NOT IN (
        ('voorstellen', 'buiten', 'voorgesteld'), ('intrekken', 'voorgesteld', 'vrijgevallen'),
        ('intrekken', 'gereserveerd', 'vrijgevallen'), ('intrekken', 'toegekend', 'vrijgevallen'),
        ('reserveren', 'voorgesteld', 'gereserveerd'), ('toekennen', 'gereserveerd', 'toegekend'),
        ('toekennen', 'gereserveerd', 'vrijgevallen'), ('afwijzen', 'gereserveerd', 'vrijgevallen'),
        ('afwijzen', 'toegekend', 'vrijgevallen'), ('verplichten', 'toegekend', 'verplicht'),
        ('realiseren', 'verplicht', 'gerealiseerd'), ('vrijvallen', 'toegekend', 'vrijgevallen'),
        ('afrekenen', 'gerealiseerd', 'afgerekend'), ('afrekenen', 'toegekend', 'vrijgevallen'),
        ('afrekenen', 'verplicht', 'vrijgevallen'),
        ('verschuiven', 'toegekend', 'buiten'), ('verschuiven', 'buiten', 'toegekend')
        ) THEN 'deze overgang bestaat niet'
    WHEN m.soort = 'voorstellen' AND (
        SELECT sum(p.amount) FROM budget_biv_post p JOIN budget_biv_mutatie o ON o.id = p.mutatie_id
        WHERE o.aanvraag_id = m.aanvraag_id AND o.soort = 'voorstellen'
        AND (p.year, p.category_id, p.oda) = (n.year, n.category_id, n.oda)
        ) > (SELECT coalesce(sum(b.amount), 0) FROM budget_biv_bedrag b WHERE b.aanvraag_id = m.aanvraag_id
        AND (b.year, b.category_id, b.oda) = (n.year, n.category_id, n.oda)) THEN 'meer dan er is gevraagd'
    WHEN m.soort = 'reserveren' AND n.oda = 'onbekend' THEN 'eerst splitsen in ODA en niet-ODA'
    WHEN m.soort = 'reserveren' AND NOT EXISTS (
        SELECT FROM budget_biv_aanvraag a JOIN cases_ronde r ON r.id = a.ronde_id JOIN cases_dossier d ON d.id = r.dossier_id
        WHERE a.id = m.aanvraag_id AND r.number = d.ronde_number
        AND a.number = (SELECT max(o.number) FROM budget_biv_aanvraag o WHERE o.ronde_id = a.ronde_id)
        ) THEN 'niet de nieuwste aanvraag van de huidige ronde'
    WHEN m.soort = 'toekennen' AND n.naar = 'toegekend' THEN biv_grant_wrong(n, m)
    END
$$;
"""

GUARDS = """
CREATE OR REPLACE FUNCTION biv_mutatie_other_eyes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.soort IN ('reserveren', 'toekennen', 'afwijzen', 'verschuiven') AND EXISTS (
        SELECT FROM budget_biv_aanvraag a WHERE a.id = NEW.aanvraag_id AND a.by_id = NEW.by_id
    ) THEN
        RAISE EXCEPTION 'boeking: vier ogen, wie aanvraagt, reserveert, beslist of verschuift niet' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION biv_shift_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.soort = 'verschuiven' AND (btrim(NEW.reason) = ''
        OR (SELECT count(*) FROM budget_biv_post p WHERE p.mutatie_id = NEW.id) <> 2
        OR NOT EXISTS (SELECT FROM budget_biv_post o JOIN budget_biv_post i ON i.mutatie_id = o.mutatie_id
            WHERE o.mutatie_id = NEW.id AND o.naar = 'buiten' AND i.van = 'buiten' AND i.year <> o.year
            AND (i.fund_id, i.category_id, i.oda, i.amount) = (o.fund_id, o.category_id, o.oda, o.amount))) THEN
        RAISE EXCEPTION 'boeking: een kasschuif gaat met een reden naar een ander jaar, precies evenveel eruit als erin'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER biv_shift_whole AFTER INSERT ON budget_biv_mutatie DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION biv_shift_whole();
"""


class Migration(migrations.Migration):
    dependencies = [("budget_biv", "0007_other_eyes")]

    operations = [
        migrations.AlterField(
            model_name="mutatie",
            name="soort",
            field=models.CharField(
                choices=[
                    ("voorstellen", "Voorgesteld"),
                    ("intrekken", "Ingetrokken"),
                    ("reserveren", "Gereserveerd"),
                    ("toekennen", "Toegekend"),
                    ("afwijzen", "Afgewezen"),
                    ("verplichten", "Verplicht"),
                    ("realiseren", "Gerealiseerd"),
                    ("vrijvallen", "Vrijgevallen"),
                    ("afrekenen", "Afgerekend"),
                    ("verschuiven", "Kasschuif"),
                    ("corrigeren", "Gecorrigeerd"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunSQL(ARROWS, migrations.RunSQL.noop),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
