"""The phase plan as a page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases import access
from cases.rights import Act
from phases.process import plan


@login_required
def fasenplan(request: HttpRequest) -> HttpResponse:
    """Stations, arrows and gates, as the code has them."""
    access.require(request.user, Act.RECHTEN_LEZEN)
    context = {"stations": plan.stations(), "pijlen": plan.arrows(), "poorten": plan.all_gates()}
    return render(request, "beheer/fasenplan.html", context)
