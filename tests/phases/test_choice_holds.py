"""From Planning on the choice holds: whoever changes it, or makes it doubtful, does not go on with approvals of another one.

Sabotage: the gate named in each docstring out of `naar_uitvoering` in table.py, or its line.
"""

import pytest
from django.urls import reverse

from budget_biv import services as biv
from cases.exceptions import NotPossible
from cases.models import Dossier
from cases.phase import Phase
from cases.services import participation
from phases.besluit import services as besluit
from phases.kamer import services as kamer
from phases.process import biv as money
from phases.process import facts as facts_module
from phases.process.aan_zet import of_user, turns
from phases.process.gates.planning import money_objection
from phases.process.table import STEPS
from phases.process.workspace import workspace
from tests import builders as b
from tests.cases.pages import session, text
from tests.hard.ready import Way, in_planning
from tests.phases import scenes

pytestmark = pytest.mark.django_db


def held(d, step: str = "naar_uitvoering") -> dict[str, str]:
    """Per closed gate why."""
    return {f.gate.name: f.sentence for f in STEPS[step].judge(facts_module.load(d)) if not f.open}


def nota(d):
    return d.documents.get(kind="opties").versions.latest("number")


def again(cast, d, optie: str = "B", code: str = "DEF"):
    """A minister chooses again, and nobody confirms it yet."""
    given = {"uitkomst": "akkoord", "optie": optie, "besluit_op": b.today(), "kenmerk": "", "toelichting": ""}
    by = cast[f"gemachtigde-{code.lower()}"]
    return besluit.register(version_id=nota(d).pk, orgaan="bewindspersonen", by=by, ministry=b.ministry(code), **given)


def send(cast, version):
    return kamer.send(version_id=version.pk, sent_on=b.today(), by=cast["secretariaat"])


def test_a_choice_in_doubt_holds_the_start(cast):
    """OptieGekozen: a decision that waits, a minister who refuses, and a ministry that joins each made the old plan count again."""
    d = in_planning(cast)
    assert "optie_gekozen" not in held(d)
    made = again(cast, d, "A")
    assert held(d)["optie_gekozen"].startswith("Wacht op de bevestiging van de keuze")
    besluit.confirm(besluit_id=made.pk, by=cast["gemachtigde-def-2"])
    assert "optie_gekozen" not in held(d)
    scenes.decide(cast, nota(d), "bewindspersonen", "niet-akkoord", codes=("DEF",))
    assert held(d)["optie_gekozen"].startswith("De minister van DEF is niet akkoord")
    scenes.decide(cast, nota(d), "bewindspersonen", optie="A", codes=("DEF",))
    participation.join(dossier_id=d.pk, ministry=b.ministry("JENV"), contact=None, by=cast["behandelaar-bz"])
    assert held(d)["optie_gekozen"] == "Wacht op de keuze van de minister van JENV."
    now = Dossier.objects.select_related("lead", "handler").get(pk=d.pk)
    mine = of_user(turns(now, facts_module.load(now)), cast["gemachtigde-jenv"])
    assert "Leg de keuze voor een handelingsoptie vast." in [turn.tekst for turn in mine]


def test_another_option_asks_the_ministerraad_again(cast):
    """MinisterraadOverOptie."""
    d = in_planning(cast)
    scenes.decide(cast, nota(d), "bewindspersonen", optie="B", mr_nodig=True, mr_reden="Een eenheid gaat.")
    assert held(d)["ministerraad_optie"] == "De Ministerraad stemde in met optie A, de ministers kozen optie B."


def test_the_options_are_fixed_from_planning_on(cast):
    """Sabotage: `held` out of OptiesnotaPaper."""
    d = in_planning(cast)
    changed = b.write(cast, d, "opties", {**b.NOTA, "vergelijking": "Toch anders."})
    with pytest.raises(NotPossible, match="liggen vast vanaf de fase Planning"):
        b.adopt(cast, changed)


def test_a_letter_is_not_sent_while_the_choice_is_in_doubt(cast):
    """Sabotage: has_options out of _other_choice: [0, ""] then passes as a renewal and any choice fits the letter."""
    d = in_planning(cast)
    made = again(cast, d, "A")
    version = scenes.signed_letter(cast, d)
    scenes.decide(cast, version, "ministerraad")
    assert tuple(version.content["values"]["keuze"]) == (0, "")
    with pytest.raises(NotPossible, match="Niet elke betrokken minister koos nu dezelfde optie"):
        send(cast, version)
    besluit.confirm(besluit_id=made.pk, by=cast["gemachtigde-def-2"])
    with pytest.raises(NotPossible, match="geschreven voordat deze optie was gekozen"):
        send(cast, version)


