"""The meetings of the SMO: planned by their rhythm, changed by hand by the secretary; their agenda and who was there."""

from collections.abc import Iterable
from datetime import date, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cases import access, audit
from cases.access import Allowed
from cases.exceptions import Conflict, NotPossible
from cases.models import Dossier, User
from cases.rights import Act
from cases.templatetags.notatie import datum
from phases.smo.calendar import why_closed
from phases.smo.models import Aanwezigheid, Agendapunt, PuntSoort, Ritme, Vergadering
from phases.smo.services import agenda

WEEKS_AHEAD = 16
OWN_POINTS = (PuntSoort.PROCEDUREEL, PuntSoort.BESPREKING, PuntSoort.TER_KENNISNAME)


@transaction.atomic
def plan_ahead(today: date, weeks: int = WEEKS_AHEAD) -> int:
    """Adds the coming meetings of the rhythm that are not there yet, holidays skipped; returns how many.

    Run once a day by beat. What was moved or cancelled stays as it is: it still stands for its day of the rhythm.
    """
    rhythm = agenda.lock_calendar()
    first = today + timedelta(days=(rhythm.weekday - today.weekday()) % 7)
    days = [first + timedelta(weeks=n) for n in range(weeks)]
    busy = set(Vergadering.objects.filter(planned_on__in=days).values_list("planned_on", flat=True))
    busy |= set(Vergadering.objects.filter(day__in=days, vervallen=False).values_list("day", flat=True))
    wanted = [day for day in days if day not in busy and not why_closed(day)]
    term = timedelta(days=rhythm.papers_days)
    Vergadering.objects.bulk_create(
        Vergadering(day=day, planned_on=day, time=rhythm.time, place=rhythm.place, papers_by=day - term)
        for day in wanted
    )
    return len(wanted)


@transaction.atomic
def set_rhythm(*, weekday: int, time: time, place: str, papers_days: int, by: User, seen_revision: int) -> Ritme:
    """The secretary changes when the SMO usually meets. Coming meetings without points follow; the others stay."""
    allowed = access.require(by, Act.SMO_AGENDA)
    rhythm = agenda.lock_calendar()
    if rhythm.revision != seen_revision:
        raise Conflict("Iemand anders wijzigde intussen het ritme.", reverse("smo_ritme"))
    rhythm.weekday, rhythm.time, rhythm.place, rhythm.papers_days = weekday, time, place, papers_days
    rhythm.revision += 1
    rhythm.save()
    today = timezone.localdate()
    coming = Vergadering.objects.filter(day__gt=today, planned_on__isnull=False, vervallen=False)
    # Locked first: who offers a paper for one of them at this moment keeps that meeting.
    list(coming.select_for_update(no_key=True).order_by("id"))
    coming.filter(punten=None).update(
        vervallen=True, reason="Het ritme van de vergaderingen is gewijzigd.", planned_on=None
    )
    plan_ahead(today)
    _record(f"Ritme van de SMO gewijzigd: {rhythm.get_weekday_display().lower()}", by, allowed, "ritme")
    return rhythm


@transaction.atomic
def add_meeting(*, day: date, time: time, place: str, papers_by: date, by: User) -> Vergadering:
    """An extra meeting. Raises NotPossible on a closed day and Conflict when the SMO already meets then."""
    allowed = access.require(by, Act.SMO_AGENDA)
    agenda.lock_calendar()
    _refuse_day(day, papers_by)
    made = Vergadering.objects.create(day=day, time=time, place=place, papers_by=papers_by)
    _record(f"Vergadering van de SMO toegevoegd: {datum(day)}", by, allowed, f"vergadering:{made.pk}")
    return made


def _refuse_day(day: date, papers_by: date, own: int = 0) -> None:
    if day < timezone.localdate():
        raise NotPossible("Kies vandaag of een latere dag.")
    if reason := why_closed(day):
        raise NotPossible(reason)
    if papers_by > day:
        raise NotPossible("De stukken moeten er zijn voor de vergadering. Kies een eerdere termijn.")
    other = Vergadering.objects.filter(day=day, vervallen=False).exclude(pk=own).first()
    if other:
        raise Conflict(f"De SMO vergadert al op {datum(day)}.", reverse("vergadering", args=[other.pk]))


