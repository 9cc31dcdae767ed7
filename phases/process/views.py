"""The pages of the process: the workspace of a phase, making a step, every arrow from here, waivers and the phase plan."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases import access
from cases.access import Refused
from cases.forms.controle import Bevestiging
from cases.http import Request
from cases.models import Dossier
from cases.phase import Phase, Status
from cases.rights import RIGHTS, Act
from cases.selectors import events
from phases.process import facts as facts_module
from phases.process import plan, selectors, services
from phases.process.forms import AfwijkingForm, StapForm, stap_form
from phases.process.models import Voorstel, Waiver
from phases.process.table import GATES, STEPS, Step, step_forward, steps_from
from phases.process.workspace import PRODUCTS, workspace
from phases.smo import selectors as smo


def fase(request: Request, number: str, nr: int) -> HttpResponse:
    """The workspace of a phase; also of one that has not begun."""
    dossier = access.get_or_404(request, number)
    try:
        phase = Phase.by_number(nr)
    except IndexError as error:
        raise Http404 from error
    facts = request.facts = facts_module.load(dossier)
    context = {
        "dossier": dossier,
        "fase": phase,
        "werk": workspace(dossier, phase, facts),
        "standpunten": _positions(dossier, phase),
        "gebeurtenissen": events.latest(dossier, limit=5),
        **_ending(request, dossier, phase, facts),
    }
    return render(request, "fasen/fase.html", context)


def _ending(request: Request, dossier: Dossier, phase: Phase, facts: facts_module.Facts) -> dict[str, Any]:
    """What stands under "Fase afronden": only the present phase of a running dossier can be ended."""
    current = Phase(dossier.phase)
    running = dossier.status == Status.LOPEND
    when = "nu" if phase == current and running else "straks" if phase.number > current.number and running else "klaar"
    if when != "nu":
        return {"wanneer": when, "stap": None, "bevindingen": [], "telling": "", "mag_niet": ""}
    ahead = services.preview(dossier, step_forward(phase), request.user, facts)
    ready = len(ahead.findings) - len(ahead.closed)
    return {
        "wanneer": when,
        "stap": ahead.step if not ahead.closed else None,
        "bevindingen": selectors.finding_rows(dossier, ahead.findings),
        "telling": f"{ready} van {len(ahead.findings)} gereed",
        "mag_niet": ahead.allowed.reason if isinstance(ahead.allowed, Refused) else "",
    }


def _positions(dossier: Dossier, phase: Phase) -> smo.Item | None:
    """The newest offer of this phase's product to the SMO, in the current Ronde."""
    kind, _ = PRODUCTS[phase]
    return smo.newest(dossier.current_ronde, kind)


def stappen(request: Request, number: str) -> HttpResponse:
    """Every arrow that leaves the present state."""
    dossier = access.get_or_404(request, number)
    return render(request, "fasen/stappen.html", {"dossier": dossier, "wegen": selectors.ways(dossier)})


def stap(request: Request, number: str, step: str) -> HttpResponse:
    """What a step does and asks, and making it."""
    dossier = access.get_or_404(request, number)
    chosen = _step_or_404(dossier, step)
    form = stap_form(request.POST, step=chosen) if request.method == "POST" else _unbound(dossier, chosen)
    if form.is_bound and not form.klaar:
        access.require(request.user, chosen.who, dossier)
    act = {"dossier_id": dossier.pk, "step": step, "by": request.user}
    if form.klaar and form.lukt(services.transition, **act, **form.cleaned_data):
        messages.success(request, selectors.done_sentence(form.gedaan))
        return redirect("dossier", dossier.number)
    return _step_page(request, dossier, chosen, form)


@require_POST
def stap_verzoek(request: Request, number: str, step: str) -> HttpResponse:
    """Asks the teamleider for a step that needs a second person."""
    dossier = access.get_or_404(request, number)
    chosen = _step_or_404(dossier, step)
    if chosen.proposed_by is None:
        raise Http404
    access.require(request.user, chosen.proposed_by, dossier)
    form = StapForm(request.POST, step=chosen)
    act = {"dossier_id": dossier.pk, "step": step, "by": request.user}
    if form.klaar and form.lukt(services.propose, **act, **form.cleaned_data):
        messages.success(request, "Uw verzoek is vastgelegd. De teamleider kan het nu bevestigen.")
        return redirect("dossier", dossier.number)
    return _step_page(request, dossier, chosen, form)


