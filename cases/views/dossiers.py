"""The list of dossiers, and opening a new one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cases import access
from cases.forms.dossier import NieuwDossierForm
from cases.forms.filters import WEERGAVEN, DossierFilter
from cases.http import Request
from cases.models import Dossier
from cases.phase import Phase, Status
from cases.rights import Act
from cases.selectors import dossiers, papers
from cases.services.dossiers import open_dossier

SOORT = {Status.LOPEND: "info", Status.AFGESLOTEN: "goed", Status.GESTOPT: "neutraal"}


@login_required
def lijst(request: Request) -> HttpResponse:
    """The dossiers someone may see; an exact number goes straight to its dossier."""
    exact = dossiers.exact(request.user, request.GET.get("q", ""))
    if exact:
        return redirect(exact)
    filterbalk = DossierFilter(request.GET)
    filters = filterbalk.filters()
    page = dossiers.page(request.user, filters, request.GET.get("na", ""))
    context = {
        "filterbalk": filterbalk,
        "chips": filterbalk.chips(_without(request, "na")),
        "tabs": _tabs(request, filterbalk.view),
        "regels": _rows(page.rows),
        "aantal": _found(dossiers.count(request.user, filters, page)),
        "eerste": "" if page.first else f"?{_without(request, 'na').urlencode()}",
        "volgende": _next(request, page.next),
        "wis": f"?status={filterbalk.view}",
        "mag_openen": access.may(request.user, Act.DOSSIER_OPENEN),
    }
    return render(request, "dossiers/lijst.html", context)


def _without(request: Request, *names: str):
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query


def _next(request: Request, key: str) -> str:
    query = _without(request, "na")
    query["na"] = key
    return f"?{query.urlencode()}" if key else ""


def _tabs(request: Request, view: str) -> list[dict]:
    """The views as links that keep the other filters."""
    tabs = []
    for value, label in WEERGAVEN.items():
        query = _without(request, "na")
        query["status"] = value
        tabs.append({"label": label, "url": f"?{query.urlencode()}", "current": value == view})
    return tabs


def _found(number: int) -> str:
    if number >= dossiers.COUNT_CAP:
        return "Meer dan 1.000 dossiers"
    return "1 dossier" if number == 1 else f"{number or 'Geen'} dossiers"


def _rows(found: list[Dossier]) -> list[dict]:
    waiting = papers.awaiting([dossier.pk for dossier in found])
    return [
        {
            "dossier": dossier,
            "fase": Phase(dossier.phase),
            "status": Status(dossier.status).label,
            "soort": SOORT[dossier.status],
            "paraaf": ", ".join(waiting.get(dossier.pk, [])) or "Geen",
        }
        for dossier in found
    ]


@login_required
def nieuw(request: Request) -> HttpResponse:
    """Opening a dossier: the form, then a check page that carries the answers along, then the dossier."""
    access.require(request.user, Act.DOSSIER_OPENEN)
    form = NieuwDossierForm(request.POST or None, user=request.user)
    act = request.POST.get("actie")
    if not form.is_valid() or act == "wijzig":
        return render(request, "dossiers/nieuw.html", {"form": form}, status=form.status)
    if act != "open":
        return render(request, "dossiers/nieuw_controle.html", {"form": form})
    dossier = open_dossier(by=request.user, **form.opening())
    messages.success(request, f"Dossier {dossier.number} is geopend. {form.message}")
    return redirect(dossier)
