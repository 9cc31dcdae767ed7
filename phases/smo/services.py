"""Offering papers to the SMO, positions per ministry, the conclusion of the chair (Leidraad par. 3.2)."""

from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases import access, audit
from cases.access import Allowed
from cases.exceptions import NotPossible
from cases.models import Dossier, Ministry, User
from cases.rights import Act, Role
from cases.services import participation
from cases.services.first import stale, taken
from cases.services.locks import lock_running, lock_version
from phases.smo.models import Aanbieding, Conclusie, Oordeel, Standpunt, Strekking


@transaction.atomic
def offer(*, version_id: int, meeting_on: date, by: User) -> Aanbieding:
    """Puts a vastgestelde version before the SMO; from now on the SMO members read the dossier."""
    dossier, version = lock_version(version_id)
    allowed = access.require(by, Act.SMO_AANBIEDEN, dossier)
    if not version.is_adopted:
        raise NotPossible("Stel het stuk eerst vast. De SMO adviseert over een vastgestelde versie.")
    if version.document.ronde.number != dossier.ronde_number:
        raise NotPossible("Dit stuk hoort bij een eerdere ronde.")
    try:
        with transaction.atomic():
            aanbieding = Aanbieding.objects.create(
                ronde=version.document.ronde, version=version, meeting_on=meeting_on, by=by
            )
    except IntegrityError as error:
        url, obj = reverse("dossier_smo", args=[dossier.number]), f"versie:{version.pk}"
        raise taken(dossier, "Deze versie is al aan de SMO aangeboden.", url, kind="smo", obj=obj) from error
    participation.let_smo_read(dossier)
    audit.record(
        "smo", f"{version} aangeboden aan de SMO", by=by, dossier=dossier, allowed=allowed, obj=f"versie:{version.pk}"
    )
    return aanbieding


def _under_lock(aanbieding_id: int) -> tuple[Dossier, Aanbieding]:
    found = Aanbieding.objects.select_related("ronde").get(pk=aanbieding_id)
    dossier = lock_running(found.ronde.dossier_id)
    aanbieding = Aanbieding.objects.select_related("version__document", "ronde").get(pk=aanbieding_id)
    return dossier, aanbieding


@transaction.atomic
def take_position(
    *,
    aanbieding_id: int,
    ministry: Ministry,
    strekking: str,
    voorwaarden: str,
    toelichting: str,
    by: User,
    seen_standpunt: int | None = None,
) -> Standpunt:
    """A ministry says what it thinks of a version. It never holds the dossier; after the conclusion it is too late.

    A paper that the chair kept for a later meeting is open for positions again. `seen_standpunt` is the newest position
    on the screen, of any ministry, 0 when there was none; raises Stale when this ministry took another since.
    """
    dossier, aanbieding = _under_lock(aanbieding_id)
    allowed = access.require(by, Act.STANDPUNT_INNEMEN, dossier, ministry)
    if not ministry.in_smo:
        raise NotPossible(f"{ministry.code} is geen lid van de SMO.")
    _refuse_after_conclusion(aanbieding, dossier)
    if aanbieding.ronde.number != dossier.ronde_number:
        raise NotPossible("Dit stuk hoort bij een eerdere ronde.")
    if by.pk == aanbieding.version.created_by_id:
        raise NotPossible("U bent de steller van dit stuk. Laat een ander het standpunt innemen.")
    _refuse_unseen(aanbieding, dossier, ministry, seen_standpunt, by)
    standpunt = Standpunt.objects.create(
        aanbieding=aanbieding,
        ministry=ministry,
        strekking=strekking,
        voorwaarden=voorwaarden,
        toelichting=toelichting,
        by=by,
        acting_for=allowed.acting_for,
    )
    label = Strekking(strekking).label.lower()
    audit.record(
        "standpunt", f"Standpunt van {ministry.code}: {label}", by=by, dossier=dossier, allowed=allowed,
        obj=f"aanbieding:{aanbieding.pk}", data={"toelichting": toelichting, "voorwaarden": voorwaarden},
    )  # fmt: skip
    return standpunt


