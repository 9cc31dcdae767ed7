"""What others may know about the SMO."""

from dataclasses import dataclass

from django.db.models import QuerySet

from cases.access import visible_to
from cases.models import Dossier, Ministry, Ronde, User
from phases.smo.models import Aanbieding, Conclusie, Standpunt


@dataclass(frozen=True)
class Item:
    """An offered version with the newest position of each SMO ministry and the newest conclusion."""

    aanbieding: Aanbieding
    positions: tuple[tuple[Ministry, Standpunt | None], ...]
    conclusie: Conclusie | None

    @property
    def given(self) -> int:
        return sum(1 for _, standpunt in self.positions if standpunt)

    @property
    def awaited(self) -> list[str]:
        return [m.code for m, standpunt in self.positions if standpunt is None]


def items(offers: QuerySet[Aanbieding]) -> list[Item]:
    """Offers with their positions and conclusion, in four queries."""
    ministries = list(Ministry.objects.filter(in_smo=True))
    rows = list(
        offers.select_related("version__document__dossier__lead", "by", "ronde")
        .defer("version__html", "version__content")
        .prefetch_related("standpunten__ministry", "standpunten__by", "conclusies__by")
    )
    found = []
    for offer in rows:
        last = {s.ministry_id: s for s in offer.standpunten.all()}
        conclusions = list(offer.conclusies.all())
        positions = tuple((m, last.get(m.pk)) for m in ministries)
        found.append(Item(offer, positions, conclusions[-1] if conclusions else None))
    return found


def for_ronde(ronde: Ronde) -> list[Item]:
    """Everything that was offered in a Ronde, newest first."""
    return items(Aanbieding.objects.filter(ronde=ronde).order_by("-id"))


def for_dossier(dossier: Dossier) -> list[Item]:
    """Everything that was ever offered of a dossier, newest first."""
    return items(Aanbieding.objects.filter(ronde__dossier=dossier).order_by("-id"))


def agenda(user: User) -> list[Item]:
    """What lies before the SMO without a conclusion, as far as this person may read it, by meeting."""
    offers = Aanbieding.objects.filter(conclusies__isnull=True, ronde__dossier__in=visible_to(user).filter(status="lopend"))
    return items(offers.order_by("meeting_on", "id"))
