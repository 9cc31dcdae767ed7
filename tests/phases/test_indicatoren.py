"""A renewal goes on measuring: the indicators of the Ronde before are copied once, by whoever writes in the dossier."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
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


@pytest.mark.parametrize("given", [{"streefwaarde": "1"}, {"nulmeting": "99"}, {"naam": "Iets anders"}, {}])
def test_from_the_execution_on_a_baseline_stays(cast, given):
    """The advice on the plan rested on it. It stays also where nothing is asked that could be filled in."""
    d = in_uitvoering(cast)
    row = Indicator.objects.filter(ronde__dossier=d).exclude(nulmeting="").first() or b.measure(cast, d)
    address = reverse("indicator", args=[d.number, row.pk])
    with pytest.raises(NotPossible, match="nieuwe ronde"):
        services.change_indicator(
            indicator_id=row.pk, by=cast["behandelaar-def"], seen_revision=row.revision, **{**row.answers(), **given}
        )
    client = session(cast["behandelaar-def"])
    shown = text(client.get(address))
    assert "Sinds de uitvoering kunt u alleen een lege nulmeting invullen." in shown
    assert "Opslaan" not in shown
    answer = client.post(address, {**given, "seen_revision": str(row.revision)})
    assert (answer.status_code, "Voeg een nieuwe indicator toe" in text(answer)) == (422, True)
    assert Indicator.objects.get(pk=row.pk).answers() == row.answers()


@pytest.mark.parametrize(
    "given",
    [{"streefwaarde": "1"}, {"nulmeting": "99"}, {"nulmeting_op": None}, {"naam": "x"}, {"gepland_op": b.today()}],
)
def test_from_the_execution_on_the_database_holds_a_baseline_too(cast, given):
    d = in_uitvoering(cast)
    row = b.measure(cast, d, nulmeting="12", nulmeting_op=b.today())
    with pytest.raises(DatabaseError, match="het advies over het plan"), transaction.atomic():
        Indicator.objects.filter(pk=row.pk).update(**given)
    planned = b.measure(cast, d, nulmeting="", nulmeting_op=None, gepland_op=b.today())
    assert Indicator.objects.filter(pk=planned.pk).update(nulmeting="12", nulmeting_op=b.today()) == 1


def test_from_the_execution_on_an_empty_nulmeting_is_filled_in_and_nothing_else(cast):
    d = in_uitvoering(cast)
    row = b.measure(cast, d, nulmeting="", nulmeting_op=None, gepland_op=b.today())
    address, client = reverse("indicator", args=[d.number, row.pk]), session(cast["behandelaar-def"])
    shown = text(client.get(address))
    assert 'name="nulmeting"' in shown
    assert 'name="streefwaarde"' not in shown
    given = {"nulmeting": "12", "nulmeting_op": f"{b.today():%d-%m-%Y}", "streefwaarde": "1", "seen_revision": "0"}
    assert client.post(address, given).status_code == 302
    kept = {**row.answers(), "nulmeting": "12", "nulmeting_op": b.today()}
    assert Indicator.objects.get(pk=row.pk).answers() == kept
    with pytest.raises(NotPossible, match="lege nulmeting"):
        services.change_indicator(indicator_id=row.pk, by=cast["behandelaar-def"], seen_revision=1, **kept)
