"""Typed text survives the end of a session, a refused form and a failed check: between the browser and the views."""

from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from cases.exceptions import Conflict, NotPossible
from cases.forms.typed import BUILT_ON
from cases.models import TypedText
from cases.services import typed

KEPT = "Uw tekst is bewaard. Log in, dan staat die weer in het formulier."
OWN_ADDRESSES = {"concept_bewaren", "concept_weg"}


class PageForm:
    """What the form on a page needs: its key, and what this person typed there before. Asked only when there is a form."""

    name = typed.KEY

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def key(self, earlier: TypedText | None, labels: dict[str, str]) -> str:
        """A refused form goes on under the key it was sent with: the same window, the same address."""
        sent = own_key(self.request)
        return (sent or self._new_key(earlier, labels)).signed()

    def key_to_throw_away(self, row: TypedText) -> str:
        """With which the text of another window can be thrown away, and nothing else."""
        return self._new_key(row, {}).signed()

    def _new_key(self, earlier: TypedText | None, labels: dict[str, str]) -> typed.Key:
        dossier = getattr(self.request, "dossier", None)
        return typed.new_key(self.request.user, self.request.path, dossier, earlier, labels)

    def sent_texts(self) -> list[tuple[str, str]]:
        """What was typed in the form that was sent, for a page that has to give it back."""
        return sent_texts(self.request)

    @cached_property
    def kept(self) -> list[TypedText]:
        return typed.kept(self.request.user, self.request.path)


def page_form(request: HttpRequest) -> dict[str, PageForm | None]:
    """Context processor for {% getypt %}."""
    signed_in = hasattr(request, "user") and request.user.is_authenticated
    return {"getypt": PageForm(request) if signed_in else None}


def sent_data(request: HttpRequest) -> QueryDict:
    """The fields of a POST; none when they could not be read, which has got its own answer by then."""
    try:
        return request.POST
    except (SuspiciousOperation, MultiPartParserError, OSError):
        return QueryDict()


def sent_key(request: HttpRequest) -> typed.Key | None:
    """The key of the form that was sent."""
    return typed.read_key(sent_data(request).get(typed.KEY, ""))


def own_key(request: HttpRequest) -> typed.Key | None:
    """The key of the form that was sent, when it was drawn for this very person."""
    key = sent_key(request)
    return key if key and request.user.is_authenticated and key.user_id == request.user.pk else None


def sent_texts(request: HttpRequest) -> list[tuple[str, str]]:
    """What someone typed, as (label, text), to be copied from a page. What the page itself put in is left out.

    The labels travel in the key. A field that it does not know is "Tekst", and only shown when it holds more than a word.
    """
    data, texts = sent_data(request), []
    key = typed.read_key(data.get(typed.KEY, ""))
    labels = key.labels if key else {}
    for name, values in typed.typed_in(data).lists():
        if name in BUILT_ON or name.startswith(("seen", "password")):
            continue
        shown = [labels.get(f"{name}={value}", value) for value in values if value.strip()]
        if shown and (name in labels or not labels or any(len(value.split()) > 1 for value in shown)):
            texts.append((labels.get(name, "Tekst"), ", ".join(shown)))
    return texts


def kept(request: HttpRequest, key: typed.Key) -> bool:
    """Keeps what was sent; False when that cannot be."""
    try:
        typed.keep(key=key, data=sent_data(request))
    except (Http404, typed.TooMuch, NotPossible, Conflict):
        return False
    return True


class LoginRequired(LoginRequiredMiddleware):
    """Every page is closed to who is not logged in, unless its view is login_not_required.

    A form that is sent after the session ended is not carried out. Its text is kept for the person the form was drawn for,
    who finds it in the form after logging in; somebody else who logs in finds nothing.
    """

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:
        key = sent_key(request)
        saved = bool(key and kept(request, key))
        to_login = f"{reverse('account_login')}?{urlencode({'next': key.path if key else _page_of(request)})}"
        if saved and not _said(request):
            messages.info(request, KEPT)
        if request.htmx:
            return HttpResponseClientRedirect(to_login)
        if request.method == "POST" and not saved and (typed_texts := sent_texts(request)):
            context = {"teksten": typed_texts, "inloggen": to_login}
            return render(request, "account/uitgelogd.html", context, status=403)
        return redirect(to_login)


def _said(request: HttpRequest) -> bool:
    """Whether the message is waiting already: a field that was left and the form that was sent may both be refused."""
    waiting = messages.get_messages(request)
    said = any(message.message == KEPT for message in waiting)
    waiting.used = False
    return said


def _page_of(request: HttpRequest) -> str:
    """The page on which this request was made, to come back to; only ever an address of our own."""
    if request.method in {"GET", "HEAD"} and not request.htmx:
        return request.get_full_path()
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"


class KeepTyped:
    """After a form was sent: saved means that its text is no longer kept, refused means that it is."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        # A form that failed the check may come from anywhere: nothing of it is kept.
        proven = request.method == "POST" and match and not getattr(request, "unproven", False)
        if proven and match.url_name not in OWN_ADDRESSES and (key := own_key(request)):
            if response.status_code == 302:
                typed.finish(key=key)
            elif response.status_code >= 400:
                kept(request, key)
        return response
