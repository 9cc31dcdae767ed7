"""The indicators of a dossier."""

from django.db.models import QuerySet

from cases.models import Dossier, Ronde
from phases.planning.models import Indicator


def indicators(dossier: Dossier) -> QuerySet[Indicator]:
    """Those of the current Ronde, in the order in which they were made."""
    return Indicator.objects.filter(ronde__dossier=dossier, ronde__number=dossier.ronde_number)


def earlier_with_indicators(dossier: Dossier) -> Ronde | None:
    """The newest Ronde before this one that has indicators."""
    before = Ronde.objects.filter(dossier=dossier, number__lt=dossier.ronde_number, indicatoren__isnull=False)
    return before.order_by("-number").first()
