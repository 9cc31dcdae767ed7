"""Ways round an advice or a decision that each begin with a change of something small (decision 0015)."""

from datetime import timedelta

import pytest

from cases.exceptions import NotPossible
from cases.models import Dossier
from cases.phase import Phase
from phases.process import facts as facts_module
from phases.process import services as process
from phases.process.gates import GeenOpenBesluit, OptieGekozen, SmoConclusie, judge
from phases.smo import services as smo
from tests import builders as b
from tests.hard.ready import Way
from tests.phases import scenes
from tests.phases.test_inzet import change

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
