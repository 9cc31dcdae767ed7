"""Without DEMO=1 nothing starts without its secrets, and the demo does not exist."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.database import ROOT

SECRETS = {"SECRET_KEY": "een-lange-geheime-sleutel-voor-deze-test-0123456789", "ALLOWED_HOSTS": "voorbeeld.invalid"}


def manage(*arguments: str, **env: str) -> subprocess.CompletedProcess:
    """Runs manage.py with only these variables besides the addresses of the servers."""
    kept = {name: os.environ[name] for name in ("PATH", "DATABASE_URL", "OWNER_DATABASE_URL", "BROKER_URL")}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**kept, **env}, capture_output=True, text=True)


@pytest.mark.parametrize("missing", list(SECRETS))
def test_production_asks_for_its_secrets(missing):
    env = {name: value for name, value in SECRETS.items() if name != missing}
    done = manage("check", **env)
    assert done.returncode != 0
    assert f"Zet de omgevingsvariabele {missing}" in done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize(("setting", "wanted"), [("plan_cache_mode", "force_generic_plan"), ("jit", "off")])
def test_a_connection_plans_once_and_compiles_nothing(setting, wanted):
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {setting}")
        assert cursor.fetchone() == (wanted,)


def test_production_starts_with_its_secrets():
    assert manage("check", **SECRETS).returncode == 0


def test_demo_data_does_not_exist_in_production():
    done = manage("laad_demo", **SECRETS)
    assert done.returncode != 0
    assert "alleen met DEMO=1" in done.stderr


def test_owner_address_is_asked_only_of_owner_commands():
    env = {**SECRETS, "OWNER_DATABASE_URL": ""}
    assert manage("check", **env).returncode == 0
    assert manage("migrate", **env).returncode != 0


@pytest.mark.django_db
@pytest.mark.parametrize(("demo", "shown"), [(True, True), (False, False)])
def test_demo_accounts_stand_on_the_login_page_only_in_the_demo(client, settings, demo, shown):
    settings.DEMO = demo
    assert ("behandelaar-bz" in client.get("/account/inloggen/").content.decode()) is shown
