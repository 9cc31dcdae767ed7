"""Progress reports of a dossier with how far each is."""

from dataclasses import dataclass

from django.urls import reverse

from cases.models import Dossier
from cases.selectors.products import PaperState, states
from phases.uitvoering.models import Voortgang


@dataclass(frozen=True)
class Report:
    """One report: its row, its state as a paper, and where it is written."""

    voortgang: Voortgang
    state: PaperState
    url: str

    @property
    def title(self) -> str:
        return self.voortgang.periode or "Verslag zonder periode"


def reports(dossier: Dossier) -> list[Report]:
    """Every report of a dossier, newest first. Three queries."""
    by_document = {state.document.pk: state for state in states(dossier).get("voortgang", ()) if state.document}
    rows = Voortgang.objects.filter(document__dossier=dossier).order_by("-document_id")
    return [
        Report(row, by_document[row.document_id], reverse("voortgang_verslag", args=[dossier.number, row.document_id]))
        for row in rows
    ]