def _refuse_unseen(aanbieding: Aanbieding, dossier: Dossier, ministry: Ministry, seen: int | None, by: User) -> None:
    """Nobody speaks over a position of the own ministry not seen."""
    last = aanbieding.standpunten.filter(ministry=ministry).last()
    if seen is None or last is None or last.pk <= seen:
        return
    url, obj = reverse("dossier_smo", args=[dossier.number]), f"aanbieding:{aanbieding.pk}"
    did = f"gaf een standpunt namens {ministry.code}"
    raise stale(dossier, did, url, by=by, saved=last.answers(), seen=last.pk, kind="standpunt", obj=obj)


def _refuse_after_conclusion(aanbieding: Aanbieding, dossier: Dossier) -> None:
    last = aanbieding.conclusies.last()
    if last and last.oordeel != Oordeel.AANGEHOUDEN:
        sentence, url = (
            "De voorzitter heeft al geconcludeerd. Een standpunt kan nu niet meer.",
            reverse("dossier_smo", args=[dossier.number]),
        )
        raise taken(dossier, sentence, url, kind="conclusie", obj=f"aanbieding:{aanbieding.pk}")


def _capacity(allowed: Allowed) -> str:
    return "namens de voorzitter SMO" if allowed.membership.role == Role.SECRETARIS_SMO else allowed.acting_for


def _refuse_conclusion(aanbieding: Aanbieding, dossier: Dossier, allowed: Allowed, by: User, seen: int) -> None:
    """Nobody concludes over a conclusion not seen, nor on the own paper; only the chair corrects what ended the matter."""
    last = aanbieding.conclusies.last()
    if (last.pk if last else 0) != seen:
        url, obj = reverse("dossier_smo", args=[dossier.number]), f"aanbieding:{aanbieding.pk}"
        saved, mark = (last.answers(), last.pk) if last else ({}, 0)
        raise stale(dossier, "legde een conclusie vast", url, by=by, saved=saved, seen=mark, kind="conclusie", obj=obj)
    final = last and last.oordeel not in {Oordeel.AANGEHOUDEN, Oordeel.TER_KENNISNAME}
    if final and allowed.membership.role != Role.VOORZITTER_SMO:
        raise NotPossible("Er is al een conclusie. Alleen de voorzitter van de SMO kan die corrigeren.")
    if by.pk == aanbieding.version.created_by_id:
        raise NotPossible("U bent de steller van dit stuk. Laat een ander concluderen.")
    if aanbieding.ronde.number != dossier.ronde_number:
        raise NotPossible("Dit stuk hoort bij een eerdere ronde.")


@transaction.atomic
def conclude(
    *,
    aanbieding_id: int,
    oordeel: str,
    doorgeleiding: str,
    tekst: str,
    by: User,
    concluded_on: date | None = None,
    seen_conclusie: int = 0,
) -> Conclusie:
    """The chair concludes about this version; the secretary may register it, recorded as such. A later row corrects.

    `seen_conclusie` is the id of the newest conclusion on the screen, 0 when there was none; raises Stale when it is not.
    """
    dossier, aanbieding = _under_lock(aanbieding_id)
    allowed = access.require(by, Act.CONCLUDEREN, dossier)
    version = aanbieding.version
    _refuse_conclusion(aanbieding, dossier, allowed, by, seen_conclusie)
    onward = version.document.kind == "analyse" and oordeel in Oordeel.positive()
    if onward and not doorgeleiding:
        raise NotPossible("Kies wanneer de beoordeling naar de bewindspersonen gaat.")
    conclusie = Conclusie.objects.create(
        aanbieding=aanbieding,
        oordeel=oordeel,
        doorgeleiding=doorgeleiding if onward else "",
        tekst=tekst,
        sha256=version.sha256,
        concluded_on=concluded_on or timezone.localdate(),
        by=by,
        acting_for=_capacity(allowed),
    )
    audit.record(
        "conclusie",
        f"Conclusie van de SMO over {version}: {conclusie.get_oordeel_display().lower()}",
        by=by,
        dossier=dossier,
        allowed=allowed,
        obj=f"aanbieding:{aanbieding.pk}",
        occurred_on=conclusie.concluded_on,
        data={"tekst": tekst, "hoedanigheid": conclusie.acting_for},
    )
    return conclusie
