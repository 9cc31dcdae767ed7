"""Which ministries take part, and therefore read: the only writer of guardian's rows."""

from collections.abc import Callable

from django.db import transaction
from django.urls import reverse

from cases import access, audit
from cases.exceptions import NotPossible
from cases.models import DocumentVersion, Dossier, Ministry, PaperStatus, Participation, Uittreding, User
from cases.rights import READING_ROLES, Act, Role
from cases.services.first import stale, taken
from cases.services.locks import lock

Need = Callable[[Dossier, Ministry], str]
_needs: list[Need] = []


def needed_for(need: Need) -> None:
    """A room above says here what it may still need of a ministry: a sentence, or "" when nothing."""
    _needs.append(need)


@transaction.atomic
def join(
    *, dossier_id: int, ministry: Ministry, contact: User | None, by: User, seen_stamp: str | None = None
) -> Participation:
    """Lets a ministry take part; its behandelaren, teamleiders and others can read from now on.

    `seen_stamp` is `stamp()` as it was on the screen; raises Stale when this ministry got another contact since.
    """
    dossier = lock(dossier_id)
    allowed = access.require(by, Act.DEELNAME_REGELEN, dossier)
    _refuse_unseen(dossier, ministry, seen_stamp, by)
    participation, created = Participation.objects.update_or_create(
        dossier=dossier, ministry=ministry, defaults={"contact": contact}
    )
    access.grant_reading(dossier, ministry, *READING_ROLES)
    verb = "neemt deel aan het dossier" if created else "kreeg een andere contactpersoon"
    audit.record("deelname", f"{ministry.code} {verb}", by=by, dossier=dossier, allowed=allowed, obj=ministry.code)
    return participation


@transaction.atomic
def leave(*, dossier_id: int, ministry: Ministry, reason: str, by: User) -> None:
    """A ministry ends its own participation, and with it the reading. Raises NotPossible for the lead ministry.

    Not while a version lies ter paraaf, or while its decision or signature is awaited: leaving may not take their place.
    Nobody puts another ministry out: a paper could then be adopted without its paraaf (ontwerpkeuze, decision 0012).
    """
    dossier = lock(dossier_id)
    allowed = access.require(by, Act.DEELNAME_STOPPEN, dossier, ministry)
    if ministry.pk == dossier.lead_id:
        raise NotPossible(
            f"{ministry.code} leidt dit dossier als penvoerder. Daarom kan {ministry.code} niet uittreden."
        )
    if not reason.strip():
        raise NotPossible("Vul in waarom uw ministerie stopt.")
    if not dossier.participations.filter(ministry=ministry).exists():
        url = reverse("betrokkenen", args=[dossier.number])
        raise taken(dossier, f"{ministry.code} neemt niet meer deel.", url, kind="deelname", obj=ministry.code)
    if DocumentVersion.objects.filter(document__dossier=dossier, status=PaperStatus.TER_PARAAF).exists():
        raise NotPossible(f"Er ligt nog een stuk ter paraaf. {ministry.code} kan uittreden zodra dat is vastgesteld.")
    awaited = [sentence for need in _needs if (sentence := need(dossier, ministry))]
    if awaited:
        raise NotPossible(*awaited)
    Uittreding.objects.create(dossier=dossier, ministry=ministry, reason=reason, by=by)
    dossier.participations.filter(ministry=ministry).delete()
    access.withdraw_reading(dossier, ministry, *READING_ROLES)
    audit.record(
        "deelname", f"{ministry.code} neemt niet meer deel", by=by, dossier=dossier, allowed=allowed, obj=ministry.code,
        data={"reden": reason},
    )  # fmt: skip


def stamp(dossier: Dossier) -> str:
    """Who takes part with which contact, for a hidden field: "BZ:12 DEF:"."""
    rows = dossier.participations.values_list("ministry__code", "contact_id")
    return " ".join(f"{code}:{contact or ''}" for code, contact in rows)


def _refuse_unseen(dossier: Dossier, ministry: Ministry, seen: str | None, by: User) -> None:
    """Nobody replaces a contact not seen."""
    now = stamp(dossier)
    mine = f"{ministry.code}:"
    was, has = (next((p for p in text.split() if p.startswith(mine)), "") for text in (seen or "", now))
    if seen is None or was == has:
        return
    saved = {"contact": has if has.removeprefix(mine) else ""}
    url = reverse("betrokkenen", args=[dossier.number])
    raise stale(
        dossier,
        f"wijzigde de deelname van {ministry.code}",
        url,
        by=by,
        saved=saved,
        seen=now,
        kind="deelname",
        obj=ministry.code,
    )


def start(dossier: Dossier, ministries: list[Ministry]) -> None:
    """The first participations, when a dossier is opened; the caller records the act."""
    for ministry in {dossier.lead, *ministries}:
        contact = dossier.handler if ministry == dossier.lead else None
        Participation.objects.create(dossier=dossier, ministry=ministry, contact=contact)
        access.grant_reading(dossier, ministry, *READING_ROLES)


def let_smo_read(dossier: Dossier) -> None:
    """The SMO members, chair and secretary read a dossier from the moment papers are offered to them."""
    for ministry in Ministry.objects.filter(in_smo=True):
        access.grant_reading(dossier, ministry, Role.SMO_LID)
    access.grant_reading(dossier, None, Role.VOORZITTER_SMO, Role.SECRETARIS_SMO)


def let_deciders_read(dossier: Dossier, ministries: list[Ministry]) -> None:
    """The gemachtigden who must decide on BIV money or sign read the dossier, also when their ministry does not take part."""
    for ministry in ministries:
        access.grant_reading(dossier, ministry, Role.GEMACHTIGDE)
