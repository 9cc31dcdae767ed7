"""Error pages that Django asks for by name."""

import logging
import secrets

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from cases.selectors import dossiers
from cases.selectors.dossiers import Filters

LAST = 5
log = logging.getLogger(__name__)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: usually an expired session."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Too much at once is 413; anything else that we cannot read is 400."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def too_many(request: HttpRequest, seconds: int = 60) -> HttpResponse:
    """Too often in too short a time: 429, with when it may be tried again."""
    page = render(request, "429.html", {"minuten": max(1, seconds // 60)}, status=429)
    page.headers["Retry-After"] = str(seconds)
    return page


def not_found(request: HttpRequest, exception: Exception | None = None, status: int = 404) -> HttpResponse:
    """The same page for what does not exist and for what this person may not see, with their own last dossiers."""
    user = getattr(request, "user", None)
    known = dossiers.page(user, Filters()).rows[:LAST] if user is not None and user.is_authenticated else []
    return render(request, "404.html", {"laatste": known}, status=status)


def broken(request: HttpRequest) -> HttpResponse:
    """An accident of ours: a page that asks nothing of the database, with a reference that also stands in the log."""
    reference = f"{timezone.localtime():%Y-%m-%d %H.%M} {secrets.token_hex(3).upper()}"
    log.error("Error page given with reference %s", reference)
    return HttpResponse(render_to_string("500.html", {"kenmerk": reference}), status=500)
