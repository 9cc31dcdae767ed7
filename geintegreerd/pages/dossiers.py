"""The list of dossiers with who is up in each: at most eight queries for the whole request, whatever the number of dossiers."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from budget_biv import selectors as biv
from cases import access
from cases.exports import Tabel, as_csv
from cases.forms.filters import WEERGAVEN, DossierFilter
from cases.http import Request
from cases.models import Dossier
from cases.phase import Phase, Status
from cases.rights import Act
from cases.selectors import dossiers
from cases.templatetags.notatie import datum_kort, euro, relatief
from phases.process import beurten
from phases.process.aan_zet import Stand

# The columns of the export, each with its name in _row.
CSV = {
    "Nummer": "nummer",
    "Titel": "titel",
    "Fase": "fasenaam",
    "Status": "status",
    "Wacht op": "wacht_op",
    "Penvoerder": "penvoerder",
    "Behandelaar": "behandelaar",
    "Datum": "datum",
}
ENDED = {Status.AFGESLOTEN: "goed", Status.GESTOPT: "neutraal"}


def lijst(request: Request) -> HttpResponse:
    """The dossiers someone may see; an exact number goes straight to its dossier."""
    exact = dossiers.exact(request.user, request.GET.get("q", ""))
    if exact:
        return redirect(exact)
    filterbalk = DossierFilter(request.GET)
    filters = filterbalk.filters(request.user)
    page = dossiers.page(request.user, filters, request.GET.get("na", ""), _annotated())
    context = {
        "filterbalk": filterbalk,
        "chips": filterbalk.chips(_without(request, "na")),
        "tabs": _tabs(request, filterbalk.view),
        "regels": [_row(dossier, request) for dossier in page.rows],
        "aantal": _found(_count(request, filters, page)),
        "eerste": "" if page.first else f"?{_without(request, 'na').urlencode()}",
        "volgende": _next(request, page.next),
        "wis": f"?status={filterbalk.view}",
        "csv_url": f"{reverse('dossiers_csv')}?{_without(request, 'na').urlencode()}",
        "mag_openen": access.may(request.user, Act.DOSSIER_OPENEN),
    }
    return render(request, "dossiers/lijst.html", context)


def _annotated():
    return Dossier.objects.annotate(wachtend=beurten.of_dossier(), gevraagd=biv.asked_of_dossier())


def _count(request: Request, filters: dossiers.Filters, page: dossiers.Page) -> int:
    """A first page that is not full needs no counting."""
    return len(page.rows) if page.first and not page.next else dossiers.count(request.user, filters)


def _without(request: Request, *names: str) -> QueryDict:
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query


def _next(request: Request, key: str) -> str:
    query = _without(request, "na")
    query["na"] = key
    return f"?{query.urlencode()}" if key else ""


def _tabs(request: Request, view: str) -> list[dict[str, Any]]:
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


def _row(dossier: Dossier, request: Request) -> dict[str, Any]:
    """One line, every value as text: a date filter per cell is felt in a list."""
    waiting = beurten.waiting(dossier.wachtend, request.user)
    state, sort = _state(dossier, waiting)
    phase = Phase(dossier.phase)
    return {
        "titel": dossier.title,
        "nummer": dossier.number,
        "url": dossier.get_absolute_url(),
        "fase": f"{phase.number} van 6",
        "fasenaam": phase.label,
        "status": state,
        "soort": sort,
        "wacht_op": ", ".join(waiting.names) or "Niemand",
        "behandelaar": str(dossier.handler),
        "penvoerder": dossier.lead.code,
        "datum": datum_kort(waiting.due),
        "over": relatief(waiting.due),
        "laat": relatief(waiting.due).endswith("te laat"),
        "budget": euro(dossier.gevraagd),
    }


def _state(dossier: Dossier, waiting: beurten.Waiting) -> tuple[str, str]:
    """The words of the label and its colour."""
    if dossier.status != Status.LOPEND:
        return Status(dossier.status).label, ENDED[Status(dossier.status)]
    stand = Stand(waiting.stand or Stand.IN_HAND)
    return stand.value, "let-op" if stand.on_others else "info"


def als_csv(request: Request) -> HttpResponse:
    """The same list with the same filters for a spreadsheet: at most COUNT_CAP - 1 lines."""
    filters = DossierFilter(request.GET).filters(request.user)
    rows = [
        [*map(_row(dossier, request).get, CSV.values()), dossier.gevraagd or None] for dossier in _all(request, filters)
    ]
    return as_csv("dossiers", [Tabel("", [*CSV, "BIV-budget"], rows)])


def _all(request: Request, filters: dossiers.Filters) -> Iterable[Dossier]:
    """Page after page, so that the list and the export cannot differ."""
    after, lines = "", 0
    while lines < dossiers.COUNT_CAP - 1:
        page = dossiers.page(request.user, filters, after, _annotated())
        yield from page.rows
        lines += len(page.rows)
        if not page.next:
            return
        after = page.next
