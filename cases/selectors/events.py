"""The logboek: the audit rows of a dossier as people read them, newest first, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.models import Dossier, Event, Ministry, User
from cases.templatetags.notatie import als_dag, datum, tijd, tijdstip

PAGE = 50


@dataclass(frozen=True)
class EventFilters:
    """What someone filters the logboek on; empty values filter nothing."""

    kind: str = ""
    person: str = ""
    ministry: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class EventPage:
    """A page of the logboek: per day (newest first) the lines of `tijdlijn`; `next` is the seq to go on from, or None."""

    days: Sequence[tuple[date, list[dict[str, Any]]]]
    next: int | None
    first: bool


def page(dossier: Dossier, filters: EventFilters, before: int | None = None) -> EventPage:
    """One page of what happened in a dossier, in one query."""
    events = _filtered(dossier, filters)
    if before:
        events = events.filter(seq__lt=before)
    found = list(events[: PAGE + 1])
    days: dict[date, list[dict[str, Any]]] = {}
    for event in found[:PAGE]:
        days.setdefault(als_dag(event.recorded_at), []).append(line(event, tijd(event.recorded_at)))
    more = found[PAGE - 1].seq if len(found) > PAGE else None
    return EventPage(list(days.items()), more, not before)


def latest(dossier: Dossier, limit: int) -> list[dict[str, Any]]:
    """The newest lines, each with its full moment."""
    return [line(event, tijdstip(event.recorded_at)) for event in _filtered(dossier, EventFilters())[:limit]]


def line(event: Event, when: str) -> dict[str, Any]:
    """One event as a line of `tijdlijn`: what, by whom in which capacity, when, and the reason as it was given."""
    by = str(event.actor) if event.actor else "Het systeem"
    if event.occurred_on != als_dag(event.recorded_at):
        when = f"{when}. Gebeurd op {datum(event.occurred_on)}"
    who = f"{by} ({event.acting_for})" if event.acting_for else by
    return {"wat": event.sentence, "door": who, "wanneer": when, "reden": str(event.data.get("reden") or "")}


def kinds(dossier: Dossier) -> list[str]:
    """The kinds of event that this dossier holds."""
    return sorted(set(Event.objects.filter(dossier=dossier).order_by().values_list("kind", flat=True).distinct()))


def people(dossier: Dossier) -> list[User]:
    """Who did something in this dossier."""
    return list(User.objects.filter(pk__in=Event.objects.filter(dossier=dossier).order_by().values("actor")))


def ministries(dossier: Dossier) -> list[Ministry]:
    """For which ministries something was done in this dossier."""
    return list(Ministry.objects.filter(pk__in=Event.objects.filter(dossier=dossier).order_by().values("ministry")))


def _filtered(dossier: Dossier, filters: EventFilters) -> QuerySet[Event]:
    events = Event.objects.filter(dossier=dossier).select_related("actor").order_by("-seq")
    if filters.kind:
        events = events.filter(kind=filters.kind)
    if filters.person:
        events = events.filter(actor__username=filters.person)
    if filters.ministry:
        events = events.filter(ministry__code=filters.ministry)
    if filters.since:
        events = events.filter(recorded_at__date__gte=filters.since)
    if filters.until:
        events = events.filter(recorded_at__date__lte=filters.until)
    return events
