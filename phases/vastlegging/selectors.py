"""What was registered about a dossier."""

from dataclasses import dataclass

from cases.models import Dossier, Ministry
from phases.vastlegging.models import Vastlegging
from phases.vastlegging.soorten import SOORTEN, Soort


def ministry(soort: Soort, dossier: Dossier) -> Ministry:
    """On whose behalf this fact is registered: the ministry it names, otherwise the penvoerder's."""
    return Ministry.objects.get(code=soort.ministry) if soort.ministry else dossier.lead


def newest(dossier: Dossier, soort: str) -> Vastlegging | None:
    """The one that counts in the current Ronde."""
    return rows(dossier, soort).filter(ronde__number=dossier.ronde_number).first()


def rows(dossier: Dossier, soort: str):
    """Every registration of this kind, of every Ronde, newest first."""
    found = Vastlegging.objects.filter(ronde__dossier=dossier, soort=soort)
    return found.select_related("ronde", "by", "bevestigd__by").order_by("-id")


@dataclass(frozen=True)
class Regel:
    """A kind of fact with the registration that counts now, if any."""

    soort: Soort
    newest: Vastlegging | None


def overview(dossier: Dossier) -> list[Regel]:
    """Every kind of fact that applies to this dossier, in the order of the phases. One query."""
    found = Vastlegging.objects.filter(ronde__dossier=dossier, ronde__number=dossier.ronde_number)
    counting = {row.soort: row for row in found.select_related("by", "bevestigd__by").order_by("id")}
    efforts = frozenset(dossier.efforts)
    return [
        Regel(soort, counting.get(soort.name))
        for soort in SOORTEN.values()
        if soort.applies(efforts) or soort.name in counting
    ]
