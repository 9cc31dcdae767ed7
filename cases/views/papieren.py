"""What happens to a paper: put forward, initialled, adopted, its PDF asked for again. A refusal is shown on its page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases import access
from cases.forms.controle import Bevestiging
from cases.forms.handelingen import TeruggeefForm
from cases.http import Request
from cases.models import Document, DocumentVersion, Ministry, PaperStatus
from cases.namens import ministries_for
from cases.rights import Act
from cases.selectors.papers import rendering_of, wrote_in
from cases.services import papers, typed
from cases.templatetags.notatie import datum
from cases.views.documenten import document_or_404, document_page, frozen, version_or_404

LATER = "Daarna verandert deze tekst niet meer. Wie de tekst wil wijzigen, legt een nieuwe versie voor."
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


def paraferen(request: Request, version_id: int) -> HttpResponse:
    """The text that a teamleider judges, with the two answers beside it; sent, it initials for the ministry in the form."""
    version = version_or_404(request, version_id)
    if request.method != "POST":
        return _judging(request, version)
    ministry = get_object_or_404(Ministry, code=request.POST.get("ministerie", "").replace("\x00", ""))
    done = f"U parafeerde versie {version.number} namens {ministry.code}."
    return _act(request, version.document, done, papers.initial, version_id=version.pk, ministry=ministry)


@require_POST
def teruggeven(request: Request, version_id: int) -> HttpResponse:
    """Gives a version back, with the reason, instead of initialling it."""
    version = version_or_404(request, version_id)
    ministries = _judges_for(request, version)
    form = TeruggeefForm(request.POST, ministries=ministries)
    if form.klaar and form.lukt(papers.give_back, version_id=version.pk, by=request.user, **form.answer()):
        messages.success(request, f"U gaf versie {version.number} terug. De penvoerder ziet uw reden bij het stuk.")
        return redirect("document", version.document.dossier.number, version.document_id)
    return _judging(request, version, form)


def _judges_for(request: Request, version: DocumentVersion) -> list[Ministry]:
    """The participating ministries for which this person judges papers; raises Denied when there are none."""
    dossier = version.document.dossier
    taking_part = [p.ministry for p in dossier.participations.select_related("ministry")]
    return ministries_for(request.user, Act.PARAFEREN, dossier, taking_part)


def _judging(request: Request, version: DocumentVersion, form: TeruggeefForm | None = None) -> HttpResponse:
    ministries = _judges_for(request, version)
    given = {paraaf.ministry_id for paraaf in version.parafen.all()}
    own = request.user.pk == version.created_by_id or wrote_in(version.document, request.user)
    form = form or TeruggeefForm(ministries=ministries)
    waits = version.status == PaperStatus.TER_PARAAF and not own
    context = frozen(version) | {
        "form": form,
        "eigen": own,
        "parafeer": [m for m in ministries if m.pk not in given] if waits else [],
    }
    return render(request, "documenten/paraferen.html", context, status=form.status)


def vaststellen(request: Request, version_id: int) -> HttpResponse:
    """What adopting means; sent, it adopts a version after the parafen."""
    version = version_or_404(request, version_id)
    document, dossier = version.document, version.document.dossier
    access.require(request.user, Act.VASTSTELLEN, dossier)
    form = Bevestiging(request)
    if form.klaar and form.lukt(papers.adopt, version_id=version.pk, by=request.user):
        messages.success(request, f"Versie {version.number} is vastgesteld.")
        return redirect("document", dossier.number, document.pk)
    initialled = [f"{p.ministry.code}: {p.by}, {datum(p.at)}" for p in version.parafen.all()]
    rows = [
        ("Stuk", document.title, ""),
        ("Versie", f"{version.number}, voorgelegd op {datum(version.created_at)} door {version.created_by}", ""),
        ("Parafen", "\n".join(initialled) or "Nog geen", ""),
        ("Gevolg", LATER, ""),
    ]
    context = {"dossier": dossier, "bevroren": version, "form": form, "regels": rows}
    return render(request, "documenten/vaststellen.html", context, status=form.status)


@require_POST
def pdf_opnieuw(request: Request, version_id: int) -> HttpResponse:
    """Asks again for a PDF that failed."""
    version = version_or_404(request, version_id)
    rendering = rendering_of(version)
    if rendering is None:
        raise Http404
    done = "De pdf wordt opnieuw gemaakt. Ververs deze pagina over een halve minuut."
    return _act(request, version.document, done, papers.retry_pdf, rendering_id=rendering.pk)
