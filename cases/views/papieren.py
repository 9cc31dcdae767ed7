"""What happens to a paper: put forward, initialled, adopted, its PDF asked for again. A refusal is shown on its page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from cases.forms.controle import Bevestiging
from cases.http import Request
from cases.models import Document, Ministry
from cases.selectors.papers import rendering_of
from cases.services import papers, typed
from cases.views.documenten import document_or_404, document_page, version_or_404

UNSAVED = "U heeft in dit stuk tekst getypt die nog niet is opgeslagen. Sla die eerst op, of gooi die weg."


def _act(request: Request, document: Document, done: str, service: Callable[..., object], **given: Any) -> HttpResponse:
    """Calls the service and goes back to the document; a no, or somebody who was first, is told there."""
    form = Bevestiging(request)
    if form.lukt(service, by=request.user, **given):
        messages.success(request, done)
        return redirect("document", document.dossier.number, document.pk)
    return document_page(request, document, form)


@require_POST
def voorleggen(request: Request, document_id: int) -> HttpResponse:
    """Freezes the text as a version that teamleiders can initial."""
    document = document_or_404(request, document_id)
    form = Bevestiging(request)
    if form.klaar and typed.unsaved_in(request.user, document):
        form.add_error(None, UNSAVED)
        return document_page(request, document, form)
    done = "Het document ligt ter paraaf."
    return _act(request, document, done, papers.put_forward, document_id=document.pk)


@require_POST
def paraferen(request: Request, version_id: int) -> HttpResponse:
    """Initials a version for the ministry named in the form."""
    version = version_or_404(request, version_id)
    ministry = get_object_or_404(Ministry, code=request.POST.get("ministerie", "").replace("\x00", ""))
    done = f"U parafeerde versie {version.number} namens {ministry.code}."
    return _act(request, version.document, done, papers.initial, version_id=version.pk, ministry=ministry)


@require_POST
def vaststellen(request: Request, version_id: int) -> HttpResponse:
    """Adopts a version after the parafen."""
    version = version_or_404(request, version_id)
    done = f"Versie {version.number} is vastgesteld."
    return _act(request, version.document, done, papers.adopt, version_id=version.pk)


@require_POST
def pdf_opnieuw(request: Request, version_id: int) -> HttpResponse:
    """Asks again for a PDF that failed."""
    version = version_or_404(request, version_id)
    rendering = rendering_of(version)
    if rendering is None:
        raise Http404
    done = "De pdf wordt opnieuw gemaakt. Ververs deze pagina over een halve minuut."
    return _act(request, version.document, done, papers.retry_pdf, rendering_id=rendering.pk)
