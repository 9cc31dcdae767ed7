"""Ways round an advice or a decision that each begin with a change of something small (decision 0015)."""

from datetime import timedelta

import pytest

from cases.exceptions import NotPossible
from cases.models import Dossier
from cases.phase import Phase
from cases.services import dossiers
from phases.process import facts as facts_module
from phases.process import services as process
from phases.process.gates import EvaluatieVerzonden, GeenOpenBesluit, OptieGekozen, SmoConclusie, ToetsGedaan, judge
from phases.smo import services as smo
from tests import builders as b
from tests.cases.pages import session, text
from tests.hard.ready import Way
from tests.phases import scenes
from tests.phases.test_inzet import change
from tests.phases.test_transition import judge_toets, send, step

pytestmark = pytest.mark.django_db


def held(d: Dossier) -> dict[str, str]:
    """The gates of the step ahead that are closed, with their sentences."""
    fresh = Dossier.objects.get(pk=d.pk)
    facts = facts_module.load(fresh)
    ahead = next(s for s in process.steps_from(Phase(fresh.phase), fresh.status) if s.forward)
    found = [judge(gate, facts) for gate in ahead.gates]
    return {f.gate.name: f.sentence for f in found if f and not f.open}


def finding(gate, d: Dossier):
    return judge(gate, facts_module.load(Dossier.objects.get(pk=d.pk)))


def waived(cast, d: Dossier, gate: str) -> None:
    asked = {"dossier_id": d.pk, "gate": gate, "reason": "Spoed.", "until": b.today() + timedelta(days=30)}
    row = process.ask_waiver(**asked, by=cast["behandelaar-bz"])
    process.grant_waiver(waiver_id=row.pk, by=cast["voorzitter-smo"])


def test_personnel_out_and_in_again_around_a_step_still_needs_the_advice(cast):
    """Sabotage: SmoConclusie("analyse") out of naar_planning."""
    d = b.make_dossier(cast, ministries=("BZ", "JENV"), efforts=("diplomatie",))
    Way(cast, d.pk).bring(Phase.HANDELINGSOPTIES)
    assert "smo:analyse" not in held(d)
    change(cast, d, "diplomatie", "politie")
    assert "SMO" in held(d)["smo:analyse"]
    scenes.conclusion(cast, scenes.offered(cast, d, "analyse"))
    assert "smo:analyse" not in held(d)


def test_a_negative_conclusion_is_not_set_aside_by_a_waiver(cast):
    """Sabotage: can_be_set_aside out of SmoConclusie."""
    d, gate = scenes.dossier(cast), SmoConclusie("signaal")
    waived(cast, d, "smo:signaal")
    assert finding(gate, d).open
    offer = scenes.offered(cast, d, "signaal")
    scenes.conclusion(cast, offer, "negatief")
    assert "is: negatief" in finding(gate, d).sentence
    page = text(session(cast["behandelaar-bz"]).get(f"/dossiers/{d.number}/afwijkingen/"))
    assert "Geldt niet meer: de SMO concludeerde" in page
    with pytest.raises(NotPossible, match="concludeerde hierover al"):
        waived(cast, d, "smo:signaal")


def test_conditions_of_the_chair_are_not_set_aside_by_a_waiver(cast):
    """Sabotage: `offer.unmet` out of SmoConclusie.can_be_set_aside."""
    d, gate = scenes.dossier(cast), SmoConclusie("signaal")
    waived(cast, d, "smo:signaal")
    scenes.conclusion(cast, scenes.offered(cast, d, "signaal"), "positief-voorwaarden")
    assert "Handel 1 voorwaarde" in finding(gate, d).sentence


def test_a_refusal_does_not_go_away_with_a_new_version(cast):
    """Sabotage: `d.kind` decisions of older versions out of BESLUITEN, or left_open."""
    d, gate = b.make_dossier(cast, efforts=("os",)), GeenOpenBesluit("analyse")
    scenes.decide(cast, scenes.adopted(cast, d, "analyse"), "bewindspersonen", "niet-akkoord", codes=("BZ",))
    assert "is niet akkoord" in finding(gate, d).sentence
    version = b.adopt(cast, b.write(cast, d, "analyse", {**b.ANALYSE, "belangen": "Een woord anders."}))
    assert finding(gate, d).sentence.startswith("De minister van BZ besloot over een eerdere versie")
    assert finding(gate, d).holder == "gemachtigde BZ"
    scenes.decide(cast, version, "bewindspersonen", codes=("BZ",))
    assert finding(gate, d).open


def test_the_change_that_a_minister_asked_is_made_with_a_new_version(cast):
    d, gate = b.make_dossier(cast, efforts=("os",)), GeenOpenBesluit("analyse")
    scenes.decide(cast, scenes.adopted(cast, d, "analyse"), "bewindspersonen", "akkoord-wijziging", codes=("BZ",))
    assert not finding(gate, d).open
    b.adopt(cast, b.write(cast, d, "analyse", {**b.ANALYSE, "belangen": "Zoals gevraagd."}))
    assert finding(gate, d) is None


def test_a_refusal_that_was_taken_back_does_not_come_up_again(cast):
    """Sabotage: the NOT EXISTS of a later decision out of BESLUITEN."""
    d, gate = b.make_dossier(cast, efforts=("os",)), GeenOpenBesluit("analyse")
    version = scenes.adopted(cast, d, "analyse")
    for outcome in ("niet-akkoord", "akkoord"):
        scenes.decide(cast, version, "bewindspersonen", outcome, codes=("BZ",))
    b.adopt(cast, b.write(cast, d, "analyse", {**b.ANALYSE, "belangen": "Een woord anders."}))
    assert finding(gate, d) is None


