"""One append-only, hash-chained row per act. The database links the chain; this only says what happened."""

from contextvars import ContextVar
from datetime import date
from typing import Any

from django.utils import timezone

from cases.access import Allowed
from cases.models import Dossier, Event, Ministry, User

STELSEL = "stelsel"
origin: ContextVar[str] = ContextVar("origin", default="web")


def record(
    kind: str,
    sentence: str,
    *,
    by: User | None,
    dossier: Dossier | None = None,
    allowed: Allowed | None = None,
    ministry: Ministry | None = None,
    obj: str = "",
    occurred_on: date | None = None,
    data: dict[str, Any] | None = None,
) -> Event:
    """Adds one event, inside the caller's transaction: on the dossier's chain, or on `stelsel` without a dossier."""
    return Event.objects.create(
        chain=dossier.chain if dossier else STELSEL,
        dossier=dossier,
        actor=by,
        acting_for=allowed.acting_for if allowed else "",
        ministry=ministry or (allowed.membership.ministry if allowed else None),
        kind=kind,
        sentence=sentence[:400],
        object=obj,
        origin=origin.get(),
        occurred_on=occurred_on or timezone.localdate(),
        data=data or {},
    )
