"""The demo is loaded by the owner, in the real way; loading it twice changes nothing, and it says what is real and what is not."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.test import Client
from psycopg import sql

from budget_biv.models import Ceiling
from budget_biv.selectors import State, current_fund, requests, year_overview
from cases.access import visible_to
from cases.models import Document, DocumentVersion, Dossier, Event, Outbox, PaperStatus, Rendering, User
from cases.phase import Phase, Status
from geintegreerd.demo.accounts import ACCOUNTS
from geintegreerd.demo.loader import FOLDER, make_dossier, read
from geintegreerd.demo.people import make_people
from phases.kamer.models import Verzending
from phases.process import facts as facts_module
from phases.process.aan_zet import of_user, turns
from phases.process.models import Waiver
from phases.smo import selectors as smo
from phases.smo.models import Conclusie, Oordeel
from tests.cases.test_outbox import wait_until
from tests.database import manage
from tests.demo import as_owner, load_demo
from tests.geintegreerd import demo_facts as known
from tests.pages_of_demo import sheets
from tests.scene_of_demo import make_scene

FILES = {path.stem: read(path) for path in sorted(FOLDER.glob("*.json"))}
REAL = {data["key"]: data for data in FILES.values() if "key" in data}
SOURCED = re.compile(r"\(fictief\)|, fictief\)|Kamerstuk|bron:", re.IGNORECASE)


def fingerprint(owner: psycopg.Connection) -> dict[str, tuple]:
    """Per table the number of rows and a hash of all of them."""
    tables = [row[0] for row in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    count = "SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t"
    found = {name: owner.execute(sql.SQL(count).format(sql.Identifier(name))).fetchone() for name in tables}
    owner.rollback()
    return found


@pytest.mark.django_db(transaction=True)
def test_loading_twice_changes_nothing(django_db_setup):
    load_demo(django_db_setup)
    with psycopg.connect(django_db_setup.owner_url) as owner:
        before = fingerprint(owner)
        assert before["cases_dossier"][0] == len(FILES)
        manage(django_db_setup.owner_url, django_db_setup.runtime_url, "laad_demo")
        assert fingerprint(owner) == before


@pytest.fixture
def people(demo_data, db):
    return {user.username: user for user in User.objects.all()}


def test_every_phase_and_every_ending(people):
    running = Dossier.objects.filter(status=Status.LOPEND)
    assert set(running.values_list("phase", flat=True)) == set(Phase.values)
    assert Dossier.objects.filter(status=Status.AFGESLOTEN).count() == 2
    assert Dossier.objects.filter(status=Status.GESTOPT).count() >= 1
    marked = Dossier.objects.get(marking="dep-v")
    assert list(marked.participations.values_list("ministry__code", flat=True)) == ["BZ", "DEF"]
    assert {d.ronde_number for d in running} >= {1, 2, 3, 4}


def test_the_scene_of_the_screenshots_fits_on_the_demo(people):
    """The accessibility tests build it on an empty database; only ./run screenshots meets what the demo already claims."""
    assert sheets(make_scene(people))


def test_the_audit_log_is_whole(people, capsys):
    call_command("verify_audit")
    assert "Het logboek is heel" in capsys.readouterr().out
    hoorn = Dossier.objects.get(number__startswith="2009", status=Status.LOPEND)
    assert len(set(Event.objects.filter(dossier=hoorn).values_list("kind", flat=True))) >= 15


def test_the_smo_the_letters_and_the_money_show_every_state(people):
    agenda = smo.agenda(people["auditor"])
    assert {item.given for item in agenda} >= {0, 2, 3, 5}
    assert any(item.held for item in agenda)
    concluded = {Oordeel.POSITIEF, Oordeel.POSITIEF_VOORWAARDEN, Oordeel.NEGATIEF, Oordeel.AANGEHOUDEN}
    assert set(Conclusie.objects.values_list("oordeel", flat=True)) == concluded
    letters = Document.objects.filter(kind__in=["kennisgeving", "artikel-100"])
    last = {getattr(letter.versions.order_by("-number").first(), "status", "concept") for letter in letters}
    assert last == {"concept", *PaperStatus.values} - {PaperStatus.VERVALLEN}
    fund = current_fund()
    states = {row.state for year in range(2014, 2030) for row in year_overview(fund, year, people["auditor"]).rows}
    asked = Dossier.objects.filter(rondes__aanvragen__isnull=False).distinct()
    states |= {stand.state for dossier in asked for stand in requests(dossier)}
    assert states >= set(State) - {State.GERESERVEERD}
    assert year_overview(fund, 2027, people["auditor"]).over
    waivers = Waiver.objects.all()
    assert {(w.granted_by_id is None, w.until < date.today()) for w in waivers} == {
        (True, False), (False, False), (False, True),
    }  # fmt: skip


# Who has no act of their own in the procedure, or registered what a second person must confirm now; and what they see instead.
READERS = {"biv-beheerder", "vaststeller", "auditor", "secretariaat-2"}
SEE_NOTHING = {"beheerder", "buitenstaander"}


@pytest.mark.parametrize("username", [a.username for a in ACCOUNTS])
def test_each_account_has_something_waiting_or_a_clear_empty_page(people, username):
    user = people[username]
    seen = list(visible_to(user).filter(status=Status.LOPEND).select_related("lead"))
    if username in SEE_NOTHING:
        client = Client()
        client.force_login(user)
        assert seen == []
        assert "U ziet een dossier zodra uw ministerie eraan deelneemt." in client.get("/dossiers/").content.decode()
    elif username in READERS or username.startswith("behandelaar"):
        assert len(seen) >= 3
    else:
        assert [t for dossier in seen for t in of_user(turns(dossier, facts_module.load(dossier)), user)]


def of(key: str) -> Dossier:
    return Event.objects.get(kind="ingelezen", object=key).dossier


def test_letters_have_the_days_and_numbers_of_the_domain_report(people):
    sent = Verzending.objects.filter(version__document__dossier__in=[of(key) for key in REAL])
    sent = sent.exclude(version__document__title__contains="fictief")
    found = {
        (v.version.document.dossier_id, str(v.sent_on), v.version.document.kind, v.kamerstuk)
        for v in sent.select_related("version__document")
    }
    assert found == {(of(key).pk, *rest) for _, key, *rest in known.LETTERS}


def test_events_have_the_days_of_the_domain_report(people):
    events = list(Event.objects.filter(kind="historie"))
    assert len(events) == len(known.EVENTS)
    for paragraph, key, day, phrase in known.EVENTS:
        dossier = of(key)
        assert [
            e for e in events if e.dossier_id == dossier.pk and str(e.occurred_on) == day and phrase in e.sentence
        ], (paragraph, phrase)


def test_figures_are_those_of_the_domain_report(people):
    for paragraph, key, phrase in known.FIGURES:
        assert phrase in json.dumps(REAL[key], ensure_ascii=False), (paragraph, phrase)
    ceilings: dict[int, dict[str, int]] = {}
    for ceiling in Ceiling.objects.filter(fictional=False).select_related("category"):
        ceilings.setdefault(ceiling.year, {})[ceiling.category.code if ceiling.category else ""] = ceiling.amount
    assert {year: sum(lines.values()) for year, lines in ceilings.items()} == known.CEILINGS
    assert ceilings[2015] == known.LINES_2015
    assert ceilings[2016] == {**known.LINES_2015, "cbo": 245_300_000}


def test_products_that_are_not_real_say_so_in_their_title(people):
    real = {(key, title, day) for _, key, title, day in known.REAL_PRODUCTS}
    for key in REAL:
        for version in DocumentVersion.objects.filter(document__dossier=of(key)).exclude(
            document__kind__in=["kennisgeving", "artikel-100"]
        ):
            title = version.document.title
            assert "fictief)" in title or (key, title, str(version.adopted_on)) in real, title


TEXTS = {
    "values",
    "sections",
    "options",
    "relevantie",
    "bijdrage",
    "relevance",
    "contribution",
    "conditions",
    "outcomes",
    "text",
}
CHOICES = {"uitkomst", "wenselijkheid", "letter", "tijdpad", "partners"}


def texts(value: Any, inside: bool = False, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a fixture that somebody reads as content, with where it stands."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in CHOICES:
                yield from texts(part, inside or name in TEXTS, f"{path}.{name}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from texts(part, inside, f"{path}.{number}")
    elif isinstance(value, str) and inside and value and value != "akkoord" and ".instrumenten." not in path:
        yield path, value


@pytest.mark.parametrize("name", sorted(FILES))
def test_what_is_not_sourced_says_fictief(name):
    data = FILES[name]
    if "key" not in data:
        assert data["title"].endswith("(fictief)")
        assert "Alles in dit dossier is verzonnen." in data["summary"]
        return
    assert data["fictional"]
    unmarked = [(path, text[:60]) for path, text in texts(data) if not SOURCED.search(text)]
    assert unmarked == []


def test_the_screen_says_that_a_dossier_holds_fiction(people):
    client = Client()
    client.force_login(people["auditor"])
    assert "Bevat fictieve gegevens" in client.get(of("uruzgan-2006").get_absolute_url()).content.decode()
    assert "Fictief" in client.get("/biv/2016/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_the_papers_of_a_mission_that_is_read_in(django_db_setup, worker):
    with as_owner(django_db_setup):
        make_dossier(read(FOLDER / "burundi.json"), make_people(password=None))
    assert Rendering.objects.count() == 4
    ready = Rendering.objects.filter(state=Rendering.State.GEREED, concept=False)
    assert wait_until(lambda: ready.count() == 4, 60), "".join(worker.lines)
    assert not Outbox.objects.filter(done_at__isnull=True).exists()
