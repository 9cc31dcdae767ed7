"""The toets, the rubricering, who takes part, the logboek and the rights table."""

from datetime import date

import pytest
from django.db import ProgrammingError

from cases import audit
from cases.exceptions import NotPossible
from cases.models import Event, Participation, Toets, Toetsbevestiging
from cases.rights import RIGHTS
from cases.services import dossiers, participation
from phases.process import services
from phases.process.facts import load
from phases.process.gates import ToetsGedaan
from phases.process.gates.base import judge
from tests import builders as b
from tests.cases.pages import assert_denied, assert_does_not_exist, session, text, unmarked

pytestmark = pytest.mark.django_db
YES = {"rechtsorde": "ja", "eenheid": "ja", "geweld": "ja", "humanitair": "nee"}
PLAIN = {name: answer == "ja" for name, answer in YES.items()} | {
    "applies": True, "provisional": True, "decided_on": b.today(),
}  # fmt: skip


@pytest.fixture
def dossier(cast):
    return b.make_dossier(cast)


def url_of(dossier, page):
    return f"/dossiers/{dossier.number}/{page}"


@pytest.mark.parametrize(
    "page",
    [
        "",
        "toets/",
        "logboek/",
        "betrokkenen/",
        "documenten/",
        "rubricering/",
        "betrokkenen/toevoegen/",
        "betrokkenen/DEF/stoppen/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_outsider_finds_nothing(cast, dossier, page, method):
    assert_does_not_exist(cast, url_of(dossier, page), method)


# Toets


@pytest.mark.parametrize(
    ("answers", "applies"),
    [(YES, True), ({**YES, "geweld": "nee"}, False), ({**YES, "geweld": "nee", "humanitair": "ja"}, True)],
)
def test_the_outcome_follows_from_the_answers(cast, dossier, answers, applies):
    page = session(cast["behandelaar-bz"]).post(url_of(dossier, "toets/"), answers, follow=True)
    toets = Toets.objects.get()
    assert toets.applies is applies
    assert toets.provisional
    assert "De toets is vastgelegd" in text(page)
    assert page.redirect_chain[-1][0] == dossier.get_absolute_url()
    again = text(session(cast["behandelaar-bz"]).get(url_of(dossier, "toets/")))
    assert again.index("Laatste uitkomst") < again.index("Geldt artikel 100 van de Grondwet?")
    assert "Voorlopig, ronde 1" in again


def test_deviating_needs_a_reason(cast, dossier):
    client, url = session(cast["behandelaar-bz"]), url_of(dossier, "toets/")
    page = client.post(url, {**YES, "afwijken": "on"})
    assert page.status_code == 422
    assert "Leg uit waarom u afwijkt" in text(page)
    assert client.post(url, {**YES, "override_reason": "x"}).status_code == 422
    client.post(url, {**YES, "afwijken": "on", "override_reason": "Artikel 97 geldt."})
    toets = Toets.objects.get()
    assert not toets.applies
    assert toets.computed
    assert "Artikel 97 geldt." in text(client.get(url))


def test_the_answer_on_the_unit_fits_the_kinds_of_effort(cast):
    """Sabotage: take A_UNIT away from judge_artikel_100, or _hold_unit from held_efforts: artikel 100 stays off a unit."""
    client = session(cast["behandelaar-bz"])
    with_unit = b.make_dossier(cast, efforts=["eenheid"])
    page = client.post(url_of(with_unit, "toets/"), {**YES, "eenheid": "nee"})
    assert page.status_code == 422
    assert "Antwoord daarom Ja op de vraag naar de eenheid" in text(page)
    assert not Toets.objects.exists()
    plain = b.make_dossier(cast, efforts=["diplomatie"])
    act = {"dossier_id": plain.pk, "by": cast["behandelaar-bz"]}
    add_unit = lambda: dossiers.change_facts(**act, seen_revision=0, efforts=["diplomatie", "eenheid"])  # noqa: E731
    client.post(url_of(plain, "toets/"), {**YES, "eenheid": "nee"})
    with pytest.raises(NotPossible, match="Doe die toets opnieuw"):
        add_unit()
    client.post(url_of(plain, "toets/"), {**YES, "seen_toets": Toets.objects.get().pk})
    assert "eenheid" in add_unit().efforts


def deviating(cast, dossier, **answers) -> Toets:
    """The answers say yes, the behandelaar says no."""
    session(cast["behandelaar-bz"]).post(
        url_of(dossier, "toets/"), {**YES, "afwijken": "on", "override_reason": "Artikel 97 geldt.", **answers}
    )
    return Toets.objects.latest("id")


def test_a_deviation_counts_once_a_teamleider_agreed(cast, dossier):
    """Until then artikel 100 applies, the step waits and the teamleider is told."""
    toets = deviating(cast, dossier)
    leader, url = session(cast["teamleider-bz"]), url_of(dossier, "toets/")
    facts = load(dossier)
    assert (facts.artikel_100, facts.toets_deviates) == (True, toets.by_id)
    assert judge(ToetsGedaan(), facts).holder == "teamleider BZ"
    assert "Bevestig de uitkomst van de toets voor artikel 100" in text(leader.get("/mijn-werk/"))
    assert "Wacht op bevestiging" in text(session(cast["behandelaar-def"]).get(dossier.get_absolute_url()))
    assert "Bevestig de uitkomst" not in text(session(cast["behandelaar-bz"]).get(url))
    assert "Bevestig de uitkomst" in text(leader.get(url))
    page = leader.post(f"{url}{toets.pk}/bevestigen/", follow=True)
    assert "De uitkomst is bevestigd: artikel 100 is niet van toepassing." in text(page)
    assert "Bevestigd door" in text(page)
    facts = load(dossier)
    assert (facts.artikel_100, facts.toets_deviates) == (False, 0)
    assert judge(ToetsGedaan(), facts).open
    assert leader.post(f"{url}{toets.pk}/bevestigen/").status_code == 409


def test_nobody_is_offered_to_agree_on_a_stopped_dossier(cast, dossier):
    deviating(cast, dossier)
    leader, url = session(cast["teamleider-bz"]), url_of(dossier, "toets/")
    assert "Bevestig de uitkomst" in text(leader.get(url))
    step = {"step": "stoppen", "seen_version": 0, "reason": "Rustig geworden.", "outcome": "vervallen"}
    services.transition(dossier_id=dossier.pk, by=cast["teamleider-bz"], **step)
    assert "Bevestig de uitkomst" not in text(leader.get(url))


def test_who_may_not_agree_with_a_deviation(cast, dossier):
    toets, url = deviating(cast, dossier), url_of(dossier, "toets/")
    for who in ("behandelaar-bz", "teamleider-def"):
        assert_denied(cast[who], f"{url}{toets.pk}/bevestigen/", "post", {})
    newer, leader = deviating(cast, dossier, seen_toets=toets.pk), session(cast["teamleider-bz"])
    assert newer.pk != toets.pk
    assert leader.post(f"{url}{toets.pk}/bevestigen/").status_code == 409
    own = Toets.objects.create(**{**PLAIN, "applies": False}, ronde=toets.ronde, by=cast["teamleider-bz"])
    assert "Laat een collega" in text(leader.post(f"{url}{own.pk}/bevestigen/"))
    plain = Toets.objects.create(**PLAIN, ronde=toets.ronde, by=cast["behandelaar-bz"])
    assert "Niemand hoeft die te bevestigen" in text(leader.post(f"{url}{plain.pk}/bevestigen/"))
    with pytest.raises(ProgrammingError, match="vier ogen"):
        Toetsbevestiging.objects.create(toets=own, by=cast["teamleider-bz"])


def test_every_question_must_be_answered(cast, dossier):
    page = session(cast["behandelaar-bz"]).post(url_of(dossier, "toets/"), {"rechtsorde": "ja"})
    assert page.status_code == 422
    assert not Toets.objects.exists()


def test_others_read_the_toets_and_cannot_do_it(cast, dossier):
    url = url_of(dossier, "toets/")
    page = session(cast["behandelaar-def"]).get(url)
    assert "Er is nog geen toets gedaan." in text(page)
    assert "Leg de toets vast" not in text(page)
    assert_denied(cast["behandelaar-def"], url, "post", YES)


# Rubricering


def test_a_vaststeller_marks_with_term_and_reason(cast, dossier):
    client, url = session(cast["vaststeller"]), url_of(dossier, "rubricering/")
    seen = {"seen_stamp": client.get(url).context["form"]["seen_stamp"].value()}
    page = client.post(url, {"marking": "dep-v", "until": "", "reason": "Bronnen.", **seen})
    assert page.status_code == 422
    assert "Vul in tot wanneer de rubricering geldt" in text(page)
    done = client.post(url, {"marking": "dep-v", "until": "5-12-2036", "reason": "Bronnen.", **seen}, follow=True)
    assert "Departementaal VERTROUWELIJK tot en met 5 december 2036" in text(done)
    dossier.refresh_from_db(fields=["marking", "marking_until"])
    assert dossier.marking == "dep-v"
    assert str(dossier.marking_until) == "2036-12-05"


def test_nobody_else_marks(cast, dossier):
    assert_denied(cast["behandelaar-bz"], url_of(dossier, "rubricering/"))
    assert_denied(
        cast["behandelaar-bz"], url_of(dossier, "rubricering/"), "post", {"marking": "ongerubriceerd", "reason": "x"}
    )
    assert "Leg de rubricering vast" not in text(session(cast["behandelaar-bz"]).get(url_of(dossier, "")))


# Betrokkenen


def test_shows_contacts_and_who_can_read(cast, dossier):
    page = text(session(cast["behandelaar-def"]).get(url_of(dossier, "betrokkenen/")))
    assert "K. Jansen (Behandelaar)" in page
    assert "U. Vos (Auditor)" in page
    assert "A. Onbekend" not in page
    assert "J. Smit (SMO-lid)" not in page
    assert "Stop deelname" not in page
    assert "Voeg ministerie" not in page


def test_a_ministry_joins_with_a_contact(cast, dossier):
    client, url = session(cast["behandelaar-bz"]), url_of(dossier, "betrokkenen/toevoegen/")
    wrong = client.post(url, {"ministry": "JENV", "contact": f"DEF:{cast['behandelaar-def'].pk}"})
    assert wrong.status_code == 422
    assert "Kies een contactpersoon die bij JENV werkt" in text(wrong)
    done = client.post(url, {"ministry": "JENV", "contact": f"JENV:{cast['behandelaar-jenv'].pk}"}, follow=True)
    assert "JENV neemt deel aan dit dossier." in text(done)
    assert Participation.objects.get(ministry__code="JENV").contact == cast["behandelaar-jenv"]
    assert session(cast["behandelaar-jenv"]).get(dossier.get_absolute_url()).status_code == 200


def test_who_takes_part_already_only_gets_a_contact(cast, dossier):
    client, url = session(cast["behandelaar-bz"]), url_of(dossier, "betrokkenen/toevoegen/")
    assert "Laat deelnemen</button>" in text(client.get(url + "?ministerie=JENV"))
    page = text(client.get(url + "?ministerie=DEF"))
    assert "Noem contactpersoon</button>" in page and "Laat deelnemen</button>" not in page
    named = {
        "ministry": "DEF",
        "contact": f"DEF:{cast['behandelaar-def'].pk}",
        "seen_stamp": participation.stamp(dossier),
    }
    assert "De contactpersoon van DEF is K. Jansen." in text(client.post(url, named, follow=True))


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_the_penvoerder_lets_ministries_take_part(cast, dossier, method):
    assert_denied(cast["behandelaar-def"], url_of(dossier, "betrokkenen/toevoegen/"), method)


# Logboek


def test_the_logboek_shows_acts_with_their_reason(cast, dossier):
    dossiers.mark(
        dossier_id=dossier.pk,
        by=cast["vaststeller"],
        marking="ongerubriceerd",
        until=None,
        reason="<b>Openbaar</b> nu.",
    )
    page = text(session(cast["behandelaar-def"]).get(url_of(dossier, "logboek/")))
    assert "Niemand kan een regel wijzigen of verwijderen." in page
    assert "Dossier geopend" in page
    assert "&lt;b&gt;Openbaar&lt;/b&gt; nu." in page
    assert "Q. Maas (Vaststeller rubricering BZ)" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"soort": "geopend"}, True),
        ({"soort": "rubricering"}, False),
        ({"persoon": "behandelaar-bz"}, True),
        ({"persoon": "vaststeller"}, False),
        ({"dep": "BZ"}, True),
        ({"van": "1-1-2001"}, True),
        ({"tot": "1-1-2001"}, False),
        ({"van": "geen datum", "voor": "x"}, True),
        ({"voor": "2001-01-01~1"}, False),
        ({"voor": "x~1"}, True),
        ({"soort": "\x00"}, True),
    ],
)
def test_the_logboek_is_filtered_by_its_address(cast, dossier, query, found):
    dossiers.mark(dossier_id=dossier.pk, by=cast["vaststeller"], marking="ongerubriceerd", until=None, reason="x")
    page = text(session(cast["behandelaar-bz"]).get(url_of(dossier, "logboek/"), query))
    assert ('tijdlijn__wat">Dossier geopend' in page) is found


