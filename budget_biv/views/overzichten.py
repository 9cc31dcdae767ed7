"""The ledger, several years, and ambition against means; and the same tables as CSV or XLSX."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from budget_biv import selectors
from budget_biv.forms.filter import MutatieFilter
from budget_biv.models import Fund
from budget_biv.selectors.ledger import MOST, Ledger, ledger, transfers
from budget_biv.selectors.overviews import Ambition, ambition, multi_year
from budget_biv.selectors.year import Stand
from budget_biv.views.fonds import category_of, fund_of, page_of, tabs
from cases import exports
from cases.exports import Tabel
from cases.http import Request

STAND = ("Deel", "Beschikbaar", "Voorgesteld", "Gereserveerd", "Toegekend", "Vrij")
OVERIGE = "Overige (dossiers die u niet kunt openen)"


def mutaties(request: Request, jaar: int) -> HttpResponse:
    """Every booking of a year that someone may see, with filters in the address."""
    fund, years = fund_of(request, jaar)
    form = MutatieFilter(request.GET, fund=fund)
    page = page_of(request)
    found = ledger(fund, jaar, request.user, form.chosen(), page)
    keep = form.query()
    context = {
        **tabs(years, jaar, "biv_mutaties"),
        "form": form,
        "boek": found,
        "overhevelingen": transfers(fund, jaar),
        "smal": form.chosen().narrow,
        "jaar": jaar,
        "uitvoer": f"?{keep}" if keep else "",
        "bladeren": {
            "vorige": f"?{keep}&bladzij={page - 1}" if page > 1 else "",
            "volgende": f"?{keep}&bladzij={page + 1}" if found.more else "",
            "tekst": f"Bladzijde {page}",
        },
    }
    return render(request, "biv/mutaties.html", context)


def meerjarig(request: Request, jaar: int) -> HttpResponse:
    """The fund over all its years."""
    fund, years = fund_of(request, jaar)
    rows = [
        {"stand": s, "jaar": y, "fictief": f, "naar": reverse("biv_jaar", args=[y])} for y, s, f in multi_year(fund)
    ]
    return render(
        request,
        "biv/meerjarig.html",
        {**tabs(years, jaar, "biv_meerjarig"), "rijen": rows, "fonds": fund, "jaar": jaar},
    )


def ambitie(request: Request, jaar: int) -> HttpResponse:
    """What all dossiers claim and propose, against what there is."""
    fund, years = fund_of(request, jaar)
    found = ambition(fund, jaar, request.user)
    return render(request, "biv/ambitie.html", {**tabs(years, jaar, "biv_ambitie"), "stand": found, "jaar": jaar})


def exporteren(request: Request, jaar: int, wat: str, vorm: str) -> HttpResponse:
    """The tables of a page with the same numbers and the same filters."""
    fund, _ = fund_of(request, jaar)
    if wat not in TABELLEN:
        raise Http404
    return exports.response(vorm, f"biv-{wat}-{jaar}", TABELLEN[wat](request, fund, jaar))


def _of_year(request: Request, fund: Fund, year: int) -> list[Tabel]:
    overview = selectors.year_overview(fund, year, request.user, category_of(request, fund), size=None)
    stands = [*overview.parts, overview.total]
    rows: list[list[Any]] = [
        [r.dossier.number, r.dossier.title, r.state.label if r.state else "", r.oda, r.niet, r.unknown, r.total]
        for r in overview.rows
        if r.dossier
    ]
    if o := overview.other:
        rows.append(["", OVERIGE, "", o.oda, o.niet, o.unknown, o.total])
    tables = [Tabel(f"Stand {year}", STAND, [_stand(s) for s in stands])]
    if overview.categories:
        tables.append(Tabel("Categorieën", ("Categorie", *STAND[1:]), [_stand(s) for s in overview.categories]))
    head = ("Nummer", "Dossier", "Stand", "ODA", "Niet-ODA", "Onbekend", "Totaal")
    return [*tables, Tabel("Dossiers", head, rows)]


def _stand(stand: Stand) -> list[Any]:
    return [stand.label, stand.available, stand.proposed, stand.reserved, stand.granted, stand.free]


def _of_ledger(request: Request, fund: Fund, year: int) -> list[Tabel]:
    found: Ledger = ledger(fund, year, request.user, MutatieFilter(request.GET, fund=fund).chosen(), size=None)
    rows: list[list[Any]] = [
        [
            p.mutatie.occurred_on.isoformat(), p.mutatie.get_soort_display(), p.mutatie.dossier.number, p.mutatie.dossier.title,
            p.category.name, p.get_oda_display(), p.get_van_display(), p.get_naar_display(), p.amount, str(p.mutatie.by), p.mutatie.reason,
        ]
        for p in found.posts
    ]  # fmt: skip
    if found.other:
        rows.append(["", "", "", OVERIGE, "", "", "", "Stand nu", found.other, "", ""])
    head = ("Datum", "Wat", "Nummer", "Dossier", "Categorie", "ODA", "Van", "Naar", "Bedrag", "Door", "Reden")
    if found.more:
        rows.append(
            ["", "", "", f"Dit zijn de nieuwste {MOST} mutaties. Filter voor de andere.", "", "", "", "", None, "", ""]
        )
    tables = [Tabel(f"Mutaties {year}", head, rows)]
    moved = [
        [o.decided_on.isoformat(), f"{o.source.name} {o.source.year}", f"{o.target.name} {o.target.year}",
         o.get_oda_display(), o.amount, str(o.by), o.reason, o.reference]
        for o in transfers(fund, year)
    ]  # fmt: skip
    head = ("Datum", "Van", "Naar", "ODA", "Bedrag", "Door", "Reden", "Kenmerk")
    return [*tables, Tabel("Verschoven plafonds", head, moved)] if moved else tables


def _of_years(request: Request, fund: Fund, year: int) -> list[Tabel]:
    return [Tabel("Meerjarig", ("Jaar", *STAND[1:]), [_stand(s) for _, s, _ in multi_year(fund)])]


def _of_ambition(request: Request, fund: Fund, year: int) -> list[Tabel]:
    found: Ambition = ambition(fund, year, request.user)
    head = ("Nummer", "Dossier", *map(str, found.years), "Totaal")
    rows: list[list[Any]] = [[c.dossier.number, c.dossier.title, *c.years, c.total] for c in found.claims if c.dossier]
    if found.other:
        rows.append(["", OVERIGE, *found.other.years, found.other.total])
    rows.append(["", "Samen", *found.asked, sum(found.asked)])
    rows.append(["", "Beschikbaar", *(s.available for s in found.stands), None])
    rows.append(["", "Verschil", *found.room, None])
    return [Tabel("Ambitie en middelen", head, rows)]


TABELLEN: dict[str, Callable[[Request, Fund, int], list[Tabel]]] = {
    "jaar": _of_year,
    "mutaties": _of_ledger,
    "meerjarig": _of_years,
    "ambitie": _of_ambition,
}
