"""A word is found in the dossiers by the pieces that it is made of, so that not every dossier is read for it."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_toets_told"),
    ]

    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            model_name="dossier",
            index=GinIndex(
                OpClass(Upper("number"), "gin_trgm_ops"),
                OpClass(Upper("title"), "gin_trgm_ops"),
                OpClass(Upper("region"), "gin_trgm_ops"),
                name="dossier_search",
            ),
        ),
    ]
