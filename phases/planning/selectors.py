"""The indicators of a dossier."""

from django.db.models import QuerySet

from cases.models import Dossier
from phases.planning.models import Indicator


def indicators(dossier: Dossier) -> QuerySet[Indicator]:
    """Those of the current Ronde, in the order in which they were made."""
    return Indicator.objects.filter(ronde__dossier=dossier, ronde__number=dossier.ronde_number)
