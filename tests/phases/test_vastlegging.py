"""Registered facts: who may, what is asked, the newest counts, nothing changes, and what the start of a unit is held by."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from cases.exceptions import Conflict, Denied, NotPossible, Stale
from cases.models import Dossier, Event
from cases.phase import Phase
from cases.rights import RIGHTS, Role
from phases.kamer import behandeling
from phases.kamer.models import Behandelstap
from phases.planning import services as planning
from phases.process import facts as facts_module
from phases.process import worklist
from phases.process.aan_zet import Stand, Turn, of_user, turns
from phases.vastlegging import services
from phases.vastlegging.models import Vastlegging, VastleggingBevestigd
from phases.vastlegging.soorten import SOORTEN
from tests import builders as b
from tests.cases.pages import assert_denied, assert_does_not_exist, assert_post_only, session, text
from tests.hard.ready import in_planning
from tests.phases import scenes
from tests.phases.test_transition import judge_toets

pytestmark = pytest.mark.django_db
POLITIE = ("politie", "eenheid")


@pytest.fixture
def d(cast) -> Dossier:
    return scenes.dossier(cast, ministries=("BZ", "DEF", "JENV"), efforts=POLITIE)


def test_every_soort_says_where_it_comes_from_and_who_registers_it():
    for soort in SOORTEN.values():
        assert soort.source and soort.vraag.rstrip().endswith(("?", "."))
        assert soort.act in RIGHTS
        assert set(soort.good) | set(soort.why) <= set(dict(soort.outcomes))


def test_registering_is_recorded_and_the_newest_counts(cast, d):
    first = b.register(cast, d, "communicatieplan", tekst="Een.")
    second = b.register(cast, d, "communicatieplan", tekst="Twee.")
    assert facts_module.load(d).records.newest["communicatieplan"].id == second.pk
    event = Event.objects.get(object=f"vastlegging:{first.pk}")
    assert (event.kind, event.sentence) == ("vastgelegd", "Communicatieplan")


@pytest.mark.parametrize("who", ["behandelaar-def", "teamleider-bz", "secretariaat", "auditor"])
def test_only_the_penvoerder_registers(cast, d, who):
    with pytest.raises(Denied):
        b.register(cast, d, "communicatieplan", by=who)


def test_defensie_registers_its_own_facts_too(cast, d):
    assert b.register(cast, d, "militair-advies", by="behandelaar-def").by == cast["behandelaar-def"]
    with pytest.raises(Denied):
        b.register(cast, d, "militair-advies", by="behandelaar-jenv")


def test_the_minister_of_jenv_decides_about_police_and_another_confirms(cast, d):
    with pytest.raises(Denied):
        b.register(cast, d, "politie", by="gemachtigde-def")
    row = b.register(cast, d, "politie")
    with pytest.raises(NotPossible, match="zelf vast"):
        services.confirm(vastlegging_id=row.pk, by=cast["gemachtigde-jenv"])
    services.confirm(vastlegging_id=row.pk, by=cast["gemachtigde-jenv-2"])
    with pytest.raises(Conflict, match="al bevestigd"):
        services.confirm(vastlegging_id=row.pk, by=cast["gemachtigde-jenv-2"])
    assert facts_module.load(d).records.newest["politie"].confirmed


def test_a_minister_whose_ministry_does_not_take_part_decides_nothing(cast):
    with pytest.raises(NotPossible, match="JENV neemt niet deel"):
        b.register(cast, b.make_dossier(cast), "politie")


def test_only_the_newest_decision_is_confirmed(cast, d):
    older, newer = b.register(cast, d, "politie"), b.register(cast, d, "politie", tekst="Vijf agenten.")
    with pytest.raises(Conflict, match="nieuwer"):
        services.confirm(vastlegging_id=older.pk, by=cast["gemachtigde-jenv-2"])
    services.confirm(vastlegging_id=newer.pk, by=cast["gemachtigde-jenv-2"])


def test_a_fact_without_second_person_is_not_confirmed(cast, d):
    row = b.register(cast, d, "communicatieplan")
    with pytest.raises(NotPossible, match="niemand"):
        services.confirm(vastlegging_id=row.pk, by=cast["gemachtigde-bz"])


@pytest.mark.parametrize(
    ("soort", "given", "sentence"),
    [
        ("communicatieplan", {"tekst": " "}, "Vul in: kernboodschap."),
        ("communicatieplan", {"op": date(2999, 1, 1)}, "eerdere datum"),
        ("politie", {"uitkomst": ""}, "Kies een uitkomst."),
        ("politie", {"uitkomst": "misschien"}, "Kies een uitkomst."),
        ("eigen-plan", {"kenmerk": ""}, "Vul in: kenmerk van het plan."),
    ],
)
def test_what_a_soort_asks(cast, d, soort, given, sentence):
    with pytest.raises(NotPossible) as refusal:
        b.register(cast, d, soort, **given)
    assert any(sentence in said for said in refusal.value.sentences)
    assert not Vastlegging.objects.exists()


def test_nobody_registers_over_what_was_not_seen(cast, d):
    b.register(cast, d, "communicatieplan", seen_vastlegging=0)
    with pytest.raises(Stale, match="legde dit"):
        b.register(cast, d, "communicatieplan", seen_vastlegging=0)


@pytest.mark.parametrize("statement", ["UPDATE {} SET tekst = 'x'", "DELETE FROM {}"])
def test_a_registered_fact_never_changes(cast, d, statement):
    b.register(cast, d, "communicatieplan")
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement.format("phases_vastlegging"))


def test_who_registered_does_not_confirm_in_the_database_either(cast, d):
    row = b.register(cast, d, "politie")
    with pytest.raises(DatabaseError, match="vier ogen"), transaction.atomic():
        VastleggingBevestigd.objects.create(vastlegging=row, by=cast["gemachtigde-jenv"])


def start(cast, d, **given):
    return b.register(cast, d, "start-eenheid", op=b.today() + timedelta(days=30), **given)


def test_a_unit_waits_for_the_letter_and_other_instruments_do_not(cast, d):
    judge_toets(cast, d, applies=True)
    with pytest.raises(NotPossible, match="pas na de artikel 100-brief"):
        start(cast, d, tekst="De minister van Defensie.")
    b.register(cast, d, "start-politie", op=b.today() + timedelta(days=30))
    scenes.sent_letter(cast, in_planning(cast, d))
    with pytest.raises(NotPossible, match="wie dat aanvaardt"):
        start(cast, d)
    assert start(cast, d, tekst="De ministers van BZ en Defensie: het vliegtuig gaat maar één keer.").pk
    scenes.treated(cast, d)
    assert start(cast, d).pk


def test_without_artikel_100_a_unit_starts_freely(cast, d):
    judge_toets(cast, d, applies=False)
    assert start(cast, d).pk


def test_who_is_up(cast, d):
    """Defensie for its papers, the gemachtigde of JENV for the police, another for the confirmation."""
    planned = Dossier.objects.select_related("lead", "handler").get(pk=d.pk)
    planned.__dict__["phase"] = Phase.PLANNING
    facts = facts_module.load(planned)

    def said(who: str) -> str:
        return " ".join(turn.tekst for turn in of_user(turns(planned, facts), cast[who]))

    assert "Militair Advies" in said("behandelaar-def")
    assert "Militair Advies" not in said("behandelaar-bz")
    assert "communicatieplan" in said("behandelaar-bz")
    assert "politie" in said("gemachtigde-jenv")
    b.register(cast, d, "politie")
    facts = facts_module.load(planned)
    assert "bevestigen" in said("gemachtigde-jenv-2")
    assert "bevestigen" not in said("gemachtigde-jenv")


def test_pages(cast, d):
    url = reverse("vastlegging", args=[d.number, "communicatieplan"])
    client = session(cast["behandelaar-bz"])
    assert "In deze ronde is hier nog niets vastgelegd." in text(client.get(url))
    given = {"op": "21-11-2026", "tekst": "Rust.", "seen_vastlegging": "0"}
    assert "Controleer wat u vastlegt" in text(client.post(url, given))
    answer = client.post(url, {**given, "stap": "indienen"})
    assert answer.status_code == 302
    assert "Rust." in text(client.get(url))
    assert client.post(url, {"op": "morgen", "tekst": "", "seen_vastlegging": "0"}).status_code == 422
    assert client.get(reverse("vastlegging", args=[d.number, "onzin"])).status_code == 404
    assert_denied(cast["behandelaar-def"], url, "post", given)
    assert_does_not_exist(cast, url)
    overview = text(session(cast["auditor"]).get(reverse("vastleggingen", args=[d.number])))
    assert "Communicatieplan" in overview
    assert "Besluit over de politie" in overview
    assert "Eigen plan van het ministerie" not in overview


def test_confirming_is_a_button(cast, d):
    row = b.register(cast, d, "politie")
    url = reverse("vastlegging_bevestigen", args=[d.number, row.pk])
    assert_post_only(cast["gemachtigde-jenv-2"], url)
    page = text(session(cast["gemachtigde-jenv-2"]).get(reverse("vastlegging", args=[d.number, "politie"])))
    assert "Bevestig het besluit" in page
    own = session(cast["gemachtigde-jenv"])
    assert "Bevestig het besluit" not in text(own.get(reverse("vastlegging", args=[d.number, "politie"])))
    assert own.post(url).status_code == 422
    assert session(cast["gemachtigde-jenv-2"]).post(url).status_code == 302


def test_indicators_are_added_and_measured_later(cast, d):
    row = b.measure(cast, d, nulmeting="", nulmeting_op=None)
    records = facts_module.load(d).records
    assert (records.indicators, records.without_start, records.first_without) == (1, 1, row.naam)
    values = {**b.INDICATOR, "nulmeting": "12", "nulmeting_op": b.today()}
    planning.change_indicator(indicator_id=row.pk, by=cast["behandelaar-def"], seen_revision=0, **values)
    assert facts_module.load(d).records.without_start == 0
    with pytest.raises(Stale):
        planning.change_indicator(indicator_id=row.pk, by=cast["behandelaar-bz"], seen_revision=0, **values)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"nulmeting": "", "nulmeting_op": date(2026, 11, 1)}, "zowel de waarde"),
        ({"nulmeting": "12", "nulmeting_op": None}, "zowel de waarde"),
        ({"nulmeting_op": date(2999, 1, 1)}, "vandaag of eerder"),
    ],
)
def test_a_nulmeting_has_a_value_and_a_past_day(cast, d, given, sentence):
    with pytest.raises(NotPossible, match=sentence):
        b.measure(cast, d, **given)


def step(cast, d, stap, day=None, who="secretariaat"):
    return behandeling.note_step(dossier_id=d.pk, by=cast[who], stap=stap, op=day or b.today(), uitkomst="Steun.")


def test_the_treatment_ends_last(cast, d):
    scenes.sent_letter(cast, in_planning(cast, d))
    step(cast, d, "commissiedebat", b.today() + timedelta(days=1))
    with pytest.raises(NotPossible, match="niet eerder zijn afgerond dan de laatste stap"):
        step(cast, d, "afgerond")
    with pytest.raises(Denied):
        step(cast, d, "afgerond", who="behandelaar-def")
    with pytest.raises(NotPossible, match="niet op een latere dag"):
        step(cast, d, "afgerond", b.today() + timedelta(days=1))
    assert facts_module.load(d).records.treated_on is None


def test_the_treatment_ends_after_the_artikel_100_brief(cast, d):
    """Of this Ronde, to the Tweede Kamer; the service says so, and the database holds it too."""
    step(cast, d, "briefing")
    row = {"ronde": d.current_ronde, "stap": "afgerond", "uitkomst": "Steun.", "by": cast["secretariaat"]}
    with pytest.raises(NotPossible, match="pas zijn afgerond als de artikel 100-brief van deze ronde"):
        step(cast, d, "afgerond")
    with pytest.raises(DatabaseError, match="nog niet aan de Tweede Kamer"), transaction.atomic():
        Behandelstap.objects.create(op=b.today(), **row)
    scenes.sent_letter(cast, in_planning(cast, d))
    before = b.today() - timedelta(days=1)
    with pytest.raises(NotPossible, match="gestuurd. De behandeling kan niet eerder zijn afgerond."):
        step(cast, d, "afgerond", before)
    with pytest.raises(DatabaseError, match="nog niet aan de Tweede Kamer"), transaction.atomic():
        Behandelstap.objects.create(op=before, **row)
    step(cast, d, "afgerond")
    assert facts_module.load(d).records.treated_on == b.today()


@pytest.mark.parametrize(
    ("name", "add", "empty", "shown"),
    [
        ("indicatoren", b.measure, "Er is nog geen indicator.", "Aantal incidenten per maand"),
        (
            "behandeling",
            lambda cast, d: scenes.treated(cast, in_planning(cast, d)),
            "nog niet behandeld.",
            "Steun van een meerderheid.",
        ),
    ],
)
def test_a_register_shows_its_rows_to_every_reader(cast, d, name, add, empty, shown):
    url, client = reverse(name, args=[d.number]), session(cast["auditor"])
    assert empty in text(client.get(url))
    add(cast, d)
    assert shown in text(client.get(url))
    assert_does_not_exist(cast, url)


def test_an_indicator_stays_with_its_ronde(cast, d):
    other = scenes.dossier(cast).rondes.get()
    row = b.measure(cast, d)
    with pytest.raises(DatabaseError, match="bij zijn ronde"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(ronde=other)


def test_an_indicator_is_filled_in_on_its_page(cast, d):
    b.measure(cast, d)
    one = reverse("indicator", args=[d.number, d.rondes.get().indicatoren.get().pk])
    client = session(cast["behandelaar-bz"])
    values = {"naam": "Uren open", "bron": "Post", "streefwaarde": "9", "gepland_op": "1-3-2027", "seen_revision": "0"}
    assert client.post(one, values).status_code == 302
    assert "Gepland op 1 maart 2027" in text(client.get(reverse("indicatoren", args=[d.number])))
    assert "Uren open" in text(client.get(reverse("logboek", args=[d.number])))
    assert client.post(one, values).status_code == 409


def test_the_list_of_work_knows_a_colleague_of_another_ministry(cast, d, monkeypatch):
    """A turn of the behandelaar of Defensie is not narrowed to the handler of the penvoerder."""
    turn = Turn(Role.BEHANDELAAR, "DEF", Stand.GEGEVEN, "Leg vast.", "Leg vast", "/")
    monkeypatch.setattr(worklist, "turns", lambda dossier, facts: [turn])
    worklist.judge_again(d.pk)
    assert [b.person for b in d.beurten.filter(group__name="DEF:behandelaar")] == [None]