def test_ministers_choose_with_the_advice_beside_the_options(cast):
    """Sabotage: _unheard out of OptieGekozen.check."""
    d = b.make_dossier(cast, ministries=("BZ", "JENV"), efforts=("politie",))
    version = scenes.adopted(cast, d, "opties")
    scenes.decide(cast, version, "bewindspersonen", optie="A")
    said = finding(OptieGekozen(), d).sentence
    offer = smo.offer(version_id=version.pk, meeting_on=b.meeting().day, by=cast["behandelaar-bz"])
    scenes.conclusion(cast, offer)
    now = finding(OptieGekozen(), d)
    assert now.sentence.startswith("De SMO concludeerde na de keuze van BZ en JENV.") and said != now.sentence
    assert now.holder == "gemachtigde BZ en JENV"
    scenes.decide(cast, version, "bewindspersonen", optie="A")
    assert finding(OptieGekozen(), d).sentence == said


NO = {"rechtsorde": True, "eenheid": True, "geweld": False, "humanitair": False, "applies": False}


def told(cast, *soorten: str) -> Dossier:
    """A dossier with a military unit, of which these letters were sent."""
    d = scenes.dossier(cast)
    judge_toets(cast, d, applies=True)
    for soort in soorten:
        send(cast, scenes.signed_letter(cast, d, soort))
    return d


def test_what_parliament_was_told_is_not_taken_back_by_one_person(cast):
    """Sabotage: the trigger cases_toets_told, or `t.told` out of TOETS."""
    d = told(cast, "kennisgeving")
    toets = dossiers.judge_artikel_100(dossier_id=d.pk, by=cast["behandelaar-bz"], **NO)
    assert (toets.computed, toets.takes_back, toets.unconfirmed) == (False, True, True)
    facts = facts_module.load(Dossier.objects.get(pk=d.pk))
    assert (facts.artikel_100, facts.toets_deviates) == (True, toets.by_id)
    waits = finding(ToetsGedaan(), d)
    assert (waits.sentence, waits.holder) == ("Wacht op de bevestiging van de uitkomst van de toets.", "teamleider BZ")
    dossiers.confirm_toets(toets_id=toets.pk, by=cast["teamleider-bz"])
    assert facts_module.load(Dossier.objects.get(pk=d.pk)).artikel_100 is False


def test_before_parliament_was_told_the_answers_are_enough(cast):
    d = told(cast)
    toets = dossiers.judge_artikel_100(dossier_id=d.pk, by=cast["behandelaar-bz"], **NO)
    assert not toets.second_person
    assert facts_module.load(Dossier.objects.get(pk=d.pk)).artikel_100 is False


def test_parliament_hears_of_it_when_artikel_100_applies_first_in_planning(cast):
    """Sabotage: Kennisgeving out of naar_uitvoering."""
    d = b.make_dossier(cast, ministries=("BZ", "DEF"), efforts=("assistentie",))
    Way(cast, d.pk).bring(Phase.PLANNING)
    assert "brief:kennisgeving" not in held(d)
    judge_toets(cast, d, applies=True)
    assert held(d)["brief:kennisgeving"] == "Stel de kennisgevingsbrief op en stel die vast."


def test_who_ends_early_still_reports_before_closing(cast):
    """Sabotage: LaatsteVoortgang or Transitiestrategie out of the step `afsluiten`."""
    d = b.make_dossier(cast, ministries=("BZ", "JENV"), efforts=("politie",))
    Way(cast, d.pk).bring(Phase.UITVOERING)
    step(cast, d, "eerder_beeindigen", by="teamleider-bz", reason="Het gastland vraagt vertrek.")
    assert {"laatste_voortgang", "transitiestrategie", "einde-besloten"} <= set(held(d))


def test_the_evaluation_is_not_sent_before_it_is_adopted(cast):
    """Sabotage: held_by(hold_sent) out of phases/apps.py, or `adopted_on` out of EvaluatieVerzonden."""
    d, day = scenes.dossier(cast), b.today()
    sent = {"by": "secretariaat", "kenmerk": "BZ-2026-1"}
    with pytest.raises(NotPossible, match="nog geen vastgestelde eindevaluatie"):
        b.register(cast, d, "evaluatie-verzonden", **sent)
    b.adopt(cast, b.write(cast, d, "evaluatie", b.EVALUATIE))
    with pytest.raises(NotPossible, match="is vastgesteld op"):
        b.register(cast, d, "evaluatie-verzonden", op=day - timedelta(days=1), **sent)
    b.register(cast, d, "evaluatie-verzonden", **sent)
    assert finding(EvaluatieVerzonden(), d).open


def test_a_minister_who_refused_decides_again_before_the_ministry_leaves(cast):
    """Sabotage: needed_to_decide_again out of phases/apps.py."""
    d = b.make_dossier(cast, ministries=("BZ", "DEF"), efforts=("assistentie",))
    Way(cast, d.pk).bring(Phase.ANALYSE)
    version = scenes.adopted(cast, d, "analyse")
    scenes.decide(cast, version, "bewindspersonen", "niet-akkoord", codes=("DEF",))
    with pytest.raises(NotPossible, match="De minister van DEF moet eerst nog akkoord gaan met de analyse"):
        b.leave(cast, d)
    scenes.decide(cast, version, "bewindspersonen", codes=("DEF",))
    b.leave(cast, d)
