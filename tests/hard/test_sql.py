"""Illegal SQL, in short: every kind on every guarded table, once."""

import psycopg
import pytest
from django.db import connections

from tests.demo import load_demo
from tests.hard.scene import also_present
from tests.hard.sql import Battery

pytestmark = pytest.mark.django_db(transaction=True)


def test_twelve_kinds_are_refused_on_every_guarded_table(django_db_setup):
    clones = django_db_setup
    also_present(load_demo(clones))
    connections.close_all()
    with (
        psycopg.connect(clones.owner_url, autocommit=True) as owner,
        psycopg.connect(clones.runtime_url, autocommit=True) as runtime,
    ):
        battery = Battery(owner, runtime)
        battery.run()
    assert battery.empty == [], "put a row of these in the demo, or make one here"
    assert battery.stale_reasons() == []
    assert len(battery.tables) > 20
    assert battery.leaks == [], "\n".join(battery.leaks)