def under_lock(vergadering_id: int, seen_revision: int | None = None) -> Vergadering:
    """A meeting that goes on, locked. Raises Conflict when it was cancelled, or changed since the screen was drawn."""
    meeting = Vergadering.objects.select_for_update(no_key=True).get(pk=vergadering_id)
    url = reverse("vergadering", args=[meeting.pk])
    if meeting.vervallen:
        raise Conflict(f"Deze vergadering gaat niet door. {meeting.reason}", url)
    if seen_revision is not None and seen_revision != meeting.revision:
        raise Conflict("Iemand anders wijzigde intussen deze vergadering. Bekijk eerst hoe zij nu staat.", url)
    return meeting


def touch(meeting: Vergadering, *fields: str) -> None:
    """Saves a change; screens drawn before it are out of date."""
    meeting.revision += 1
    meeting.save(update_fields=[*fields, "revision"])


@transaction.atomic
def move_meeting(
    *, vergadering_id: int, day: date, time: time, place: str, papers_by: date, reason: str, by: User, seen_revision: int
) -> Vergadering:  # fmt: skip
    """Another day, hour or place, with a reason. The points go along; their dossiers hear of it."""
    allowed = access.require(by, Act.SMO_AGENDA)
    agenda.lock_calendar()
    meeting = under_lock(vergadering_id, seen_revision)
    _refuse_settled(meeting)
    _refuse_day(day, papers_by, own=meeting.pk)
    was = meeting.day
    meeting.day, meeting.time, meeting.place = day, time, place
    meeting.papers_by, meeting.reason = papers_by, reason
    touch(meeting, "day", "time", "place", "papers_by", "reason")
    sentence = f"Vergadering van de SMO van {datum(was)} gewijzigd: {datum(day)}, {time:%H.%M} uur"
    _record(sentence, by, allowed, f"vergadering:{meeting.pk}", reason=reason)
    _tell(meeting, sentence, by, allowed)
    return meeting


@transaction.atomic
def cancel_meeting(*, vergadering_id: int, reason: str, by: User, seen_revision: int) -> Vergadering:
    """A meeting does not go on, with a reason; its papers come on the next agenda."""
    allowed = access.require(by, Act.SMO_AGENDA)
    agenda.lock_calendar()
    meeting = under_lock(vergadering_id, seen_revision)
    _refuse_settled(meeting)
    points = list(meeting.punten.filter(vervallen=False, aanbieding__isnull=False).select_related("aanbieding"))
    following = agenda.next_after(meeting.day)
    if points and following is None:
        raise NotPossible("Er is geen volgende vergadering voor deze stukken. Voeg die eerst toe.")
    sentence = f"De vergadering van de SMO van {datum(meeting.day)} gaat niet door"
    _record(sentence, by, allowed, f"vergadering:{meeting.pk}", reason=reason)
    if following:
        _tell(meeting, f"{sentence}; het stuk komt op {datum(following.day)}", by, allowed)
        for point in points:
            agenda.place(point.aanbieding, following, by)
    meeting.punten.update(vervallen=True)
    meeting.vervallen, meeting.reason = True, reason
    touch(meeting, "vervallen", "reason")
    return meeting


def _refuse_past(meeting: Vergadering) -> None:
    if meeting.day < timezone.localdate():
        raise NotPossible("Deze vergadering is al geweest.")


def _refuse_settled(meeting: Vergadering) -> None:
    """Neither what was, nor what was treated, changes."""
    _refuse_past(meeting)
    agenda.refuse_settled(meeting)


def _tell(meeting: Vergadering, sentence: str, by: User, allowed: Allowed) -> None:
    """The dossiers on the agenda get it in their logboek, and with it their work lists anew."""
    on_agenda = {"documents__versions__aanbiedingen__punten__vergadering": meeting}
    live = {"documents__versions__aanbiedingen__punten__vervallen": False}
    for dossier in Dossier.objects.filter(**on_agenda, **live).distinct().order_by("pk"):
        audit.record("smo", sentence, by=by, dossier=dossier, allowed=allowed, obj=f"vergadering:{meeting.pk}")


def _record(sentence: str, by: User, allowed: Allowed, obj: str, reason: str = "") -> None:
    audit.record("smo", sentence, by=by, allowed=allowed, obj=obj, data={"reden": reason} if reason else {})


