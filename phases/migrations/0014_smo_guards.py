"""What the database guards of the SMO: one open offer per version, nothing after its end, conditions that hold a move."""

from django.db import migrations

from cases.dbguards import append_only, never_deleted

EXISTING = """
INSERT INTO phases_ritme (id, weekday, time, place, papers_days, revision)
    VALUES (1, 3, '10:00', 'Vergaderzaal van de SMO', 7, 0) ON CONFLICT DO NOTHING;
INSERT INTO phases_vergadering (day, time, place, papers_by, vervallen, reason, revision)
    SELECT DISTINCT a.meeting_on, '10:00'::time, 'Vergaderzaal van de SMO', a.meeting_on, false, '', 0
    FROM phases_aanbieding a;
INSERT INTO phases_agendapunt (vergadering_id, aanbieding_id, soort, titel, "order", vervallen, by_id, at)
    SELECT v.id, a.id, a.soort, '', 10 * row_number() OVER (PARTITION BY v.id ORDER BY a.id), false, a.by_id, a.at
    FROM phases_aanbieding a JOIN phases_vergadering v ON v.day = a.meeting_on;
"""

# Which strekking a kind of point allows stands in phases.smo.models.ALLOWED too; a test compares the two.
OPEN = """
CREATE FUNCTION phases_smo_oordeel(offer bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT c.oordeel FROM phases_conclusie c WHERE c.aanbieding_id = offer ORDER BY c.id DESC LIMIT 1
$$;

CREATE FUNCTION phases_smo_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE n jsonb := to_jsonb(NEW); offer bigint := (n ->> 'aanbieding_id')::bigint; ended text := phases_smo_oordeel(offer);
    asked text;
BEGIN
    IF EXISTS (SELECT FROM phases_intrekking i WHERE i.aanbieding_id = offer) THEN
        RAISE EXCEPTION 'smo: dit stuk is ingetrokken' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_TABLE_NAME IN ('phases_standpunt', 'phases_intrekking') AND ended <> 'aangehouden' THEN
        RAISE EXCEPTION 'smo: er is al geconcludeerd' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_TABLE_NAME = 'phases_standpunt' AND EXISTS (SELECT FROM phases_aanbieding a
        JOIN cases_documentversion v ON v.id = a.version_id
        WHERE a.id = offer AND v.created_by_id = (n ->> 'by_id')::bigint) THEN
        RAISE EXCEPTION 'vier ogen: de steller adviseert niet over het eigen stuk' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_TABLE_NAME = 'phases_conclusie' THEN
        SELECT a.soort INTO asked FROM phases_aanbieding a WHERE a.id = offer;
        IF (asked IN ('advies', 'biv') AND n ->> 'oordeel' = 'ter-kennisname')
            OR (asked NOT IN ('advies', 'biv') AND n ->> 'oordeel' NOT IN ('ter-kennisname', 'aangehouden')) THEN
            RAISE EXCEPTION 'smo: dit soort punt laat deze strekking niet toe' USING ERRCODE = 'insufficient_privilege';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_smo_open BEFORE INSERT ON phases_standpunt FOR EACH ROW EXECUTE FUNCTION phases_smo_open();
CREATE TRIGGER phases_smo_open BEFORE INSERT ON phases_conclusie FOR EACH ROW EXECUTE FUNCTION phases_smo_open();
CREATE TRIGGER phases_smo_open BEFORE INSERT ON phases_intrekking FOR EACH ROW EXECUTE FUNCTION phases_smo_open();

CREATE FUNCTION phases_smo_offer_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM phases_aanbieding a WHERE a.version_id = NEW.version_id
        AND NOT EXISTS (SELECT FROM phases_intrekking i WHERE i.aanbieding_id = a.id)
        AND phases_smo_oordeel(a.id) IS DISTINCT FROM 'ter-kennisname') THEN
        RAISE EXCEPTION 'smo: deze versie ligt al voor' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_smo_offer_once BEFORE INSERT ON phases_aanbieding
    FOR EACH ROW EXECUTE FUNCTION phases_smo_offer_once();

CREATE FUNCTION phases_smo_bijlage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM phases_aanbieding a JOIN cases_ronde r ON r.id = a.ronde_id
        JOIN cases_document d ON d.dossier_id = r.dossier_id JOIN cases_documentversion v ON v.document_id = d.id
        WHERE a.id = NEW.aanbieding_id AND v.id = NEW.version_id
        AND v.status IN ('vastgesteld', 'ondertekend', 'verzonden')) THEN
        RAISE EXCEPTION 'smo: een bijlage is een vastgesteld stuk van hetzelfde dossier' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_smo_bijlage BEFORE INSERT ON phases_bijlage FOR EACH ROW EXECUTE FUNCTION phases_smo_bijlage();
"""

