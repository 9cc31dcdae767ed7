"""A meeting as a calendar file (RFC 5545): only when and where, never what is on the agenda."""

from datetime import UTC, datetime

from django.utils import timezone

from phases.smo.models import Vergadering

STAMP = "%Y%m%dT%H%M%SZ"


def of_meeting(meeting: Vergadering, url: str) -> str:
    """The file as text. A cancelled meeting says so, so that a calendar takes it out; a moved one keeps its identity."""
    start = timezone.make_aware(datetime.combine(meeting.day, meeting.time))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Geintegreerd//SMO//NL",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:smo-vergadering-{meeting.pk}@geintegreerd",
        f"SEQUENCE:{meeting.revision}",
        f"DTSTAMP:{timezone.now().astimezone(UTC):{STAMP}}",
        f"DTSTART:{start.astimezone(UTC):{STAMP}}",
        f"DTEND:{(start + meeting.ends).astimezone(UTC):{STAMP}}",
        "SUMMARY:SMO-vergadering",
        f"LOCATION:{_text(meeting.place)}",
        f"URL:{url}",
        f"STATUS:{'CANCELLED' if meeting.vervallen else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line))


def _text(value: str) -> str:
    """Backslash, comma, semicolon and line ends as the format wants them."""
    value = value.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return value.replace("\r\n", "\\n").replace("\n", "\\n")


def _fold(line: str) -> list[str]:
    """Lines of at most 75 bytes; what follows begins with a space."""
    parts, rest = [], line
    while len(rest.encode()) > 74:
        cut = 74
        while len(rest[:cut].encode()) > 74:
            cut -= 1
        parts.append(rest[:cut])
        rest = " " + rest[cut:]
    return [*parts, rest]