@transaction.atomic
def add_point(*, vergadering_id: int, titel: str, soort: str, by: User) -> Agendapunt:
    """A point of the secretary's own, without a paper."""
    allowed = access.require(by, Act.SMO_AGENDA)
    meeting = under_lock(vergadering_id)
    if soort not in OWN_POINTS:
        raise NotPossible("Voor advies is een stuk nodig. De penvoerder biedt dat aan vanuit het dossier.")
    made = agenda.add(meeting, soort, by, titel=titel)
    touch(meeting)
    _record(f"Agendapunt toegevoegd aan de SMO van {datum(meeting.day)}", by, allowed, f"vergadering:{meeting.pk}")
    return made


@transaction.atomic
def shift_point(*, punt_id: int, up: bool, by: User) -> Agendapunt:
    """One place up or down on the agenda; at the end it stays where it is."""
    allowed = access.require(by, Act.SMO_AGENDA)
    meeting = under_lock(Agendapunt.objects.values_list("vergadering_id", flat=True).get(pk=punt_id))
    _refuse_settled(meeting)
    points = list(meeting.punten.filter(vervallen=False))
    here = next((n for n, point in enumerate(points) if point.pk == punt_id), None)
    if here is None:
        raise Conflict("Dit punt staat niet meer op deze agenda.", reverse("vergadering", args=[meeting.pk]))
    there = here + (-1 if up else 1)
    if 0 <= there < len(points):
        points[here], points[there] = points[there], points[here]
        for n, point in enumerate(points, 1):
            point.order = n * agenda.STEP
        Agendapunt.objects.bulk_update(points, ["order"])
        touch(meeting)
        _record(f"Volgorde gewijzigd van de SMO van {datum(meeting.day)}", by, allowed, f"vergadering:{meeting.pk}")
    return next(point for point in points if point.pk == punt_id)


@transaction.atomic
def move_point(*, punt_id: int, vergadering_id: int | None, by: User) -> Agendapunt:
    """A point goes to another meeting, or off the agenda when it has no paper. Its old row stays, as vervallen."""
    allowed = access.require(by, Act.SMO_AGENDA)
    point = Agendapunt.objects.select_related("aanbieding__ronde__dossier").get(pk=punt_id)
    ids = sorted({point.vergadering_id, vergadering_id or point.vergadering_id})
    meetings = {pk: under_lock(pk) for pk in ids}
    point.refresh_from_db(fields=["vervallen"])
    here = meetings[point.vergadering_id]
    _refuse_settled(here)
    if point.vervallen or vergadering_id == here.pk:
        raise Conflict("Dit punt staat al op een andere plaats.", reverse("vergadering", args=[here.pk]))
    if point.aanbieding and vergadering_id is None:
        raise NotPossible("Een stuk gaat naar een andere vergadering. Alleen de penvoerder trekt het in.")
    point.vervallen = True
    point.save(update_fields=["vervallen"])
    touch(here)
    made, where = point, "van de agenda gehaald"
    if vergadering_id:
        there = meetings[vergadering_id]
        _refuse_past(there)
        where = f"verplaatst naar {datum(there.day)}"
        made = (
            agenda.place(point.aanbieding, there, by)
            if point.aanbieding
            else agenda.add(there, point.soort, by, titel=point.titel)
        )
        touch(there)
    dossier = point.aanbieding.ronde.dossier if point.aanbieding else None
    sentence = f"Punt van de SMO van {datum(here.day)} {where}"
    audit.record("smo", sentence, by=by, dossier=dossier, allowed=allowed, obj=f"vergadering:{here.pk}")
    return made


@transaction.atomic
def note_attendance(*, vergadering_id: int, aanwezig: Iterable[str], gasten: str, by: User) -> Aanwezigheid:
    """Who was there. A later row corrects an earlier one."""
    allowed = access.require(by, Act.SMO_AGENDA)
    meeting = under_lock(vergadering_id)
    if meeting.day > timezone.localdate():
        raise NotPossible(f"De vergadering is pas op {datum(meeting.day)}.")
    made = Aanwezigheid.objects.create(vergadering=meeting, aanwezig=list(aanwezig), gasten=gasten, by=by)
    _record(f"Aanwezigen vastgelegd van de SMO van {datum(meeting.day)}", by, allowed, f"vergadering:{meeting.pk}")
    return made
