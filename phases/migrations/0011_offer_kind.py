"""An offer names the kind of its paper, so that the newest of each kind is found without reading every version."""

from django.db import migrations, models

FILL = """
ALTER TABLE phases_aanbieding DISABLE TRIGGER USER;
UPDATE phases_aanbieding a SET kind = d.kind
    FROM cases_documentversion v JOIN cases_document d ON d.id = v.document_id WHERE v.id = a.version_id;
ALTER TABLE phases_aanbieding ENABLE TRIGGER USER;

CREATE FUNCTION phases_offer_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT d.kind INTO STRICT NEW.kind FROM cases_documentversion v JOIN cases_document d ON d.id = v.document_id
    WHERE v.id = NEW.version_id;
    RETURN NEW;
END $$;
CREATE TRIGGER phases_offer_kind BEFORE INSERT ON phases_aanbieding FOR EACH ROW EXECUTE FUNCTION phases_offer_kind();
"""


class Migration(migrations.Migration):
    dependencies = [("phases", "0010_indicator_guard")]
    operations = [
        migrations.AddField(
            "aanbieding",
            "kind",
            models.CharField("Soort stuk", max_length=30, editable=False, db_default=""),
        ),
        migrations.RunSQL(
            FILL, "DROP TRIGGER phases_offer_kind ON phases_aanbieding; DROP FUNCTION phases_offer_kind();"
        ),
    ]
