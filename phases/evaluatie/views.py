"""The page of this phase's product."""

from django.http import HttpResponse

from cases.http import Request
from cases.views.products import current_page
from phases.evaluatie.papers import EvaluatiePaper


def evaluatie(request: Request, number: str) -> HttpResponse:
    """The final evaluation, to write or to read."""
    return current_page(request, number, EvaluatiePaper())
