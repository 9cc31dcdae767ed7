"""The logboek: the audit rows of a dossier as people read them, newest first, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from cases.models import Dossier, Event, Ministry, User
from cases.templatetags.notatie import als_dag, datum, tijd, tijdstip

PAGE = 50

# What a kind of event is called in the filter; a kind that is not here is its own name.
LABELS = {
    "behandeling": "Behandeling in de Kamer",
    "biv": "BIV",
    "brief": "Kamerbrief",
    "conclusie": "Conclusie van de SMO",
    "financiering": "Andere financiering",
    "geopend": "Dossier geopend",
    "geschreven": "Tekst opgeslagen",
    "gewijzigd": "Kerngegevens gewijzigd",
    "historie": "Gebeurtenis uit het verleden",
    "kamerstuk": "Kamerstuknummer",
    "les": "Les",
    "ondertekend": "Brief ondertekend",
    "optie": "Handelingsoptie",
    "pdf": "Pdf",
    "smo": "Aangeboden aan de SMO",
    "standpunt": "Standpunt in de SMO",
    "teruggegeven": "Niet geparafeerd, teruggegeven",
    "toets": "Toets artikel 100",
    "vastgelegd": "Gegeven vastgelegd",
    "vastgesteld": "Document vastgesteld",
    "verzonden": "Brief verzonden",
    "voorgelegd": "Voorgelegd ter paraaf",
}

# Of these the old and the new text are too long for a line: they have a page of their own.
WRITTEN = ("geschreven",)

Key = tuple[date, int]


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
    """A page of the logboek: per day (newest first) the lines of `tijdlijn`; `next` is the key to go on from, or ""."""

    days: Sequence[tuple[date, list[dict[str, Any]]]]
    next: str
    first: bool


def page(dossier: Dossier, filters: EventFilters, before: str = "") -> EventPage:
    """One page of what happened in a dossier, by the day on which it happened, in one query."""
    events = _filtered(dossier, filters).order_by("-occurred_on", "-seq")
    key = parse_key(before)
    if key:
        events = events.filter(Q(occurred_on__lt=key[0]) | Q(occurred_on=key[0], seq__lt=key[1]))
    found = list(events[: PAGE + 1])
    days: dict[date, list[dict[str, Any]]] = {}
    for event in found[:PAGE]:
        days.setdefault(event.occurred_on, []).append(line(event, _on_its_day(event)))
    last = found[PAGE - 1] if len(found) > PAGE else None
    return EventPage(list(days.items()), f"{last.occurred_on}~{last.seq}" if last else "", key is None)


def parse_key(text: str) -> Key | None:
    """The key in a page address; None when it is absent or not ours."""
    day, _, seq = text.partition("~")
    try:
        return (date.fromisoformat(day), int(seq)) if seq.isdecimal() and len(seq) < 12 else None
    except ValueError:
        return None


def _on_its_day(event: Event) -> str:
    """The time of an act recorded when it happened; otherwise the moment at which it was recorded."""
    if event.occurred_on == als_dag(event.recorded_at):
        return tijd(event.recorded_at)
    return f"Vastgelegd op {tijdstip(event.recorded_at)}"


def latest(dossier: Dossier, limit: int) -> list[dict[str, Any]]:
    """The newest lines, each with its full moment."""
    return [line(event, _full(event)) for event in _filtered(dossier, EventFilters())[:limit]]


def _full(event: Event) -> str:
    when = tijdstip(event.recorded_at)
    late = event.occurred_on != als_dag(event.recorded_at)
    return f"{when}. Gebeurd op {datum(event.occurred_on)}" if late else when


def line(event: Event, when: str) -> dict[str, Any]:
    """One event as a line of `tijdlijn`: what, by whom in which capacity, when, and the reason as it was given."""
    by = str(event.actor) if event.actor else "Het systeem"
    who = f"{by} ({event.acting_for})" if event.acting_for else by
    changes = event.data.get("wijzigingen") or []
    texts = bool(changes) and event.kind in WRITTEN
    return {
        "wat": event.sentence,
        "url": reverse("wijziging", args=[event.dossier.number, event.seq]) if texts else "",
        "door": who,
        "wanneer": when,
        "reden": str(event.data.get("reden") or ""),
        "wijzigingen": [] if texts else changes,
    }


def change_or_none(dossier: Dossier, seq: int) -> Event | None:
    """The saving of a text that changed something, by its place in the logboek of this dossier."""
    found = Event.objects.filter(dossier=dossier, kind__in=WRITTEN, seq=seq).select_related("actor").first()
    return found if found and found.data.get("wijzigingen") else None


def kinds(dossier: Dossier) -> list[tuple[str, str]]:
    """The kinds of event that this dossier holds, each with what it is called."""
    found = Event.objects.filter(dossier=dossier).order_by().values_list("kind", flat=True).distinct()
    return sorted(((kind, LABELS.get(kind, kind.capitalize())) for kind in found), key=lambda pair: pair[1])


def people(dossier: Dossier) -> list[User]:
    """Who did something in this dossier."""
    return list(User.objects.filter(pk__in=Event.objects.filter(dossier=dossier).order_by().values("actor")))


def ministries(dossier: Dossier) -> list[Ministry]:
    """For which ministries something was done in this dossier."""
    return list(Ministry.objects.filter(pk__in=Event.objects.filter(dossier=dossier).order_by().values("ministry")))


def _filtered(dossier: Dossier, filters: EventFilters) -> QuerySet[Event]:
    events = Event.objects.filter(dossier=dossier).select_related("actor", "dossier").order_by("-seq")
    if filters.kind:
        events = events.filter(kind=filters.kind)
    if filters.person:
        events = events.filter(actor__username=filters.person)
    if filters.ministry:
        events = events.filter(ministry__code=filters.ministry)
    if filters.since:
        events = events.filter(occurred_on__gte=filters.since)
    if filters.until:
        events = events.filter(occurred_on__lte=filters.until)
    return events
