"""The request as our views get it: someone is logged in, and the header's facts may already be there."""

from typing import Any

from django.http import HttpRequest

from cases.models import Dossier, User


class Request(HttpRequest):
    """For annotations only: what login_required and access.get_or_404 make of a request."""

    user: User
    dossier: Dossier
    facts: Any
