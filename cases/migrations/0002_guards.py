"""The database guards the audit chain, frozen versions, the list's sort key and what may never disappear."""

from django.db import migrations

from cases.dbguards import APPEND_ONLY_FUNCTION, append_only, never_deleted

EVENT_CHAIN = r"""
CREATE FUNCTION cases_event_digest(e cases_event) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        e.chain, e.seq, e.previous, e.dossier_id, e.actor_id, e.acting_for, e.ministry_id, e.kind, e.sentence, e.object,
        e.result, e.origin, e.occurred_on, extract(epoch FROM e.recorded_at), e.data)::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION cases_event_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last_seq bigint; last_hash text;
BEGIN
    IF NEW.chain <> COALESCE('dossier:' || NEW.dossier_id, 'stelsel') THEN
        RAISE EXCEPTION 'logboek: een regel hoort in de keten van haar eigen dossier' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('event:' || NEW.chain, 0));
    SELECT seq, hash INTO last_seq, last_hash FROM cases_event WHERE chain = NEW.chain ORDER BY seq DESC LIMIT 1;
    NEW.seq := COALESCE(last_seq, 0) + 1;
    NEW.previous := COALESCE(last_hash, '');
    NEW.recorded_at := clock_timestamp();
    NEW.hash := cases_event_digest(NEW);
    RETURN NEW;
END $$;

CREATE TRIGGER cases_event_link BEFORE INSERT ON cases_event FOR EACH ROW EXECUTE FUNCTION cases_event_link();
"""

FROZEN_VERSION = """
CREATE FUNCTION cases_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE life text[] := ARRAY['ter-paraaf', 'vastgesteld', 'ondertekend', 'verzonden'];
BEGIN
    IF (NEW.document_id, NEW.number, NEW.revision, NEW.content, NEW.html, NEW.sha256, NEW.marking, NEW.created_by_id,
        NEW.created_at)
       IS DISTINCT FROM
       (OLD.document_id, OLD.number, OLD.revision, OLD.content, OLD.html, OLD.sha256, OLD.marking, OLD.created_by_id,
        OLD.created_at)
       OR (OLD.adopted_by_id IS NOT NULL AND (NEW.adopted_by_id, NEW.adopted_on)
           IS DISTINCT FROM (OLD.adopted_by_id, OLD.adopted_on))
    THEN
        RAISE EXCEPTION 'bevroren: de inhoud van een versie verandert niet' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.status <> OLD.status AND NOT (
        (NEW.status = 'vervallen' AND OLD.status = 'ter-paraaf')
        OR array_position(life, NEW.status) > array_position(life, OLD.status))
    THEN
        RAISE EXCEPTION 'bevroren: de status van een versie gaat alleen vooruit' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.status = 'ter-paraaf' AND NEW.status IN ('vastgesteld', 'ondertekend', 'verzonden') AND EXISTS (
        SELECT FROM cases_participation p JOIN cases_document d ON d.dossier_id = p.dossier_id
        WHERE d.id = NEW.document_id AND NOT EXISTS (
            SELECT FROM cases_paraaf a WHERE a.version_id = NEW.id AND a.ministry_id = p.ministry_id))
    THEN
        RAISE EXCEPTION 'bevroren: nog niet elk ministerie parafeerde' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_version_frozen BEFORE UPDATE ON cases_documentversion
    FOR EACH ROW EXECUTE FUNCTION cases_version_frozen();

CREATE FUNCTION cases_is_owner() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT current_user = tableowner FROM pg_tables
    WHERE schemaname = current_schema() AND tablename = 'cases_documentversion'
$$;

CREATE FUNCTION cases_version_born() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.sha256 <> encode(sha256(convert_to(NEW.html, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'versie: de hash past niet bij de tekst' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.status <> 'ter-paraaf' AND NOT cases_is_owner() AND NOT (NEW.status = 'verzonden' AND EXISTS (
        SELECT FROM cases_documentversion v WHERE v.document_id = NEW.document_id AND v.status = 'ondertekend'))
    THEN
        RAISE EXCEPTION 'versie: een stuk begint ter paraaf' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_version_born BEFORE INSERT ON cases_documentversion
    FOR EACH ROW EXECUTE FUNCTION cases_version_born();

CREATE FUNCTION cases_place_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - TG_ARGV::text[] IS DISTINCT FROM to_jsonb(OLD) - TG_ARGV::text[] THEN
        RAISE EXCEPTION 'plaats: % blijft bij zijn dossier en ronde', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_document_place BEFORE UPDATE ON cases_document FOR EACH ROW
    EXECUTE FUNCTION cases_place_fixed('title', 'revision', 'changed_by_id', 'changed_at');
CREATE TRIGGER cases_ronde_place BEFORE UPDATE ON cases_ronde FOR EACH ROW
    EXECUTE FUNCTION cases_place_fixed('reason', 'opened_at', 'runs_until');

CREATE FUNCTION cases_paraaf_other_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM cases_documentversion v WHERE v.id = NEW.version_id AND v.created_by_id = NEW.by_id) THEN
        RAISE EXCEPTION 'vier ogen: de steller parafeert niet' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_paraaf_other_person BEFORE INSERT ON cases_paraaf
    FOR EACH ROW EXECUTE FUNCTION cases_paraaf_other_person();
"""

GRANT_SORT_KEY = """
CREATE FUNCTION cases_grant_fill() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT sort_at, status = 'lopend' INTO NEW.sort_at, NEW.running FROM cases_dossier WHERE id = NEW.content_object_id;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_grant_fill BEFORE INSERT ON cases_dossiergrant
    FOR EACH ROW EXECUTE FUNCTION cases_grant_fill();

CREATE FUNCTION cases_grant_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE cases_dossiergrant SET sort_at = NEW.sort_at, running = (NEW.status = 'lopend')
        WHERE content_object_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER cases_grant_follow AFTER UPDATE OF sort_at, status ON cases_dossier FOR EACH ROW
    WHEN (OLD.sort_at IS DISTINCT FROM NEW.sort_at OR OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION cases_grant_follow();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.RunSQL(APPEND_ONLY_FUNCTION, migrations.RunSQL.noop),
        migrations.RunSQL(EVENT_CHAIN, migrations.RunSQL.noop),
        migrations.RunSQL(FROZEN_VERSION, migrations.RunSQL.noop),
        migrations.RunSQL(GRANT_SORT_KEY, migrations.RunSQL.noop),
        *append_only("cases_event", "cases_paraaf", "cases_toets", "cases_markedread"),
        *never_deleted("cases_dossier", "cases_ronde", "cases_document", "cases_documentversion"),
    ]
