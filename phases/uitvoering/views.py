"""Progress reports: the list of this Ronde, a new one, and one to write or to read."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from cases import access
from cases.http import Request
from cases.rights import Act
from cases.views.products import ProductPage
from phases.uitvoering import selectors
from phases.uitvoering.models import Voortgang
from phases.uitvoering.papers import VoortgangPaper

PAPER = VoortgangPaper()


def voortgang(request: Request, number: str) -> HttpResponse:
    """The reports of this dossier, newest first."""
    dossier = access.get_or_404(request, number)
    context = {
        "dossier": dossier,
        "fase": PAPER.phase,
        "verslagen": selectors.reports(dossier),
        "mag_schrijven": bool(access.may(request.user, Act.SCHRIJVEN, dossier)),
    }
    return render(request, "producten/voortgang.html", context)


def voortgang_nieuw(request: Request, number: str) -> HttpResponse:
    """An empty report; it exists once it is saved."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.SCHRIJVEN, dossier)
    return ProductPage(request, dossier, PAPER, None, new=True).answer()


def voortgang_verslag(request: Request, number: str, document_id: int) -> HttpResponse:
    """One report."""
    dossier = access.get_or_404(request, number)
    reports = Voortgang.objects.select_related("document__changed_by", "document__dossier")
    report = get_object_or_404(reports, document_id=document_id, document__dossier=dossier)
    return ProductPage(request, dossier, PAPER, report).answer()
