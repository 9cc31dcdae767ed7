"""Headers on every answer, the domain's refusals as pages, and the work lists kept up to date."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from cases.exceptions import Conflict, Denied, NotPossible
from geintegreerd.pages import errors
from phases.process import worklist

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


METHODS = ("GET", "HEAD", "POST")
FORMS = ("", "application/x-www-form-urlencoded", "multipart/form-data")


class Readable:
    """Stops early what no view could read: another method, a NUL byte in the address, a body that is no form in our charset."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            page = render(request, "405.html", status=405)
            page.headers["Allow"] = ", ".join(METHODS)
            return page
        if "\x00" in request.path_info:
            return errors.not_found(request)
        charset = (request.content_params or {}).get("charset", "utf-8")
        foreign = request.content_type == "multipart/form-data" and charset.lower() not in {"utf-8", "utf8"}
        if foreign or (request.method == "POST" and request.content_type not in FORMS):
            return render(request, "400.html", status=400)
        return self.get_response(request)


SENTENCES = {
    403: "U mag dit niet doen. Er is niets gewijzigd.",
    404: "Deze pagina bestaat niet, of u mag die niet zien.",
    409: "Iemand was u voor. Vernieuw de pagina en bekijk hoe het er nu voor staat.",
    413: "Uw tekst is te groot om te bewaren. Kort de tekst in of verstuur die in delen.",
    422: "Dit kan nu niet. Controleer uw antwoorden.",
}
OTHERWISE = "Er ging iets mis. De fout ligt bij ons. Wat u typte, staat nog in dit scherm."


class Fragments:
    """A part of a page that cannot come is one sentence: never a whole error page inside a page, nor another page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.htmx and response.status_code >= 400:
            sentence = getattr(request, "refusal", "") or SENTENCES.get(response.status_code, OTHERWISE)
            fragment = render_to_string("components/storing.html", {"zin": sentence})
            response = HttpResponse(fragment, status=response.status_code)
        elif request.htmx and response.status_code == 302:
            response = HttpResponseClientRedirect(response["Location"])
        patch_vary_headers(response, ["HX-Request"])
        return response


class Refusals:
    """Turns Denied, Conflict and NotPossible from a view into 403, 409 and 422, and gives a 405 its page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            page = render(request, "405.html", {"dossier_url": _dossier_url(request)}, status=response.status_code)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Denied | Conflict | NotPossible):
            request.refusal = str(exception)
        if isinstance(exception, Denied):
            context = {"reden": exception.reason, "hoe": exception.how, "dossier_url": _dossier_url(request)}
            return render(request, "403.html", context, status=403)
        if isinstance(exception, Conflict):
            return render(request, "409.html", {"zin": exception.sentence, "url": exception.url}, status=409)
        if isinstance(exception, NotPossible):
            back = _dossier_url(request) or "/"
            return render(request, "422.html", {"redenen": exception.sentences, "url": back}, status=422)
        return None


class UpToDate:
    """After a request that may have changed something: who is up in that dossier is judged again before the next page is drawn."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code < 400:
            worklist.bring_up_to_date(limit=5)
        return response


def _dossier_url(request: HttpRequest) -> str:
    """The address of the dossier that was found for this request; "" when there was none, or none that may be seen."""
    dossier = getattr(request, "dossier", None)
    return dossier.get_absolute_url() if dossier else ""
