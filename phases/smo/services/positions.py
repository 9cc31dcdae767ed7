"""The position of a ministry on an offered version (Leidraad par. 3.2)."""

from django.db import transaction
from django.urls import reverse

from cases import access, audit
from cases.exceptions import NotPossible
from cases.models import Dossier, Ministry, User
from cases.rights import Act
from cases.services.first import stale, taken
from phases.smo.models import Aanbieding, Oordeel, Standpunt, Strekking
from phases.smo.services.offers import under_lock


@transaction.atomic
def take_position(
    *,
    aanbieding_id: int,
    ministry: Ministry,
    strekking: str,
    voorwaarden: str,
    toelichting: str,
    by: User,
    afwijkend: bool = False,
    seen_standpunt: int | None = None,
) -> Standpunt:
    """A ministry says what it thinks of a version. It never holds the dossier; after the conclusion it is too late.

    A paper that the chair kept for a later meeting is open for positions again. `seen_standpunt` is the newest position
    on the screen, of any ministry, 0 when there was none; raises Stale when this ministry took another since.
    """
    dossier, aanbieding = under_lock(aanbieding_id)
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
        afwijkend=afwijkend,
        by=by,
        acting_for=allowed.acting_for,
    )
    label = Strekking(strekking).label.lower()
    audit.record(
        "standpunt", f"Standpunt van {ministry.code}: {label}", by=by, dossier=dossier, allowed=allowed,
        obj=f"aanbieding:{aanbieding.pk}",
        data={"toelichting": toelichting, "voorwaarden": voorwaarden, "afwijkend": afwijkend},
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
