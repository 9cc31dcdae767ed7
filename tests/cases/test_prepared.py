"""What is planned once gives the same objects as Django's own queries, and locks as they do.

Sabotage that turns these red: `_read` that returns the value as it came, the check on a transaction out of `lock`.
"""

import pytest
from django.db import connection
from django.db.transaction import TransactionManagementError

from cases.models import DocumentVersion, Dossier
from cases.services.locks import lock, lock_version
from tests import builders as b
from tests.phases import scenes

pytestmark = pytest.mark.django_db


def columns(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_the_same_rows_as_django_reads(cast, django_assert_num_queries):
    made = scenes.adopted(cast, scenes.dossier(cast, countries=["ML", "NE"]))
    dossier, version = lock_version(made.pk)
    with django_assert_num_queries(0):
        found = [version, version.document, version.document.ronde, dossier, dossier.lead, dossier.handler]
        assert version.document.dossier is dossier
    assert dossier.current_ronde.dossier is dossier
    for row in [*found, dossier.current_ronde, b.ministry("DEF")]:
        assert columns(row) == columns(type(row).objects.get(pk=row.pk))


def test_what_is_not_there_is_said():
    with pytest.raises(Dossier.DoesNotExist):
        lock(-1)
    with pytest.raises(DocumentVersion.DoesNotExist):
        lock_version(-1)


@pytest.mark.django_db(transaction=True)
def test_a_lock_asks_for_a_transaction():
    assert not connection.in_atomic_block
    with pytest.raises(TransactionManagementError):
        lock(1)
