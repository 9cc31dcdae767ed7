"""The pages of what is set aside: waivers, declarations, refusals, and what must still be caught up."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cases import access
from cases.access import Refused
from cases.forms.controle import Bevestiging
from cases.http import Request
from cases.models import Dossier, Ministry
from cases.phase import Phase
from cases.rights import RIGHTS, Act
from phases.process import afwijkingen as acts
from phases.process import facts as facts_module
from phases.process import selectors, services, verklaringen
from phases.process.afwijking_models import Inhaalplicht, Soort, Verklaring
from phases.process.forms import AfwijkingForm, AfwijzenForm, InhalenForm, VerklaringForm
from phases.process.models import Voorstel, Waiver
from phases.process.table import GATES


def _taking_part(dossier: Dossier) -> list[Ministry]:
    return list(Ministry.objects.filter(pk__in=access.participating(dossier)))


def afwijkingen(request: Request, number: str) -> HttpResponse:
    """Every waiver, declaration and duty of the dossier, and asking for a waiver."""
    dossier = access.get_or_404(request, number)
    may_ask = access.may(request.user, Act.STAP_ZETTEN, dossier)
    if request.method == "POST":
        access.require(request.user, Act.STAP_ZETTEN, dossier)
    facts = request.facts = facts_module.load(dossier)
    gates = [gate for gate in services.waivable_gates(dossier) if gate.applies(facts)]
    offered = gates or [gate for gate in GATES.values() if gate.waivable]
    form = AfwijkingForm(request.POST or None, gates=offered, ministries=_taking_part(dossier))
    if form.klaar and form.lukt(services.ask_waiver, dossier_id=dossier.pk, by=request.user, **form.request()):
        messages.success(request, "Uw verzoek is vastgelegd. Een ander moet de afwijking nog verlenen.")
        return redirect("afwijkingen", dossier.number)
    rows = selectors.waivers(dossier, GATES, facts)
    context = {
        "dossier": dossier,
        "rijen": [(row, row.open and not services.why_not_grant(row.waiver, dossier, request.user)) for row in rows],
        "verklaringen": selectors.declarations(dossier),
        "form": form if may_ask and (gates or form.is_bound) else None,
        "mag_verklaren": bool(may_ask),
        "poorten": gates,
        "recht": RIGHTS[Act.AFWIJKEN],
        "mag_niet": "" if may_ask else RIGHTS[Act.STAP_ZETTEN].sentence,
    }
    return render(request, "fasen/afwijkingen.html", context, status=form.status)


def afwijking_verlenen(request: Request, number: str, waiver_id: int) -> HttpResponse:
    """What setting this gate aside means, and then somebody else than the asker doing it."""
    dossier = access.get_or_404(request, number)
    waiver = get_object_or_404(
        Waiver.objects.select_related("ronde", "requested_by", "plicht__holder", "afwijzing__by"),
        pk=waiver_id,
        ronde__dossier=dossier,
    )
    access.require(request.user, Act.AFWIJKEN, dossier)
    form = Bevestiging(request)
    if form.klaar and form.lukt(services.grant_waiver, waiver_id=waiver.pk, by=request.user):
        messages.success(request, "De afwijking is verleend.")
        return redirect("afwijkingen", dossier.number)
    waiver.refresh_from_db()
    context = {
        "dossier": dossier,
        "form": form,
        "afwijking": waiver,
        "regels": selectors.waiver_lines(waiver, GATES),
        "tot": waiver.until,
        "mag_niet": "" if form.is_bound else services.why_not_grant(waiver, dossier, request.user),
        "verleend": waiver.granted_by_id is not None,
    }
    return render(request, "fasen/afwijking_verlenen.html", context, status=form.status)


def verklaring_nieuw(request: Request, number: str) -> HttpResponse:
    """Asks to declare the dossier kleinschalig, één instrument or spoed."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.STAP_ZETTEN, dossier)
    hints = {soort: rule.when for soort, rule in verklaringen.REGELS.items()}
    form = VerklaringForm(request.POST or None, ministries=_taking_part(dossier), hints=hints)
    if form.klaar and form.lukt(verklaringen.declare, dossier_id=dossier.pk, by=request.user, **form.request()):
        messages.success(request, "Uw verzoek is vastgelegd. Er verandert pas iets als anderen akkoord gaan.")
        return redirect("verklaring", dossier.number, form.gedaan.pk)
    context = {"dossier": dossier, "form": form, "soorten": _kinds(dossier)}
    return render(request, form.sjabloon("fasen/verklaring_nieuw.html"), context, status=form.status)


