"""A bundle says at which paper the worker is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("phases", "0015_biv_beside_advice")]

    operations = [
        migrations.AddField(
            model_name="bundel",
            name="stuk",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, help_text="Aan welk stuk de worker bezig is."
            ),
        ),
    ]
