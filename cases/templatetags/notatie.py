"""How dates, times, money and numbers are written (design/brief.md 5.1). Plain Python: one date filter per row is felt in a list."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
MAANDEN_KORT = ("jan.", "feb.", "mrt.", "apr.", "mei", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec.")
HARDE_SPATIE = "\u00a0"
MIN = "\u2212"


def lokaal(waarde: date | datetime) -> date | datetime:
    """The same moment in the time zone of the reader; a plain date or naive time stays as it is."""
    if isinstance(waarde, datetime) and timezone.is_aware(waarde):
        return timezone.localtime(waarde)
    return waarde


def als_dag(waarde: date | datetime) -> date:
    """The calendar day of a date or moment, in the time zone of the reader."""
    waarde = lokaal(waarde)
    return waarde.date() if isinstance(waarde, datetime) else waarde


@register.filter
def datum(waarde: date | datetime | None) -> str:
    """5 december 2026"""
    if not waarde:
        return ""
    dag = lokaal(waarde)
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


@register.filter
def datum_kort(waarde: date | datetime | None) -> str:
    """5 dec. 2026, for tables."""
    if not waarde:
        return ""
    dag = lokaal(waarde)
    return f"{dag.day} {MAANDEN_KORT[dag.month - 1]} {dag.year}"


@register.filter
def tijd(waarde: datetime | None) -> str:
    """10.42 uur"""
    if not waarde:
        return ""
    moment_ = lokaal(waarde)
    return f"{moment_.hour:02}.{moment_.minute:02} uur"


@register.filter
def tijdstip(waarde: datetime | None) -> str:
    """5 december 2026, 10.42 uur"""
    return f"{datum(waarde)}, {tijd(waarde)}" if waarde else ""


def toen(waarde: datetime) -> str:
    """om 10.42 uur, or op 5 december 2026, 10.42 uur when that was not today: the end of a sentence."""
    return f"om {tijd(waarde)}" if als_dag(waarde) == timezone.localdate() else f"op {tijdstip(waarde)}"


@register.simple_tag
def moment(waarde: date | datetime | None) -> SafeString | str:
    """A date or moment inside a <time> that machines can read."""
    if not waarde:
        return ""
    if isinstance(waarde, datetime):
        machine, tekst = lokaal(waarde).isoformat(timespec="minutes"), tijdstip(waarde)
    else:
        machine, tekst = waarde.isoformat(), datum(waarde)
    return format_html('<time datetime="{}">{}</time>', machine, tekst)


@register.filter
def relatief(waarde: date | datetime | None, vandaag: date | None = None) -> str:
    """How far off a deadline is: vandaag, morgen, over 4 dagen, 2 dagen te laat. Always show the real date beside it."""
    if not waarde:
        return ""
    dagen = (als_dag(waarde) - (vandaag or timezone.localdate())).days
    if dagen < 0:
        return f"{meervoud(-dagen, 'dag,dagen')} te laat"
    if dagen > 1:
        return f"over {dagen} dagen"
    return "morgen" if dagen else "vandaag"


@register.filter
def geleden(waarde: date | datetime | None, vandaag: date | None = None) -> str:
    """How long ago something happened: vandaag, gisteren, 6 dagen geleden. A future day falls back to relatief."""
    if not waarde:
        return ""
    dagen = ((vandaag or timezone.localdate()) - als_dag(waarde)).days
    if dagen < 0:
        return relatief(waarde, vandaag)
    if dagen > 1:
        return f"{getal(dagen)} dagen geleden"
    return "gisteren" if dagen else "vandaag"


@register.filter
def getal(waarde: int | None) -> str:
    """1.234, with a real minus sign."""
    if waarde is None or waarde == "":
        return ""
    tekst = f"{abs(int(waarde)):,}".replace(",", ".")
    return f"{MIN}{tekst}" if int(waarde) < 0 else tekst


@register.filter
def kaal(waarde: int | None) -> str:
    """2027: a year, a version or an id, which never get dots."""
    return "" if waarde is None else str(waarde)


@register.filter
def bedrag(waarde: int | None) -> str:
    """Whole euros without the sign, for a column that has € in its head."""
    return getal(waarde)


@register.filter
def euro(waarde: int | None) -> str:
    """€ 1.234.567 from whole euros, with a no-break space and the minus after the sign."""
    cijfers = getal(waarde)
    return f"€{HARDE_SPATIE}{cijfers}" if cijfers else ""


@register.filter
def miljoen(waarde: int | None) -> str:
    """€ 12,5 miljoen for running text; below a million, or when rounding would hide something, the full amount."""
    if waarde is None or waarde == "":
        return ""
    tienden, rest = divmod(abs(int(waarde)), 100_000)
    if tienden < 10 or rest:
        return euro(waarde)
    heel, deel = divmod(tienden, 10)
    teken = MIN if int(waarde) < 0 else ""
    cijfers = f"{getal(heel)},{deel}" if deel else getal(heel)
    return f"€{HARDE_SPATIE}{teken}{cijfers}{HARDE_SPATIE}miljoen"


@register.filter
def meervoud(aantal: int | None, vormen: str) -> str:
    """1 dossier, 2 dossiers: the number with the right one of two forms, given as "enkelvoud,meervoud"."""
    if aantal is None or aantal == "":
        return ""
    een, meer = vormen.split(",")
    return f"{getal(aantal)} {een if int(aantal) == 1 else meer}"


@register.filter
def markdown(tekst: str | None, prefix: str = "") -> SafeString | str:
    """Safe HTML of a Markdown text. `prefix` keeps the ids of footnotes apart when a page shows several texts."""
    if not tekst:
        return ""
    from cases.letters.markdown import to_html  # here, so that a page without Markdown does not load the parser

    return to_html(tekst, prefix=prefix)
