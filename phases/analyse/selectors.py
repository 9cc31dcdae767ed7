"""What each ministry brought in for the joint analysis."""

from cases.models import Dossier, Ministry
from phases.analyse.models import Inbreng


def contributions(dossier: Dossier) -> list[tuple[Ministry, Inbreng | None]]:
    """Every ministry that takes part besides the penvoerder, with its newest contribution in this Ronde. Two queries."""
    ministries = [
        p.ministry for p in dossier.participations.select_related("ministry") if p.ministry_id != dossier.lead_id
    ]
    rows = Inbreng.objects.filter(ronde__dossier=dossier, ronde__number=dossier.ronde_number).select_related("by")
    last = {row.ministry_id: row for row in rows}
    return [(ministry, last.get(ministry.pk)) for ministry in ministries]
