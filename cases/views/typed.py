"""Keeping typed text while someone writes, and throwing it away."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases.http import Request
from cases.services import typed
from cases.templatetags.notatie import tijd

ELSEWHERE = "In een ander venster staat een andere tekst van u. Beide teksten blijven bewaard."


@require_POST
def bewaren(request: Request) -> HttpResponse:
    """Keeps the fields of a form; the answer goes into its status line, or back to the form itself."""
    key = _own_key(request)
    try:
        moment = typed.keep(key=key, data=request.POST)
    except typed.TooMuch:
        return render(request, "413.html", status=413)
    if not request.htmx:
        return redirect(key.path)
    also = f" {ELSEWHERE}" if typed.kept_elsewhere(key) else ""
    return HttpResponse(f"Concept bewaard om {tijd(moment)}.{also}")


@require_POST
def weggooien(request: Request) -> HttpResponse:
    """Throws typed text away, and shows the page as it is saved."""
    key = _own_key(request)
    typed.finish(key=key)
    return redirect(key.path)


def _own_key(request: Request) -> typed.Key:
    key = typed.read_key(request.POST.get(typed.KEY, ""))
    if key is None or key.user_id != request.user.pk:
        raise Http404
    return key
