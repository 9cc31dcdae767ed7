"""A page with rows and a form to add one: indicators, steps in parliament, toezeggingen, lessons. Every room's list goes through here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cases import access
from cases.access import Refused
from cases.forms.controle import Handeling
from cases.http import Request
from cases.models import Dossier, Ministry
from cases.rights import Act


@dataclass
class Register:
    """The words of such a page, and its rows as cells in the order of the columns."""

    titel: str
    vraag: str
    knop: str
    uitleg: str
    bron: str
    kolommen: tuple[str, ...]
    leeg: tuple[str, str, str]
    cellen: list[tuple[Any, ...]] = field(default_factory=list)
    terug: str = ""
    ook: tuple[str, str] | None = None
    overnemen: tuple[str, str] | None = None  # the button and address that fill an empty register from an earlier one

    @property
    def rijen(self) -> list[list[tuple[str, Any]]]:
        """Every row with the heading of each cell."""
        return [list(zip(self.kolommen, row, strict=True)) for row in self.cellen]


def page(
    request: Request,
    dossier: Dossier,
    register: Register,
    form: Handeling,
    *,
    act: Act,
    service: Callable[..., object],
    done: str,
    back: tuple[str, ...],
    ministry: Ministry | None = None,
    **about: Any,
) -> HttpResponse:
    """Shows the register, or adds what the form says with `service` and goes to `back`. `about` tells the service what it is about."""
    allowed = access.may(request.user, act, dossier, ministry or dossier.lead)
    if request.method == "POST" and isinstance(allowed, Refused):
        allowed.deny()
    given = {"dossier_id": dossier.pk, "by": request.user, **about}
    if form.klaar and form.lukt(service, **given, **form.cleaned_data):
        messages.success(request, done)
        return redirect(*back)
    context = {
        "dossier": dossier,
        "register": register,
        "form": form,
        "mag": bool(allowed),
        "mag_niet": allowed.reason if isinstance(allowed, Refused) else "",
    }
    return render(request, form.sjabloon("register/lijst.html"), context, status=form.status)
