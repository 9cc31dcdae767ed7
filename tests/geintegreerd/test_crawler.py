"""A crawler as every role: it follows every link and fills every form with what no sensible person would type.

Sabotage that turns these red: `|safe` behind a title, `audit.record` in a page that is read, a header less, `int()` around
a hidden field.
"""

import hashlib

import pytest
from django.db import connection, transaction
from django.utils.html import escape

from cases.models import Rendering, User
from geintegreerd.demo.accounts import ACCOUNTS
from phases.kamer.models import Briefsectie
from tests.geintegreerd.crawler import CANARY, NAME, NAUGHTY, SOUP, Form, Page, Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]

ANONYMOUS, OUTSIDER, PENVOERDER, AUDITOR = "niemand", "buitenstaander", "behandelaar-bz", "auditor"
# How many addresses of one kind someone follows; everybody else follows one. The auditor reads everything there is.
MOST = {AUDITOR: 10_000, PENVOERDER: 3}
# Where a GET may write, and why.
MAY_CHANGE_BY_GET = {
    "cases_markedread": "who read a Dep. V. dossier is noted on purpose, apart from everything else",
}
# What would end the session or the dossier before everything was filled.
ENDS = ("account_", " stap?", "deelname_stoppen")
TURNS = range(0, len(NAUGHTY), 3)
FORGED = ("-1", str(2**63), "a\x00b", "")
Known = dict[str, tuple[str, Form]]


def cast() -> list[str]:
    """One person per role; where a ministry matters, one of the lead ministry and one of another. And who sees nothing."""
    found = {(account.roles[0][1], account.roles[0][0] == "BZ"): account.username for account in reversed(ACCOUNTS)}
    return [ANONYMOUS, *dict.fromkeys([*reversed(found.values()), OUTSIDER])]


def visitor(who: str) -> Visitor:
    found = Visitor(who)
    if who != ANONYMOUS:
        found.client.force_login(User.objects.get(username=who))
    return found


def everybody() -> dict[str, Visitor]:
    return {who: visitor(who) for who in cast()}


def walk(visitors: dict[str, Visitor], known: Known) -> None:
    """Everybody walks through everything; every kind of form goes into `known`, with who met it first."""
    for who, one in visitors.items():
        one.crawl(most=MOST.get(who, 1))
        for kind, form in one.forms.items():
            known.setdefault(kind, (who, form))


@pytest.fixture(scope="module")
def known() -> Known:
    """Every kind of form of the demo; whichever test comes first fills it."""
    return {}


def tables() -> dict[str, str]:
    """Per table the number of rows and the hash of everything in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        names = [row[0] for row in cursor.fetchall() if row[0] not in MAY_CHANGE_BY_GET]
        found = {}
        for name in names:
            cursor.execute(f"SELECT t::text FROM {name} t ORDER BY t::text")
            rows = [row[0] for row in cursor.fetchall()]
            found[name] = f"{len(rows)} {hashlib.sha256(chr(10).join(rows).encode()).hexdigest()}"
    return found


def complaints(visitors: dict[str, Visitor]) -> list[str]:
    return [line for one in visitors.values() for line in one.log]


def test_every_role_can_follow_every_link_and_nothing_changes(known):
    Rendering.objects.update(state="gereed", pdf=b"%PDF-1.7")
    visitors = everybody()
    before = tables()
    walk(visitors, known)
    assert complaints(visitors) == []
    assert tables() == before
    assert [who for who, one in visitors.items() if one.visits < 2] == []


def test_no_form_breaks_whatever_is_typed_in_it(known):
    visitors = everybody()
    if not known:
        walk(visitors, known)
    for who, form in known.values():
        tries = [form.mixed(turn) for turn in TURNS]
        tries += [form.tampered(text) for text in FORGED if any(f.kind in {"hidden", "button"} for f in form.fields)]
        tries += [[], [pair for pair in form.values() for _ in range(2)]]
        for values in tries:
            with transaction.atomic():
                visitors[who].post(form, values)
                transaction.set_rollback(True)
    assert complaints(visitors) == []


def save_canaries(visitors: dict[str, Visitor], known: Known, but: frozenset | set = frozenset()) -> set[str]:
    """Sends every kind of form with canaries in its texts; the kinds that were accepted."""
    return {
        kind
        for kind, (who, form) in known.items()
        if kind not in but
        and not any(name in kind for name in ENDS)
        and visitors[who].submit(form, form.with_text(CANARY, SOUP))
    }


def test_what_is_typed_comes_back_as_text(known):
    """Canaries are saved wherever they can be, in a letter too, and then everything is read again."""
    visitors = everybody()
    if not known:
        walk(visitors, known)
    accepted = save_canaries(visitors, known)
    met_before = set(known)
    letter = next(form.action for kind, (_, form) in known.items() if "brief_begin" in kind)
    visitors[PENVOERDER].crawl(start=letter.removesuffix("beginnen/"), most=1)
    accepted |= save_canaries(visitors, {k: (PENVOERDER, f) for k, f in visitors[PENVOERDER].forms.items()}, met_before)
    visitors[AUDITOR].crawl(most=2)
    assert complaints(visitors) == []
    assert len([kind for kind in accepted if kind.startswith("post")]) > 12, "canaries must get in to come back"
    assert Briefsectie.objects.filter(text__contains=NAME).exists()


@pytest.mark.parametrize(
    "frame", ["<p>{}</p>", "<h1>{}</h1>", '<input value="{}">', "<a href='{}'>x</a>", "<textarea>{}</textarea>"]
)
def test_the_crawler_notices_what_came_alive(frame):
    """A guard of the guard: unescaped it is found in every place, escaped it is found in none."""
    assert Page("/", frame.format(CANARY)).alive
    assert Page("/", frame.format(escape(CANARY))).alive == []
    assert Page("/", frame.format("7192")).alive or "value" in frame or "href" in frame
