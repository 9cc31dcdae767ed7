"""Pages about the system itself."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from cases import access
from cases.rights import ALLE, RIGHTS, Act


@login_required
def rechten(request: HttpRequest) -> HttpResponse:
    """The rights table, as cases.access reads it."""
    access.require(request.user, Act.RECHTEN_LEZEN)
    rows = [{"recht": right, "wie": "Iedereen met een functie" if right.holders == ALLE else right.sentence} for right in RIGHTS.values()]
    return render(request, "beheer/rechten.html", {"rechten": rows, "fasenplan_url": _phase_plan()})


def _phase_plan() -> str:
    """The page with the arrows, which a room above owns; "" without it."""
    try:
        return reverse("fasenplan")
    except NoReverseMatch:
        return ""
