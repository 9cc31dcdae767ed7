"""The options: side by side with the nota, each on a page of its own, and removing one after a question."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from cases import access
from cases.forms.controle import Bevestiging
from cases.http import Request
from cases.models import Dossier
from cases.rights import Act
from cases.views.products import ProductPage
from phases.handelingsopties import selectors, services
from phases.handelingsopties.forms import OptieForm
from phases.handelingsopties.models import Optie
from phases.handelingsopties.papers import OptiesnotaPaper

PAPER = OptiesnotaPaper()


def opties(request: Request, number: str) -> HttpResponse:
    """The options side by side, and the text of the nota."""
    dossier = access.get_or_404(request, number)
    nota = selectors.nota_of(dossier)
    extra = {"vergelijking": selectors.comparison(dossier, nota)}
    return ProductPage(request, dossier, PAPER, nota, template="opties/opties.html", extra=extra).answer()


def optie_nieuw(request: Request, number: str) -> HttpResponse:
    """A new option; it gets its letter when it is saved."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.SCHRIJVEN, dossier)
    form = OptieForm(request.POST or None)
    act = {"dossier_id": dossier.pk, "by": request.user}
    if form.klaar and form.lukt(services.add_option, **act, values=form.values()):
        messages.success(request, f"Optie {form.gedaan.letter} is toegevoegd.")
        return redirect("opties", dossier.number)
    return _page(request, dossier, form)


def optie(request: Request, number: str, letter: str) -> HttpResponse:
    """One option, to change or to read. Who writes in an option that somebody removed keeps the text, for a new one."""
    dossier = access.get_or_404(request, number)
    if request.method != "POST":
        found = _option_or_404(dossier, letter)
        return _page(request, dossier, OptieForm(optie=found), found)
    access.require(request.user, Act.SCHRIJVEN, dossier)
    found = _option(dossier, letter)
    form = OptieForm(request.POST, optie=found)
    act = {"dossier_id": dossier.pk, "letter": letter.upper(), "by": request.user}
    if form.klaar and form.lukt(
        services.change_option, **act, seen_stamp=form.cleaned_data["seen_stamp"], values=form.values()
    ):
        messages.success(request, f"Optie {form.gedaan.letter} is opgeslagen.")
        return redirect("opties", dossier.number)
    return _page(request, dossier, form, found)


def optie_verwijderen(request: Request, number: str, letter: str) -> HttpResponse:
    """Asks whether the option may really go; removing cannot be undone."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.SCHRIJVEN, dossier)
    form = Bevestiging(request)
    act = {"dossier_id": dossier.pk, "letter": letter.upper(), "by": request.user}
    if form.klaar and form.lukt(services.remove_option, **act):
        messages.success(request, f"Optie {letter.upper()} is verwijderd.")
        return redirect("opties", dossier.number)
    found = _option(dossier, letter) if form.is_bound else _option_or_404(dossier, letter)
    context = {"dossier": dossier, "fase": PAPER.phase, "optie": found, "form": form, "letter": letter.upper()}
    return render(request, "opties/verwijderen.html", context, status=form.status)


def _option(dossier: Dossier, letter: str) -> Optie | None:
    options = Optie.objects.select_related("nota__document")
    return options.filter(
        nota__ronde__dossier=dossier, nota__ronde__number=dossier.ronde_number, letter=letter.upper()
    ).first()


def _option_or_404(dossier: Dossier, letter: str) -> Optie:
    found = _option(dossier, letter)
    if found is None:
        raise Http404
    return found


def _page(request: Request, dossier: Dossier, form: OptieForm, found: Optie | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "dossier": dossier,
        "fase": PAPER.phase,
        "form": form,
        "optie": found,
        "delen": selectors.parts(found) if found else [],
        "ontbreekt": found.missing() if found else [],
        "mag_schrijven": bool(access.may(request.user, Act.SCHRIJVEN, dossier)),
    }
    return render(request, form.sjabloon("opties/optie.html"), context, status=form.status)
