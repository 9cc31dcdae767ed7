"""The one door: forward, back, stop, renew, reopen, and who and what holds it."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cases.exceptions import Conflict, Denied, NotPossible
from cases.models import Dossier, Event, Ronde
from cases.phase import Phase, Status
from cases.services import dossiers
from phases.process import services
from phases.process.models import Move, Voorstel, Waiver
from tests import builders as b
from tests.phases import scenes

pytestmark = pytest.mark.django_db


def judge_toets(cast, dossier, *, applies=False):
    dossiers.judge_artikel_100(dossier_id=dossier.pk, by=cast["behandelaar-bz"], rechtsorde=applies, eenheid=True, geweld=applies, humanitair=False, applies=applies)  # fmt: skip


def step(cast, dossier, name, by="behandelaar-bz", **words):
    seen = words.pop("seen", Dossier.objects.get(pk=dossier.pk).moves_made)
    return services.transition(dossier_id=dossier.pk, step=name, by=cast[by], seen_version=seen, **words)


def in_analyse(cast, **facts):
    dossier = b.make_dossier(cast, **facts)
    b.adopt(cast, b.write(cast, dossier, "signaal", b.SIGNAAL))
    judge_toets(cast, dossier)
    step(cast, dossier, "naar_analyse")
    return Dossier.objects.get(pk=dossier.pk)


def in_planning(cast):
    """A civil dossier of one instrument whose option was chosen."""
    dossier = in_analyse(cast)
    b.adopt(cast, b.write(cast, dossier, "analyse", b.ANALYSE))
    b.contribute(cast, dossier)
    step(cast, dossier, "naar_handelingsopties")
    judge_toets(cast, dossier)
    from phases.handelingsopties import services as opties

    nota = b.write(cast, dossier, "opties", b.NOTA)
    for _ in range(2):
        opties.add_option(dossier_id=dossier.pk, by=cast["behandelaar-bz"], values=b.OPTIE)
    version = b.adopt(cast, nota)
    scenes.decide(cast, version, "hoog-ambtelijk", optie="A")
    step(cast, dossier, "naar_planning")
    return Dossier.objects.get(pk=dossier.pk)


def in_uitvoering(cast):
    """A dossier that is under way; its phase is what these tests are about, so the owner's reading in is not needed."""
    dossier = in_planning(cast)
    b.adopt(cast, b.write(cast, dossier, "plan", b.PLAN))
    b.measure(cast, dossier)
    judge_toets(cast, dossier)
    step(cast, dossier, "naar_uitvoering")
    return Dossier.objects.get(pk=dossier.pk)


def test_forward_moves_and_rests_on_the_paper(cast):
    dossier = b.make_dossier(cast)
    version = b.adopt(cast, b.write(cast, dossier, "signaal", b.SIGNAAL))
    judge_toets(cast, dossier)
    move = step(cast, dossier, "naar_analyse")
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert (dossier.phase, dossier.moves_made) == (Phase.ANALYSE, 1)
    assert move.version_ids == [version.pk]
    assert (
        Event.objects.filter(dossier=dossier, kind="stap").get().sentence == "Fase 2 begonnen: Analyse en beoordeling"
    )


def test_closed_gates_are_all_named(cast):
    dossier = b.make_dossier(cast, efforts=("eenheid",))
    with pytest.raises(NotPossible) as refusal:
        step(cast, dossier, "naar_analyse")
    assert refusal.value.sentences == [
        "Stel de signaalbeoordeling op, leg die voor en stel die vast.",
        "Doe de toepasselijkheidstoets voor artikel 100.",
        "Bied de signaalbeoordeling aan de SMO aan zodra dat stuk is vastgesteld.",
    ]
    assert not Move.objects.exists()


def test_stale_screen_is_a_conflict(cast):
    dossier = in_analyse(cast)
    with pytest.raises(Conflict, match="zette intussen een stap"):
        step(cast, dossier, "stoppen", by="teamleider-bz", seen=0, reason="x", outcome="vervallen")


def test_step_from_another_phase_is_a_conflict(cast):
    with pytest.raises(Conflict, match="niet vanuit de huidige fase"):
        step(cast, b.make_dossier(cast), "naar_planning")


