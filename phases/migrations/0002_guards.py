"""A dossier changes phase or status only with a move row of the same transaction, and the move must rest on real approvals."""

from django.db import migrations

from cases.dbguards import append_only, never_deleted, revoke

MOVE = """
CREATE FUNCTION phases_move_judge() RETURNS trigger LANGUAGE plpgsql AS $$
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
    ) THEN
        RAISE EXCEPTION 'zet: deze stap rust niet op het product van de fase' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT FROM cases_ronde r JOIN cases_dossier d ON d.id = r.dossier_id
        WHERE r.id = NEW.ronde_id AND d.id = NEW.dossier_id AND r.number = d.ronde_number) THEN
        RAISE EXCEPTION 'zet: niet de huidige ronde' USING ERRCODE = 'insufficient_privilege';
    END IF;
    wrong := phases_move_wrong_ground(NEW);
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'zet: %', wrong USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION phases_move_wrong_ground(m phases_move) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
    WHEN EXISTS (SELECT FROM unnest(m.version_ids) i WHERE NOT EXISTS (
        SELECT FROM cases_documentversion v JOIN cases_document d ON d.id = v.document_id
        WHERE v.id = i AND d.ronde_id = m.ronde_id AND v.status IN ('vastgesteld', 'ondertekend', 'verzonden')
        AND encode(sha256(convert_to(v.html, 'UTF8')), 'hex') = v.sha256))
        THEN 'een stuk is niet vastgesteld, of is van een andere ronde'
    WHEN EXISTS (SELECT FROM unnest(m.conclusie_ids) i WHERE NOT EXISTS (
        SELECT FROM phases_conclusie c JOIN phases_aanbieding a ON a.id = c.aanbieding_id
        JOIN cases_documentversion v ON v.id = a.version_id
        WHERE c.id = i AND a.ronde_id = m.ronde_id AND c.oordeel IN ('positief', 'positief-voorwaarden')
        AND c.sha256 = v.sha256 AND c.by_id <> v.created_by_id
        AND c.id = (SELECT max(l.id) FROM phases_conclusie l WHERE l.aanbieding_id = a.id)))
        THEN 'een conclusie van de SMO is niet positief, of hoort bij een ander stuk'
    WHEN EXISTS (SELECT FROM unnest(m.besluit_ids) i WHERE NOT EXISTS (
        SELECT FROM phases_besluit b JOIN cases_documentversion v ON v.id = b.version_id
        JOIN phases_bevestiging c ON c.besluit_id = b.id
        WHERE b.id = i AND b.ronde_id = m.ronde_id AND b.uitkomst = 'akkoord' AND b.sha256 = v.sha256
        AND c.by_id <> b.by_id))
        THEN 'een besluit is niet positief of niet bevestigd, of hoort bij een ander stuk'
    WHEN EXISTS (SELECT FROM unnest(m.beslissing_ids) i WHERE NOT EXISTS (
        SELECT FROM budget_biv_beslissing b JOIN budget_biv_aanvraag a ON a.id = b.aanvraag_id
        WHERE b.id = i AND a.ronde_id = m.ronde_id AND b.uitkomst = 'akkoord' AND b.sha256 = a.sha256
        AND b.by_id <> a.by_id))
        THEN 'een BIV-besluit is niet positief, of hoort bij een andere aanvraag'
    WHEN EXISTS (SELECT FROM unnest(m.waiver_ids) i WHERE NOT EXISTS (
        SELECT FROM phases_waiver w WHERE w.id = i AND w.ronde_id = m.ronde_id AND w.granted_by_id IS NOT NULL
        AND w.granted_by_id <> w.requested_by_id AND w.until >= current_date))
        THEN 'een afwijking is niet verleend of verlopen'
    END
$$;

CREATE TRIGGER phases_move_judge BEFORE INSERT ON phases_move FOR EACH ROW EXECUTE FUNCTION phases_move_judge();
"""

DOSSIER = """
CREATE FUNCTION phases_dossier_born() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.phase <> 'orientatie' OR NEW.status <> 'lopend' THEN
        RAISE EXCEPTION 'een dossier begint in Oriëntatie' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_dossier_born BEFORE INSERT ON cases_dossier FOR EACH ROW EXECUTE FUNCTION phases_dossier_born();

CREATE FUNCTION phases_dossier_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM phases_move m WHERE m.dossier_id = NEW.id AND m.transaction = pg_current_xact_id()::text::bigint
        AND m.source_phase = OLD.phase AND m.source_status = OLD.status
        AND m.target_phase = NEW.phase AND m.target_status = NEW.status
    ) THEN
        RAISE EXCEPTION 'een dossier verandert alleen van fase of status door een zet' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION phases_dossier_ronde() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT cases_is_owner() AND (NEW.ronde_number <> OLD.ronde_number + 1 OR NOT EXISTS (
        SELECT FROM phases_move m WHERE m.dossier_id = NEW.id AND m.step = 'verlengen'
        AND m.transaction = pg_current_xact_id()::text::bigint)) THEN
        RAISE EXCEPTION 'een nieuwe ronde begint alleen door te verlengen' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_dossier_ronde BEFORE UPDATE OF ronde_number ON cases_dossier FOR EACH ROW
    WHEN (OLD.ronde_number IS DISTINCT FROM NEW.ronde_number) EXECUTE FUNCTION phases_dossier_ronde();

CREATE TRIGGER phases_dossier_moves BEFORE UPDATE OF phase, status ON cases_dossier FOR EACH ROW
    WHEN (OLD.phase IS DISTINCT FROM NEW.phase OR OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION phases_dossier_moves();
"""

