"""The newest paper of each kind, and the last report, are found without reading every paper (phases/process/facts_sql.py)."""

from django.db import migrations, models

INDEX = """
CREATE INDEX cases_version_last_report ON cases_documentversion (document_id) WHERE content #>> '{values,laatste}' = 'true';
CREATE INDEX cases_version_pending ON cases_documentversion (document_id) WHERE status = 'ter-paraaf';
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_writers_and_rondes")]

    operations = [
        migrations.RemoveIndex("document", "document_ronde_kind"),
        migrations.AddIndex("document", models.Index(fields=["ronde", "kind", "id"], name="document_newest_of_kind")),
        migrations.RunSQL(INDEX, migrations.RunSQL.noop),
    ]
