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
from geintegreerd import typed

LAST = 5
log = logging.getLogger(__name__)
NOT_OURS = "Wij konden niet nagaan of dit van u komt. Kopieer uw tekst en vernieuw daarna de pagina."


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: usually because someone logged in again in another window.

    Nothing is carried out or kept. Who shows the key of a page of ours gets the text back, to copy; and when that page was
    drawn for this very person a button to put it into the form again.
    """
    request.refusal, request.unproven = NOT_OURS, True
    key = typed.own_key(request)
    context = {
        "teksten": typed.sent_texts(request) if typed.sent_key(request) else [],
        "velden": _fields(request) if key else [],
    }
    return render(request, "403_csrf.html", context, status=403)


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Everything that was sent but the token, as (name, value)."""
    fields = typed.sent_data(request).lists()
    return [(name, value) for name, values in fields if name != "csrfmiddlewaretoken" for value in values]


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
