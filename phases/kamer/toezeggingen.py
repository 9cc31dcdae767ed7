"""Promises to parliament: noting one, and saying how it ended."""

from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse

from cases import access, audit
from cases.exceptions import NotPossible
from cases.models import Ministry, User
from cases.rights import Act
from cases.services.first import taken
from cases.services.locks import current_ronde, lock_running
from phases.kamer.models import Afdoening, Toezegging


@transaction.atomic
def promise(
    *,
    dossier_id: int,
    by: User,
    tekst: str,
    aan: str,
    gedaan_op: date,
    ministry: Ministry,
    uiterlijk: date | None = None,
    kenmerk: str = "",
) -> Toezegging:
    """Notes what was promised, to whom, and which participating ministry keeps it."""
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.KAMER_VASTLEGGEN, dossier)
    if ministry.pk not in access.participating(dossier):
        raise NotPossible("Kies een ministerie dat aan dit dossier deelneemt.")
    if uiterlijk and uiterlijk < gedaan_op:
        raise NotPossible("De uiterste datum kan niet voor de toezegging liggen.")
    row = Toezegging.objects.create(
        ronde=current_ronde(dossier), tekst=tekst, aan=aan, gedaan_op=gedaan_op, ministry=ministry, uiterlijk=uiterlijk,
        kenmerk=kenmerk, by=by,
    )  # fmt: skip
    audit.record(
        "toezegging", f"Toezegging aan {aan}, af te doen door {ministry.code}", by=by, dossier=dossier, allowed=allowed,
        occurred_on=gedaan_op, obj=f"toezegging:{row.pk}",
    )  # fmt: skip
    return row


@transaction.atomic
def settle(*, toezegging_id: int, by: User, hoe: str, op: date, toelichting: str) -> Afdoening:
    """The ministry that keeps it, or the penvoerder, says how a toezegging ended."""
    row = Toezegging.objects.select_related("ronde", "ministry").get(pk=toezegging_id)
    dossier = lock_running(row.ronde.dossier_id)
    allowed = access.require(by, Act.VASTLEGGEN, dossier, row.ministry)
    if op < row.gedaan_op:
        raise NotPossible("De afdoening kan niet ouder zijn dan de toezegging.")
    try:
        with transaction.atomic():
            made = Afdoening.objects.create(toezegging=row, hoe=hoe, op=op, toelichting=toelichting, by=by)
    except IntegrityError as error:
        url, obj = reverse("toezeggingen", args=[dossier.number]), f"afdoening:{row.pk}"
        raise taken(dossier, "Deze toezegging is al afgedaan.", url, kind="toezegging", obj=obj) from error
    audit.record(
        "toezegging", f"Toezegging {made.get_hoe_display().lower()}", by=by, dossier=dossier, allowed=allowed,
        occurred_on=op, obj=f"afdoening:{row.pk}",
    )  # fmt: skip
    return made
