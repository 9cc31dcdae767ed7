"""The Budget Internationale Veiligheid: fund and ceilings, requests and decisions, the ledger. Amounts are whole euros."""

from budget_biv.models.fund import Category, Ceiling, Fund, Oda, Overheveling
from budget_biv.models.ledger import CLAIMS, OPEN, Balance, Beslag, Jaarsaldo, Mutatie, Post, Rekening, Saldo, Soort
from budget_biv.models.request import Aanvraag, AndereFinanciering, Bedrag, Beslissing, Intrekking, Uitkomst

__all__ = [
    "CLAIMS",
    "OPEN",
    "Aanvraag",
    "AndereFinanciering",
    "Balance",
    "Bedrag",
    "Beslag",
    "Beslissing",
    "Category",
    "Ceiling",
    "Fund",
    "Intrekking",
    "Jaarsaldo",
    "Mutatie",
    "Oda",
    "Overheveling",
    "Post",
    "Rekening",
    "Saldo",
    "Soort",
    "Uitkomst",
]
