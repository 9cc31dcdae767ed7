"""The pages of the process: the workspace of a phase, making a step, every arrow from here, waivers and the phase plan."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases import access
from cases.access import Refused
from cases.http import Request
from cases.models import Dossier
from cases.phase import Phase, Status
from cases.rights import Act
from cases.selectors import events
from phases.process import facts as facts_module
from phases.process import plan, selectors, services
from phases.process.afwijkingen import why_not_refuse
from phases.process.forms import StapForm, stap_form
from phases.process.models import Voorstel
from phases.process.table import STEPS, Step, step_forward, steps_from
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
        "verzoeken": [(one, not why_not_refuse(one, dossier, request.user)) for one in asked],
        "afgewezen": selectors.refused_proposals(dossier, step) if step.proposed_by else [],
    }
    form.gevolgen = context["gevolgen"]  # type: ignore[attr-defined]
    template = "fasen/stap.html" if closed else form.sjabloon("fasen/stap.html")
    return render(request, template, context, status=form.status)


def fasenplan(request: Request) -> HttpResponse:
    """Stations, arrows and gates, as the code has them."""
    access.require(request.user, Act.RECHTEN_LEZEN)
    context = {
        "stations": plan.stations(),
        "pijlen": plan.conditional(),
        "andere": plan.unconditional(),
        "verklaringen": plan.declarations(),
    }
    return render(request, "beheer/fasenplan.html", context)
