"""The parliamentary treatment of a letter: its steps with their outcome, and that it is finished."""

from datetime import date

from django.db import transaction

from cases import access, audit
from cases.exceptions import NotPossible
from cases.models import User
from cases.rights import Act
from cases.services.locks import current_ronde, lock_running
from phases.kamer.models import Behandelstap, Stap


@transaction.atomic
def note_step(*, dossier_id: int, by: User, stap: str, op: date, uitkomst: str, kenmerk: str = "") -> Behandelstap:
    """Registers a step of the treatment in the current Ronde. "Afgerond" is not older than the other steps."""
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.KAMER_VASTLEGGEN, dossier)
    ronde = current_ronde(dossier)
    last = ronde.behandeling.order_by("op").last()
    if stap == Stap.AFGEROND and last and op < last.op:
        raise NotPossible("De behandeling kan niet eerder zijn afgerond dan de laatste stap.")
    row = Behandelstap.objects.create(ronde=ronde, stap=stap, op=op, uitkomst=uitkomst, kenmerk=kenmerk, by=by)
    audit.record(
        "behandeling", f"Behandeling in de Kamer: {row.get_stap_display().lower()}", by=by, dossier=dossier,
        allowed=allowed, occurred_on=op, obj=f"behandeling:{row.pk}",
    )  # fmt: skip
    return row