def test_reading_in_is_no_step(cast):
    with pytest.raises(Conflict):
        step(cast, b.make_dossier(cast), "inlezen_uitvoering")


@pytest.mark.parametrize(
    "who", ["behandelaar-def", "teamleider-bz", "voorzitter-smo", "auditor", "beheerder", "buitenstaander"]
)
def test_only_the_penvoerder_steps_forward(cast, who):
    with pytest.raises(Denied):
        step(cast, b.make_dossier(cast), "naar_analyse", by=who)


@pytest.mark.parametrize("who", ["behandelaar-bz", "teamleider-def", "gemachtigde-bz", "auditor"])
def test_only_the_teamleider_stops(cast, who):
    with pytest.raises(Denied):
        step(cast, b.make_dossier(cast), "stoppen", by=who, reason="x", outcome="vervallen")


def test_stop_needs_reason_and_outcome(cast):
    dossier = b.make_dossier(cast)
    for words in (
        {"reason": " ", "outcome": "vervallen"},
        {"reason": "x", "outcome": ""},
        {"reason": "x", "outcome": "zomaar"},
    ):
        with pytest.raises(NotPossible):
            step(cast, dossier, "stoppen", by="teamleider-bz", **words)
    move = step(cast, dossier, "stoppen", by="teamleider-bz", reason="Akkoord gesloten.", outcome="vervallen")
    assert move.outcome == "vervallen"
    assert Dossier.objects.get(pk=dossier.pk).status == Status.GESTOPT


def test_reopen(cast):
    dossier = b.make_dossier(cast)
    step(cast, dossier, "stoppen", by="teamleider-bz", reason="Rustig.", outcome="vervallen")
    with pytest.raises(Conflict):
        step(cast, dossier, "naar_analyse")
    step(cast, dossier, "heropenen", by="teamleider-bz", reason="Weer onrustig.")
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert (dossier.status, dossier.phase) == (Status.LOPEND, Phase.ORIENTATIE)


def ask_back(cast, dossier, by="behandelaar-bz"):
    seen = Dossier.objects.get(pk=dossier.pk).moves_made
    return services.propose(
        dossier_id=dossier.pk, step="terug_naar_orientatie", by=cast[by], seen_version=seen, reason="Nieuwe cijfers."
    )


def test_back_needs_two_persons(cast):
    dossier = in_analyse(cast)
    with pytest.raises(Denied, match="eerst met een reden"):
        step(cast, dossier, "terug_naar_orientatie", by="teamleider-bz", reason="x")
    ask_back(cast, dossier)
    with pytest.raises(Denied):
        step(cast, dossier, "terug_naar_orientatie", by="behandelaar-bz", reason="x")
    step(cast, dossier, "terug_naar_orientatie", by="teamleider-bz", reason="Nieuwe cijfers.")
    assert Dossier.objects.get(pk=dossier.pk).phase == Phase.ORIENTATIE


def test_who_asked_does_not_confirm(cast):
    from cases.models import Membership

    dossier = in_analyse(cast)
    Membership.objects.create(
        user=cast["behandelaar-bz"], ministry=b.ministry("BZ"), role="teamleider", start=date(2020, 1, 1)
    )
    del cast["behandelaar-bz"]._memberships_today
    ask_back(cast, dossier)
    with pytest.raises(Denied, match="vroeg dit zelf"):
        step(cast, dossier, "terug_naar_orientatie", reason="x")


def test_only_the_penvoerder_asks_to_go_back(cast):
    dossier = in_analyse(cast)
    with pytest.raises(Denied):
        ask_back(cast, dossier, by="behandelaar-def")
    with pytest.raises(NotPossible):
        services.propose(dossier_id=dossier.pk, step="stoppen", by=cast["behandelaar-bz"], seen_version=1, reason="x")


def test_a_request_counts_once(cast):
    """After a move the teamleider cannot go back again on the old request."""
    dossier = in_analyse(cast)
    ask_back(cast, dossier)
    step(cast, dossier, "terug_naar_orientatie", by="teamleider-bz", reason="Nieuwe cijfers.")
    step(cast, dossier, "naar_analyse")
    assert Voorstel.objects.count() == 1
    with pytest.raises(Denied, match="eerst met een reden"):
        step(cast, dossier, "terug_naar_orientatie", by="teamleider-bz", reason="x")


