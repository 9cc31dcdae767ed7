"""Pages about the system itself."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from cases import access
from cases.http import Request
from cases.rights import ALLE, RIGHTS, Act, Right


def rechten(request: Request) -> HttpResponse:
    """The rights table, as cases.access reads it."""
    access.require(request.user, Act.RECHTEN_LEZEN)
    return render(
        request,
        "beheer/rechten.html",
        {"rechten": [_row(right) for right in RIGHTS.values()], "fasenplan_url": _phase_plan()},
    )


def _row(right: Right) -> dict[str, str]:
    """A right as a row; the explanation of a design choice stands once above the table."""
    return {
        "handeling": str(right.act.label),
        "wie": "Iedereen met een functie" if right.holders == ALLE else right.sentence,
        "bijzonderheden": right.note or "Geen",
        "bron": right.source.partition(":")[0] if right.source.startswith("ontwerpkeuze") else right.source,
    }


def _phase_plan() -> str:
    """The page with the arrows, which a room above owns; "" without it."""
    try:
        return reverse("fasenplan")
    except NoReverseMatch:
        return ""
