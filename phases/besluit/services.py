"""Registering a decision, and confirming it with four eyes. An advice is not a decision."""

from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse

from cases import access, audit
from cases.exceptions import NotPossible
from cases.models import DocumentVersion, Dossier, User
from cases.rights import Act
from cases.services.first import stale, taken
from cases.services.locks import lock_running, lock_version
from phases.besluit import selectors
from phases.besluit.models import Besluit, Bevestiging, Orgaan, Uitkomst


def registering(orgaan: str) -> Act:
    """Which right registers a decision of this body."""
    return Act.MR_REGISTREREN if orgaan == Orgaan.MINISTERRAAD else Act.BESLUIT_REGISTREREN


def confirming(orgaan: str) -> Act:
    """Which right confirms it."""
    return Act.MR_BEVESTIGEN if orgaan == Orgaan.MINISTERRAAD else Act.BESLUIT_BEVESTIGEN


@transaction.atomic
def register(
    *,
    version_id: int,
    orgaan: str,
    uitkomst: str,
    besluit_op: date,
    kenmerk: str,
    toelichting: str,
    by: User,
    optie: str = "",
    seen_besluit: int | None = None,
) -> Besluit:
    """Registers what was decided about the version that was shown. It counts once a second person confirms it.

    `seen_besluit` is the newest decision about this version on the screen, 0 when there was none; raises Stale otherwise.
    """
    dossier, version = lock_version(version_id)
    allowed = access.require(by, registering(orgaan), dossier)
    _refuse_unseen(version, dossier, seen_besluit, by)
    _check_version(version, dossier, besluit_op)
    if orgaan == Orgaan.HOOG_AMBTELIJK and dossier.needs_smo:
        raise NotPossible("Bij inzet van personeel kiezen de bewindspersonen.")
    _check_option(version, uitkomst, optie)
    besluit = Besluit.objects.create(
        ronde=version.document.ronde,
        version=version,
        orgaan=orgaan,
        uitkomst=uitkomst,
        optie=optie,
        besluit_op=besluit_op,
        kenmerk=kenmerk,
        toelichting=toelichting,
        sha256=version.sha256,
        by=by,
    )
    sentence = (
        f"Besluit geregistreerd van {besluit.get_orgaan_display().lower()}: {besluit.get_uitkomst_display().lower()}"
    )
    audit.record(
        "besluit", sentence + (f", optie {optie}" if optie else ""), by=by, dossier=dossier, allowed=allowed,
        occurred_on=besluit_op, obj=f"besluit:{besluit.pk}",
    )  # fmt: skip
    return besluit


def _refuse_unseen(version: DocumentVersion, dossier: Dossier, seen: int | None, by: User) -> None:
    """Nobody decides over a decision not seen."""
    last = version.besluiten.last()
    if seen in (None, last.pk if last else 0):
        return
    url = reverse("besluiten", args=[dossier.number])
    saved, mark, obj = (last.answers(), last.pk, f"besluit:{last.pk}") if last else ({}, 0, "")
    raise stale(
        dossier, "legde een besluit over dit stuk vast", url, by=by, saved=saved, seen=mark, kind="besluit", obj=obj
    )


def _check_version(version: DocumentVersion, dossier: Dossier, besluit_op: date) -> None:
    """A decision is about an adopted version of the current Ronde, and not older than that version."""
    if not version.is_adopted:
        raise NotPossible("Een besluit gaat over een vastgestelde versie.")
    if version.document.ronde.number != dossier.ronde_number:
        raise NotPossible("Dit stuk hoort bij een eerdere ronde.")
    if version.adopted_on and besluit_op < version.adopted_on:
        raise NotPossible("Het besluit kan niet ouder zijn dan het stuk.")


def _check_option(version: DocumentVersion, uitkomst: str, optie: str) -> None:
    """A positive decision on an optiesnota names one of its options; another decision names none."""
    letters = [letter for letter, _ in selectors.options(version)]
    if letters and uitkomst == Uitkomst.AKKOORD and optie not in letters:
        raise NotPossible("Kies een optie die in deze versie van de optiesnota staat.")
    if optie and (not letters or uitkomst != Uitkomst.AKKOORD):
        raise NotPossible("Kies alleen een optie bij een akkoord over een optiesnota.")


@transaction.atomic
def confirm(*, besluit_id: int, by: User) -> Bevestiging:
    """A second person checked the registration."""
    besluit = Besluit.objects.select_related("ronde").get(pk=besluit_id)
    dossier = lock_running(besluit.ronde.dossier_id)
    allowed = access.require(by, confirming(besluit.orgaan), dossier)
    if besluit.by_id == by.pk:
        raise NotPossible("U registreerde dit besluit zelf. Laat een collega het bevestigen.")
    try:
        with transaction.atomic():
            bevestiging = Bevestiging.objects.create(besluit=besluit, by=by)
    except IntegrityError as error:
        url, obj = reverse("besluiten", args=[dossier.number]), f"besluit:{besluit.pk}"
        raise taken(dossier, "Dit besluit is al bevestigd.", url, kind="besluit", obj=obj) from error
    audit.record(
        "besluit",
        f"Besluit van {besluit.get_orgaan_display().lower()} bevestigd",
        by=by,
        dossier=dossier,
        allowed=allowed,
        obj=f"besluit:{besluit.pk}",
    )
    return bevestiging
