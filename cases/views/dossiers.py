"""Opening a dossier."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cases import access
from cases.forms.dossier import NieuwDossierForm
from cases.http import Request
from cases.rights import Act
from cases.services import typed
from cases.services.dossiers import open_dossier


def nieuw(request: Request) -> HttpResponse:
    """Opening a dossier: the form, then a check page that carries the answers along, then the dossier."""
    access.require(request.user, Act.DOSSIER_OPENEN)
    form = NieuwDossierForm(request.POST or None, user=request.user)
    act = request.POST.get("actie")
    if not form.is_valid() or act == "wijzig":
        return render(request, "dossiers/nieuw.html", {"form": form}, status=form.status)
    if act != "open":
        return render(request, "dossiers/nieuw_controle.html", {"form": form})
    dossier = open_dossier(by=request.user, once=typed.mark_of(request.POST), **form.opening())
    messages.success(request, f"Dossier {dossier.number} is geopend. {form.message}")
    return redirect(dossier)