AFTER = """
CREATE FUNCTION phases_smo_condition_open(conclusion bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM phases_voorwaarde w WHERE w.conclusie_id = conclusion AND NOT EXISTS (
        SELECT FROM phases_controle k JOIN phases_afhandeling h ON h.id = k.afhandeling_id
        WHERE h.voorwaarde_id = w.id AND k.voldaan))
$$;

CREATE FUNCTION phases_smo_voorwaarde() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT c.oordeel FROM phases_conclusie c WHERE c.id = NEW.conclusie_id) <> 'positief-voorwaarden' THEN
        RAISE EXCEPTION 'smo: deze conclusie heeft geen voorwaarden' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_smo_voorwaarde BEFORE INSERT ON phases_voorwaarde
    FOR EACH ROW EXECUTE FUNCTION phases_smo_voorwaarde();

CREATE FUNCTION phases_smo_controle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM phases_afhandeling h WHERE h.id = NEW.afhandeling_id AND h.by_id = NEW.by_id) THEN
        RAISE EXCEPTION 'vier ogen: wie afhandelt, controleert niet' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_smo_controle BEFORE INSERT ON phases_controle FOR EACH ROW EXECUTE FUNCTION phases_smo_controle();

CREATE FUNCTION phases_smo_textual() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM phases_conclusie c JOIN phases_aanbieding a ON a.id = c.aanbieding_id
        JOIN cases_documentversion o ON o.id = a.version_id JOIN cases_documentversion v ON v.document_id = o.document_id
        WHERE c.id = NEW.conclusie_id AND c.oordeel IN ('positief', 'positief-voorwaarden')
        AND c.id = (SELECT max(l.id) FROM phases_conclusie l WHERE l.aanbieding_id = a.id) AND o.id = NEW.from_version_id AND v.id = NEW.to_version_id
        AND v.number > o.number AND v.status IN ('vastgesteld', 'ondertekend', 'verzonden')
        AND v.created_by_id <> NEW.by_id) THEN
        RAISE EXCEPTION 'smo: een tekstuele wijziging gaat van de geadviseerde naar een latere vastgestelde versie, door een ander'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_smo_textual BEFORE INSERT ON phases_tekstuelewijziging
    FOR EACH ROW EXECUTE FUNCTION phases_smo_textual();

CREATE FUNCTION phases_smo_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'phases_actie' THEN
        IF EXISTS (SELECT FROM phases_besluitenlijst b
            WHERE b.id = (to_jsonb(NEW) ->> 'besluitenlijst_id')::bigint AND b.adopted_by_id IS NOT NULL) THEN
            RAISE EXCEPTION 'smo: deze besluitenlijst is vastgesteld' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.adopted_by_id IS NOT NULL THEN
        RAISE EXCEPTION 'smo: een besluitenlijst begint als concept' USING ERRCODE = 'insufficient_privilege';
    ELSIF TG_OP = 'UPDATE' AND OLD.adopted_by_id IS NOT NULL THEN
        RAISE EXCEPTION 'smo: deze besluitenlijst is vastgesteld' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.adopted_by_id IS NOT NULL AND NEW.sha256 <> encode(sha256(convert_to(NEW.html, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'smo: de hash past niet bij de tekst' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_smo_list BEFORE INSERT OR UPDATE ON phases_besluitenlijst
    FOR EACH ROW EXECUTE FUNCTION phases_smo_list();
CREATE TRIGGER phases_smo_list BEFORE INSERT ON phases_actie FOR EACH ROW EXECUTE FUNCTION phases_smo_list();
"""