OTHERS = """
CREATE FUNCTION phases_about_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE v cases_documentversion; n jsonb := to_jsonb(NEW);
BEGIN
    IF TG_TABLE_NAME = 'phases_conclusie' THEN
        SELECT x.* INTO v FROM cases_documentversion x JOIN phases_aanbieding a ON a.version_id = x.id
            WHERE a.id = (n ->> 'aanbieding_id')::bigint;
    ELSE
        SELECT x.* INTO v FROM cases_documentversion x WHERE x.id = (n ->> 'version_id')::bigint;
    END IF;
    IF v.status NOT IN ('vastgesteld', 'ondertekend', 'verzonden') THEN
        RAISE EXCEPTION 'stuk: deze versie is niet vastgesteld' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_TABLE_NAME IN ('phases_conclusie', 'phases_besluit') AND (n ->> 'sha256') <> v.sha256 THEN
        RAISE EXCEPTION 'stuk: de hash hoort bij een ander stuk' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_TABLE_NAME = 'phases_conclusie' AND (n ->> 'by_id')::bigint = v.created_by_id THEN
        RAISE EXCEPTION 'vier ogen: de steller concludeert niet' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_TABLE_NAME IN ('phases_aanbieding', 'phases_besluit') AND (n ->> 'ronde_id')::bigint <> (
        SELECT d.ronde_id FROM cases_document d WHERE d.id = v.document_id) THEN
        RAISE EXCEPTION 'stuk: deze versie is van een andere ronde' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_TABLE_NAME = 'phases_ondertekening' AND v.status <> 'vastgesteld' THEN
        RAISE EXCEPTION 'stuk: deze brief is al ondertekend' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_TABLE_NAME = 'phases_verzending' AND v.status <> 'verzonden' THEN
        RAISE EXCEPTION 'stuk: deze brief is niet ondertekend en verzonden' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_about_version BEFORE INSERT ON phases_conclusie FOR EACH ROW EXECUTE FUNCTION phases_about_version();
CREATE TRIGGER phases_about_version BEFORE INSERT ON phases_besluit FOR EACH ROW EXECUTE FUNCTION phases_about_version();
CREATE TRIGGER phases_about_version BEFORE INSERT ON phases_aanbieding FOR EACH ROW EXECUTE FUNCTION phases_about_version();
CREATE TRIGGER phases_about_version BEFORE INSERT ON phases_ondertekening FOR EACH ROW EXECUTE FUNCTION phases_about_version();
CREATE TRIGGER phases_about_version BEFORE INSERT ON phases_verzending FOR EACH ROW EXECUTE FUNCTION phases_about_version();

CREATE FUNCTION phases_waiver_two_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.granted_by_id IS NOT NULL THEN
            RAISE EXCEPTION 'afwijking: eerst gevraagd, dan door een ander verleend' USING ERRCODE = 'insufficient_privilege';
        END IF;
    ELSIF OLD.granted_by_id IS NOT NULL OR NEW.granted_at IS NULL OR NEW.granted_as = ''
        OR to_jsonb(NEW) - ARRAY['granted_by_id', 'granted_at', 'granted_as']
        IS DISTINCT FROM to_jsonb(OLD) - ARRAY['granted_by_id', 'granted_at', 'granted_as'] THEN
        RAISE EXCEPTION 'afwijking: alleen het verlenen komt erbij, eenmaal' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_waiver_two_steps BEFORE INSERT OR UPDATE ON phases_waiver
    FOR EACH ROW EXECUTE FUNCTION phases_waiver_two_steps();

CREATE FUNCTION phases_bevestiging_other_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM phases_besluit b WHERE b.id = NEW.besluit_id AND b.by_id = NEW.by_id) THEN
        RAISE EXCEPTION 'vier ogen: wie registreert, bevestigt niet' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_bevestiging_other_person BEFORE INSERT ON phases_bevestiging
    FOR EACH ROW EXECUTE FUNCTION phases_bevestiging_other_person();

CREATE FUNCTION phases_verzending_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.kamerstuk <> '' OR (NEW.version_id, NEW.kamer, NEW.sent_on, NEW.by_id, NEW.at)
        IS DISTINCT FROM (OLD.version_id, OLD.kamer, OLD.sent_on, OLD.by_id, OLD.at) THEN
        RAISE EXCEPTION 'een verzending verandert niet; alleen het Kamerstuknummer wordt eenmaal ingevuld'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_verzending_once BEFORE UPDATE ON phases_verzending
    FOR EACH ROW EXECUTE FUNCTION phases_verzending_once();
"""

GUARDED = (
    "phases_move",
    "phases_voorstel",
    "phases_aanbieding",
    "phases_standpunt",
    "phases_conclusie",
    "phases_besluit",
    "phases_bevestiging",
    "phases_ondertekening",
)


class Migration(migrations.Migration):
    dependencies = [("phases", "0001_initial"), ("budget_biv", "0003_guards"), ("cases", "0002_guards")]

    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RunSQL(DOSSIER, migrations.RunSQL.noop),
        migrations.RunSQL(OTHERS, migrations.RunSQL.noop),
        *append_only(*GUARDED),
        *never_deleted("phases_verzending", "phases_waiver"),
        revoke("phases_arrow", "INSERT, UPDATE, DELETE, TRUNCATE"),
    ]