def test_with_one_instrument_the_own_plan_of_the_ministry_counts(cast):
    dossier = in_planning(cast)
    b.measure(cast, dossier)
    judge_toets(cast, dossier)
    with pytest.raises(NotPossible, match="of leg het eigen plan"):
        step(cast, dossier, "naar_uitvoering")
    own = b.register(cast, dossier, "eigen-plan")
    move = step(cast, dossier, "naar_uitvoering")
    assert (move.version_ids, move.vastlegging_ids) == ([], [own.pk])


def test_the_database_refuses_a_move_on_an_older_or_foreign_fact(cast):
    dossier, other = in_planning(cast), b.make_dossier(cast)
    older, _ = b.register(cast, dossier, "eigen-plan"), b.register(cast, dossier, "eigen-plan")
    foreign = b.register(cast, other, "eigen-plan")
    ends = {"source_phase": "planning", "target_phase": "uitvoering", "source_status": "lopend"}
    for wrong in (older, foreign):
        with pytest.raises(DatabaseError, match="niet de nieuwste"), transaction.atomic():
            Move.objects.create(
                dossier=dossier, ronde=dossier.rondes.get(), step="naar_uitvoering", target_status="lopend", **ends,
                by=cast["behandelaar-bz"], occurred_on=b.today(), vastlegging_ids=[wrong.pk],
            )  # fmt: skip


def test_renewal_opens_a_ronde(cast):
    dossier = in_uitvoering(cast)
    until = b.today() + timedelta(days=90)
    step(cast, dossier, "verlengen", by="teamleider-bz", reason="Mandaat verlengd.", runs_until=until)
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert (dossier.phase, dossier.ronde_number) == (Phase.PLANNING, 2)
    assert [(r.number, r.runs_until) for r in Ronde.objects.filter(dossier=dossier)] == [(1, until), (2, None)]
    with pytest.raises(NotPossible) as refusal:
        step(cast, dossier, "naar_uitvoering")
    assert (
        "Stel het plan vast, of leg het eigen plan van het verantwoordelijke ministerie vast."
        in refusal.value.sentences
    )


def test_a_ronde_does_not_run_until_yesterday(cast):
    dossier = in_uitvoering(cast)
    for until in (None, b.today() - timedelta(days=1)):
        with pytest.raises(NotPossible, match="latere datum"):
            step(cast, dossier, "verlengen", by="teamleider-bz", reason="Mandaat verlengd.", runs_until=until)


def test_stopping_after_a_kennisgeving_waits_for_the_letter(cast):
    dossier = scenes.dossier(cast)
    send(cast, scenes.signed_letter(cast, dossier, "kennisgeving"))
    words = {"by": "teamleider-bz", "reason": "Geen steun.", "outcome": "niet-haalbaar"}
    with pytest.raises(NotPossible, match="Stel de brief over de negatieve uitkomst op"):
        step(cast, dossier, "stoppen", **words)
    letter = send(cast, scenes.signed_letter(cast, dossier, "negatieve-uitkomst"))
    assert step(cast, dossier, "stoppen", **words).version_ids == [letter.pk]
    assert all(section["title"] == "" for section in letter.content["sections"])


def send(cast, version):
    return scenes.kamer.send(version_id=version.pk, sent_on=b.today(), by=cast["secretariaat"])


def test_early_end_and_closing(cast):
    dossier = in_uitvoering(cast)
    step(cast, dossier, "eerder_beeindigen", by="teamleider-bz", reason="Gastland vraagt vertrek.")
    with pytest.raises(NotPossible) as refusal:
        step(cast, dossier, "afsluiten")
    assert refusal.value.sentences == [
        "Leg de paragraaf voor het jaarverslag vast.",
        "Leg de lessen vast, of waarom er geen zijn.",
        "Leg vast wie over het einde van de inzet besloot.",
        "Stel het laatste voortgangsverslag vast (vink ‘Laatste verslag’ aan).",
    ]
    b.adopt(cast, b.write(cast, dossier, "voortgang", b.VOORTGANG))
    for soort in ("jaarverslag", "geen-lessen", "einde-besloten"):
        b.register(cast, dossier, soort)
    step(cast, dossier, "afsluiten")
    assert Dossier.objects.get(pk=dossier.pk).status == Status.AFGESLOTEN


