"""Setting a gate aside: one asks, another grants, until a date."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases import access
from cases.rights import RIGHTS, Act
from phases.process import facts as facts_module
from phases.process import selectors, services
from phases.process.forms import AfwijkingForm
from phases.process.models import Waiver
from phases.process.table import GATES


@login_required
def afwijkingen(request: HttpRequest, number: str) -> HttpResponse:
    """Every waiver of the dossier, and asking for one."""
    dossier = access.get_or_404(request, number)
    facts = request.facts = facts_module.load(dossier)
    gates = [gate for gate in services.waivable_gates(dossier) if gate.applies(facts)]
    form = AfwijkingForm(request.POST or None, gates=gates)
    if request.method == "POST":
        access.require(request.user, Act.STAP_ZETTEN, dossier)
        if form.is_valid():
            services.ask_waiver(dossier_id=dossier.pk, by=request.user, **form.cleaned_data)
            messages.success(request, "Uw verzoek is vastgelegd. Een ander moet de afwijking nog verlenen.")
            return redirect("afwijkingen", dossier.number)
    context = {
        "dossier": dossier,
        "rijen": selectors.waivers(dossier, GATES),
        "form": form if gates and access.may(request.user, Act.STAP_ZETTEN, dossier) else None,
        "poorten": gates,
        "mag_verlenen": bool(access.may(request.user, Act.AFWIJKEN, dossier)),
        "recht": RIGHTS[Act.AFWIJKEN],
        "mag_niet": "" if access.may(request.user, Act.STAP_ZETTEN, dossier) else RIGHTS[Act.STAP_ZETTEN].sentence,
    }
    return render(request, "fasen/afwijkingen.html", context, status=form.status)


@require_POST
@login_required
def afwijking_verlenen(request: HttpRequest, number: str, waiver_id: int) -> HttpResponse:
    """Somebody else than the asker sets the gate aside."""
    dossier = access.get_or_404(request, number)
    waiver = get_object_or_404(Waiver, pk=waiver_id, ronde__dossier=dossier)
    services.grant_waiver(waiver_id=waiver.pk, by=request.user)
    messages.success(request, "De afwijking is verleend.")
    return redirect("afwijkingen", dossier.number)