# Beside phases_move_judge: what only the SMO asks of a move. The personnel stands in cases.models.PERSONNEL too.
MOVE = """
CREATE FUNCTION phases_move_smo() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asks text; about bigint;
BEGIN
    IF EXISTS (SELECT FROM unnest(NEW.conclusie_ids) i JOIN phases_conclusie c ON c.id = i
        WHERE phases_smo_condition_open(c.id)
        OR EXISTS (SELECT FROM phases_intrekking x WHERE x.aanbieding_id = c.aanbieding_id)) THEN
        RAISE EXCEPTION 'zet: een voorwaarde van de SMO is nog open, of het stuk is ingetrokken'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT a.product INTO asks FROM phases_arrow a WHERE a.step = NEW.step AND a.source_phase = NEW.source_phase
        AND a.source_status = NEW.source_status;
    IF asks NOT IN ('signaal', 'analyse', 'opties', 'plan') OR NOT EXISTS (SELECT FROM cases_dossier d
        WHERE d.id = NEW.dossier_id
        AND d.efforts::text[] && ARRAY['eenheid', 'militairen', 'politie', 'justitie', 'civiel'])
        OR EXISTS (SELECT FROM phases_waiver w WHERE w.id = ANY (NEW.waiver_ids) AND w.gate = 'smo:' || asks) THEN
        RETURN NEW;
    END IF;
    SELECT v.id INTO about FROM cases_documentversion v JOIN cases_document d ON d.id = v.document_id
        WHERE v.id = ANY (NEW.version_ids) AND d.kind = asks ORDER BY v.number DESC LIMIT 1;
    IF NOT EXISTS (SELECT FROM phases_conclusie c JOIN phases_aanbieding a ON a.id = c.aanbieding_id
        WHERE c.id = ANY (NEW.conclusie_ids) AND (a.version_id = about OR EXISTS (
            SELECT FROM phases_tekstuelewijziging t WHERE t.conclusie_id = c.id AND t.to_version_id = about)))
        AND NOT EXISTS (SELECT FROM phases_besluit b JOIN phases_aanbieding a ON a.version_id = b.version_id
        JOIN phases_conclusie c ON c.aanbieding_id = a.id
        WHERE b.id = ANY (NEW.besluit_ids) AND b.version_id = about AND b.orgaan = 'bewindspersonen'
        AND c.oordeel = 'negatief' AND c.id = (SELECT max(l.id) FROM phases_conclusie l WHERE l.aanbieding_id = a.id) AND b.at > c.at) THEN
        RAISE EXCEPTION 'zet: de SMO concludeerde niet over deze versie' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_move_smo BEFORE INSERT ON phases_move FOR EACH ROW EXECUTE FUNCTION phases_move_smo();
"""

GUARDED = (
    "phases_bijlage",
    "phases_intrekking",
    "phases_herinnering",
    "phases_voorwaarde",
    "phases_afhandeling",
    "phases_controle",
    "phases_tekstuelewijziging",
    "phases_aanwezigheid",
    "phases_actie",
    "phases_actiegedaan",
)


class Migration(migrations.Migration):
    dependencies = [("phases", "0004_smo")]

    operations = [
        migrations.RunSQL(EXISTING, migrations.RunSQL.noop),
        migrations.RunSQL(OPEN, migrations.RunSQL.noop),
        migrations.RunSQL(AFTER, migrations.RunSQL.noop),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        *append_only(*GUARDED),
        *never_deleted("phases_vergadering", "phases_agendapunt", "phases_besluitenlijst", "phases_ritme"),
    ]
