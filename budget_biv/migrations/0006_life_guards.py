"""The database keeps the books: arrows of the ledger, balances, ceilings, four eyes, and who must have decided.

The functions that keep balances and ceilings run as the owner: the runtime role only adds rows to the ledger.
"""

import django.db.models.deletion
from django.db import migrations, models

from cases.dbguards import append_only, revoke

EARLIER = """
UPDATE budget_biv_fund SET manager_id = (SELECT id FROM cases_ministry WHERE code = 'DEF') WHERE manager_id IS NULL;
INSERT INTO budget_biv_category (fund_id, code, name, "order")
    SELECT DISTINCT a.fund_id, 'onverdeeld', 'Niet ingedeeld', 99 FROM budget_biv_aanvraag a
    JOIN budget_biv_bedrag b ON b.aanvraag_id = a.id WHERE b.category_id IS NULL;
ALTER TABLE budget_biv_bedrag DISABLE TRIGGER USER;
UPDATE budget_biv_bedrag b SET category_id = c.id FROM budget_biv_aanvraag a, budget_biv_category c
    WHERE a.id = b.aanvraag_id AND c.fund_id = a.fund_id AND c.code = 'onverdeeld' AND b.category_id IS NULL;
ALTER TABLE budget_biv_bedrag ENABLE TRIGGER USER;
SET CONSTRAINTS ALL IMMEDIATE;
"""

DECISION = """
ALTER TABLE budget_biv_beslissing DROP CONSTRAINT beslissing_uitkomst_known;
ALTER TABLE budget_biv_beslissing ADD CONSTRAINT beslissing_uitkomst_known
    CHECK (uitkomst IN ('akkoord', 'afgewezen', 'aangehouden') AND (lines IS NULL OR uitkomst = 'akkoord'));

CREATE OR REPLACE FUNCTION biv_decision_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM budget_biv_aanvraag a WHERE a.id = NEW.aanvraag_id FOR NO KEY UPDATE;
    IF NOT EXISTS (
        SELECT FROM budget_biv_aanvraag a WHERE a.id = NEW.aanvraag_id AND a.sha256 = NEW.sha256 AND a.by_id <> NEW.by_id
    ) THEN
        RAISE EXCEPTION 'besluit past niet bij de aanvraag, of is van de aanvrager zelf' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT FROM budget_biv_mutatie m WHERE m.aanvraag_id = NEW.aanvraag_id AND m.soort = 'reserveren') THEN
        RAISE EXCEPTION 'besluit over geld dat niet is gereserveerd' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (
        SELECT FROM budget_biv_beslissing b WHERE b.aanvraag_id = NEW.aanvraag_id AND (b.uitkomst = 'afgewezen'
            OR (b.uitkomst = 'akkoord' AND NEW.uitkomst = 'akkoord' AND b.lines IS DISTINCT FROM NEW.lines))
    ) THEN
        RAISE EXCEPTION 'besluit: er is maar één uitkomst, voor alle ministers gelijk' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
"""

ARROWS = """
CREATE FUNCTION biv_mutatie_begin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.transaction := pg_current_xact_id()::text::bigint;
    NEW.dossier_id := (SELECT r.dossier_id FROM budget_biv_aanvraag a JOIN cases_ronde r ON r.id = a.ronde_id
        WHERE a.id = NEW.aanvraag_id);
    IF (NEW.soort = 'corrigeren') <> (NEW.corrects_id IS NOT NULL) OR EXISTS (
        SELECT FROM budget_biv_mutatie o WHERE o.id = NEW.corrects_id
        AND (o.aanvraag_id <> NEW.aanvraag_id OR o.soort NOT IN ('verplichten', 'realiseren', 'vrijvallen'))
    ) THEN
        RAISE EXCEPTION 'boeking: dit is geen tegenboeking van een boeking van deze aanvraag' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER biv_mutatie_begin BEFORE INSERT ON budget_biv_mutatie FOR EACH ROW EXECUTE FUNCTION biv_mutatie_begin();

CREATE FUNCTION biv_post_wrong(n budget_biv_post, m budget_biv_mutatie) RETURNS text LANGUAGE sql STABLE AS $$
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
        ('afrekenen', 'verplicht', 'vrijgevallen')
        ) THEN 'deze overgang bestaat niet'
    WHEN m.soort = 'voorstellen' AND (
        SELECT sum(p.amount) FROM budget_biv_post p JOIN budget_biv_mutatie o ON o.id = p.mutatie_id
        WHERE o.aanvraag_id = m.aanvraag_id AND o.soort = 'voorstellen'
        AND (p.year, p.category_id, p.oda) = (n.year, n.category_id, n.oda)
        ) > (SELECT coalesce(sum(b.amount), 0) FROM budget_biv_bedrag b WHERE b.aanvraag_id = m.aanvraag_id
        AND (b.year, b.category_id, b.oda) = (n.year, n.category_id, n.oda)) THEN 'meer dan er is gevraagd'
    WHEN m.soort = 'reserveren' AND n.oda = 'onbekend' THEN 'eerst splitsen in ODA en niet-ODA'
    WHEN m.soort = 'reserveren' AND m.by_id = (SELECT a.by_id FROM budget_biv_aanvraag a WHERE a.id = m.aanvraag_id)
        THEN 'vier ogen: wie aanvraagt, reserveert niet'
    WHEN m.soort = 'reserveren' AND NOT EXISTS (
        SELECT FROM budget_biv_aanvraag a JOIN cases_ronde r ON r.id = a.ronde_id JOIN cases_dossier d ON d.id = r.dossier_id
        WHERE a.id = m.aanvraag_id AND r.number = d.ronde_number
        AND a.number = (SELECT max(o.number) FROM budget_biv_aanvraag o WHERE o.ronde_id = a.ronde_id)
        ) THEN 'niet de nieuwste aanvraag van de huidige ronde'
    WHEN m.soort = 'toekennen' AND n.naar = 'toegekend' THEN biv_grant_wrong(n, m)
    END
$$;
"""

