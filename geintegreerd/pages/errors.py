"""Error pages that Django asks for by name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: usually an expired session."""
    context = {
        "reden": "Wij konden niet vaststellen dat dit formulier van u komt. Misschien was u te lang weg.",
        "hoe": "Ga terug, ververs de pagina en probeer het opnieuw.",
    }
    return render(request, "403.html", context, status=403)
