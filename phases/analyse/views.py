"""The page of this phase's product."""

from django.http import HttpResponse

from cases.http import Request
from cases.views.products import current_page
from phases.analyse.papers import AnalysePaper


def analyse(request: Request, number: str) -> HttpResponse:
    """The joint analysis and assessment, to write or to read."""
    return current_page(request, number, AnalysePaper())
