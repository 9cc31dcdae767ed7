"""The whole demo, copied once per test file."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def demo_data(django_db_setup, django_db_blocker) -> Iterator[None]:
    """People and dossiers of the demo in this process's clone; the tests of the file roll back what they do on top of it."""
    from django.db import connections

    with django_db_blocker.unblock():
        connections.close_all()
        django_db_setup.renew(django_db_setup.demo())
        yield
        connections.close_all()
        django_db_setup.renew()