def _kinds(dossier: Dossier) -> list[dict[str, Any]]:
    """Each declaration with its source and the rules that it sets aside from here on."""
    phase = Phase(dossier.phase)
    return [
        {"naam": soort.label, "bron": rule.source, "regels": [g.rule for g in verklaringen.gates_of(soort, phase)]}
        for soort, rule in verklaringen.REGELS.items()
    ]


def verklaring(request: Request, number: str, verklaring_id: int) -> HttpResponse:
    """What is declared, which rules it sets aside, who agreed; and agreeing."""
    dossier = access.get_or_404(request, number)
    rows = Verklaring.objects.select_related("ronde", "holder", "requested_by", "afwijzing__by")
    asked = get_object_or_404(rows, pk=verklaring_id, ronde__dossier=dossier)
    form = Bevestiging(request)
    if request.method == "POST":
        judged, _ = verklaringen.may_agree(asked, dossier, request.user)
        if isinstance(judged, Refused) and not asked.akkoorden.filter(by=request.user).exists():
            judged.deny()
    if form.klaar and form.lukt(verklaringen.agree, verklaring_id=asked.pk, by=request.user):
        messages.success(request, "Uw akkoord is vastgelegd.")
        return redirect("afwijkingen", dossier.number)
    complete = verklaringen.is_complete(asked)
    why = verklaringen.why_not_agree(asked, dossier, request.user)
    context = {
        "dossier": dossier,
        "verklaring": asked,
        "form": form,
        "regel": verklaringen.REGELS[Soort(asked.soort)],
        "poorten": [gate.rule for gate in verklaringen.gates_of(asked.soort, Phase(dossier.phase))],
        "akkoorden": asked.akkoorden.select_related("by", "ministry"),
        "van_kracht": complete,
        "mag_niet": why,
    }
    return render(request, "fasen/verklaring.html", context, status=form.status)


REQUESTS = {"afwijking": Waiver, "verklaring": Verklaring, "stap": Voorstel}


def afwijzen(request: Request, number: str, soort: str, request_id: int) -> HttpResponse:
    """Says no to a request for a waiver, a declaration or a step, with the reason."""
    dossier = access.get_or_404(request, number)
    if soort not in REQUESTS:
        raise Http404
    asked = get_object_or_404(REQUESTS[soort], pk=request_id, ronde__dossier=dossier)
    judged = acts.may_refuse(asked, dossier, request.user)
    if isinstance(judged, Refused):
        judged.deny()
    form = AfwijzenForm(request.POST or None)
    if form.klaar and form.lukt(acts.refuse, request=asked, by=request.user, **form.cleaned_data):
        messages.success(request, "Het verzoek is afgewezen. De vrager leest uw reden.")
        return redirect("stappen" if soort == "stap" else "afwijkingen", dossier.number)
    context = {
        "dossier": dossier, "form": form, "wat": selectors.request_words(asked, GATES), "reden": asked.reason,
        "door": acts.asked_by(asked), "mag_niet": "" if form.is_bound else acts.why_not_refuse(asked, dossier, request.user),
    }  # fmt: skip
    return render(request, "fasen/afwijzen.html", context, status=form.status)


def inhalen(request: Request, number: str, plicht_id: int) -> HttpResponse:
    """What must be caught up, and saying that it is done."""
    dossier = access.get_or_404(request, number)
    rows = Inhaalplicht.objects.select_related("waiver__ronde", "holder", "ingehaald__by")
    plicht = get_object_or_404(rows, pk=plicht_id, waiver__ronde__dossier=dossier)
    if request.method == "POST":
        access.require(request.user, Act.INHALEN, dossier, plicht.holder)
    form = InhalenForm(request.POST or None)
    if form.klaar and form.lukt(acts.catch_up, plicht_id=plicht.pk, by=request.user, **form.cleaned_data):
        messages.success(request, "Vastgelegd dat dit is ingehaald.")
        return redirect("afwijkingen", dossier.number)
    may = access.may(request.user, Act.INHALEN, dossier, plicht.holder)
    context = {"dossier": dossier, "plicht": plicht, "form": form, "mag": bool(may) and plicht.done is None}
    return render(request, "fasen/inhalen.html", context, status=form.status)
