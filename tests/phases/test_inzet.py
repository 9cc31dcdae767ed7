"""One person cannot take an advice or a decision away by changing the kinds of effort."""

import pytest
from django.db import DatabaseError, transaction

from cases.exceptions import NotPossible
from cases.models import Dossier
from cases.phase import Phase
from cases.services import dossiers
from tests import builders as b
from tests.cases.pages import session, text
from tests.hard.ready import Way
from tests.phases import scenes


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
