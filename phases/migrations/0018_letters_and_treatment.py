"""A letter is signed and sent only on real signatures, an artikel 100-brief not without the Ministerraad; treated only when sent."""

from django.db import migrations

# The owner reads in past missions, with letters that were signed and sent on paper.
SIGNED = """
CREATE FUNCTION phases_version_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT cases_is_owner() AND (SELECT count(*) FROM phases_ondertekening o WHERE o.version_id = NEW.id)
        < greatest(1, jsonb_array_length(coalesce(NEW.content -> 'signatories', '[]'))) THEN
        RAISE EXCEPTION 'bevroren: nog niet elke minister ondertekende' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_version_signed BEFORE UPDATE OF status ON cases_documentversion FOR EACH ROW
    WHEN (NEW.status IN ('ondertekend', 'verzonden') AND OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION phases_version_signed();
"""

# Absolute, as in phases/kamer/services.py: the newest decision on exactly the signed text, whether it is confirmed or not.
SENT = """
CREATE FUNCTION phases_ministerraad_akkoord(signed bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT b.uitkomst = 'akkoord' AND b.sha256 = v.sha256 AND EXISTS (
            SELECT FROM phases_bevestiging c WHERE c.besluit_id = b.id AND c.by_id <> b.by_id)
        FROM phases_besluit b JOIN cases_documentversion v ON v.id = b.version_id
        WHERE b.version_id = signed AND b.orgaan = 'ministerraad' ORDER BY b.id DESC LIMIT 1), false)
$$;

CREATE FUNCTION phases_verzending_rests() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE sent cases_documentversion; signed cases_documentversion;
BEGIN
    IF cases_is_owner() THEN
        RETURN NEW;
    END IF;
    SELECT * INTO sent FROM cases_documentversion v WHERE v.id = NEW.version_id;
    SELECT * INTO signed FROM cases_documentversion v WHERE v.document_id = sent.document_id
        AND v.status IN ('vastgesteld', 'ondertekend') ORDER BY v.number DESC LIMIT 1;
    IF signed.status IS DISTINCT FROM 'ondertekend'
        OR NOT EXISTS (SELECT FROM phases_ondertekening o WHERE o.version_id = signed.id) THEN
        RAISE EXCEPTION 'stuk: deze brief is niet ondertekend' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (SELECT d.kind FROM cases_document d WHERE d.id = sent.document_id) = 'artikel-100'
        AND NOT phases_ministerraad_akkoord(signed.id) THEN
        RAISE EXCEPTION 'stuk: de Ministerraad is niet akkoord met deze brief' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_verzending_rests BEFORE INSERT ON phases_verzending
    FOR EACH ROW EXECUTE FUNCTION phases_verzending_rests();
"""

# The gate of the treatment opens at once with this row, so it rests on the letter itself.
TREATED = """
CREATE FUNCTION phases_treated_after_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM phases_verzending s JOIN cases_documentversion v ON v.id = s.version_id
        JOIN cases_document d ON d.id = v.document_id WHERE d.ronde_id = NEW.ronde_id AND d.kind = 'artikel-100'
        AND s.kamer = 'TK' AND s.sent_on <= NEW.op) THEN
        RAISE EXCEPTION 'behandeling: de artikel 100-brief van deze ronde was nog niet aan de Tweede Kamer gestuurd'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_treated_after_letter BEFORE INSERT ON phases_behandelstap FOR EACH ROW
    WHEN (NEW.stap = 'afgerond') EXECUTE FUNCTION phases_treated_after_letter();
"""


class Migration(migrations.Migration):
    dependencies = [("phases", "0017_efforts_held"), ("cases", "0007_no_last_report_index")]

    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (SIGNED, SENT, TREATED)]
