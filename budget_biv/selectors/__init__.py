"""What can be known about the money."""

from budget_biv.selectors.facts import (
    BivFact,
    Money,
    State,
    asked,
    asked_of_dossier,
    current_fund,
    fact,
    money,
    newest,
    other_funding,
    required_codes,
    required_ministries,
    still_needed,
)
from budget_biv.selectors.requests import Stand, YearLine, bookings, current, requests
from budget_biv.selectors.year import YearOverview, funds, year_overview, years

__all__ = [
    "BivFact",
    "Money",
    "Stand",
    "State",
    "YearLine",
    "YearOverview",
    "asked",
    "asked_of_dossier",
    "bookings",
    "current",
    "current_fund",
    "fact",
    "funds",
    "money",
    "newest",
    "other_funding",
    "requests",
    "required_codes",
    "required_ministries",
    "still_needed",
    "year_overview",
    "years",
]
