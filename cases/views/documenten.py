"""The papers of a dossier: the list, one document with its versions, one frozen version, and its PDF."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse

from cases import access
from cases.forms.controle import Bevestiging
from cases.http import Request
from cases.letters.content import complete
from cases.letters.kinds import is_concept, paper_of
from cases.models import Document, DocumentVersion, Dossier, Ministry, PaperStatus, Rendering
from cases.rights import Act
from cases.rubricering import Rubricering
from cases.selectors import papers
from cases.templatetags.notatie import datum

SOORT = {PaperStatus.TER_PARAAF: "let-op", PaperStatus.VERVALLEN: "neutraal"}
PDF = {Rendering.State.WACHT: "Wordt gemaakt", Rendering.State.GEREED: "Gereed", Rendering.State.MISLUKT: "Mislukt"}


def documenten(request: Request, number: str) -> HttpResponse:
    """Every document per Ronde, with its newest version."""
    dossier = access.get_or_404(request, number)
    rondes = [(ronde, [_row(row) for row in rows]) for ronde, rows in papers.by_ronde(dossier)]
    return render(request, "documenten/lijst.html", {"dossier": dossier, "rondes": rondes})


def _row(row: papers.PaperRow) -> dict[str, Any]:
    version = row.version
    return {
        "document": row.document,
        "versie": f"Versie {version.number}" if version else "Nog geen versie",
        "status": version.get_status_display() if version else "Concept",
        "soort": SOORT.get(version.status, "goed") if version else "info",
        "pdf": PDF[row.rendering.state] if row.rendering else "Geen",
        "pdf_url": reverse("pdf", args=[version.pk])
        if version and row.rendering and row.rendering.state == Rendering.State.GEREED
        else "",
    }


def document_or_404(request: Request, document_id: int) -> Document:
    """The document, as far as this person may see its dossier; one query tells neither apart, nor does the time it takes."""
    documents = Document.objects.select_related("dossier", "ronde", "changed_by")
    document = get_object_or_404(documents, pk=document_id, dossier__in=access.visible_to(request.user))
    document.dossier = access.get_or_404(request, document.dossier.number)
    return document


def version_or_404(request: Request, version_id: int) -> DocumentVersion:
    """The version, as far as this person may see its dossier; asked in one query, like document_or_404."""
    versions = papers.versions().select_related("document__ronde", "document__dossier")
    version = get_object_or_404(versions, pk=version_id, document__dossier__in=access.visible_to(request.user))
    version.document.dossier = access.get_or_404(request, version.document.dossier.number)
    return version


def document(request: Request, number: str, document_id: int) -> HttpResponse:
    """One document: its versions, and what can be done now. An address that names another dossier does not exist."""
    found = document_or_404(request, document_id)
    if found.dossier.number != number:
        raise Http404
    return document_page(request, found)


def document_page(request: Request, found: Document, form: Bevestiging | None = None) -> HttpResponse:
    """The page of a document; at the top it says why what was asked with `form` could not be done."""
    dossier, versions = found.dossier, list(papers.versions().filter(document=found))
    taking_part = [p.ministry for p in dossier.participations.select_related("ministry")]
    newest = versions[0] if versions else None
    returned = papers.given_back(versions)
    context = {
        "dossier": dossier,
        "document": found,
        "form": form or Bevestiging(request),
        "versies": [_version_row(request, dossier, v, taking_part) | {"terug": returned.get(v.pk)} for v in versions],
        "schrijf_url": paper_of(found).url(found),
        "mag_schrijven": access.may(request.user, Act.SCHRIJVEN, dossier),
        "mag_voorleggen": access.may(request.user, Act.VOORLEGGEN, dossier)
        and (newest is None or newest.revision < found.revision or newest.status == PaperStatus.VERVALLEN),
    }
    return render(request, "documenten/document.html", context, status=form.status if form else 200)


def _version_row(
    request: Request, dossier: Dossier, version: DocumentVersion, taking_part: list[Ministry]
) -> dict[str, Any]:
    """A version with its parafen and the acts that this person may do with it."""
    user, pending = request.user, version.status == PaperStatus.TER_PARAAF
    given = {p.ministry_id: p for p in version.parafen.all()}
    awaited = [m for m in taking_part if m.pk not in given] if pending else []
    rendering = papers.rendering_of(version)
    mine = [m for m in awaited if version.created_by_id != user.pk and access.may(user, Act.PARAFEREN, dossier, m)]
    if mine and papers.wrote_in(version.document, user):
        mine = []
    return {
        "versie": version,
        "soort": SOORT.get(version.status, "goed"),
        "kort": version.sha256[:12],
        "gegeven": list(given.values()),
        "wacht_op": awaited,
        # The text as sent is made of an adopted version, so it is never the first; a letter that was read in is.
        "bij_verzending": version.status == PaperStatus.VERZONDEN and not given and version.number > 1,
        "aan": version.addressee or "",
        "parafeer": mine,
        "mag_vaststellen": pending and not awaited and access.may(user, Act.VASTSTELLEN, dossier),
        "smo_url": smo_url(dossier, version)
        if version.is_adopted and access.may(user, Act.SMO_AANBIEDEN, dossier)
        else "",
        "pdf": rendering,
        "mag_opnieuw": access.may(user, Act.OPNIEUW_MAKEN, dossier),
    }


def smo_url(dossier: Dossier, version: DocumentVersion) -> str:
    """Where a version is offered to the SMO: the room above knows that page, "" when it has none."""
    try:
        return reverse("smo_aanbieden", args=[dossier.number, version.pk])
    except NoReverseMatch:
        return ""


def versie(request: Request, version_id: int) -> HttpResponse:
    """A frozen version as it was put forward."""
    version = version_or_404(request, version_id)
    return render(request, "documenten/versie.html", frozen(version))


def frozen(version: DocumentVersion) -> dict[str, Any]:
    """What a page that shows the text of a version needs."""
    paper = complete(version.content)
    rendering = papers.rendering_of(version)
    return {
        "dossier": version.document.dossier,
        "bevroren": version,
        "papier": paper,
        "secties": [section for section in paper["sections"] if section["text"].strip() or section.get("tables")],
        "rubriek": Rubricering(version.marking).label,
        "feiten": _facts(version),
        "pdf_url": reverse("pdf", args=[version.pk]) if rendering and rendering.state == Rendering.State.GEREED else "",
    }


def _facts(version: DocumentVersion) -> list[tuple[str, str]]:
    facts = [
        ("Status", version.get_status_display()),
        ("Voorgelegd", f"{datum(version.created_at)}, {version.created_by}"),
        ("Parafen", ", ".join(p.ministry.code for p in version.parafen.all()) or "Geen"),
        ("Kenmerk", version.sha256[:12]),
    ]
    return facts + (
        [("Vastgesteld", f"{datum(version.adopted_on)}, {version.adopted_by}")] if version.adopted_by else []
    )


def pdf(request: Request, version_id: int) -> HttpResponse:
    """The PDF of a version, shown in the browser; 404 until the worker has made it."""
    version = version_or_404(request, version_id)
    rendering = Rendering.objects.filter(
        version=version, concept=is_concept(version.status), state=Rendering.State.GEREED
    ).first()
    if rendering is None:
        raise Http404
    document = version.document
    name = f"{document.dossier.number}-r{document.ronde.number}-{document.kind}-v{version.number}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(bytes(rendering.pdf), content_type="application/pdf", headers=headers)
