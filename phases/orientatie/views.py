"""The page of this phase's product."""

from django.http import HttpResponse

from cases.http import Request
from cases.views.products import current_page
from phases.orientatie.papers import SignaalbeoordelingPaper


def signaal(request: Request, number: str) -> HttpResponse:
    """The assessment of the signals, to write or to read."""
    return current_page(request, number, SignaalbeoordelingPaper())
