"""The sweeper of the work lists: what a request left behind, and what only the calendar changed."""

from celery import shared_task
from django.utils import timezone

from phases.process import worklist
from phases.smo import services as smo


@shared_task(name="phases.process.tasks.bring_up_to_date", ignore_result=True)
def bring_up_to_date() -> None:
    """Judges again what was noted and not yet judged."""
    worklist.bring_up_to_date()


@shared_task(name="phases.process.tasks.new_day", ignore_result=True)
def new_day() -> None:
    """Once a day, after midnight: the coming meetings, the reminders of written rounds, what the calendar changed."""
    smo.plan_ahead(timezone.localdate())
    smo.remind(timezone.localdate())
    worklist.note_expired_waivers()
    worklist.bring_up_to_date()
