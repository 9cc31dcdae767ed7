"""The options: side by side with the nota, each on a page of its own, and removing one after a question."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cases import access
from cases.exceptions import Conflict
from cases.http import Request
from cases.models import Dossier
from cases.rights import Act
from cases.views.products import ProductPage
from phases.handelingsopties import selectors, services
from phases.handelingsopties.forms import OptieForm, form_beside, form_of
from phases.handelingsopties.models import Optie
from phases.handelingsopties.papers import OptiesnotaPaper

PAPER = OptiesnotaPaper()


@login_required
def opties(request: Request, number: str) -> HttpResponse:
    """The options side by side, and the text of the nota."""
    dossier = access.get_or_404(request, number)
    nota = selectors.nota_of(dossier)
    extra = {"vergelijking": selectors.comparison(dossier, nota)}
    return ProductPage(request, dossier, PAPER, nota, template="opties/opties.html", extra=extra).answer()


@login_required
def optie_nieuw(request: Request, number: str) -> HttpResponse:
    """A new option; it gets its letter when it is saved."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.SCHRIJVEN, dossier)
    form = OptieForm(request.POST or None)
    if form.is_valid():
        made = services.add_option(dossier_id=dossier.pk, by=request.user, values=form.values())
        messages.success(request, f"Optie {made.letter} is toegevoegd.")
        return redirect("opties", dossier.number)
    return _page(request, dossier, form, status=form.status)


@login_required
def optie(request: Request, number: str, letter: str) -> HttpResponse:
    """One option, to change or to read."""
    dossier = access.get_or_404(request, number)
    found = _option_or_404(dossier, letter)
    if request.method != "POST":
        return _page(request, dossier, form_of(found), found)
    access.require(request.user, Act.SCHRIJVEN, dossier)
    form = OptieForm(request.POST)
    if not form.is_valid():
        return _page(request, dossier, form, found, status=form.status)
    return _change(request, dossier, found, form)


def _change(request: Request, dossier: Dossier, found: Optie, form: OptieForm) -> HttpResponse:
    seen = form.cleaned_data["seen_stamp"]
    try:
        services.change_option(
            dossier_id=dossier.pk, letter=found.letter, by=request.user, seen_stamp=seen, values=form.values()
        )
    except Conflict as conflict:
        fresh = _option_or_404(dossier, found.letter)
        again = form_beside(request.POST, fresh, form.values())
        return _page(request, dossier, again, fresh, status=409, conflict=conflict.sentence)
    messages.success(request, f"Optie {found.letter} is opgeslagen.")
    return redirect("opties", dossier.number)


@login_required
def optie_verwijderen(request: Request, number: str, letter: str) -> HttpResponse:
    """Asks whether the option may really go; removing cannot be undone."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.SCHRIJVEN, dossier)
    found = _option_or_404(dossier, letter)
    if request.method == "POST":
        services.remove_option(dossier_id=dossier.pk, letter=found.letter, by=request.user)
        messages.success(request, f"Optie {found.letter} is verwijderd.")
        return redirect("opties", dossier.number)
    return render(request, "opties/verwijderen.html", {"dossier": dossier, "fase": PAPER.phase, "optie": found})


def _option_or_404(dossier: Dossier, letter: str) -> Optie:
    options = Optie.objects.select_related("nota__document")
    return get_object_or_404(
        options, nota__ronde__dossier=dossier, nota__ronde__number=dossier.ronde_number, letter=letter.upper()
    )


def _page(
    request: Request,
    dossier: Dossier,
    form: OptieForm,
    found: Optie | None = None,
    status: int = 200,
    conflict: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "dossier": dossier,
        "fase": PAPER.phase,
        "form": form,
        "optie": found,
        "delen": selectors.parts(found) if found else [],
        "ontbreekt": found.missing() if found else [],
        "mag_schrijven": bool(access.may(request.user, Act.SCHRIJVEN, dossier)),
        "conflict": conflict,
    }
    return render(request, "opties/optie.html", context, status=status)
