"""The first line of every service that changes what a gate may read."""

from django.db import connection
from django.db.transaction import TransactionManagementError

from cases.access import WHOLE, WHOLE_MODELS
from cases.models import Document, DocumentVersion, Dossier, Ronde
from cases.phase import Status
from cases.prepared import Objects, Statement
from cases.services.first import taken

LOCKED = Objects(f"{WHOLE} WHERE d.id = %(dossier)s FOR NO KEY UPDATE OF d", WHOLE_MODELS, dossier="bigint")
OF_VERSION = Statement(
    "SELECT d.dossier_id FROM cases_documentversion v JOIN cases_document d ON d.id = v.document_id WHERE v.id = %(version)s",
    version="bigint",
)
VERSION = Objects(
    """SELECT {v}, {d}, {r} FROM cases_documentversion v JOIN cases_document d ON d.id = v.document_id
 JOIN cases_ronde r ON r.id = d.ronde_id WHERE v.id = %(version)s""",
    {"v": DocumentVersion, "d": Document, "r": Ronde},
    version="bigint",
)


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
    found = OF_VERSION.rows(version=version_id)
    if not found:
        raise DocumentVersion.DoesNotExist(f"There is no version {version_id}.")
    dossier = lock_running(found[0][0])
    ((version, document, document.ronde),) = VERSION.objects(version=version_id)
    version.document, document.dossier = document, dossier
    return dossier, version
