"""Work that must be done after commit: claimed with a lease, tried three times, then visibly failed."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from celery import current_app
from django.db import connection, transaction
from django.utils import timezone

from cases.models import Outbox

LEASE = timedelta(seconds=180)
ATTEMPTS = 3
PAUSE = timedelta(seconds=5)
DRAIN = "cases.notifications.tasks.drain"
log = logging.getLogger(__name__)

Handler = Callable[[dict[str, Any]], None]
_handlers: dict[str, tuple[Handler, Callable[[dict[str, Any], str], None]]] = {}


def handle(kind: str, work: Handler, gave_up: Callable[[dict[str, Any], str], None]) -> None:
    """Says which function does the work of a kind, and what to do when all attempts failed."""
    _handlers[kind] = (work, gave_up)


def add(kind: str, payload: dict[str, Any]) -> Outbox:
    """Writes the work down in the caller's transaction, and rings the worker once it is committed."""
    row = Outbox.objects.create(kind=kind, payload=payload)
    transaction.on_commit(ring)
    return row


def ring() -> None:
    """Tells a worker that there is work. The broker may be down: the sweeper finds the row anyway."""
    try:
        current_app.send_task(DRAIN, retry=False, ignore_result=True)
    except Exception as error:
        log.warning("De broker antwoordt niet; de veger pakt het werk op. %s", error)


def claim() -> Outbox | None:
    """The oldest row that nobody holds, now held by us until the lease ends; None when there is no work."""
    now = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_outbox SET leased_until = %s, attempts = attempts + 1 WHERE id = ("
            " SELECT id FROM cases_outbox WHERE done_at IS NULL AND failed_at IS NULL"
            " AND (leased_until IS NULL OR leased_until < %s) ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1) RETURNING id",
            [now + LEASE, now],
        )
        row = cursor.fetchone()
    return Outbox.objects.get(pk=row[0]) if row else None


def drain() -> int:
    """Does all work that is there; returns how many rows were finished or given up."""
    count = 0
    while (row := claim()) is not None:
        count += 1
        do(row)
    return count


def _unknown(payload: dict[str, Any]) -> None:
    raise LookupError("Niemand kent dit soort werk.")


def _nobody(payload: dict[str, Any], error: str) -> None:
    """Nothing shows on a screen for work that nobody knows."""


def do(row: Outbox) -> None:
    """One attempt. A failure leaves the row for another attempt, or gives up after the last."""
    work, gave_up = _handlers.get(row.kind, (_unknown, _nobody))
    try:
        if row.attempts > ATTEMPTS:
            raise RuntimeError("De worker viel elke keer weg tijdens dit werk.")
        work(row.payload)
    except Exception as error:
        log.exception("Outbox %s mislukt (poging %s)", row.pk, row.attempts)
        row.error = str(error)[:500]
        row.leased_until = timezone.now() + PAUSE
        if row.attempts >= ATTEMPTS:
            row.failed_at = timezone.now()
            gave_up(row.payload, row.error)
        row.save(update_fields=["error", "leased_until", "failed_at"])
    else:
        row.done_at = timezone.now()
        row.save(update_fields=["done_at"])
