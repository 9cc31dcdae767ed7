"""The newest last report of a Ronde is found without reading every report (phases/process/facts_sql.py)."""

from django.db import migrations

INDEX = """
CREATE INDEX cases_version_last_report ON cases_documentversion (document_id) WHERE content #>> '{values,laatste}' = 'true';
CREATE INDEX cases_version_pending ON cases_documentversion (document_id) WHERE status = 'ter-paraaf';
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_writers_and_rondes")]

    operations = [migrations.RunSQL(INDEX, migrations.RunSQL.noop)]
