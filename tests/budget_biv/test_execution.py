"""Granted money: promised, spent, given back, settled and corrected, always to the last euro."""

import pytest

from budget_biv import services
from budget_biv.models import Mutatie, Post
from cases.exceptions import Conflict, NotPossible
from tests import builders as b
from tests.budget_biv.money import amounts, ask, granted, on, reserved, state

pytestmark = pytest.mark.django_db


def test_the_whole_life_of_money(cast, fund):
    aanvraag = ask(cast, b.make_dossier(cast), fund)
    act = {"aanvraag_id": aanvraag.pk, "by": cast["biv-beheerder"], "reason": "Contract."}
    assert on(aanvraag) == {"voorgesteld": 100}
    b.reserve_money(cast, aanvraag)
    assert on(aanvraag) == {"gereserveerd": 100}
    b.grant_money(cast, aanvraag)
    assert on(aanvraag) == {"toegekend": 100}
    services.book_amounts(soort="verplichten", amounts=amounts(fund, 80), **act)
    services.book_amounts(soort="realiseren", amounts=amounts(fund, 60), **act)
    services.book_amounts(soort="vrijvallen", amounts=amounts(fund, 5), **act)
    assert on(aanvraag) == {"toegekend": 15, "verplicht": 20, "gerealiseerd": 60, "vrijgevallen": 5}
    services.settle(**act)
    assert on(aanvraag) == {"afgerekend": 60, "vrijgevallen": 40}
    assert state(aanvraag.ronde.dossier) == "afgerekend"
    with pytest.raises(Conflict, match="niets meer af te rekenen"):
        services.settle(**act)


@pytest.mark.parametrize(("soort", "amount"), [("verplichten", 101), ("realiseren", 1), ("vrijvallen", 101)])
def test_no_more_is_booked_than_stands_there(cast, fund, soort, amount):
    aanvraag = granted(cast, fund)
    act = {"aanvraag_id": aanvraag.pk, "by": cast["biv-beheerder"]}
    with pytest.raises(NotPossible, match="U boekt"):
        services.book_amounts(soort=soort, amounts=amounts(fund, amount), reason="x", **act)
    with pytest.raises(NotPossible, match="reden"):
        services.book_amounts(soort=soort, amounts=amounts(fund, 1), reason=" ", **act)
    with pytest.raises(NotPossible, match="minstens één"):
        services.book_amounts(soort=soort, amounts=amounts(fund, 0), reason="x", **act)
    assert on(aanvraag) == {"toegekend": 100}


def test_a_correction_is_a_counter_entry(cast, fund):
    aanvraag = granted(cast, fund)
    by = cast["biv-beheerder"]
    act = {"aanvraag_id": aanvraag.pk, "by": by, "reason": "Contract."}
    wrong = services.book_amounts(soort="verplichten", amounts=amounts(fund, 80), **act)
    later = services.book_amounts(soort="realiseren", amounts=amounts(fund, 50), **act)
    with pytest.raises(NotPossible, match="latere boeking"):
        services.correct(mutatie_id=wrong.pk, reason="Verkeerd.", by=by)
    services.correct(mutatie_id=later.pk, reason="Verkeerd.", by=by)
    services.correct(mutatie_id=wrong.pk, reason="Verkeerd.", by=by)
    assert on(aanvraag) == {"toegekend": 100}
    assert Post.objects.filter(mutatie__aanvraag=aanvraag).count() == 7
    with pytest.raises(Conflict, match="al gecorrigeerd"):
        services.correct(mutatie_id=wrong.pk, reason="Nog eens.", by=by)
    decision = Mutatie.objects.get(aanvraag=aanvraag, soort="toekennen")
    with pytest.raises(NotPossible, match="volgt uit een besluit"):
        services.correct(mutatie_id=decision.pk, reason="Toch niet.", by=by)


def test_money_given_back_by_mistake_returns_only_when_there_is_room(cast, fund):
    first = granted(cast, fund, 600)
    by = cast["biv-beheerder"]
    freed = services.book_amounts(
        aanvraag_id=first.pk, soort="vrijvallen", amounts=amounts(fund, 600), reason="Gestopt.", by=by
    )
    reserved(cast, fund, 500)
    with pytest.raises(NotPossible, match="nog €.500 vrij"):
        services.correct(mutatie_id=freed.pk, reason="Toch niet.", by=by)
