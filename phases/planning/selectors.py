"""The indicators of a dossier."""

from django.db.models import QuerySet

from cases.models import Dossier, Ronde
from cases.phase import Phase
from phases.planning.models import INDICATOR, Indicator


def indicators(dossier: Dossier) -> QuerySet[Indicator]:
    """Those of the current Ronde, in the order in which they were made."""
    return Indicator.objects.filter(ronde__dossier=dossier, ronde__number=dossier.ronde_number)


def earlier_with_indicators(dossier: Dossier) -> Ronde | None:
    """The newest Ronde before this one that has indicators."""
    before = Ronde.objects.filter(dossier=dossier, number__lt=dossier.ronde_number, indicatoren__isnull=False)
    return before.order_by("-number").first()


def changeable(row: Indicator, dossier: Dossier) -> tuple[str, ...]:
    """What of an indicator may change. From the execution on the advice on the plan rests on it: only an empty nulmeting is filled in."""
    if Phase(dossier.phase).number < Phase.UITVOERING.number:
        return INDICATOR
    return () if row.nulmeting else ("nulmeting", "nulmeting_op")
