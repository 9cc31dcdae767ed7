"""Decisions about the papers of a dossier: what is awaited, registering, confirming."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases import access
from cases.forms.controle import Bevestiging
from cases.http import Request
from cases.models import DocumentVersion, Dossier, PaperStatus, User
from phases.besluit import selectors, services
from phases.besluit.forms import BesluitForm
from phases.besluit.models import Besluit, Orgaan
from phases.smo import selectors as smo


def besluiten(request: Request, number: str) -> HttpResponse:
    """What still must be decided, and what was decided."""
    return _overview(request, access.get_or_404(request, number), Bevestiging(request))


def _overview(request: Request, dossier: Dossier, form: Bevestiging) -> HttpResponse:
    """The page with every decision; at the top it says why what was asked with `form` could not be done."""
    made = list(selectors.for_dossier(dossier))
    context = {
        "dossier": dossier,
        "stukken": [(s, bool(_organs_for(request.user, s.version, dossier))) for s in selectors.stukken(dossier, made)],
        "besluiten": [(b, _may_confirm(request.user, b, dossier)) for b in made],
        "form": form,
    }
    return render(request, "besluit/besluiten.html", context, status=form.status)


def nieuw(request: Request, number: str, version_id: int) -> HttpResponse:
    """Registers a decision about one version."""
    dossier = access.get_or_404(request, number)
    versions = DocumentVersion.objects.select_related("document").defer("html")
    mine = {
        "document__dossier": dossier,
        "document__kind__in": selectors.DECIDABLE,
        "status__in": PaperStatus.adopted(),
    }
    version = get_object_or_404(versions, pk=version_id, **mine)
    organs = _organs_for(request.user, version, dossier)
    if not organs:
        access.require(request.user, services.registering(selectors.organs(version, dossier)[0]), dossier)
    last = version.besluiten.last()
    initial = {"orgaan": request.GET.get("orgaan", ""), "seen_besluit": last.pk if last else 0}
    form = BesluitForm(request.POST or None, organs=organs, options=selectors.options(version), initial=initial)
    form.over = f"Het besluit gaat over {version}."
    if form.klaar and form.lukt(services.register, version_id=version.pk, by=request.user, **form.cleaned_data):
        messages.success(request, "Het besluit is geregistreerd. Vraag een collega om het te bevestigen.")
        return redirect("besluiten", number)
    context = {"dossier": dossier, "stuk": version, "form": form, "advies": smo.about(version)}
    return render(request, form.sjabloon("besluit/nieuw.html"), context, status=form.status)


@require_POST
def bevestigen(request: Request, number: str, besluit_id: int) -> HttpResponse:
    """The second person confirms."""
    dossier = access.get_or_404(request, number)
    besluit = get_object_or_404(Besluit, pk=besluit_id, ronde__dossier=dossier)
    form = Bevestiging(request)
    if form.lukt(services.confirm, besluit_id=besluit.pk, by=request.user):
        messages.success(request, "Het besluit is bevestigd.")
        return redirect("besluiten", number)
    return _overview(request, dossier, form)


def _organs_for(user: User, version: DocumentVersion, dossier: Dossier) -> list[Orgaan]:
    """The bodies whose decision on this paper someone may register."""
    return [o for o in selectors.organs(version, dossier) if access.may(user, services.registering(o), dossier)]


def _may_confirm(user: User, besluit: Besluit, dossier: Dossier) -> bool:
    waiting = not besluit.is_confirmed and besluit.by_id != user.pk
    return waiting and bool(access.may(user, services.confirming(besluit.orgaan), dossier))