def _step_or_404(dossier: Dossier, name: str) -> Step:
    chosen = STEPS.get(name)
    if chosen is None or chosen.owner_only:
        raise Http404
    if chosen not in steps_from(Phase(dossier.phase), Status(dossier.status)):
        raise services.no_such_step(dossier)
    return chosen


def _unbound(dossier: Dossier, step: Step) -> StapForm:
    """The form; for a request that waits with the reason of the one who asked."""
    asked = selectors.proposals(dossier, step) if step.proposed_by else []
    reason = asked[0].reason if asked else ""
    return stap_form(initial={"seen_version": dossier.moves_made, "reason": reason}, step=step)


def _step_page(request: Request, dossier: Dossier, step: Step, form: StapForm) -> HttpResponse:
    facts = request.facts = facts_module.load(dossier)
    judged = services.preview(dossier, step, request.user, facts)
    may_ask = bool(step.proposed_by and access.may(request.user, step.proposed_by, dossier))
    asked: list[Voorstel] = selectors.proposals(dossier, step) if step.proposed_by else []
    closed = selectors.reasons(dossier, judged.closed)
    form.wegen = {reason["tekst"]: reason["url"] for reason in closed}
    context = {
        "dossier": dossier,
        "stap": step,
        "form": form,
        "gevolgen": selectors.consequences(step),
        "bevindingen": selectors.finding_rows(dossier, judged.findings),
        "gesloten": closed,
        "mag": bool(judged.allowed),
        "mag_vragen": may_ask and not judged.allowed,
        "mag_niet": judged.allowed.reason if isinstance(judged.allowed, Refused) else "",
        "verzoeken": asked,
    }
    form.gevolgen = context["gevolgen"]  # type: ignore[attr-defined]
    template = "fasen/stap.html" if closed else form.sjabloon("fasen/stap.html")
    return render(request, template, context, status=form.status)


def afwijkingen(request: Request, number: str) -> HttpResponse:
    """Every waiver of the dossier, and asking for one."""
    dossier = access.get_or_404(request, number)
    may_ask = access.may(request.user, Act.STAP_ZETTEN, dossier)
    if request.method == "POST":
        access.require(request.user, Act.STAP_ZETTEN, dossier)
    facts = request.facts = facts_module.load(dossier)
    gates = [gate for gate in services.waivable_gates(dossier) if gate.applies(facts)]
    form = AfwijkingForm(request.POST or None, gates=gates or [gate for gate in GATES.values() if gate.waivable])
    if form.klaar and form.lukt(services.ask_waiver, dossier_id=dossier.pk, by=request.user, **form.cleaned_data):
        messages.success(request, "Uw verzoek is vastgelegd. Een ander moet de afwijking nog verlenen.")
        return redirect("afwijkingen", dossier.number)
    rows = selectors.waivers(dossier, GATES)
    context = {
        "dossier": dossier,
        "rijen": [(row, row.open and not services.why_not_grant(row.waiver, dossier, request.user)) for row in rows],
        "form": form if may_ask and (gates or form.is_bound) else None,
        "poorten": gates,
        "recht": RIGHTS[Act.AFWIJKEN],
        "mag_niet": "" if may_ask else RIGHTS[Act.STAP_ZETTEN].sentence,
    }
    return render(request, "fasen/afwijkingen.html", context, status=form.status)


def afwijking_verlenen(request: Request, number: str, waiver_id: int) -> HttpResponse:
    """What setting this gate aside means, and then somebody else than the asker doing it."""
    dossier = access.get_or_404(request, number)
    waiver = get_object_or_404(
        Waiver.objects.select_related("ronde", "requested_by"), pk=waiver_id, ronde__dossier=dossier
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
        "regels": selectors.waiver_lines(waiver, GATES),
        "tot": waiver.until,
        "mag_niet": "" if form.is_bound else services.why_not_grant(waiver, dossier, request.user),
        "verleend": waiver.granted_by_id is not None,
    }
    return render(request, "fasen/afwijking_verlenen.html", context, status=form.status)


def fasenplan(request: Request) -> HttpResponse:
    """Stations, arrows and gates, as the code has them."""
    access.require(request.user, Act.RECHTEN_LEZEN)
    context = {"stations": plan.stations(), "pijlen": plan.arrows(), "poorten": plan.all_gates()}
    return render(request, "beheer/fasenplan.html", context)
