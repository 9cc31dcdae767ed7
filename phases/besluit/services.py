"""Registering a decision, and confirming it with four eyes. An advice is not a decision."""

from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse

from cases import access, audit
from cases.access import Refused
from cases.exceptions import NotPossible
from cases.models import DocumentVersion, Dossier, Ministry, User
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
    ministry: Ministry | None = None,
    naam: str = "",
    optie: str = "",
    mr_nodig: bool | None = None,
    mr_reden: str = "",
    seen_besluit: int | None = None,
) -> Besluit:
    """Registers what one body decided about the version that was shown. It counts once a second person confirms it.

    `ministry` is whose minister decided, the own one when left out. `seen_besluit` is the newest decision about this version
    on the screen, 0 when there was none; raises Stale when this body decided since.
    """
    dossier, version = lock_version(version_id)
    ministry = None if orgaan == Orgaan.MINISTERRAAD else ministry or _own(by, dossier)
    allowed = access.require(by, registering(orgaan), dossier, ministry)
    _refuse_unseen(version, dossier, orgaan, ministry, seen_besluit, by)
    _check_version(version, dossier, besluit_op)
    _check_body(dossier, orgaan, ministry, naam)
    _check_option(version, orgaan, uitkomst, optie)
    _check_told(version, dossier, optie)
    needed, why = (mr_nodig, mr_reden) if optie not in ("", "0") and orgaan != Orgaan.MINISTERRAAD else (None, "")
    besluit = Besluit.objects.create(
        ronde=version.document.ronde, version=version, orgaan=orgaan, ministry=ministry, uitkomst=uitkomst, optie=optie,
        naam=naam if orgaan == Orgaan.HOOG_AMBTELIJK else "", mr_nodig=needed, mr_reden=why, besluit_op=besluit_op,
        kenmerk=kenmerk, toelichting=toelichting, sha256=version.sha256, by=by,
    )  # fmt: skip
    sentence = f"Besluit geregistreerd: {besluit.who}, {besluit.get_uitkomst_display().lower()}"
    audit.record(
        "besluit", sentence + (f", optie {optie}" if optie else ""), by=by, dossier=dossier, allowed=allowed,
        occurred_on=besluit_op, obj=f"besluit:{besluit.pk}",
    )  # fmt: skip
    return besluit


def _own(by: User, dossier: Dossier) -> Ministry:
    """The ministry for whose minister this person registers; raises Denied when there is none here."""
    own = selectors.own_ministries(by, dossier)
    if not own:
        access.require(by, Act.BESLUIT_REGISTREREN, dossier)
    return own[0] if own else dossier.lead


def _refuse_unseen(
    version: DocumentVersion, dossier: Dossier, orgaan: str, ministry: Ministry | None, seen: int | None, by: User
) -> None:
    """Nobody decides over a decision of the same body not seen. Another minister's decision is no reason to wait."""
    last = version.besluiten.filter(orgaan=orgaan, ministry=ministry).last()
    if seen is None or last is None or last.pk <= seen:
        return
    url = reverse("besluiten", args=[dossier.number])
    raise stale(
        dossier, "legde een besluit over dit stuk vast", url, by=by, saved=last.answers(), seen=last.pk, kind="besluit",
        obj=f"besluit:{last.pk}",
    )  # fmt: skip


def _check_version(version: DocumentVersion, dossier: Dossier, besluit_op: date) -> None:
    """A decision is about an adopted version of the current Ronde, and not older than that version."""
    if not version.is_adopted:
        raise NotPossible("Een besluit gaat over een vastgestelde versie.")
    if version.document.ronde.number != dossier.ronde_number:
        raise NotPossible("Dit stuk hoort bij een eerdere ronde.")
    if version.adopted_on and besluit_op < version.adopted_on:
        raise NotPossible("Het besluit kan niet ouder zijn dan het stuk.")


def _check_body(dossier: Dossier, orgaan: str, ministry: Ministry | None, naam: str) -> None:
    """Each required minister decides for the own ministry; without personnel also a named high official of the lead."""
    if orgaan == Orgaan.HOOG_AMBTELIJK:
        if dossier.needs_smo:
            raise NotPossible("Bij inzet van personeel kiezen de bewindspersonen.")
        if ministry != dossier.lead:
            raise NotPossible(f"Een keuze die hoog ambtelijk is gemaakt, registreert {dossier.lead.code}.")
        if not naam.strip():
            raise NotPossible("Vul de naam in van wie hoog ambtelijk koos.")
    elif ministry and ministry.code not in selectors.ministers(dossier):
        raise NotPossible(f"Over dit dossier besluit de bewindspersoon van {ministry.code} niet.")


def _check_option(version: DocumentVersion, orgaan: str, uitkomst: str, optie: str) -> None:
    """A positive decision on an optiesnota names one of its options; another decision names none."""
    letters = [letter for letter, _ in selectors.options(version)]
    if letters and uitkomst == Uitkomst.AKKOORD and optie not in letters:
        raise NotPossible("Kies een optie die in deze versie van de optiesnota staat.")
    if optie and (not letters or uitkomst != Uitkomst.AKKOORD):
        raise NotPossible("Kies alleen een optie bij een akkoord over een optiesnota.")
    if orgaan == Orgaan.MINISTERRAAD and optie == "0":
        raise NotPossible("De Ministerraad stemt in met een optie. Voor de nuloptie is dat niet nodig.")


def _check_told(version: DocumentVersion, dossier: Dossier, optie: str) -> None:
    """Once parliament was told about a choice, no other one is made in this Ronde; stopping remains."""
    number, option = selectors.told(dossier)
    if option and optie not in ("", "0") and (version.pk, optie) != (number, option):
        raise NotPossible(
            f"De artikel 100-brief over optie {option} is verzonden, dus een andere keuze kan in dit dossier niet meer. Stop het"
            " dossier, en begin voor de andere inzet een nieuw dossier."
        )


def why_not_confirm(besluit: Besluit, dossier: Dossier, by: User) -> str:
    """Why this person cannot confirm this decision; "" when confirming would succeed."""
    judged = access.may(by, confirming(besluit.orgaan), dossier, besluit.ministry)
    if isinstance(judged, Refused):
        return judged.reason
    return "U registreerde dit besluit zelf. Laat een collega het bevestigen." if besluit.by_id == by.pk else ""


@transaction.atomic
def confirm(*, besluit_id: int, by: User) -> Bevestiging:
    """A second person of the same ministry, or of the secretariaat, checked the registration."""
    besluit = Besluit.objects.select_related("ronde", "ministry").get(pk=besluit_id)
    dossier = lock_running(besluit.ronde.dossier_id)
    allowed = access.require(by, confirming(besluit.orgaan), dossier, besluit.ministry)
    if reason := why_not_confirm(besluit, dossier, by):
        raise NotPossible(reason)
    try:
        with transaction.atomic():
            bevestiging = Bevestiging.objects.create(besluit=besluit, by=by)
    except IntegrityError as error:
        url, obj = reverse("besluiten", args=[dossier.number]), f"besluit:{besluit.pk}"
        raise taken(dossier, "Dit besluit is al bevestigd.", url, kind="besluit", obj=obj) from error
    audit.record(
        "besluit", f"Besluit bevestigd: {besluit.who}", by=by, dossier=dossier, allowed=allowed,
        obj=f"besluit:{besluit.pk}",
    )  # fmt: skip
    return bevestiging