def test_the_logboek_goes_by_the_day_on_which_it_happened(cast, dossier):
    """What was recorded later stands on its own day, says when it was recorded, and is found by that day."""
    past = date(2012, 3, 4)
    audit.record("historie", "De missie begon.", by=None, dossier=dossier, occurred_on=past)
    client, url = session(cast["behandelaar-bz"]), url_of(dossier, "logboek/")
    page = client.get(url)
    assert [day for day, _ in page.context["pagina"].days] == [b.today(), past]
    assert "Vastgelegd op" in text(page)
    assert "Gebeurtenis uit het verleden" in text(page)
    found = text(client.get(url, {"van": "1-3-2012", "tot": "4 maart 2012"}))
    assert "De missie begon." in found
    assert 'tijdlijn__wat">Dossier' not in found
    assert "De missie begon." not in text(client.get(url, {"van": "5-3-2012"}))


def test_the_logboek_without_lines_offers_a_way_out(cast, dossier):
    page = text(session(cast["behandelaar-bz"]).get(url_of(dossier, "logboek/"), {"tot": "1-1-2001"}))
    assert "Geen regels gevonden met deze filters." in page
    assert "Wis alle filters" in page


def test_the_logboek_goes_on_after_fifty(cast, dossier):
    client, url = session(cast["behandelaar-bz"]), url_of(dossier, "logboek/")
    for n in range(60):
        dossiers.change_facts(dossier_id=dossier.pk, by=cast["behandelaar-bz"], seen_revision=n, title=f"Titel {n}")
    first = client.get(url)
    second = client.get(url + first.context["volgende"])
    sizes = [sum(len(lines) for _, lines in page.context["pagina"].days) for page in (first, second)]
    assert sizes == [50, 11]
    assert Event.objects.filter(dossier=dossier).count() == 61
    assert "Nieuwste regels" in text(second)


