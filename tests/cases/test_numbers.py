"""Dossier numbers are unique under concurrent creation, and grow beyond four digits."""

import threading

import pytest
from django.db import connection, transaction

from cases.models import DossierCounter
from cases.services.dossiers import next_number


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_get_sixteen_numbers():
    found, start = [], threading.Barrier(16)

    def take() -> None:
        start.wait()
        try:
            with transaction.atomic():
                found.append(next_number(2026))
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(16)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert len(set(found)) == 16


@pytest.mark.django_db
def test_numbers_grow_beyond_four_digits():
    DossierCounter.objects.create(year=2026, last=9999)
    with transaction.atomic():
        assert next_number(2026) == "2026-10000"
        assert next_number(2027) == "2027-0001"