# Every required minister agreed, to this amount. Leidraad par. 3.4.
GRANT = """
CREATE FUNCTION biv_grant_wrong(n budget_biv_post, m budget_biv_mutatie) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
    WHEN EXISTS (
        SELECT FROM unnest(ARRAY['BHOS', 'BZ', 'DEF'] || CASE WHEN EXISTS (
            SELECT FROM cases_dossier d WHERE d.id = m.dossier_id AND d.efforts && ARRAY['politie', 'justitie']::varchar[])
            THEN ARRAY['JENV'] ELSE ARRAY[]::text[] END) AS needed (c)
        WHERE NOT EXISTS (
            SELECT FROM budget_biv_beslissing b JOIN cases_ministry y ON y.id = b.ministry_id
            WHERE b.aanvraag_id = m.aanvraag_id AND y.code = needed.c AND b.uitkomst = 'akkoord')
        ) THEN 'niet alle ministers zijn akkoord'
    WHEN EXISTS (
        SELECT FROM budget_biv_beslissing b WHERE b.aanvraag_id = m.aanvraag_id AND b.lines IS NOT NULL
        AND NOT b.lines @> jsonb_build_array(jsonb_build_array(n.year, n.category_id, n.oda, n.amount))
        ) THEN 'een ander bedrag dan de ministers toekenden'
    END
$$;
"""

CEILINGS = """
CREATE FUNCTION biv_over(fund bigint, of_year integer) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN EXISTS (
        SELECT FROM budget_biv_ceiling c CROSS JOIN LATERAL (
            SELECT coalesce(sum(j.claimed), 0) AS total, coalesce(sum(j.claimed) FILTER (WHERE j.oda = 'oda'), 0) AS oda
            FROM budget_biv_jaarsaldo j WHERE j.fund_id = c.fund_id AND j.year = c.year
            AND (c.category_id IS NULL OR j.category_id = c.category_id)) used
        WHERE c.fund_id = fund AND c.year = of_year
        AND (used.total > c.amount OR used.oda > c.oda_amount OR used.total - used.oda > c.amount - c.oda_amount)
    ) THEN 'meer dan er in ' || of_year || ' beschikbaar is' END
$$;

CREATE FUNCTION biv_overheveling_apply() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE one budget_biv_ceiling; other budget_biv_ceiling;
BEGIN
    PERFORM FROM budget_biv_ceiling c WHERE c.id IN (NEW.source_id, NEW.target_id)
        ORDER BY c.year, c.category_id NULLS FIRST FOR NO KEY UPDATE;
    SELECT * INTO one FROM budget_biv_ceiling WHERE id = NEW.source_id;
    SELECT * INTO other FROM budget_biv_ceiling WHERE id = NEW.target_id;
    IF one.fund_id <> other.fund_id OR (one.year = other.year AND (one.category_id IS NULL OR other.category_id IS NULL)) THEN
        RAISE EXCEPTION 'overheveling: niet tussen deze plafonds' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.oda = 'onbekend' AND (one.oda_amount IS NOT NULL OR other.oda_amount IS NOT NULL) THEN
        RAISE EXCEPTION 'overheveling: noem ODA of niet-ODA' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE budget_biv_ceiling SET amount = amount - NEW.amount,
        oda_amount = oda_amount - CASE WHEN NEW.oda = 'oda' THEN NEW.amount ELSE 0 END WHERE id = one.id;
    UPDATE budget_biv_ceiling SET amount = amount + NEW.amount,
        oda_amount = oda_amount + CASE WHEN NEW.oda = 'oda' THEN NEW.amount ELSE 0 END WHERE id = other.id;
    IF biv_over(one.fund_id, one.year) IS NOT NULL THEN
        RAISE EXCEPTION 'overheveling: %', biv_over(one.fund_id, one.year) USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER biv_overheveling_apply AFTER INSERT ON budget_biv_overheveling
    FOR EACH ROW EXECUTE FUNCTION biv_overheveling_apply();

CREATE FUNCTION biv_kept_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION '% verandert alleen door een boeking of overheveling', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER biv_ceiling_kept BEFORE UPDATE OR DELETE ON budget_biv_ceiling FOR EACH ROW EXECUTE FUNCTION biv_kept_only();
CREATE TRIGGER biv_ceiling_no_truncate BEFORE TRUNCATE ON budget_biv_ceiling
    FOR EACH STATEMENT EXECUTE FUNCTION cases_append_only();
"""

