"""The doorbell and the sweeper are the same task: do whatever stands in the outbox. Old typed text is swept too."""

from celery import shared_task

from cases import audit
from cases.letters import tasks as letters
from cases.notifications import outbox
from cases.services import typed

outbox.handle("pdf", letters.make_pdf, letters.give_up)


@shared_task(name=outbox.DRAIN, ignore_result=True)
def drain() -> None:
    """Empties the outbox. Safe to run at the same moment in many workers."""
    audit.origin.set("worker")
    outbox.drain()


@shared_task(ignore_result=True)
def sweep_typed() -> None:
    """Removes typed text that nobody came back for."""
    typed.sweep()
