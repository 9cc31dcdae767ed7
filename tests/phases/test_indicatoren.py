"""A renewal goes on measuring: the indicators of the Ronde before are copied once, by whoever writes in the dossier."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.exceptions import Conflict, Denied, NotPossible
from cases.models import Dossier, Event
from phases.planning import services
from phases.planning.models import INDICATOR, Indicator
from tests import builders as b
from tests.cases.pages import session, text
from tests.phases.test_transition import in_uitvoering, step

pytestmark = pytest.mark.django_db
BUTTON = "Neem de indicatoren van ronde 1 over"


def renewed(cast) -> Dossier:
    """Ronde 2 of a dossier of which Ronde 1 had an indicator that was measured and one that was planned."""
    d = in_uitvoering(cast)
    old = list(Indicator.objects.filter(ronde__dossier=d))
    words = {"naam": "Berechte zaken", "bron": "Rechtbank", "streefwaarde": "40", "gepland_op": b.today()}
    services.add_indicator(dossier_id=d.pk, by=cast["behandelaar-bz"], **words)
    until = b.today() + timedelta(days=90)
    step(cast, d, "verlengen", by="teamleider-bz", reason="Mandaat verlengd.", runs_until=until)
    assert Indicator.objects.filter(ronde__dossier=d).count() == len(old) + 1
    return Dossier.objects.get(pk=d.pk)


def of(d: Dossier, number: int) -> list[dict]:
    return list(Indicator.objects.filter(ronde__dossier=d, ronde__number=number).values(*INDICATOR).order_by("id"))


def test_the_page_of_a_renewal_offers_to_take_them_over_once(cast):
    d = renewed(cast)
    page, address = reverse("indicatoren", args=[d.number]), reverse("indicatoren_overnemen", args=[d.number])
    writer = session(cast["behandelaar-def"])
    shown = text(writer.get(page))
    assert "Ronde 2 heeft nog geen indicator." in shown
    assert "Een verlenging begint zonder indicatoren." in shown
    assert BUTTON in shown
    assert BUTTON not in text(session(cast["auditor"]).get(page))
    assert writer.get(address).status_code == 405
    assert writer.post(address).status_code == 302
    assert of(d, 2) == of(d, 1) != []
    assert BUTTON not in text(writer.get(page))
    again = writer.post(address)
    assert (again.status_code, len(of(d, 2))) == (409, len(of(d, 1)))
    assert "Deze ronde heeft al indicatoren." in text(again)
    told = Event.objects.get(dossier=d, sentence__startswith="Indicatoren van ronde 1 overgenomen")
    assert told.data["indicatoren"] == [row["naam"] for row in of(d, 1)]


def test_who_does_not_write_takes_nothing_over(cast):
    d = renewed(cast)
    with pytest.raises(Denied):
        services.take_over_indicators(dossier_id=d.pk, by=cast["auditor"])
    assert of(d, 2) == []


def test_the_own_indicators_of_a_ronde_are_never_added_to(cast):
    d = renewed(cast)
    b.measure(cast, d)
    with pytest.raises(Conflict, match="al indicatoren"):
        services.take_over_indicators(dossier_id=d.pk, by=cast["behandelaar-bz"])


def test_a_first_ronde_has_nothing_to_take_over(cast):
    d = b.make_dossier(cast)
    assert (
        "overnemen" not in session(cast["behandelaar-bz"]).get(reverse("indicatoren", args=[d.number])).content.decode()
    )
    with pytest.raises(NotPossible, match="geen eerdere ronde"):
        services.take_over_indicators(dossier_id=d.pk, by=cast["behandelaar-bz"])
