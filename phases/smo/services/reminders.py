"""Reminders in a written round: on fixed days before its term, to who has not answered."""

from datetime import date, timedelta

from django.db import transaction

from cases import audit
from cases.models import Ministry
from cases.phase import Status
from cases.services.locks import lock
from phases.smo.models import Aanbieding, Herinnering
from phases.smo.models.offers import DAYS_BEFORE


def remind(today: date) -> int:
    """Writes today's reminders, each once; returns how many. Run once a day by beat."""
    due = [today + timedelta(days=days) for days in DAYS_BEFORE]
    rounds = Aanbieding.objects.filter(
        schriftelijk=True, meeting_on__in=due, intrekking=None, conclusies=None, ronde__dossier__status=Status.LOPEND
    )
    return sum(_remind(pk, dossier_id, today) for pk, dossier_id in rounds.values_list("pk", "ronde__dossier_id"))


@transaction.atomic
def _remind(aanbieding_id: int, dossier_id: int, today: date) -> bool:
    dossier = lock(dossier_id)
    aanbieding = Aanbieding.objects.select_related("version__document").get(pk=aanbieding_id)
    given = aanbieding.standpunten.values("ministry_id")
    codes = list(Ministry.objects.filter(in_smo=True).exclude(pk__in=given).values_list("code", flat=True))
    if not codes or aanbieding.conclusies.exists() or hasattr(aanbieding, "intrekking"):
        return False
    _, created = Herinnering.objects.get_or_create(
        aanbieding=aanbieding, day=today, defaults={"codes": ", ".join(codes)}
    )
    if created:
        audit.record(
            "smo", f"Herinnering aan {', '.join(codes)}: standpunt over {aanbieding.version}", by=None, dossier=dossier,
            obj=f"aanbieding:{aanbieding.pk}", occurred_on=today,
        )  # fmt: skip
    return created