# Rights


def test_the_rights_table_is_the_one_that_is_read(cast):
    page = text(session(cast["behandelaar-def"]).get("/beheer/rechten/"))
    assert all(str(right.act.label)[1:] in page for right in RIGHTS.values())
    assert "Iedereen met een functie" in page


def test_the_style_guide_asks_to_log_in(cast, client):
    assert client.get("/beheer/stijlgids/").status_code == 302
    assert session(cast["beheerder"]).get("/beheer/stijlgids/").status_code == 200


def test_the_logboek_says_which_headings_changed_and_shows_both_texts(cast):
    """Twice saved: the second line names only what changed, and leads to the old and the new text side by side."""
    dossier = b.make_dossier(cast)
    b.write(cast, dossier, "signaal", b.SIGNAAL)
    b.write(cast, dossier, "signaal", {**b.SIGNAAL, "situatie": "Het wordt <b>rustiger</b>."})
    client = session(cast["auditor"])
    log = client.get(f"/dossiers/{dossier.number}/logboek/")
    lines = [line for _, lines in log.context["pagina"].days for line in lines if line["url"]]
    assert len(lines) == 2
    assert lines[0]["wat"] == "Signaalbeoordeling bijgewerkt: wat er speelt"
    assert b.SIGNAAL["situatie"] not in text(log)
    page = client.get(lines[0]["url"])
    assert page.status_code == 200
    assert "Het wordt &lt;b&gt;rustiger&lt;/b&gt;." in unmarked(page)
    assert b.SIGNAAL["situatie"] in unmarked(page)
    assert b.SIGNAAL["bronnen"] not in unmarked(page)
    assert_does_not_exist(cast, lines[0]["url"])
    assert client.get(f"/dossiers/{dossier.number}/logboek/1/").status_code == 404
    other = b.make_dossier(cast)
    assert client.get(lines[0]["url"].replace(dossier.number, other.number)).status_code == 404