def test_an_own_plan_does_not_take_the_place_of_the_plan_that_was_advised(cast):
    """Sabotage: `not PERSONNEL & efforts` out of soorten.own_plan."""
    d = in_planning(cast, b.make_dossier(cast, efforts=("militairen",)))
    b.adopt(cast, b.write(cast, d, "plan", b.PLAN))
    scenes.decide(cast, nota(d), "bewindspersonen", optie="B")
    b.register(cast, d, "eigen-plan")
    assert "vastgesteld:plan" in held(d)


def test_after_the_ending_letter_a_reopened_dossier_does_not_go_on(cast):
    """NietBeeindigd: parliament's last word is that it ended, and no other letter can be sent in this Ronde."""
    d = in_planning(cast)
    scenes.sent_letter(cast, d)
    assert "niet_beeindigd" not in held(d)
    send(cast, scenes.signed_letter(cast, d, "beeindiging"))
    way = Way(cast, d.pk)
    way.step("stoppen")
    way.step("heropenen")
    assert held(way.dossier)["niet_beeindigd"].endswith("Begin voor nieuwe inzet een nieuw dossier.")
    with pytest.raises(NotPossible, match="weet dat deze inzet niet doorgaat"):
        b.register(cast, d, "start-eenheid", op=b.today())


def test_a_unit_starts_where_one_was_chosen_and_after_a_toets(cast):
    """Sabotage: the efforts, or ToetsGedaan, out of hold_start."""
    civil = b.make_dossier(cast, efforts=("os",))
    with pytest.raises(NotPossible, match="noemt geen militaire eenheid"):
        b.register(cast, civil, "start-eenheid", op=b.today())
    with pytest.raises(NotPossible, match="Doe de toepasselijkheidstoets"):
        b.register(cast, scenes.dossier(cast), "start-eenheid", op=b.today())


def test_a_waiver_is_for_the_choice_of_its_day(cast):
    """Sabotage: `granted` out of Facts.waiver: no advice on the plan of another option."""
    d = in_planning(cast)
    Way(cast, d.pk).waive("smo:plan")
    assert "smo:plan" not in held(d)
    client, page = session(cast["auditor"]), reverse("afwijkingen", args=[d.number])
    assert "Van voor de keuze" not in text(client.get(page))
    scenes.decide(cast, nota(d), "bewindspersonen", optie="B")
    assert "smo:plan" in held(d)
    assert "Van voor de keuze" in text(client.get(page))
    Way(cast, d.pk).waive("smo:plan")
    assert "smo:plan" not in held(d)


def test_money_of_another_option_is_not_reserved(cast):
    """Sabotage: `_other_option` out of money_objection."""
    d = in_planning(cast)
    asked = b.ask_money(cast, d, {b.today().year: 1_000_000}, optie="A")
    scenes.decide(cast, nota(d), "bewindspersonen", optie="B")
    assert money_objection(facts_module.load(d)) == "De BIV-aanvraag gaat over optie A, en die is niet gekozen."
    with pytest.raises(NotPossible, match="gaat over optie A"):
        money.reserve(aanvraag_id=asked.pk, by=cast["biv-beheerder"])
    assert "biv" in held(d)
    biv.take_back(aanvraag_id=asked.pk, reason="Partners betalen.", by=cast["behandelaar-bz"])
    assert "biv" not in held(d)


def test_money_granted_for_another_option_holds_until_it_is_taken_back(cast):
    """Sabotage: `_other_option` out of BivBesluit.check."""
    d = in_planning(cast)
    asked = b.ask_money(cast, d, {b.today().year: 1_000_000}, optie="A")
    b.reserve_money(cast, asked)
    b.grant_money(cast, asked)
    assert "biv" not in held(d)
    scenes.decide(cast, nota(d), "bewindspersonen", optie="B")
    assert "biv" in held(d)
    biv.take_back(aanvraag_id=asked.pk, reason="Partners betalen.", by=cast["behandelaar-bz"])
    assert "biv" not in held(d)


def test_the_page_shows_what_the_ministerraad_said_about_the_letter(cast):
    """Sabotage: facts.besluiten for facts.decided("artikel-100"): the akkoord with the option then passes for one with the letter."""
    d = in_planning(cast)

    def stand() -> str:
        rows = workspace(d, Phase.PLANNING, facts_module.load(d)).products.rows
        return next(row["stand"] for row in rows if row["tekst"] == "Besluit van de Ministerraad")

    assert [b.orgaan for b in facts_module.load(d).decided("opties")].count("ministerraad") == 1
    assert stand() == "Niet begonnen"
    version = scenes.signed_letter(cast, d)
    made = scenes.decide(cast, version, "ministerraad", confirm=False)
    assert stand() == "Wacht op bevestiging"
    besluit.confirm(besluit_id=made.pk, by=cast["secretariaat-2"])
    assert stand() == "Gereed"
    send(cast, version)
    assert stand() == "Gereed"
