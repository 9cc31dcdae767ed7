"""The page of this phase's product."""

from django.http import HttpResponse

from cases.http import Request
from cases.views.products import current_page
from phases.planning.papers import PlanPaper


def plan(request: Request, number: str) -> HttpResponse:
    """The plan, to write or to read."""
    return current_page(request, number, PlanPaper())
