"""Screens that combine apps: the start page, the overview of a dossier, and the health check."""

from django.contrib.auth.decorators import login_not_required, login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases import access
from cases.models import Document, Event


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The start: the list of dossiers."""
    return redirect("dossiers")


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Says "ok" when the database answers; for the proxy and the supervisor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@login_required
def overview(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about a dossier on one screen."""
    dossier = access.get_or_404(request, number)
    context = {
        "dossier": dossier,
        "deelnames": dossier.participations.select_related("ministry", "contact"),
        "gebeurtenissen": Event.objects.filter(dossier=dossier).select_related("actor").order_by("-seq")[:6],
        "documenten": Document.objects.filter(dossier=dossier).order_by("-changed_at")[:6],
    }
    return render(request, "dossier/overzicht.html", context)
