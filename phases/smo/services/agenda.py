"""Points on the agenda of a meeting: where an offer stands now, and putting it there. The caller records the act."""

from datetime import date

from django.db.models import Max

from cases.exceptions import NotPossible
from cases.models import User
from cases.templatetags.notatie import datum
from phases.smo.models import Aanbieding, Agendapunt, PuntSoort, Ritme, Vergadering

STEP = 10


def place(aanbieding: Aanbieding, meeting: Vergadering, by: User | None) -> Agendapunt:
    """Puts an offer at the end of an agenda; where it already stands there, it stays."""
    standing = Agendapunt.objects.filter(vergadering=meeting, aanbieding=aanbieding, vervallen=False).first()
    return standing or add(meeting, aanbieding.soort, by, aanbieding=aanbieding)


def add(
    meeting: Vergadering, soort: str, by: User | None, *, aanbieding: Aanbieding | None = None, titel: str = ""
) -> Agendapunt:
    """A point at the end of an agenda; procedural points stand before the papers."""
    refuse_settled(meeting)
    last = meeting.punten.aggregate(last=Max("order"))["last"] or 0
    order = last + STEP
    if soort == PuntSoort.PROCEDUREEL:
        before = meeting.punten.filter(soort=PuntSoort.PROCEDUREEL).aggregate(last=Max("order"))["last"]
        order = (before or 0) + 1
    return Agendapunt.objects.create(
        vergadering=meeting, aanbieding=aanbieding, soort=soort, titel=titel, order=order, by=by
    )


def refuse_settled(meeting: Vergadering) -> None:
    """The agenda of a meeting stays as it was treated."""
    if meeting.besluitenlijsten.filter(adopted_by__isnull=False).exists():
        raise NotPossible(
            f"De besluitenlijst van {datum(meeting.day)} is vastgesteld. De agenda blijft daarom zoals hij was."
        )


def standing(aanbieding: Aanbieding) -> Agendapunt | None:
    """The point under which an offer is on an agenda now; None in a written round."""
    points = Agendapunt.objects.filter(aanbieding=aanbieding, vervallen=False, vergadering__vervallen=False)
    return points.select_related("vergadering").order_by("-id").first()


def lock_calendar() -> Ritme:
    """Who changes on which days the SMO meets, or needs the next of them, goes one at a time: after the dossier, before a meeting."""
    return Ritme.objects.select_for_update().get(pk=1)


def next_after(day: date) -> Vergadering | None:
    """The first planned meeting after a day; under the lock of the calendar."""
    return Vergadering.objects.filter(day__gt=day, vervallen=False).order_by("day").first()
