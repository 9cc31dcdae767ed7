"""Error pages that Django asks for by name."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


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
