"""One person cannot take an advice or a decision away by changing the kinds of effort."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from budget_biv.selectors import BivFact
from cases.exceptions import NotPossible
from cases.models import Dossier
from cases.phase import Phase
from cases.services import dossiers
from phases.besluit import services as besluit_services
from phases.besluit.selectors import chosen_letter
from phases.handelingsopties import services as opties
from phases.process import verklaringen
from phases.process.facts import load
from phases.process.gates import (
    BivAangevraagd,
    Communicatieplan,
    MinisterraadOverOptie,
    OptieGekozen,
    PlanVastgesteld,
)
from phases.process.gates.base import judge
from tests import builders as b
from tests.cases.pages import session, text
from tests.hard.ready import Way
from tests.phases import scenes
from tests.phases.gate_cases import besluit, facts, paper


def change(cast: b.Cast, dossier: Dossier, *efforts: str) -> Dossier:
    seen = Dossier.objects.get(pk=dossier.pk).revision
    return dossiers.change_facts(
        dossier_id=dossier.pk, by=cast["behandelaar-bz"], seen_revision=seen, efforts=list(efforts)
    )


def refused(cast: b.Cast, dossier: Dossier, *efforts: str) -> str:
    """The sentence of the service; the database refuses as well."""
    with pytest.raises(NotPossible) as said:
        change(cast, dossier, *efforts)
    with pytest.raises(DatabaseError, match="inzet"), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(efforts=list(efforts))
    return str(said.value)


@pytest.mark.parametrize("efforts", [("politie",), ("os", "politie", "eenheid"), ("os",)])
def test_they_are_fixed_from_planning_on(cast, efforts):
    way = Way(cast, b.make_dossier(cast, efforts=("os", "diplomatie")).pk)
    way.bring(Phase.PLANNING)
    assert "liggen vast vanaf de fase Planning" in refused(cast, way.dossier, *efforts)
    change(cast, way.dossier, "diplomatie", "os")  # the same in another order changes nothing


def test_they_change_freely_before_anything_was_asked(cast):
    d = b.make_dossier(cast, efforts=("os", "politie"))
    assert change(cast, d, "os").efforts == ["os"]
    assert change(cast, d, "os", "eenheid").efforts == ["os", "eenheid"]


@pytest.mark.parametrize("oordeel", ["", "aangehouden", "negatief"])
def test_none_goes_away_while_the_smo_did_not_agree(cast, oordeel):
    d = scenes.dossier(cast, efforts=("os", "politie"))
    offer = scenes.offered(cast, d)
    if oordeel:
        scenes.conclusion(cast, offer, oordeel)
    assert "zonder positieve conclusie" in refused(cast, d, "os")
    assert change(cast, d, "os", "politie", "civiel").efforts == ["os", "politie", "civiel"]


def test_after_a_positive_conclusion_a_choice_may_ask_less(cast):
    d = scenes.dossier(cast, efforts=("os", "politie"))
    scenes.conclusion(cast, scenes.offered(cast, d))
    assert change(cast, d, "os").efforts == ["os"]


def test_none_goes_away_while_a_minister_did_not_agree(cast):
    d = scenes.dossier(cast, efforts=("os", "politie"))
    scenes.decide(cast, scenes.adopted(cast, d, "analyse"), "bewindspersonen", uitkomst="niet-akkoord")
    assert "niet akkoord" in refused(cast, d, "os")


def test_the_page_keeps_what_was_chosen_and_says_why(cast):
    d = scenes.dossier(cast, efforts=("os", "politie"))
    scenes.offered(cast, d)
    client = session(cast["behandelaar-bz"])
    page = client.get(f"/dossiers/{d.number}/kerngegevens/")
    assert "U kunt nu geen soort inzet weghalen." in text(page)
    values = {**page.context["form"].initial, "efforts": ["os"]}
    form = {k: v for k, v in values.items() if v not in (None, "")}
    answer = client.post(f"/dossiers/{d.number}/kerngegevens/", form)
    assert answer.status_code == 422
    assert "zonder positieve conclusie" in text(answer)


def test_no_ministry_leaves_while_a_negative_advice_lies_before_the_ministers(cast):
    d = b.make_dossier(cast, ministries=("BZ", "BHOS"), efforts=("politie",))
    scenes.conclusion(cast, scenes.offered(cast, d), "negatief")
    with pytest.raises(NotPossible, match="BHOS blijft deelnemen"):
        b.leave(cast, d, "BHOS")


# What an option sends


def add(cast: b.Cast, dossier: Dossier, *instruments: str):
    return opties.add_option(
        dossier_id=dossier.pk, by=cast["behandelaar-bz"], values={**b.OPTIE, "instrumenten": list(instruments)}
    )


def chosen(cast: b.Cast, dossier: Dossier, *instruments: str) -> None:
    """A nota with an option A that asks this and an option B, adopted, and option A chosen by who must."""
    b.write(cast, dossier, "opties", b.NOTA)
    add(cast, dossier, *instruments)
    add(cast, dossier, "diplomatie")
    document = dossier.documents.get(kind="opties")
    version = b.adopt(cast, document)
    needs = Dossier.objects.get(pk=dossier.pk).needs_smo
    scenes.decide(cast, version, "bewindspersonen" if needs else "hoog-ambtelijk", optie="A")


def choice_of(dossier: Dossier):
    return judge(OptieGekozen(), load(Dossier.objects.get(pk=dossier.pk)))


def test_an_option_asks_nobody_whom_the_dossier_does_not_name(cast):
    """Sabotage: _check_instruments out of add_option or change_option: the SMO is passed over with an option of police."""
    d = b.make_dossier(cast, efforts=("os",))
    with pytest.raises(NotPossible, match=r"noemt deze soort inzet nog niet: Politie\."):
        add(cast, d, "politie", "os")
    optie = add(cast, d, "handel")
    seen = {"letter": "A", "seen_stamp": optie.stamp(), "values": {"instrumenten": ["eenheid"]}}
    with pytest.raises(NotPossible, match="Militaire eenheid"):
        opties.change_option(dossier_id=d.pk, by=cast["behandelaar-bz"], **seen)
    change(cast, d, "os", "politie")
    add(cast, d, "politie", "os")


def test_what_an_option_considers_stays_until_one_without_it_is_chosen(cast):
    """Sabotage: `return ""` in _named: the SMO never hears of the police that the options consider."""
    d = b.make_dossier(cast, ministries=("BZ", "JENV"), efforts=("os", "politie"))
    add(cast, d, "politie")
    with pytest.raises(NotPossible, match="Een optie in de optiesnota noemt deze soort inzet: Politie"):
        change(cast, d, "os")
    assert change(cast, d, "politie").efforts == ["politie"]


@pytest.mark.parametrize(("instrument", "goes"), [("diplomatie", True), ("politie", False)])
def test_after_the_choice_only_what_it_does_not_ask_goes(cast, instrument, goes):
    d = b.make_dossier(cast, ministries=("BZ", "JENV"), efforts=("os", "politie"))
    chosen(cast, d, instrument)
    if goes:
        assert change(cast, d, "os").efforts == ["os"]
        return
    with pytest.raises(NotPossible, match="als een optie zonder die inzet is gekozen"):
        change(cast, d, "os")


def test_the_step_waits_until_the_efforts_are_those_of_the_chosen_option(cast):
    """Sabotage: _other_efforts out of OptieGekozen.check: civil experts go whom no minister chose."""
    d = b.make_dossier(cast, ministries=("BZ", "JENV"), efforts=("os", "politie"))
    chosen(cast, d, "politie", "os")
    assert choice_of(d).open
    change(cast, d, "os", "politie", "civiel", "handel")
    found = choice_of(d)
    assert found.sentence == (
        "Haal weg bij de soorten inzet, want de gekozen optie vraagt dit niet: Civiele experts en Handel."
    )
    assert (found.holder, found.link[0]) == ("penvoerder", "kerngegevens")
    change(cast, d, "politie", "os")
    assert choice_of(d).open
    Dossier.objects.filter(pk=d.pk).update(efforts=["os"])
    assert "de gekozen optie vraagt dit: Politie." in choice_of(d).sentence


def test_a_choice_hoog_ambtelijk_ends_when_people_are_sent(cast):
    """Sabotage: HOOG_AMBTELIJK out of `others` in Facts._last_choice: people go without any minister having chosen."""
    d = b.make_dossier(cast, ministries=("BZ", "JENV"), efforts=("os",))
    chosen(cast, d, "os")
    assert choice_of(d).open
    assert chosen_letter(Dossier.objects.get(pk=d.pk)) == "A"
    now = change(cast, d, "os", "politie")
    assert choice_of(d).sentence == "Wacht op de keuze voor een handelingsoptie."
    assert choice_of(d).holder == "gemachtigde BZ en JENV"
    assert chosen_letter(now) == ""
    scenes.decide(cast, now.documents.get(kind="opties").versions.last(), "bewindspersonen", optie="A")
    assert "vraagt dit niet: Politie." in choice_of(d).sentence


def test_a_minister_who_refused_is_not_passed_by_hoog_ambtelijk(cast):
    """Sabotage: minister_against out of _alone; against out of OptieGekozen.awaited."""
    d = b.make_dossier(cast, efforts=("os",))
    chosen(cast, d, "os")
    version = d.documents.get(kind="opties").versions.last()
    scenes.decide(cast, version, "bewindspersonen", "niet-akkoord", codes=("DEF",))
    scenes.decide(cast, version, "hoog-ambtelijk", optie="A")
    assert choice_of(d).sentence.startswith("De minister van DEF is niet akkoord")
    assert choice_of(d).holder == "penvoerder"
    again = besluit_services.register(
        version_id=version.pk, orgaan="bewindspersonen", uitkomst="akkoord", optie="A", besluit_op=b.today(), kenmerk="",
        toelichting="", by=cast["gemachtigde-def"], ministry=b.ministry("DEF"),
    )  # fmt: skip
    scenes.decide(cast, version, "hoog-ambtelijk", optie="A")
    assert choice_of(d).sentence.startswith("Wacht op de bevestiging van het besluit van de minister van DEF")
    assert choice_of(d).holder == "gemachtigde DEF"
    besluit_services.confirm(besluit_id=again.pk, by=cast["gemachtigde-def-2"])
    assert choice_of(d).open


def test_a_refusal_of_the_ministerraad_stays_whatever_the_minister_says_is_needed(cast):
    """Sabotage: `self._made(facts) is not None` out of MinisterraadOverOptie.applies."""
    d = b.make_dossier(cast, efforts=("os",))
    chosen(cast, d, "os")
    version = d.documents.get(kind="opties").versions.last()
    scenes.decide(cast, version, "ministerraad", "niet-akkoord")
    scenes.decide(cast, version, "hoog-ambtelijk", optie="A", mr_nodig=False, mr_reden="Toch niet.")
    found = judge(MinisterraadOverOptie(), load(Dossier.objects.get(pk=d.pk)))
    assert "niet akkoord" in found.sentence


def test_a_second_instrument_does_not_come_after_the_first_was_declared_the_only_one(cast):
    """Sabotage: `return ""` in place of ONE in hold_efforts."""
    d = b.make_dossier(cast, efforts=("os",))
    asked = scenes.declared(cast, d, "een-instrument")
    change(cast, d, "handel")
    verklaringen.agree(verklaring_id=asked.pk, by=cast["teamleider-bz"])
    for others in (("handel", "os"), ("diplomatie", "os")):
        with pytest.raises(NotPossible, match="dat er één instrument is"):
            change(cast, d, *others)
    assert change(cast, d, "os").efforts == ["os"]


def test_a_plan_of_before_the_choice_is_written_again(cast):
    """Sabotage: `or self._other_choice(facts)` out of PlanVastgesteld.check: the old plan and its advice serve any option."""
    d = b.make_dossier(cast, efforts=("diplomatie", "os"))
    early = scenes.adopted(cast, d, "plan")
    assert early.content["values"]["keuze"] == [0, ""]
    chosen(cast, d, "os", "diplomatie")
    gate = PlanVastgesteld("plan", "plan", "Leidraad par. 3.6, fase 4")
    assert "voordat deze optie was gekozen" in judge(gate, load(Dossier.objects.get(pk=d.pk))).sentence
    b.adopt(cast, d.documents.get(kind="plan"))
    assert judge(gate, load(Dossier.objects.get(pk=d.pk))).open


@pytest.mark.parametrize(
    ("gate", "soort", "effort"),
    [(Communicatieplan(), "communicatieplan", "politie"), (PlanVastgesteld("plan", "plan", "x"), "eigen-plan", "os")],
)
def test_what_was_registered_for_an_earlier_choice_is_registered_again(cast, gate, soort, effort):
    """Sabotage: of_before out of Vastgelegd.check or PlanVastgesteld._own: an advice on one option serves another."""
    d = b.make_dossier(cast, ministries=("BZ", "JENV"), efforts=(effort,))
    b.register(cast, d, soort)
    assert judge(gate, load(Dossier.objects.get(pk=d.pk))).open
    chosen(cast, d, effort)
    assert not judge(gate, load(Dossier.objects.get(pk=d.pk))).open
    b.register(cast, d, soort)
    assert judge(gate, load(Dossier.objects.get(pk=d.pk))).open


def test_money_is_asked_for_the_option_that_was_chosen(cast):
    """Sabotage: the second `if` out of BivAangevraagd.check."""
    asked = BivFact(1, 1, ((2027, 100),), (), (), optie="A")
    choice = besluit(orgaan="hoog-ambtelijk", optie="B")
    known = facts(efforts=frozenset({"os"}), papers={"opties": paper(values={"biv": ["A", "B"]})}, besluiten=(choice,))
    assert "Vraag opnieuw aan, voor optie B" in judge(BivAangevraagd(), replace(known, biv=asked)).sentence
    assert judge(BivAangevraagd(), replace(known, biv=replace(asked, optie="B"))).open
    assert judge(BivAangevraagd(), replace(known, biv=replace(asked, optie=""))).open
