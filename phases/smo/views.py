"""The agenda of the SMO, and what it says about a dossier."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cases import access
from cases.http import Request
from cases.models import DocumentVersion, Dossier, User
from cases.namens import ministries_for
from cases.rights import Act
from phases.smo import selectors, services
from phases.smo.forms import AanbiedenForm, ConclusieForm, StandpuntForm
from phases.smo.selectors import Item


def agenda(request: Request) -> HttpResponse:
    """What lies before the SMO, by meeting."""
    items = selectors.agenda(request.user)
    held = [i for i in items if i.held]
    rest = groupby((i for i in items if not i.held), key=lambda i: i.aanbieding.meeting_on)
    meetings = [(day, list(group)) for day, group in rest]
    context = {"vergaderingen": meetings, "aangehouden": held, "mag": _rights(request.user)}
    return render(request, "smo/agenda.html", context)


def dossier_smo(request: Request, number: str) -> HttpResponse:
    """Everything the SMO ever got about a dossier, with what it said."""
    dossier = access.get_or_404(request, number)
    may_offer = access.may(request.user, Act.SMO_AANBIEDEN, dossier)
    context = {
        "dossier": dossier,
        "items": selectors.for_dossier(dossier),
        "nog_aan_te_bieden": selectors.to_offer(dossier),
        "mag_aanbieden": bool(may_offer),
        "mag": _rights(request.user),
    }
    return render(request, "smo/dossier.html", context)


def aanbieden(request: Request, number: str, version_id: int) -> HttpResponse:
    """Puts a vastgestelde version on the agenda of the SMO."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.SMO_AANBIEDEN, dossier)
    versions = DocumentVersion.objects.select_related("document").defer("html", "content")
    version = get_object_or_404(versions, pk=version_id, document__dossier=dossier)
    form = AanbiedenForm(request.POST or None)
    if form.klaar and form.lukt(services.offer, version_id=version.pk, by=request.user, **form.cleaned_data):
        messages.success(request, f"{version} is aan de SMO aangeboden.")
        return redirect("dossier_smo", number)
    return render(
        request, "smo/aanbieden.html", {"dossier": dossier, "stuk": version, "form": form}, status=form.status
    )


def standpunt(request: Request, number: str, aanbieding_id: int) -> HttpResponse:
    """The page on which an SMO member takes a position on behalf of a ministry."""
    dossier = access.get_or_404(request, number)
    item = _item_or_404(dossier, aanbieding_id)
    own = ministries_for(request.user, Act.STANDPUNT_INNEMEN, dossier, [m for m, _ in item.positions])
    seen = max((p.pk for _, p in item.positions if p), default=0)
    form = StandpuntForm(request.POST or None, ministries=own, seen=seen)
    form.over = f"Uw standpunt gaat over {item.aanbieding.version}."
    if form.klaar and form.lukt(
        services.take_position, aanbieding_id=item.aanbieding.pk, by=request.user, **form.answer()
    ):
        messages.success(request, "Uw standpunt is vastgelegd.")
        return redirect("dossier_smo", number)
    context = {"dossier": dossier, "item": item, "form": form}
    return render(request, form.sjabloon("smo/standpunt.html"), context, status=form.status)


def conclusie(request: Request, number: str, aanbieding_id: int) -> HttpResponse:
    """The page on which the chair, or the secretary on the chair's behalf, concludes."""
    dossier = access.get_or_404(request, number)
    item = _item_or_404(dossier, aanbieding_id)
    access.require(request.user, Act.CONCLUDEREN, dossier)
    seen = item.conclusie.pk if item.conclusie else 0
    form = ConclusieForm(request.POST or None, kind=item.aanbieding.version.document.kind, seen=seen)
    form.over = f"De conclusie gaat over {item.aanbieding.version}."
    if form.klaar and form.lukt(services.conclude, aanbieding_id=item.aanbieding.pk, by=request.user, **form.answer()):
        messages.success(request, "De conclusie is vastgelegd.")
        return redirect("dossier_smo", number)
    context = {"dossier": dossier, "item": item, "form": form}
    return render(request, form.sjabloon("smo/conclusie.html"), context, status=form.status)


def _item_or_404(dossier: Dossier, aanbieding_id: int) -> Item:
    item = selectors.item(dossier, aanbieding_id)
    if item is None:
        raise Http404
    return item


def _rights(user: User) -> dict[str, bool]:
    """What someone may do with what lies before the SMO; costs no query."""
    positions = any(m.ministry and m.ministry.in_smo and m.role == "smo-lid" for m in access.memberships(user))
    return {"standpunt": positions, "conclusie": bool(access.may(user, Act.CONCLUDEREN))}
