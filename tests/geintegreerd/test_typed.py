"""Typed text is never lost: kept while someone writes, when a form is refused, after the session ended; and never shown to another."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Dossier, Event, TypedText
from cases.notifications.tasks import sweep_typed
from cases.services import typed
from geintegreerd.demo.accounts import PASSWORD
from phases.kamer import services as kamer
from phases.process import worklist
from tests import builders as b
from tests.architecture.rechtentabel import DELEN
from tests.cases.pages import give_password, session, text, unmarked
from tests.cases.test_pages_nieuw import ANSWERS
from tests.phases import scenes

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
KEEP, THROW_AWAY, NEW = "/concept/", "/concept/weg/", "/dossiers/nieuw/"
NOTICE = "tekst getypt die nog niet is opgeslagen"
TYPED = "Drie weken werk aan de tekst, met 'aanhaling' & <haken>"


@pytest.fixture
def d(cast):
    return b.make_dossier(cast)


@pytest.fixture
def writer(cast):
    return session(cast["behandelaar-bz"])


def signal_url(d: Dossier) -> str:
    return reverse("signaal", args=[d.number])


def key_on(page) -> str:
    return unescape(re.search(r'name="concept" value="([^"]+)"', page.content.decode())[1])


def key_on_form(page) -> str:
    """The key of the form itself: the last one on a page with notices above it."""
    return unescape(re.findall(r'name="concept" value="([^"]+)"', page.content.decode())[-1])


def fields(key: str, **given: str) -> dict[str, str]:
    return {**b.SIGNAAL, "seen_revision": "0", "situatie": TYPED, **given, "concept": key}


def keep(client: Client, url: str, **given: str):
    """Types in the form of a page as htmx would send it."""
    return client.post(KEEP, fields(key_on(client.get(url)), **given), headers=HTMX)


def test_typed_text_is_kept_and_put_back(d, writer):
    answer = keep(writer, signal_url(d))
    assert re.fullmatch(r"Concept bewaard om \d{2}\.\d{2} uur\.", answer.content.decode())
    page = writer.get(signal_url(d))
    assert NOTICE in text(page)
    assert page.context["form"]["situatie"].value() == TYPED
    assert unescape(text(page)).count(TYPED) == 1
    assert "Gooi deze tekst weg" in text(page)


def test_keeping_changes_nothing_in_the_dossier(d, writer):
    before = Event.objects.count()
    keep(writer, signal_url(d))
    assert Event.objects.count() == before
    assert not d.documents.exists()


def test_saving_ends_it_and_a_late_request_brings_nothing_back(d, writer):
    url = signal_url(d)
    key = key_on(writer.get(url))
    writer.post(KEEP, fields(key), headers=HTMX)
    assert writer.post(url, fields(key)).status_code == 302
    assert TypedText.objects.get().fields == ""
    late = writer.post(KEEP, fields(key, situatie="Te laat"), headers=HTMX)
    assert late.status_code == 409
    assert typed.SENT in text(late)
    page = writer.get(url)
    assert NOTICE not in text(page)
    assert page.context["form"]["situatie"].value() == TYPED


def test_another_window_goes_on_after_the_first_was_saved(d, writer):
    url = signal_url(d)
    first, second = key_on(writer.get(url)), key_on(writer.get(url))
    writer.post(url, fields(first))
    assert writer.post(KEEP, fields(second, situatie="Uit het tweede venster"), headers=HTMX).status_code == 200
    assert writer.get(url).context["form"]["situatie"].value() == "Uit het tweede venster"


def test_two_windows_never_overwrite_each_other(d, writer):
    """The last typed stands in the fields, the other beside it, until its writer throws it away."""
    url = signal_url(d)
    first, second = key_on(writer.get(url)), key_on(writer.get(url))
    writer.post(KEEP, fields(first, situatie="Uit het eerste venster"), headers=HTMX)
    answer = writer.post(KEEP, fields(second, situatie="Uit het tweede venster"), headers=HTMX)
    assert "Beide teksten blijven bewaard." in text(answer)
    page = writer.get(url)
    assert page.context["form"]["situatie"].value() == "Uit het tweede venster"
    assert "In een ander venster typte u iets anders" in text(page)
    assert "Uit het eerste venster" in unmarked(page)

    # What is typed in this third window takes the place of the second; the first may be read until it is thrown away.
    writer.post(KEEP, fields(key_on_form(page), situatie="Uit het derde venster"), headers=HTMX)
    page = writer.get(url)
    assert page.context["form"]["situatie"].value() == "Uit het derde venster"
    assert "Uit het eerste venster" in unmarked(page)
    assert "Uit het tweede venster" not in unmarked(page)
    other = re.findall(r'name="concept" value="([^"]+)"', page.content.decode())[1]
    writer.post(THROW_AWAY, {"concept": unescape(other)})
    page = writer.get(url)
    assert page.context["form"]["situatie"].value() == "Uit het derde venster"
    assert "Uit het eerste venster" not in unmarked(page)


def test_a_window_that_writes_on_keeps_its_words_after_another_took_them_over(d, writer):
    url = signal_url(d)
    first = key_on(writer.get(url))
    writer.post(KEEP, fields(first, situatie="Een"), headers=HTMX)
    second = key_on_form(writer.get(url))
    writer.post(KEEP, fields(first, situatie="Een en meer"), headers=HTMX)
    writer.post(KEEP, fields(second, situatie="Een en iets anders"), headers=HTMX)
    page = writer.get(url)
    assert page.context["form"]["situatie"].value() == "Een en iets anders"
    assert "Een en meer" in unmarked(page)


def test_two_refused_windows_without_scripts_both_stay(d, writer):
    url = reverse("kerngegevens", args=[d.number])
    keys = [key_on(writer.get(url)), key_on(writer.get(url))]
    for key, words in zip(keys, ("Woorden van het eerste venster", "Woorden van het tweede venster"), strict=True):
        assert writer.post(url, {"title": "", "summary": words, "concept": key}).status_code == 422
    page = writer.get(url)
    assert page.context["form"]["summary"].value() == "Woorden van het tweede venster"
    assert "Woorden van het eerste venster" in unmarked(page)


def test_what_is_saved_already_gives_no_notice(cast, d, writer):
    b.write(cast, d, "signaal", {**b.SIGNAAL, "situatie": TYPED})
    keep(writer, signal_url(d), seen_revision="1")
    assert NOTICE not in text(writer.get(signal_url(d)))


def test_text_built_on_an_older_one_overwrites_nothing_unseen(cast, d, writer):
    """The text comes back with the revision it was built on: saving it shows both."""
    keep(writer, signal_url(d))
    b.write(cast, d, "signaal", {**b.SIGNAAL, "situatie": "Van een ander"})
    page = writer.get(signal_url(d))
    assert "Daarna heeft iemand de opgeslagen tekst gewijzigd" in text(page)
    form = page.context["form"]
    saved = writer.post(signal_url(d), fields("", seen_revision=str(form["seen_revision"].value())))
    assert saved.status_code == 409
    assert "Van een ander" in unmarked(saved)


def test_thrown_away_text_is_gone(d, writer):
    keep(writer, signal_url(d))
    answer = writer.post(THROW_AWAY, {"concept": key_on(writer.get(signal_url(d)))})
    assert answer["Location"] == signal_url(d)
    assert TypedText.objects.get().fields == ""
    assert TYPED not in unescape(text(writer.get(signal_url(d))))


def test_nobody_else_sees_it(cast, d, writer):
    """Not a colleague with the same rights, not by the writer's own key."""
    key = key_on(writer.get(signal_url(d)))
    writer.post(KEEP, fields(key), headers=HTMX)
    colleague = session(cast["behandelaar-def"])
    page = colleague.get(signal_url(d))
    assert TYPED not in unescape(text(page))
    assert NOTICE not in text(page)
    assert colleague.post(KEEP, fields(key, situatie="Van Jansen"), headers=HTMX).status_code == 404
    assert colleague.post(THROW_AWAY, {"concept": key}).status_code == 404
    assert writer.get(signal_url(d)).context["form"]["situatie"].value() == TYPED


