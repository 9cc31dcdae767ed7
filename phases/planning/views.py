"""The pages of this phase: its product, and the indicators with their nulmeting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from cases import access
from cases.http import Request
from cases.models import Dossier, Ronde
from cases.rights import Act
from cases.templatetags.notatie import datum, meervoud
from cases.views import register
from cases.views.products import current_page
from phases.planning import selectors, services
from phases.planning.forms import IndicatorForm, NieuweIndicatorForm
from phases.planning.models import INDICATOR, Indicator
from phases.planning.papers import PlanPaper


def plan(request: Request, number: str) -> HttpResponse:
    """The plan, to write or to read."""
    return current_page(request, number, PlanPaper())


def indicatoren(request: Request, number: str) -> HttpResponse:
    """What will be measured, and adding an indicator."""
    dossier = access.get_or_404(request, number)
    rows = list(selectors.indicators(dossier))
    earlier = None if rows else selectors.earlier_with_indicators(dossier)
    words = register.Register(
        titel="Indicatoren",
        vraag="Voeg een indicator toe",
        knop="Voeg indicator toe",
        uitleg="Zonder nulmeting is later niet te zien of de inzet effect had. Meet de beginstand, of plan wanneer u die meet.",
        bron="Leidraad par. 3.6, fase 4",
        kolommen=("Indicator", "Nulmeting", "Streefwaarde"),
        leeg=_empty(dossier, earlier),
        cellen=[_cells(dossier, row) for row in rows],
        overnemen=_take_over(dossier, earlier),
    )  # fmt: skip
    return register.page(
        request, dossier, words, NieuweIndicatorForm(request.POST or None), act=Act.SCHRIJVEN,
        service=services.add_indicator, done="De indicator is toegevoegd.", back=("indicatoren", number),
    )  # fmt: skip


def _empty(dossier: Dossier, earlier: Ronde | None) -> tuple[str, str, str]:
    """What is not there, why, and what one can do."""
    if earlier is None:
        why = "Een indicator verschijnt zodra een behandelaar die toevoegt."
        return "Er is nog geen indicator.", why, "Begin met wat het plan wil bereiken."
    return (
        f"Ronde {dossier.ronde_number} heeft nog geen indicator.",
        f"Een verlenging begint zonder indicatoren. Die van ronde {earlier.number} blijven daar staan.",
        f"Een behandelaar neemt de indicatoren van ronde {earlier.number} met hun nulmeting over, of voegt nieuwe toe.",
    )


def _take_over(dossier: Dossier, earlier: Ronde | None) -> tuple[str, str] | None:
    """The button that copies the indicators of an earlier Ronde."""
    url = reverse("indicatoren_overnemen", args=[dossier.number])
    return (f"Neem de indicatoren van ronde {earlier.number} over", url) if earlier else None


@require_POST
def indicatoren_overnemen(request: Request, number: str) -> HttpResponse:
    """Copies the indicators of the Ronde before."""
    dossier = access.get_or_404(request, number)
    made = services.take_over_indicators(dossier_id=dossier.pk, by=request.user)
    messages.success(request, f"{meervoud(len(made), 'indicator,indicatoren')} overgenomen.")
    return redirect("indicatoren", number)


def _cells(dossier: Dossier, row: Indicator) -> tuple[str, ...]:
    name = format_html(
        '<a href="{}">{}</a><br><span class="hint">Bron: {}</span>',
        reverse("indicator", args=[dossier.number, row.pk]), row.naam, row.bron,
    )  # fmt: skip
    if row.nulmeting_op:
        start = f"{row.nulmeting} op {datum(row.nulmeting_op)}"
    else:
        start = f"Gepland op {datum(row.gepland_op)}" if row.gepland_op else "Nog niet gemeten of gepland"
    return name, start, row.streefwaarde


def indicator(request: Request, number: str, indicator_id: int) -> HttpResponse:
    """One indicator, to fill in or correct."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.SCHRIJVEN, dossier)
    row = get_object_or_404(Indicator, pk=indicator_id, ronde__dossier=dossier)
    may = selectors.changeable(row, dossier)
    form = IndicatorForm(request.POST or None, indicator=row, may=may)
    act = {"indicator_id": row.pk, "by": request.user}
    if form.klaar and form.lukt(
        services.change_indicator, **act, **form.values(), seen_revision=form.cleaned_data["seen_revision"]
    ):
        messages.success(request, "De indicator is opgeslagen.")
        return redirect("indicatoren", number)
    context = {"dossier": dossier, "indicator": row, "form": form, "mag": bool(may)}
    context["vast"] = "" if may == INDICATOR else services.FIXED
    return render(request, form.sjabloon("register/indicator.html"), context, status=form.status)
