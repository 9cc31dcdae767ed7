"""On which days the SMO can meet: not in a weekend, not on a Dutch holiday."""

from datetime import date

SATURDAY = 5


def why_closed(day: date) -> str:
    """Why there is no meeting on this day, as a sentence; "" when there can be one."""
    if day.weekday() >= SATURDAY:
        return "Deze dag valt in het weekend. Kies een werkdag."
    # Here, because the worker never asks and would carry a dozen calendars along (./run bench).
    import holidays

    name = holidays.country_holidays("NL", years=day.year, language="nl").get(day)
    return f"Deze dag is een feestdag: {name}. Kies een andere werkdag." if name else ""