@pytest.mark.parametrize("key", ["", "verzonnen", "eyJ1IjoxfQ:1w:xxx", "\x00"])
def test_an_address_that_gave_no_form_takes_no_text(writer, key):
    assert writer.post(KEEP, fields(key), headers=HTMX).status_code == 404
    assert not TypedText.objects.exists()


def test_a_key_for_an_unseen_dossier_takes_no_text(cast, d):
    stranger = cast["buitenstaander"]
    key = typed.new_key(stranger, signal_url(d), d).signed()
    assert session(stranger).post(KEEP, fields(key), headers=HTMX).status_code == 404
    assert not TypedText.objects.exists()


def test_after_access_was_withdrawn_nothing_is_shown_or_kept(cast, d):
    colleague = session(cast["behandelaar-def"])
    url = signal_url(d)
    key = key_on(colleague.get(url))
    colleague.post(KEEP, fields(key), headers=HTMX)
    b.leave(cast, d, "DEF")
    assert colleague.get(url).status_code == 404
    assert colleague.post(KEEP, fields(key, situatie="Nog meer"), headers=HTMX).status_code == 404


def test_who_may_read_but_no_longer_write_gets_no_notice(cast, d, writer):
    keep(writer, signal_url(d))
    reader = cast["behandelaar-bz"]
    reader.memberships.update(role="teamleider")
    page = session(reader).get(signal_url(d))
    assert page.status_code == 200
    assert NOTICE not in text(page)
    assert TYPED not in unescape(text(page))


