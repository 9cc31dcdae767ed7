"""Who was first: what the logboek says about an act that somebody else did meanwhile, as a sentence for the one who is late."""

from typing import Any

from cases.exceptions import Conflict, Stale
from cases.models import Dossier, Event, User
from cases.templatetags.notatie import toen


def taken(
    dossier: Dossier, sentence: str, url: str = "", *, kind: str = "", obj: str = "", about: str = ""
) -> Conflict:
    """A Conflict that also says who did it, when and what; the logboek has it in the same transaction as the act."""
    event = _newest(dossier, kind, obj, about)
    if event and event.actor:
        sentence = f"{sentence} {event.actor} was u voor, {toen(event.recorded_at)}: {event.sentence}."
    return Conflict(sentence, url or dossier.get_absolute_url())


def stale(
    dossier: Dossier,
    did: str,
    url: str,
    *,
    by: User,
    saved: dict[str, Any],
    seen: object,
    kind: str = "",
    obj: str = "",
    about: str = "",
) -> Stale:
    """ "F. de Vries wijzigde deze tekst om 10.45 uur. Uw tekst is niet verloren.", with what is saved now."""
    event = _newest(dossier, kind, obj, about)
    if event is None or event.actor is None:
        happened = f"Iemand anders {did}"
    elif event.actor == by:
        happened = f"U {did} {toen(event.recorded_at)}, in een ander venster"
    else:
        happened = f"{event.actor} {did} {toen(event.recorded_at)}"
    return Stale(f"{happened}. Uw tekst is niet verloren.", url, saved=saved, seen=seen)


def _newest(dossier: Dossier, kind: str, obj: str, about: str = "") -> Event | None:
    events = Event.objects.filter(dossier=dossier).select_related("actor")
    if kind:
        events = events.filter(kind=kind)
    if about:
        events = events.filter(sentence__startswith=about)
    if obj:
        events = events.filter(object=obj)
    return events.order_by("-seq").first()
