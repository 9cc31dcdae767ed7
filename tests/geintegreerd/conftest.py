"""The whole demo, loaded once per test file, as the owner loads it."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.database import ROOT


@pytest.fixture(scope="module")
def demo_data(django_db_setup, django_db_blocker) -> Iterator[None]:
    """People and dossiers of the demo in this process's clone; the tests of the file roll back what they do on top of it."""
    from django.db import connections

    env = {**os.environ, "OWNER_DATABASE_URL": django_db_setup.owner_url, "DATABASE_URL": django_db_setup.runtime_url}
    done = subprocess.run([sys.executable, "manage.py", "laad_demo"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        django_db_setup.renew()