def test_too_much_is_413_with_a_sentence(d, writer):
    answer = keep(writer, signal_url(d), situatie="x" * (typed.MAX_CHARS + 1))
    assert answer.status_code == 413
    assert 'role="alert"' in text(answer)
    assert "Uw tekst is te groot om te bewaren" in text(answer)
    assert not TypedText.objects.exists()


def test_a_higher_marking_is_not_held(d, writer):
    answer = keep(writer, signal_url(d), situatie="Stg. GEHEIM: bron Adelaar")
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    assert not TypedText.objects.exists()


@pytest.mark.parametrize("strange", ["\x00", "%ED%A0%80", "<script>kanarie</script>", "e" + "\u0301" * 5000])
def test_strange_signs_are_kept_and_given_back_escaped(d, writer, strange):
    assert keep(writer, signal_url(d), situatie=f"a{strange}b").status_code == 200
    page = writer.get(signal_url(d))
    assert page.status_code == 200
    assert "<script>kanarie" not in text(page)


def test_the_lock_on_the_dossier_is_not_needed(d, writer, django_assert_max_num_queries):
    """No statement asks for the dossier row."""
    key = key_on(writer.get(signal_url(d)))
    worklist.bring_up_to_date()
    with django_assert_max_num_queries(14) as queries:
        writer.post(KEEP, fields(key), headers=HTMX)
    locking = [q["sql"] for q in queries if "FOR UPDATE" in q["sql"] or "FOR NO KEY" in q["sql"]]
    assert [sql for sql in locking if "cases_dossier" in sql] == []
    assert connection.vendor == "postgresql"


def test_a_refused_form_is_kept_without_javascript(cast, d, writer):
    """A closed gate answers with another page; what was typed comes back on the page of the form."""
    url = reverse("kerngegevens", args=[d.number])
    key = key_on(writer.get(url))
    assert writer.post(url, {"title": "", "summary": TYPED, "concept": key}).status_code == 422
    assert writer.get(url).context["form"]["summary"].value() == TYPED


def test_a_new_dossier_is_kept_through_its_check_page(writer):
    key = key_on(writer.get(NEW))
    writer.post(KEEP, {**ANSWERS, "concept": key}, headers=HTMX)
    form = writer.get(NEW).context["form"]
    assert form["countries"].value() == ["Jemen", "Djibouti"]
    assert form["cooperation"].value() == "afstemming"
    check = writer.post(NEW, {**ANSWERS, "concept": key})
    assert "Controleer uw gegevens" in text(check)
    opened = {**ANSWERS, "actie": "open", "concept": key_on(check)}
    assert writer.post(NEW, opened).status_code == 302
    assert NOTICE not in text(writer.get(NEW))


def test_every_form_with_long_text_keeps_it(cast, d, writer):
    """Every page of a dossier that shows a behandelaar a text field; a new page that forgets it fails here."""
    kamer.begin(dossier_id=d.pk, soort="kennisgeving", betreft="Missie", by=cast["behandelaar-bz"])
    keeping, forgetting = set(), set()
    parts = {"number": d.number, "nr": 1, "step": "stoppen", "soort": "kennisgeving", "code": "KG-1", "letter": "A"}
    known = {name: given for name, given in DELEN.items() if "number" in given and set(given) <= set(parts)}
    for name, given in known.items():
        page = writer.get(reverse(name, kwargs={part: parts[part] for part in given}))
        if page.status_code == 200 and "<textarea" in text(page):
            (keeping if "data-concept=" in text(page) else forgetting).add(name)
    assert forgetting == set()
    assert keeping >= {
        "signaal",
        "analyse",
        "optie_nieuw",
        "plan",
        "evaluatie",
        "brief_sectie",
        "kerngegevens",
        "toets",
    }


