"""The newest report says whether it is the last one; earlier reports are not searched for it any more."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_birth_is_fixed")]
    operations = [
        migrations.RunSQL(
            "DROP INDEX cases_version_last_report",
            "CREATE INDEX cases_version_last_report ON cases_documentversion (document_id)"
            " WHERE content #>> '{values,laatste}' = 'true'",
        )
    ]
