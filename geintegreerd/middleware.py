"""Headers on every answer, and the domain's refusals as pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.exceptions import Conflict, Denied, NotPossible

Handler = Callable[[HttpRequest], HttpResponse]


class ResponseHeaders:
    """Nothing of this system may stay in a cache, and the browser gives away nothing it need not."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class Refusals:
    """Turns Denied, Conflict and NotPossible from a view into 403, 409 and 422."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Denied):
            return render(request, "403.html", {"reden": exception.reason, "hoe": exception.how}, status=403)
        if isinstance(exception, Conflict):
            return render(request, "409.html", {"zin": exception.sentence, "url": exception.url}, status=409)
        if isinstance(exception, NotPossible):
            dossier = getattr(request, "dossier", None)
            back = dossier.get_absolute_url() if dossier else "/"
            return render(request, "422.html", {"redenen": exception.sentences, "url": back}, status=422)
        return None
