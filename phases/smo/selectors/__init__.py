"""What others may know about the SMO."""

from phases.smo.selectors.offers import (
    Item,
    agenda,
    for_dossier,
    item,
    items,
    newest,
    next_meeting,
    smo_ministries,
    to_attach,
    to_offer,
)

__all__ = [
    "Item",
    "agenda",
    "for_dossier",
    "item",
    "items",
    "newest",
    "next_meeting",
    "smo_ministries",
    "to_attach",
    "to_offer",
]
