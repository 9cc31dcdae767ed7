"""Production cannot be started in a test, so its description is compared with what the code reads and needs."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OWN = ("init", "web", "worker", "beat")
RUNTIME = ("web", "worker", "beat")
ADMIN_ONLY = {"ADMIN_DATABASE_URL"}
ONLY_OUTSIDE_PRODUCTION = {"DEMO", "DEBUG", "DATABASE_AS"}


def env_example() -> dict[str, str]:
    """The variables of .env.example, filled in the way an administrator would."""
    pairs = re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    return {name: value or f"ingevuld-{name.lower()}" for name, value in pairs}


def environment(service: str) -> dict[str, str]:
    """The environment of a service as compose would give it, with .env.example filled in."""
    known = env_example()

    def fill(match: re.Match) -> str:
        name, _, default = match[1].partition(":")
        return known.get(name, default.lstrip("-?"))

    return {
        name: re.sub(r"\$\{([^}]+)\}", fill, str(value))
        for name, value in SERVICES[service].get("environment", {}).items()
    }


def names_read_by_settings() -> set[str]:
    """Every environment variable that settings.py mentions, found in its syntax tree."""
    tree = ast.parse((ROOT / "geintegreerd" / "settings.py").read_text())
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"env", "os.environ.get", "os.getenv"}:
            names |= {part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)}
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            names.add(ast.literal_eval(node.slice))
    return {name for name in names if isinstance(name, str) and name.isupper()}


def load_settings(env: dict[str, str]) -> subprocess.CompletedProcess:
    """Loads settings.py in a fresh process that has only this environment."""
    command = [sys.executable, "-c", "import geintegreerd.settings"]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("service", OWN)
def test_environment_is_enough_to_start(service):
    done = load_settings(environment(service))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "BROKER_URL", "DATABASE_URL"])
def test_without_a_mandatory_variable_production_does_not_start(missing):
    env = environment("web")
    del env[missing]
    done = load_settings(env)
    assert done.returncode != 0
    assert f"Zet de omgevingsvariabele {missing}" in done.stderr


@pytest.mark.parametrize("service", OWN)
def test_every_variable_is_one_the_code_reads(service):
    assert set(environment(service)) <= names_read_by_settings() | ADMIN_ONLY


@pytest.mark.parametrize("service", OWN)
def test_production_never_runs_as_demo_or_debug(service):
    assert not ONLY_OUTSIDE_PRODUCTION & set(environment(service))


@pytest.mark.parametrize("service", RUNTIME)
def test_runtime_services_do_not_know_owner_or_admin(service):
    env = environment(service)
    secrets = {env_example()["OWNER_PASSWORD"], env_example()["ADMIN_PASSWORD"]}
    assert not {"OWNER_DATABASE_URL", *ADMIN_ONLY} & set(env)
    assert not [name for name, value in env.items() if any(secret in value for secret in secrets)]


def test_init_has_the_owner_and_runs_before_the_rest():
    assert {"OWNER_DATABASE_URL", "ADMIN_DATABASE_URL", "DATABASE_URL"} <= set(environment("init"))
    for service in RUNTIME:
        assert SERVICES[service]["depends_on"]["init"] == {"condition": "service_completed_successfully"}


def test_every_compose_variable_is_explained_in_the_example():
    text = (ROOT / "docker-compose.yml").read_text()
    used = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", text))
    assert used == set(env_example())


def test_no_secret_has_a_default():
    text = (ROOT / "docker-compose.yml").read_text()
    for name in ("SECRET_KEY", "ADMIN_PASSWORD", "OWNER_PASSWORD", "RUNTIME_PASSWORD", "VALKEY_PASSWORD"):
        assert set(re.findall(rf"\$\{{{name}([^}}]*)\}}", text)) == {":?"}
        assert re.search(rf"^{name}=$", (ROOT / ".env.example").read_text(), re.MULTILINE)


@pytest.mark.parametrize("service", [name for name in SERVICES if name != "init"])
def test_every_lasting_service_has_a_health_check(service):
    assert SERVICES[service]["healthcheck"]["test"]


@pytest.mark.parametrize("service", OWN)
def test_own_services_run_without_rights(service):
    settings = SERVICES[service]
    assert settings["read_only"] is True
    assert settings["user"] not in {"0", "root"}
    assert settings["cap_drop"] == ["ALL"]


def test_only_the_proxy_is_reachable_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["backend"]["internal"] is True
    assert [name for name, service in SERVICES.items() if "front" in service["networks"]] == ["web", "proxy"]


def test_dockerfile_sets_what_settings_read_and_no_secret():
    text = (ROOT / "Dockerfile").read_text()
    fixed = set(re.findall(r"([A-Z_]+)=", text.split("RUN")[0]))
    assert {"STATIC_ROOT", "FONT_DIR"} <= fixed
    assert fixed - {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"} <= names_read_by_settings()
    assert re.search(r"^USER 10001$", text, re.MULTILINE)
    assert text.index("collectstatic") < text.index("USER 10001")


def test_dockerfile_installs_the_same_libraries_as_run():
    packages = re.findall(r'"(lib[^"]+)",\n', (ROOT / "run").read_text())
    assert packages
    for package in packages:
        assert package in (ROOT / "Dockerfile").read_text()


@pytest.mark.parametrize("file", ["docker/init.sh", ".ci/run", "run"])
def test_scripts_are_executable(file):
    assert os.access(ROOT / file, os.X_OK)


def test_init_calls_only_commands_that_exist():
    from django.core.management import get_commands

    commands = re.findall(r"manage\.py (\w+)", (ROOT / "docker/init.sh").read_text())
    assert "bijwerken" in commands
    assert set(commands) <= set(get_commands())
