"""Somebody sits in for a member of the SMO: arranged on the command line as long as there is no screen for people."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from cases.models import Event, Membership
from tests import builders as b
from tests.cases.pages import session, text
from tests.phases import scenes

pytestmark = pytest.mark.django_db
WHO, FOR = "behandelaar-jenv", "smo-jenv"


def sits_in(start: int, end: int, who: str = WHO, member: str = FOR) -> None:
    days = {"van": b.today() + timedelta(days=start), "tot": b.today() + timedelta(days=end)}
    call_command("plaatsvervanger", who, member, **days)


def test_a_deputy_takes_the_position_in_the_period_and_a_later_call_changes_it(cast):
    """Sabotage: `deputy_for` out of the row: then the position would be the deputy's own."""
    offer = scenes.offered(cast, scenes.dossier(cast, ministries=("BZ", "JENV")), "signaal")
    url = f"/dossiers/{offer.ronde.dossier.number}/smo/{offer.pk}/standpunt/"
    sits_in(3, 5)
    assert session(cast[WHO]).get(url).status_code == 403
    sits_in(0, 5)
    assert "namens" in text(session(cast[WHO]).get(url))
    (row,) = Membership.objects.filter(deputy_for=cast[FOR])
    assert (row.start, row.end) == (b.today(), b.today() + timedelta(days=5))
    last = Event.objects.filter(kind="persoon").latest("id")
    assert last.sentence.startswith(f"{cast[WHO]} vervangt {cast[FOR]} als SMO-lid JENV, van")


@pytest.mark.parametrize(
    ("days", "people", "why"),
    [
        ((0, -1), {}, "is al voorbij"),
        ((5, 3), {}, "voor de eerste"),
        ((0, 3), {"who": FOR}, "twee verschillende personen"),
        ((0, 3), {"who": "niemand"}, "twee verschillende personen"),
        ((0, 3), {"member": "behandelaar-bz"}, "heeft deze rol niet"),
    ],
)
def test_what_cannot_be_is_said(cast, days, people, why):
    with pytest.raises(CommandError, match=why):
        sits_in(*days, **people)
    assert not Membership.objects.filter(deputy_for__isnull=False).exists()