def with_unit(cast):
    dossier = b.make_dossier(cast, efforts=("eenheid",))
    b.adopt(cast, b.write(cast, dossier, "signaal", b.SIGNAAL))
    judge_toets(cast, dossier)
    return dossier


def ask(cast, dossier, gate="smo:signaal", until=None, by="behandelaar-bz"):
    return services.ask_waiver(dossier_id=dossier.pk, gate=gate, by=cast[by], reason="Spoed.", until=until or b.today())


def test_waiver_of_two_persons_opens_the_gate(cast):
    dossier = with_unit(cast)
    waiver = ask(cast, dossier)
    with pytest.raises(NotPossible):
        step(cast, dossier, "naar_analyse")
    services.grant_waiver(waiver_id=waiver.pk, by=cast["voorzitter-smo"])
    assert step(cast, dossier, "naar_analyse").waiver_ids == [waiver.pk]


def test_waiver_is_granted_by_the_chair_where_the_smo_is_needed(cast):
    waiver = ask(cast, with_unit(cast))
    with pytest.raises(NotPossible, match="voorzitter"):
        services.grant_waiver(waiver_id=waiver.pk, by=cast["teamleider-bz"])
    with pytest.raises(Denied):
        services.grant_waiver(waiver_id=waiver.pk, by=cast["behandelaar-bz"])


def test_waiver_is_granted_once(cast):
    waiver = ask(cast, with_unit(cast))
    services.grant_waiver(waiver_id=waiver.pk, by=cast["voorzitter-smo"])
    with pytest.raises(Conflict):
        services.grant_waiver(waiver_id=waiver.pk, by=cast["voorzitter-smo"])


def expired(cast, dossier) -> Waiver:
    """Asked when its last day, yesterday, was still to come."""
    return Waiver.objects.create(
        ronde=dossier.rondes.get(), gate="smo:signaal", reason="Spoed.", until=b.today() - timedelta(days=1),
        requested_by=cast["behandelaar-bz"],
    )  # fmt: skip


def test_expired_waiver_does_not_count(cast):
    dossier = with_unit(cast)
    Waiver.objects.filter(pk=expired(cast, dossier).pk).update(
        granted_by=cast["voorzitter-smo"], granted_at=timezone.now(), granted_as="voorzitter-smo"
    )
    with pytest.raises(NotPossible, match="Bied de signaalbeoordeling"):
        step(cast, dossier, "naar_analyse")


def test_expired_waiver_is_not_granted(cast):
    waiver = expired(cast, with_unit(cast))
    with pytest.raises(NotPossible, match="voorbij"):
        services.grant_waiver(waiver_id=waiver.pk, by=cast["voorzitter-smo"])


def test_waiver_is_refused_for_other_gates_dates_and_people(cast):
    dossier = with_unit(cast)
    with pytest.raises(NotPossible, match="niet worden afgeweken"):
        ask(cast, dossier, gate="vastgesteld:signaal")
    with pytest.raises(NotPossible, match="toekomst"):
        ask(cast, dossier, until=b.today() - timedelta(days=1))
    with pytest.raises(Denied):
        ask(cast, dossier, by="behandelaar-def")


def test_waiver_of_a_teamleider_lapses_once_the_smo_is_needed(cast):
    dossier = b.make_dossier(cast)
    b.adopt(cast, b.write(cast, dossier, "signaal", b.SIGNAAL))
    judge_toets(cast, dossier)
    waiver = ask(cast, dossier)
    services.grant_waiver(waiver_id=waiver.pk, by=cast["teamleider-bz"])
    assert Waiver.objects.get(pk=waiver.pk).granted_as == "teamleider"
    dossiers.change_facts(dossier_id=dossier.pk, by=cast["behandelaar-bz"], seen_revision=0, efforts=["eenheid"])
    with pytest.raises(NotPossible, match="Bied de signaalbeoordeling"):
        step(cast, dossier, "naar_analyse")
