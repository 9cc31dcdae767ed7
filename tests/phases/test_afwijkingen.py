"""The ways to deviate: declarations, duties to catch up, refusals, and what can never be set aside."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from cases.exceptions import Conflict, Denied, NotPossible
from cases.models import Dossier
from phases.process import afwijkingen, facts, services, verklaringen
from phases.process.aan_zet import of_user, turns
from phases.process.afwijking_models import Afwijzing, Inhaalplicht, Poort, Verklaring, VerklaringAkkoord
from phases.process.gates import judge
from phases.process.models import Waiver
from phases.process.table import GATES
from tests import builders as b
from tests.cases.pages import assert_denied, assert_does_not_exist, session, text
from tests.phases import scenes
from tests.phases.test_transition import ask, in_analyse, judge_toets, step

pytestmark = pytest.mark.django_db
LATER = b.today() + timedelta(days=14)


def waits_on(cast, d: Dossier, who: str) -> list[str]:
    return [t.tekst for t in of_user(turns(d, facts.load(d)), cast[who])]


def agree(cast, asked: Verklaring, who: str) -> Verklaring:
    return verklaringen.agree(verklaring_id=asked.pk, by=cast[who])


# Declarations


def test_kleinschalig_writes_waivers_for_the_marked_gates_only(cast):
    d = scenes.dossier(cast)
    d.participations.update(contact=None)
    asked = scenes.declared(cast, d)
    assert not Waiver.objects.exists()
    assert waits_on(cast, d, "voorzitter-smo") == ["Beoordeel de verklaring: Kleinschalige inzet."]
    with pytest.raises(Denied):
        agree(cast, asked, "behandelaar-bz")
    with pytest.raises(NotPossible, match="alleen de voorzitter"):
        agree(cast, asked, "teamleider-bz")
    agree(cast, asked, "voorzitter-smo")
    marked = {gate.name for gate in GATES.values() if "kleinschalig" in gate.declared_by}
    assert marked == {w.gate for w in Waiver.objects.all()} >= {"werkgroep", "inbreng"}
    assert judge(GATES["werkgroep"], facts.load(d)).waived
    assert waits_on(cast, d, "voorzitter-smo") == []
    with pytest.raises(Conflict):
        agree(cast, asked, "voorzitter-smo")


def test_without_the_smo_the_teamleider_declares(cast):
    d = b.make_dossier(cast, efforts=("diplomatie",))
    agree(cast, scenes.declared(cast, d, "een-instrument"), "teamleider-bz")
    assert Waiver.objects.filter(gate="werkgroep", granted_as="teamleider").count() == 1


def test_one_instrument_is_one_instrument(cast):
    with pytest.raises(NotPossible, match="2 soorten inzet"):
        scenes.declared(cast, scenes.dossier(cast), "een-instrument")


def test_nobody_declares_what_the_own_request_asked(cast):
    d = b.make_dossier(cast, efforts=("diplomatie",))
    asked = scenes.declared(cast, d)
    Verklaring.objects.filter(pk=asked.pk)
    with pytest.raises(DatabaseError, match="vier ogen"), transaction.atomic():
        VerklaringAkkoord.objects.create(verklaring=asked, by=cast["behandelaar-bz"], granted_as="teamleider")


def test_spoed_needs_bz_and_def_together(cast):
    d = scenes.dossier(cast)
    with pytest.raises(NotPossible, match="alleen als artikel 100"):
        scenes.declared(cast, d, "spoed")
    judge_toets(cast, d, applies=True)
    asked = scenes.declared(cast, d, "spoed")
    for who in ("voorzitter-smo", "gemachtigde-jenv"):
        with pytest.raises(NotPossible):
            agree(cast, asked, who)
    agree(cast, asked, "gemachtigde-bz")
    assert not Waiver.objects.exists()
    with pytest.raises(NotPossible):
        agree(cast, asked, "gemachtigde-bz-2")
    assert waits_on(cast, d, "gemachtigde-def")[0].startswith("Beoordeel de verklaring: Spoed")
    agree(cast, asked, "gemachtigde-def")
    duty = Inhaalplicht.objects.get(wat__startswith="Informeer de Tweede en de Eerste Kamer zo spoedig mogelijk")
    assert (duty.holder.code, duty.term) == ("BZ", asked.term)
    assert judge(GATES["brief:kennisgeving"], facts.load(d)).waived
    assert any("Informeer de Tweede" in words for words in waits_on(cast, d, "behandelaar-bz"))


def test_the_database_refuses_half_a_spoed(cast):
    d = scenes.dossier(cast)
    judge_toets(cast, d, applies=True)
    asked = scenes.declared(cast, d, "spoed")
    agree(cast, asked, "gemachtigde-bz")
    row = {"ronde": asked.ronde, "reason": "x", "until": asked.until, "requested_by": asked.requested_by}
    with pytest.raises(DatabaseError, match="geldt niet"), transaction.atomic():
        Waiver.objects.create(**row, gate="brief:kennisgeving", verklaring=asked)
    agree(cast, asked, "gemachtigde-def")
    with pytest.raises(DatabaseError, match="geldt niet"), transaction.atomic():
        Waiver.objects.create(**row, gate="optie_gekozen", verklaring=asked)


# Absolute gates


def test_an_absolute_gate_is_never_set_aside(cast):
    """Not by the form, not by SQL: what the table does not mark, the database refuses."""
    d = b.make_dossier(cast)
    absolute = [gate.name for gate in GATES.values() if not gate.waivable]
    assert {"vastgesteld:signaal", "nader_onderzoek", "toets", "optie_gekozen", "ministerraad_optie"} <= set(absolute)
    row = {"ronde": d.current_ronde, "reason": "x", "until": LATER, "requested_by": d.handler}
    for name in absolute:
        with pytest.raises(DatabaseError, match="mag niet worden afgeweken"), transaction.atomic():
            Waiver.objects.create(**row, gate=name)
    assert Waiver.objects.create(**row, gate="werkgroep").pk
    with pytest.raises(NotPossible, match="niet worden afgeweken"):
        ask(cast, d, gate="vastgesteld:signaal")


def test_the_runtime_role_does_not_mark_gates(db):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Poort.objects.filter(name="toets").update(waivable=True)


# Catching up


def test_a_waiver_that_must_be_caught_up_says_who_and_when(cast):
    d = in_analyse(cast)
    words = {"dossier_id": d.pk, "gate": "inbreng", "by": cast["behandelaar-bz"], "reason": "Haast.", "until": LATER}
    with pytest.raises(NotPossible, match="welk ministerie"):
        services.ask_waiver(**words)
    with pytest.raises(NotPossible, match="JENV neemt niet deel"):
        services.ask_waiver(**words, holder=b.ministry("JENV"), term=LATER)
    with pytest.raises(NotPossible, match="toekomst"):
        services.ask_waiver(**words, holder=b.ministry("DEF"), term=b.today() - timedelta(days=1))
    waiver = services.ask_waiver(**words, holder=b.ministry("DEF"), term=LATER)
    mine = [t for t in turns(d, facts.load(d)) if t.stand == "Nog in te halen"]
    assert not mine
    with pytest.raises(NotPossible, match="nog niet verleend"):
        afwijkingen.catch_up(plicht_id=waiver.plicht.pk, by=cast["behandelaar-def"], tekst="Gedaan.")
    services.grant_waiver(waiver_id=waiver.pk, by=cast["teamleider-bz"])
    [turn] = [t for t in turns(d, facts.load(d)) if t.stand == "Nog in te halen"]
    assert (turn.ministry, turn.due) == ("DEF", LATER)
    with pytest.raises(Denied):
        afwijkingen.catch_up(plicht_id=waiver.plicht.pk, by=cast["behandelaar-bz"], tekst="Gedaan.")
    afwijkingen.catch_up(plicht_id=waiver.plicht.pk, by=cast["behandelaar-def"], tekst="Gedaan.")
    assert not [t for t in turns(d, facts.load(d)) if t.stand == "Nog in te halen"]
    with pytest.raises(Conflict):
        afwijkingen.catch_up(plicht_id=waiver.plicht.pk, by=cast["behandelaar-def"], tekst="Nog eens.")


def test_the_duty_is_reported_on_its_page(cast):
    d = scenes.dossier(cast)
    url = reverse("inhalen", args=[d.number, scenes.duty(cast, d).pk])
    own = session(cast["behandelaar-def"])
    assert own.post(url, {"tekst": ""}).status_code == 422
    assert_denied(cast["behandelaar-bz"], url, "post")
    assert_does_not_exist(cast, url)
    assert own.post(url, {"tekst": "Inbreng gemaild."}).status_code == 302
    assert "Inbreng gemaild." in text(session(cast["behandelaar-bz"]).get(url))
    assert "Ingehaald" in text(own.get(reverse("afwijkingen", args=[d.number])))


# Refusing


def test_a_refused_waiver_waits_on_nobody_and_says_why(cast):
    d = b.make_dossier(cast, efforts=("diplomatie",))
    waiver = ask(cast, d, gate="werkgroep")
    assert waits_on(cast, d, "teamleider-bz")
    url = reverse("afwijzen", args=[d.number, "afwijking", waiver.pk])
    leader = session(cast["teamleider-bz"])
    assert leader.post(url, {"reason": ""}).status_code == 422
    assert_denied(cast["behandelaar-bz"], url)
    assert leader.post(url, {"reason": "Noem gewoon een naam."}).status_code == 302
    assert waits_on(cast, d, "teamleider-bz") == []
    page = text(session(cast["behandelaar-bz"]).get(reverse("afwijkingen", args=[d.number])))
    assert all(words in page for words in ("Afgewezen", "S. Visser", "Noem gewoon een naam."))
    with pytest.raises(NotPossible, match="afgewezen"):
        services.grant_waiver(waiver_id=waiver.pk, by=cast["teamleider-bz"])
    with pytest.raises(Conflict):
        afwijkingen.refuse(request=waiver, by=cast["teamleider-bz"], reason="Nog eens.")
    assert ask(cast, d, gate="werkgroep").pk


def test_a_refused_step_waits_on_nobody_and_can_be_asked_again(cast):
    d = in_analyse(cast)
    words = {"dossier_id": d.pk, "step": "terug_naar_orientatie", "by": cast["behandelaar-bz"], "seen_version": 1}
    asked = services.propose(**words, reason="Nieuwe signalen.")
    page = reverse("stap", args=[d.number, "terug_naar_orientatie"])
    leader = session(cast["teamleider-bz"])
    url = reverse("afwijzen", args=[d.number, "stap", asked.pk])
    assert url in text(leader.get(page))
    assert_denied(cast["teamleider-def"], url)
    assert leader.post(url, {"reason": "Eerst de analyse afmaken."}).status_code == 302
    assert waits_on(cast, d, "teamleider-bz") == []
    seen = text(session(cast["behandelaar-bz"]).get(page))
    assert "Eerst de analyse afmaken." in seen
    assert "S. Visser wees het verzoek van F. de Vries af" in seen
    with pytest.raises(Denied):
        step(cast, d, "terug_naar_orientatie", by="teamleider-bz", reason="Toch.")
    assert services.propose(**words, reason="Nog meer signalen.").pk


def test_a_refused_declaration_is_over(cast):
    d = scenes.dossier(cast)
    asked = scenes.declared(cast, d)
    with pytest.raises(NotPossible, match="voorzitter"):
        afwijkingen.refuse(request=asked, by=cast["teamleider-bz"], reason="Te groot.")
    afwijkingen.refuse(request=asked, by=cast["voorzitter-smo"], reason="Te groot.")
    assert Afwijzing.objects.get().verklaring == asked
    with pytest.raises(NotPossible, match="afgewezen"):
        agree(cast, asked, "voorzitter-smo")
    assert waits_on(cast, d, "voorzitter-smo") == []
    assert scenes.declared(cast, d).pk


# The pages


def test_declaring_through_the_pages(cast):
    d = scenes.dossier(cast)
    scenes.offered(cast, d)
    writer, chair = session(cast["behandelaar-bz"]), session(cast["voorzitter-smo"])
    url = reverse("verklaring_nieuw", args=[d.number])
    day = f"{LATER:%d-%m-%Y}"
    given = {"soort": "kleinschalig", "reason": "Twee adviseurs.", "until": day, "holder": "DEF", "term": day}
    assert writer.post(url, {**given, "reason": ""}).status_code == 422
    assert "Controleer de verklaring" in text(writer.post(url, given))
    assert not Verklaring.objects.exists()
    assert writer.post(url, {**given, "stap": "indienen"}).status_code == 302
    asked = Verklaring.objects.get()
    page = reverse("verklaring", args=[d.number, asked.pk])
    assert "Elk deelnemend ministerie heeft een contactpersoon in de werkgroep." in text(chair.get(page))
    assert_denied(cast["behandelaar-def"], page, "post")
    assert_denied(cast["teamleider-bz"], url)
    assert chair.post(page).status_code == 302
    assert chair.post(page).status_code == 409
    assert "Van kracht" in text(writer.get(reverse("afwijkingen", args=[d.number])))
    again = writer.post(url, {**given, "stap": "indienen"})
    assert again.status_code == 409
    assert "Twee adviseurs." in text(again)


def test_a_request_that_a_step_answered_is_not_refused_any_more(cast):
    """Sabotage: open_proposals out of why_not_refuse."""
    d = in_analyse(cast)
    asked = services.propose(
        dossier_id=d.pk,
        step="terug_naar_orientatie",
        by=cast["behandelaar-bz"],
        seen_version=1,
        reason="Ander signaal.",
    )
    step(cast, d, "terug_naar_orientatie", by="teamleider-bz", reason="Akkoord.")
    with pytest.raises(NotPossible, match="wacht niet meer"):
        afwijkingen.refuse(request=asked, by=cast["teamleider-bz"], reason="Toch niet.")
    assert not Afwijzing.objects.exists()
