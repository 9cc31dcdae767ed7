"""The acts on the money. Each is one transaction that locks its dossier first, then the ceilings by year and category."""

from budget_biv.models.fund import HIGHEST
from budget_biv.selectors.room import Amount
from budget_biv.services.ceilings import transfer
from budget_biv.services.decisions import decide, reserve
from budget_biv.services.execution import book_amounts, correct, settle, shift_year
from budget_biv.services.inlezen import import_ceilings
from budget_biv.services.requests import (
    BOUND,
    Regel,
    Verzoek,
    amounts_of,
    answers,
    let_go,
    lines_of,
    note_other_funding,
    request_money,
    take_back,
)

__all__ = [
    "BOUND",
    "HIGHEST",
    "Amount",
    "Regel",
    "Verzoek",
    "amounts_of",
    "answers",
    "book_amounts",
    "correct",
    "decide",
    "import_ceilings",
    "let_go",
    "lines_of",
    "note_other_funding",
    "request_money",
    "reserve",
    "settle",
    "shift_year",
    "take_back",
    "transfer",
]
