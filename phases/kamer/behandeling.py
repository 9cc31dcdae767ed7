"""The parliamentary treatment of a letter: its steps with their outcome, and that it is finished."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cases import access, audit
from cases.exceptions import NotPossible
from cases.models import Ronde, User
from cases.rights import Act
from cases.services.locks import current_ronde, lock_running
from cases.templatetags.notatie import datum
from phases.kamer.models import Behandelstap, BriefSoort, Kamer, Stap, Verzending


@transaction.atomic
def note_step(*, dossier_id: int, by: User, stap: str, op: date, uitkomst: str, kenmerk: str = "") -> Behandelstap:
    """Registers a step of the treatment in the current Ronde. "Afgerond" is not older than the artikel 100-brief or the other steps."""
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.KAMER_VASTLEGGEN, dossier)
    ronde = current_ronde(dossier)
    if stap == Stap.AFGEROND:
        _check_finished(ronde, op)
    row = Behandelstap.objects.create(ronde=ronde, stap=stap, op=op, uitkomst=uitkomst, kenmerk=kenmerk, by=by)
    audit.record(
        "behandeling", f"Behandeling in de Kamer: {row.get_stap_display().lower()}", by=by, dossier=dossier,
        allowed=allowed, occurred_on=op, obj=f"behandeling:{row.pk}",
    )  # fmt: skip
    return row


def _check_finished(ronde: Ronde, op: date) -> None:
    """The Kamer finished, today or earlier, with a letter that it got, after every other step."""
    if op > timezone.localdate():
        raise NotPossible(
            "De behandeling kan niet op een latere dag zijn afgerond. Vul vandaag of een eerdere datum in."
        )
    letter = {"version__document__ronde": ronde, "version__document__kind": BriefSoort.ARTIKEL_100}
    sent = Verzending.objects.filter(**letter, kamer=Kamer.TWEEDE).order_by("sent_on").first()
    if sent is None:
        raise NotPossible(
            "De behandeling kan pas zijn afgerond als de artikel 100-brief van deze ronde aan de Tweede Kamer is gestuurd."
        )
    if op < sent.sent_on:
        raise NotPossible(
            f"De artikel 100-brief is op {datum(sent.sent_on)} gestuurd. De behandeling kan niet eerder zijn afgerond."
        )
    last = ronde.behandeling.order_by("op").last()
    if last and op < last.op:
        raise NotPossible("De behandeling kan niet eerder zijn afgerond dan de laatste stap.")
