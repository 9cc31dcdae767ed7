"""The demo is loaded by the owner, in the real way, and loading it twice changes nothing."""

import os
import subprocess
import sys

import psycopg
import pytest

from tests.database import ROOT

TABLES = (
    "SELECT (SELECT count(*) FROM cases_dossier), (SELECT count(*) FROM cases_event), (SELECT count(*) FROM cases_user)"
)


def load(django_db_setup) -> subprocess.CompletedProcess:
    env = {**os.environ, "OWNER_DATABASE_URL": django_db_setup.owner_url, "DATABASE_URL": django_db_setup.runtime_url}
    return subprocess.run([sys.executable, "manage.py", "laad_demo"], cwd=ROOT, env=env, capture_output=True, text=True)


@pytest.mark.django_db(transaction=True)
def test_demo_loads_once(django_db_setup):
    first = load(django_db_setup)
    assert first.returncode == 0, first.stderr
    with psycopg.connect(django_db_setup.owner_url) as owner:
        before = owner.execute(TABLES).fetchone()
        assert before[0] == 2
        assert load(django_db_setup).returncode == 0
        owner.rollback()
        assert owner.execute(TABLES).fetchone() == before
        phase = owner.execute("SELECT phase, ronde_number FROM cases_dossier WHERE title LIKE 'EUFOR%'").fetchone()
    assert phase == ("uitvoering", 2)
