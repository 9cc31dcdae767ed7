"""What is registered about a dossier, registering one fact, and confirming it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases import access
from cases.access import Refused
from cases.forms.controle import Bevestiging
from cases.http import Request
from cases.models import Dossier
from cases.rights import Act
from phases.vastlegging import selectors, services
from phases.vastlegging.forms import VastleggingForm
from phases.vastlegging.models import Vastlegging
from phases.vastlegging.soorten import SOORTEN, Soort


def vastleggingen(request: Request, number: str) -> HttpResponse:
    """Every fact that this dossier registers, with the one that counts."""
    dossier = access.get_or_404(request, number)
    return render(request, "vastlegging/lijst.html", {"dossier": dossier, "regels": selectors.overview(dossier)})


def vastlegging(request: Request, number: str, soort: str) -> HttpResponse:
    """One kind of fact: what is registered, and registering it anew."""
    dossier = access.get_or_404(request, number)
    kind = _soort_or_404(soort)
    if request.method == "POST":
        access.require(request.user, kind.act, dossier, selectors.ministry(kind, dossier))
    form = VastleggingForm(request.POST or None, soort=kind, newest=selectors.newest(dossier, soort))
    form.over = kind.vraag
    act = {"dossier_id": dossier.pk, "soort": soort, "by": request.user}
    if form.klaar and form.lukt(services.register, **act, **form.cleaned_data):
        messages.success(request, f"{kind.label}: vastgelegd.")
        return redirect("vastlegging", number, soort)
    return _page(request, dossier, kind, form)


@require_POST
def vastlegging_bevestigen(request: Request, number: str, vastlegging_id: int) -> HttpResponse:
    """The second person confirms the decision of a minister."""
    dossier = access.get_or_404(request, number)
    row = get_object_or_404(Vastlegging, pk=vastlegging_id, ronde__dossier=dossier)
    form = Bevestiging(request)
    if form.lukt(services.confirm, vastlegging_id=row.pk, by=request.user):
        messages.success(request, "Het besluit is bevestigd.")
        return redirect("vastlegging", number, row.soort)
    return _page(request, dossier, SOORTEN[row.soort], form)


def _page(request: Request, dossier: Dossier, kind: Soort, form: VastleggingForm | Bevestiging) -> HttpResponse:
    allowed = access.may(request.user, kind.act, dossier, selectors.ministry(kind, dossier))
    rows = list(selectors.rows(dossier, kind.name))
    current = next((row for row in rows if row.ronde.number == dossier.ronde_number), None)
    context = {
        "dossier": dossier,
        "soort": kind,
        "form": form,
        "geldt": current,
        "eerder": [row for row in rows if row is not current],
        "mag": bool(allowed) and isinstance(form, VastleggingForm),
        "mag_niet": allowed.reason if isinstance(allowed, Refused) else "",
        "mag_bevestigen": _may_confirm(request, dossier, kind, current),
    }
    return render(request, form.sjabloon("vastlegging/soort.html"), context, status=form.status)


def _may_confirm(request: Request, dossier: Dossier, kind: Soort, row: Vastlegging | None) -> bool:
    waits = kind.confirmed and row is not None and not row.is_confirmed and row.by_id != request.user.pk
    return waits and bool(access.may(request.user, Act.BESLUIT_BEVESTIGEN, dossier, selectors.ministry(kind, dossier)))


def _soort_or_404(soort: str) -> Soort:
    if soort not in SOORTEN:
        raise Http404
    return SOORTEN[soort]