BALANCES = """
CREATE FUNCTION biv_post_keep() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE m budget_biv_mutatie; wrong text; weighs boolean;
    claims CONSTANT text[] := ARRAY['gereserveerd', 'toegekend', 'verplicht', 'gerealiseerd', 'afgerekend'];
BEGIN
    SELECT * INTO m FROM budget_biv_mutatie WHERE id = NEW.mutatie_id;
    wrong := biv_post_wrong(NEW, m);
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'boeking: %', wrong USING ERRCODE = 'insufficient_privilege';
    END IF;
    weighs := NEW.naar = ANY (claims) AND NOT NEW.van = ANY (claims);
    IF weighs THEN
        PERFORM FROM budget_biv_ceiling c WHERE c.fund_id = NEW.fund_id AND c.year = NEW.year
            AND (c.category_id = NEW.category_id OR c.category_id IS NULL) ORDER BY c.category_id NULLS FIRST FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'boeking: voor % is geen plafond bekend', NEW.year USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    INSERT INTO budget_biv_saldo AS s (aanvraag_id, dossier_id, {line}, {accounts})
    VALUES (m.aanvraag_id, m.dossier_id, NEW.fund_id, NEW.year, NEW.category_id, NEW.oda, {zeros})
    ON CONFLICT (aanvraag_id, year, category_id, oda) DO NOTHING;
    UPDATE budget_biv_saldo SET {changes} WHERE aanvraag_id = m.aanvraag_id
        AND (year, category_id, oda) = (NEW.year, NEW.category_id, NEW.oda);
    INSERT INTO budget_biv_jaarsaldo ({line}, {accounts}) VALUES (NEW.fund_id, NEW.year, NEW.category_id, NEW.oda, {zeros})
    ON CONFLICT (fund_id, year, category_id, oda) DO NOTHING;
    UPDATE budget_biv_jaarsaldo SET {changes}
    WHERE (fund_id, year, category_id, oda) = (NEW.fund_id, NEW.year, NEW.category_id, NEW.oda);
    IF weighs AND biv_over(NEW.fund_id, NEW.year) IS NOT NULL THEN
        RAISE EXCEPTION 'boeking: %', biv_over(NEW.fund_id, NEW.year) USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER biv_post_keep AFTER INSERT ON budget_biv_post FOR EACH ROW EXECUTE FUNCTION biv_post_keep();
"""
ACCOUNTS = ("voorgesteld", "gereserveerd", "toegekend", "verplicht", "gerealiseerd", "afgerekend", "vrijgevallen")
BALANCES = BALANCES.format(
    line="fund_id, year, category_id, oda",
    accounts=", ".join(ACCOUNTS),
    zeros=", ".join("0" for _ in ACCOUNTS),
    changes=", ".join(f"{a} = {a} + NEW.amount * ((NEW.naar = '{a}')::int - (NEW.van = '{a}')::int)" for a in ACCOUNTS),
)


def kept(table: str) -> migrations.RunSQL:
    """Rows that only the triggers write, not even the owner by hand."""
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER {table}_kept BEFORE INSERT OR UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION biv_kept_only();
        CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION cases_append_only();
        """,
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies = [("budget_biv", "0005_life"), ("cases", "0002_guards")]

    operations = [
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="fund",
            name="manager",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.ministry"),
        ),
        migrations.AlterField(
            model_name="bedrag",
            name="category",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="budget_biv.category"
            ),
        ),
        *(migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (DECISION, GRANT, ARROWS, CEILINGS, BALANCES)),
        *append_only("budget_biv_mutatie", "budget_biv_post", "budget_biv_overheveling"),
        kept("budget_biv_saldo"),
        kept("budget_biv_jaarsaldo"),
        revoke("budget_biv_saldo", "INSERT, UPDATE, DELETE, TRUNCATE"),
        revoke("budget_biv_jaarsaldo", "INSERT, UPDATE, DELETE, TRUNCATE"),
        revoke("budget_biv_ceiling", "DELETE, TRUNCATE"),
    ]
