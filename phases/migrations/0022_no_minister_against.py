"""A letter is not sent over the newest decision of a minister about it that is no akkoord, or that nobody confirmed."""

from django.db import migrations

GUARD = """
CREATE FUNCTION phases_verzending_unopposed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF cases_is_owner() THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT FROM phases_besluit b
        JOIN cases_documentversion v ON v.id = b.version_id JOIN cases_documentversion sent ON sent.id = NEW.version_id
        WHERE v.document_id = sent.document_id AND v.id = (SELECT s.id FROM cases_documentversion s
            WHERE s.document_id = sent.document_id AND s.status = 'ondertekend' ORDER BY s.number DESC LIMIT 1)
        AND b.orgaan = 'bewindspersonen'
        AND NOT EXISTS (SELECT FROM phases_besluit later WHERE later.version_id = b.version_id
            AND later.orgaan = b.orgaan AND later.ministry_id = b.ministry_id AND later.id > b.id)
        AND (b.uitkomst <> 'akkoord' OR NOT EXISTS (SELECT FROM phases_bevestiging c WHERE c.besluit_id = b.id))) THEN
        RAISE EXCEPTION 'stuk: een minister is niet akkoord met deze brief' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_verzending_unopposed BEFORE INSERT ON phases_verzending
    FOR EACH ROW EXECUTE FUNCTION phases_verzending_unopposed();
"""


class Migration(migrations.Migration):
    dependencies = [("phases", "0021_indicator_advised")]

    operations = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]
