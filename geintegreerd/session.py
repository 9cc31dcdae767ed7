"""A session ends at a known moment: the page can warn before it, and one click moves it."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

END = "einde"


def begin(request: HttpRequest) -> None:
    """The session lasts its full age from now."""
    request.session[END] = int(timezone.now().timestamp()) + settings.SESSION_COOKIE_AGE


def seconds_left(request: HttpRequest) -> int | None:
    """How long the session of this request still lasts; None when it has no end of its own."""
    end = request.session.get(END) if hasattr(request, "session") else None
    return None if end is None else end - int(timezone.now().timestamp())


class SessionEnd:
    """Holds a session to its end, also when something stored in it made Django keep it longer."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        left = seconds_left(request)
        if left is not None and left <= 0:
            logout(request)
        return self.get_response(request)


@require_POST
def extend(request: HttpRequest) -> HttpResponse:
    """ "Blijf ingelogd": answers with how many seconds there are again."""
    begin(request)
    return HttpResponse(str(settings.SESSION_COOKIE_AGE), content_type="text/plain")
