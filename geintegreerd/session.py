"""A session ends at a known moment: the page can warn before it, and one click moves it."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends import db
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.prepared import Statement

END = "einde"
STORED = Statement(
    "SELECT session_data FROM django_session WHERE session_key = %(key)s AND expire_date > %(now)s",
    key="text",
    now="timestamptz",
)


class SessionStore(db.SessionStore):
    """Django's sessions in the database; reading one, the first thing of every request, is planned once."""

    def load(self) -> dict:
        found = STORED.rows(key=self.session_key, now=timezone.now())
        if not found:
            self._session_key = None
            return {}
        return self.decode(found[0][0])


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
