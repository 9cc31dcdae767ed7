"""The first line of every service that changes what a gate may read."""

from django.db import connection
from django.db.transaction import TransactionManagementError

from cases.access import WHOLE, WHOLE_MODELS
from cases.models import DocumentVersion, Dossier, Ronde
from cases.phase import Status
from cases.prepared import Objects
from cases.services.first import taken

LOCKED = Objects(f"{WHOLE} WHERE d.id = %(dossier)s FOR NO KEY UPDATE OF d", WHOLE_MODELS, dossier="bigint")


def lock(dossier_id: int) -> Dossier:
    """The dossier, locked until the end of the transaction; child rows can still be added by others (no key)."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("A lock outside a transaction holds nobody up.")
    found = LOCKED.objects(dossier=dossier_id)
    if not found:
        raise Dossier.DoesNotExist(f"There is no dossier {dossier_id}.")
    dossier, dossier.lead, dossier.handler = found[0]
    return dossier


def lock_running(dossier_id: int) -> Dossier:
    """The dossier, locked, for an act that only a running dossier takes. Raises Conflict when it was stopped or closed."""
    dossier = lock(dossier_id)
    if dossier.status != Status.LOPEND:
        state = Status(dossier.status).label.lower()
        raise taken(dossier, f"Dit dossier is {state}. Heropen het eerst.", kind="stap")
    return dossier


def current_ronde(dossier: Dossier) -> Ronde:
    """The Ronde that gates look at."""
    return dossier.current_ronde


def lock_version(version_id: int) -> tuple[Dossier, DocumentVersion]:
    """The running dossier of a frozen version, locked, and the version under that lock. Raises DoesNotExist or Conflict."""
    dossier = lock_running(DocumentVersion.objects.values_list("document__dossier_id", flat=True).get(pk=version_id))
    return dossier, DocumentVersion.objects.select_related("document__ronde", "document__dossier").get(pk=version_id)
