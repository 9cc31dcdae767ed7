"""A clock for the demo: what people did last month gets the day of last month, through the same services as today."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

MORNING = time(9, 0)
FRIDAY = 4
real_now = timezone.now


def day_of(text: str | int) -> date:
    """A date as "2015-11-26", or as days from today: -30 is a month ago, 7 next week; in a weekend the Friday before it."""
    if isinstance(text, str):
        return date.fromisoformat(text)
    day = timezone.localtime(real_now()).date() + timedelta(days=text)
    return day - timedelta(days=max(0, day.weekday() - FRIDAY)) if text else day


@contextmanager
def acting_on(day: date, minutes: int) -> Iterator[None]:
    """Within this block Django's clock stands at that day, some minutes after nine; today it stays the real one."""
    moment = timezone.make_aware(datetime.combine(day, MORNING)) + timedelta(minutes=minutes)
    if moment < real_now() and day != day_of(0):
        timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real_now