def test_a_position_of_the_smo_is_kept(cast):
    offer = scenes.offered(cast, scenes.dossier(cast))
    url = reverse("standpunt", args=[offer.ronde.dossier.number, offer.pk])
    client = session(cast["smo-def"])
    given = {"strekking": "niet-akkoord", "toelichting": TYPED, "concept": key_on(client.get(url))}
    client.post(KEEP, given, headers=HTMX)
    form = client.get(url).context["form"]
    assert (form["strekking"].value(), form["toelichting"].value()) == ("niet-akkoord", TYPED)


def test_old_text_is_swept(d, writer, settings):
    assert sweep_typed.name in {row["task"] for row in settings.CELERY_BEAT_SCHEDULE.values()}
    keep(writer, signal_url(d))
    sweep_typed()
    assert TypedText.objects.count() == 1
    TypedText.objects.update(typed_at=timezone.now() - timedelta(days=31))
    sweep_typed()
    assert not TypedText.objects.exists()


# The session ended


def login(who: str, url: str, **more: str) -> Client:
    client = Client()
    client.post(url, {"login": who, "password": PASSWORD, **more})
    return client


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_after_the_session_ended_the_text_waits_behind_the_login(cast, headers):
    give_password(cast["behandelaar-bz"], cast["behandelaar-def"])
    d, before = b.make_dossier(cast), Event.objects.count()
    writer = session(cast["behandelaar-bz"])
    url = signal_url(d)
    key = key_on(writer.get(url))
    writer.session.flush()
    answer = writer.post(KEEP if headers else url, fields(key), headers=headers)
    to_login = answer["HX-Redirect"] if headers else answer["Location"]
    assert to_login.startswith(reverse("account_login"))
    assert "Uw tekst is bewaard" in text(writer.get(to_login))
    assert (Event.objects.count(), d.documents.count()) == (before, 0)
    assert TYPED not in unescape(text(writer.get(to_login)))

    somebody_else = login("behandelaar-def", to_login)
    assert TYPED not in unescape(text(somebody_else.get(url)))
    back = writer.post(to_login, {"login": "behandelaar-bz", "password": PASSWORD})
    assert back["Location"] == url
    page = writer.get(url)
    assert NOTICE in text(page)
    assert page.context["form"]["situatie"].value() == TYPED


def test_a_key_does_not_let_the_stranger_write_what_its_owner_may_not_see(cast, d):
    stranger = cast["buitenstaander"]
    key = typed.new_key(stranger, signal_url(d), d).signed()
    Client().post(signal_url(d), fields(key))
    assert not TypedText.objects.exists()


def test_text_that_cannot_be_kept_is_given_back_to_copy(cast, d):
    """A form without a key, or with a key too old: the page shows what was typed, as text."""
    client = Client()
    answer = client.post(signal_url(d), fields("oud"))
    assert answer.status_code == 403
    assert "U bent uitgelogd" in text(answer)
    assert "<haken>" not in text(answer)
    assert TYPED in unescape(text(answer))


def test_a_part_of_a_page_never_becomes_a_login_page(d):
    answer = Client().get(signal_url(d), headers={**HTMX, "HX-Current-URL": "http://testserver/dossiers/?fase=2"})
    assert answer.content == b""
    # allauth follows only addresses of our own; the header comes from the browser.
    assert answer["HX-Redirect"].startswith(reverse("account_login"))
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize("referer", ["https://kwaad.example/", "//kwaad.example", "javascript:alert(1)", ""])
def test_the_way_back_never_leaves_the_site(d, referer):
    headers = {"Referer": referer, "HX-Current-URL": referer}
    answer = Client().post(signal_url(d), headers=headers)
    assert answer["Location"] == f"{reverse('account_login')}?next=%2F"


@pytest.mark.parametrize(
    "after", ["https://kwaad.example/", "//kwaad.example/", "/\\kwaad.example", "javascript:alert(1)"]
)
def test_login_leads_nowhere_else(cast, after):
    give_password(cast["behandelaar-bz"])
    given = {"login": "behandelaar-bz", "password": PASSWORD, "next": after}
    answer = Client().post(reverse("account_login"), given)
    assert answer["Location"] == "/"
