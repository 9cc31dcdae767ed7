from cases.models.document import Document, DocumentVersion, PaperStatus, Paraaf, Product, Rendering
from cases.models.dossier import (
    PERSONNEL,
    Cooperation,
    Dossier,
    DossierCounter,
    DossierGrant,
    Effort,
    MarkedRead,
    Participation,
    Ronde,
    Toets,
    Toetsbevestiging,
    Uittreding,
    computed_outcome,
)
from cases.models.event import Event, Outbox
from cases.models.organisation import Membership, Ministry, MinistryName, User, group_name
from cases.models.typed import TypedText

__all__ = [
    "PERSONNEL",
    "Cooperation",
    "Document",
    "DocumentVersion",
    "Dossier",
    "DossierCounter",
    "DossierGrant",
    "Effort",
    "Event",
    "MarkedRead",
    "Membership",
    "Ministry",
    "MinistryName",
    "Outbox",
    "PaperStatus",
    "Paraaf",
    "Participation",
    "Product",
    "Rendering",
    "Ronde",
    "Toets",
    "Toetsbevestiging",
    "TypedText",
    "Uittreding",
    "User",
    "computed_outcome",
    "group_name",
]
