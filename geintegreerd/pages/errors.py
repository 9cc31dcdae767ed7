"""Error pages that Django asks for by name."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from geintegreerd import typed

NOT_OURS = "Wij konden niet nagaan of dit van u komt. Kopieer uw tekst en vernieuw daarna de pagina."


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: usually because someone logged in again in another window.

    Nothing is carried out or kept. Who shows the key of a page of ours gets the text back, to copy; and when that page was
    drawn for this very person a button to put it into the form again.
    """
    request.refusal, request.unproven = NOT_OURS, True
    key = typed.own_key(request)
    context = {
        "teksten": typed.texts(request) if typed.sent_key(request) else [],
        "velden": _fields(request) if key else [],
    }
    return render(request, "403_csrf.html", context, status=403)


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Everything that was sent but the token, as (name, value)."""
    fields = typed.sent_data(request).lists()
    return [(name, value) for name, values in fields if name != "csrfmiddlewaretoken" for value in values]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Too much at once is 413; anything else that we cannot read is 400 with the page for an unknown address."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "404.html", status=400)
