"""Fixtures for every test: a clone of the template database, a real Celery worker, a real browser.

The tests run as the runtime role, as web and worker do. `owner_connection` is there to look behind its back.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
import redis
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import ARGS, executable
from tests.database import ROOT, Clones

# The files that take longest, longest first, so that at the end of a run no process waits for another. `./run` itself goes
# before all: it needs no database, so that one process is at it while the other builds the template.
LONG = ["test_run", "test_matrix", "test_crawler", "test_althea", "test_hoorn", "test_services", "test_accessible"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first; the others, and the tests within a file, in the order that pytest-django gives them."""
    items.sort(key=lambda item: LONG.index(item.path.stem) if item.path.stem in LONG else len(LONG))


@pytest.fixture(scope="session")
def xdist_worker() -> str:
    """The name of this test process: gw0, gw1 … or main."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, xdist_worker) -> Iterator[Clones]:
    """In the place of pytest-django's own: the runtime role on a clone, and a new clone where Django would flush."""
    from django.db import connections
    from django.test import TransactionTestCase

    clones = Clones(os.environ["OWNER_DATABASE_URL"], os.environ["DATABASE_URL"], xdist_worker)
    clones.ensure_template()
    clones.renew()

    def point_at_clone() -> None:
        connections.close_all()
        connections["default"].settings_dict["NAME"] = clones.name

    def renew_clone(_test) -> None:
        connections.close_all()
        clones.renew()

    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(TransactionTestCase, "_fixture_teardown", renew_clone)
        point_at_clone()
        yield clones
        connections.close_all()
    clones.discard()


@pytest.fixture(scope="session", autouse=True)
def static_files_once() -> Iterator[None]:
    """Every test client builds WhiteNoise anew, which then looks at each static file; here it does so once."""
    from whitenoise import WhiteNoise

    looked_at: dict[str, dict] = {}
    look = WhiteNoise.update_files_dictionary

    def take_over(self, root: str, prefix: str) -> None:
        if root not in looked_at:
            look(self, root, prefix)
            looked_at[root] = dict(self.files)
        self.files.update(looked_at[root])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", take_over)
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Passwords are hashed the quick way: what the tests log in with stands in the database of a test and nowhere else."""
    from django.conf import settings
    from django.contrib.auth.hashers import get_hashers, get_hashers_by_algorithm

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
        get_hashers.cache_clear()
        get_hashers_by_algorithm.cache_clear()
        yield


@pytest.fixture
def owner_url(django_db_setup) -> str:
    """Address of this worker's clone as the owner."""
    return django_db_setup.owner_url


@pytest.fixture
def owner_connection(owner_url) -> Iterator[psycopg.Connection]:
    """A connection as the owner. It sees only what is committed; commit with it only in a transactional test."""
    with psycopg.connect(owner_url) as connection:
        yield connection
        connection.rollback()


@pytest.fixture(scope="session", autouse=True)
def broker_url(xdist_worker) -> Iterator[str]:
    """This test process rings its own numbered database in Valkey, so that no other worker answers."""
    from django.conf import settings

    from geintegreerd.celery import app

    number = 1 + int(xdist_worker.removeprefix("gw")) if xdist_worker.startswith("gw") else 0
    url = urlsplit(os.environ["BROKER_URL"])._replace(path=f"/{number}").geturl()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROKER_URL", url)
        patch.setattr(settings, "BROKER_URL", url)
        patch.setattr(settings, "CELERY_BROKER_URL", url)
        app.conf.broker_url = url
        yield url


@pytest.fixture
def runtime_env(django_db_setup, broker_url) -> dict[str, str]:
    """The environment of a process that runs beside the test as web or worker would: no owner's address in it."""
    env = {name: value for name, value in os.environ.items() if name not in {"OWNER_DATABASE_URL", "DATABASE_AS"}}
    return {**env, "DATABASE_URL": django_db_setup.runtime_url, "BROKER_URL": broker_url}


@pytest.fixture
def worker(transactional_db, runtime_env) -> Iterator[subprocess.Popen]:
    """A real Celery worker on the clone, ready to work; its log stands in `worker.lines`."""
    with redis.Redis.from_url(runtime_env["BROKER_URL"]) as valkey:
        valkey.flushdb()
    command = [sys.executable, "-m", "celery", "-A", "geintegreerd", "worker", "--pool", "solo", "--loglevel", "INFO"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    process = subprocess.Popen(
        command + quiet, cwd=ROOT, env=runtime_env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    process.lines, ready = [], threading.Event()
    reader = threading.Thread(target=_read, args=(process, ready), daemon=True)
    reader.start()
    try:
        assert ready.wait(30), "".join(process.lines)
        assert process.poll() is None, "".join(process.lines)
        yield process
    finally:
        process.kill()
        process.wait()
        reader.join()
        process.stdout.close()


def _read(process: subprocess.Popen, ready: threading.Event) -> None:
    """Collects the worker's log and tells when it takes work; also when it ended, so that nobody waits in vain."""
    for line in process.stdout:
        process.lines.append(line)
        if line.rstrip().endswith("ready."):
            ready.set()
    ready.set()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser. Without one the test is skipped, or fails when CI=true."""
    if path := executable():
        return path
    if os.environ.get("CI") == "true":
        pytest.fail("No Chromium found, and with CI=true the browser tests must run.")
    pytest.skip("No Chromium found: install Debian's package chromium to run the browser tests.")


@pytest.fixture(scope="session")
def browser(chromium) -> Iterator[Browser]:
    """One headless browser per test process."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs an event loop in this thread; Django would take every query for one made inside it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        running = playwright.chromium.launch(executable_path=chromium, args=ARGS)
        yield running
        running.close()


@pytest.fixture
def page(browser) -> Iterator[Page]:
    """An empty page in a profile of its own, 1440 pixels wide, as a Dutch user has it."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="nl-NL", timezone_id="Europe/Amsterdam"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def cast(db):
    """Every person of the demo, by username, as ordinary users of this test's database; today the SMO meets."""
    from geintegreerd.demo.people import make_people
    from tests.builders import meeting

    meeting()
    return make_people(password=None)
