"""Who takes part in a dossier and therefore reads it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cases import access
from cases.forms.handelingen import DeelnameForm, UittredenForm
from cases.http import Request
from cases.models import Ministry, Participation, Uittreding
from cases.rights import Act
from cases.selectors import people
from cases.services import participation


def betrokkenen(request: Request, number: str) -> HttpResponse:
    """The ministries with their contacts, those that stopped, and everyone who can read."""
    dossier = access.get_or_404(request, number)
    rows = dossier.participations.select_related("ministry", "contact").prefetch_related("ministry__names")
    others = [row.ministry for row in rows if row.ministry_id != dossier.lead_id]
    context = {
        "dossier": dossier,
        "deelnames": rows,
        "lezers": people.readers(dossier),
        "mag": access.may(request.user, Act.DEELNAME_REGELEN, dossier),
        "stopt": access.own_ministries(request.user, Act.DEELNAME_STOPPEN, others),
        "anderen": others,
        "gestopt": Uittreding.objects.filter(dossier=dossier).select_related("ministry", "by").order_by("at"),
    }
    return render(request, "dossier/betrokkenen.html", context)


def deelname(request: Request, number: str) -> HttpResponse:
    """Let a ministry take part, or name another contact."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.DEELNAME_REGELEN, dossier)
    seen, asked = participation.stamp(dossier), request.GET.get("ministerie", "")
    form = DeelnameForm(request.POST or None, seen=seen, ministry=asked)
    act = {"dossier_id": dossier.pk, "by": request.user}
    if form.klaar and form.lukt(participation.join, **act, **form.participation()):
        messages.success(request, _joined(form.gedaan, seen))
        return redirect("betrokkenen", number)
    named = dossier.participations.filter(ministry__code=asked).values_list("ministry__code", flat=True).first()
    context = {"dossier": dossier, "form": form, "neemt_deel": named or ""}
    return render(request, form.sjabloon("dossier/deelname.html"), context, status=form.status)


def _joined(made: Participation, before: str) -> str:
    """What happened, by the stamp of who took part before."""
    code = made.ministry.code
    if f"{code}:" not in before:
        return f"{code} neemt deel aan dit dossier."
    return (
        f"De contactpersoon van {code} is {made.contact}."
        if made.contact
        else f"{code} heeft geen contactpersoon meer."
    )


def deelname_stoppen(request: Request, number: str, code: str) -> HttpResponse:
    """A teamleider ends the participation of the own ministry, with a reason; from then on the dossier is closed to it."""
    dossier = access.get_or_404(request, number)
    ministry = get_object_or_404(Ministry, code=code)
    access.require(request.user, Act.DEELNAME_STOPPEN, dossier, ministry)
    form = UittredenForm(request.POST or None)
    act = {"dossier_id": dossier.pk, "ministry": ministry, "by": request.user}
    if form.klaar and form.lukt(participation.leave, **act, **form.cleaned_data):
        messages.success(request, f"{ministry.code} neemt niet meer deel aan dossier {number}.")
        return redirect("dossiers")
    can_leave = dossier.participations.exclude(ministry=dossier.lead_id).filter(ministry=ministry)
    if not form.is_bound and not can_leave.exists():
        raise Http404
    context = {"dossier": dossier, "ministerie": ministry, "form": form}
    return render(request, "dossier/deelname_stoppen.html", context, status=form.status)
