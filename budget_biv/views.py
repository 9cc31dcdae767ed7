"""The money of a dossier, and the fund per year."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from budget_biv import selectors, services
from budget_biv.forms import AanvraagForm, AndereFinancieringForm, BeslissingForm
from cases import access
from cases.http import Request
from cases.namens import ministries_for
from cases.rights import Act
from cases.templatetags.notatie import euro


def budget(request: Request, number: str) -> HttpResponse:
    """What is asked, and what each minister decided."""
    dossier = access.get_or_404(request, number)
    found = selectors.requests(dossier)
    newest = found[0] if found else None
    context = {
        "dossier": dossier,
        "stand": newest,
        "eerdere": found[1:],
        "eerdere_rondes": selectors.of_earlier_rondes(dossier),
        "anders": selectors.other_funding(dossier),
        "mag_aanvragen": bool(access.may(request.user, Act.BIV_AANVRAGEN, dossier)),
        "mag_beslissen": access.own_ministries(request.user, Act.BIV_BESLISSEN, newest.awaited) if newest else [],
    }
    return render(request, "biv/budget.html", context)


def aanvragen(request: Request, number: str) -> HttpResponse:
    """Asks for money, or puts a new version of the request forward."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.BIV_AANVRAGEN, dossier)
    fund = selectors.current_fund()
    if fund is None:
        raise Http404
    earlier = next((stand.aanvraag for stand in selectors.requests(dossier)), None)
    form = AanvraagForm(request.POST or None, fund=fund, earlier=earlier)
    if form.klaar and form.lukt(services.request_money, dossier_id=dossier.pk, by=request.user, **form.answer()):
        messages.success(request, "De aanvraag is ingediend. De betrokken ministers kunnen beslissen.")
        return redirect("budget", number)
    context = {"dossier": dossier, "fonds": fund, "eerdere": earlier, "form": form}
    return render(request, form.sjabloon("biv/aanvragen.html"), context, status=form.status)


def andere_financiering(request: Request, number: str) -> HttpResponse:
    """The penvoerder notes what pays beside the BIV."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.BIV_AANVRAGEN, dossier)
    noted = selectors.other_funding(dossier)
    start = {"text": noted.text if noted else "", "seen_revision": noted.revision if noted else 0}
    form = AndereFinancieringForm(request.POST or None, initial=start)
    if form.klaar:
        seen = form.cleaned_data["seen_revision"]
        act = {"dossier_id": dossier.pk, "by": request.user, "seen_revision": seen}
        if form.lukt(services.note_other_funding, **act, **form.values()):
            messages.success(request, "De andere financiering is vastgelegd.")
            return redirect("budget", number)
    context = {"dossier": dossier, "form": form}
    return render(request, form.sjabloon("biv/andere_financiering.html"), context, status=form.status)


def beslissen(request: Request, number: str, aanvraag_id: int) -> HttpResponse:
    """A gemachtigde registers what the minister decided."""
    dossier = access.get_or_404(request, number)
    stand = next((s for s in selectors.requests(dossier) if s.aanvraag.pk == aanvraag_id), None)
    if stand is None:
        raise Http404
    own = ministries_for(request.user, Act.BIV_BESLISSEN, dossier, [m for m, _ in stand.decisions])
    ministry = next((m for m in stand.awaited if m in own), own[0])
    form = BeslissingForm(request.POST or None)
    form.over = (
        f"Namens {ministry.name}, over versie {stand.aanvraag.number} van de aanvraag: {euro(stand.aanvraag.total)}."
    )
    act = {"aanvraag_id": aanvraag_id, "ministry": ministry, "by": request.user}
    if form.klaar and form.lukt(services.decide, **act, **form.cleaned_data):
        messages.success(request, f"Het besluit van {ministry.code} is vastgelegd.")
        return redirect("budget", number)
    context = {"dossier": dossier, "stand": stand, "ministerie": ministry, "form": form}
    return render(request, form.sjabloon("biv/beslissen.html"), context, status=form.status)


def biv(request: Request) -> HttpResponse:
    """To the overview of this year, or of the nearest year there is."""
    access.require(request.user, Act.BIV_LEZEN)
    fund = selectors.current_fund()
    years = selectors.years(fund) if fund else []
    if not years:
        return render(request, "biv/geen.html")
    now = timezone.localdate().year
    return redirect("biv_jaar", min(years, key=lambda year: (abs(year - now), year)))


def jaar(request: Request, jaar: int) -> HttpResponse:
    """A year of the fund: what there is, what is granted and what is asked."""
    access.require(request.user, Act.BIV_LEZEN)
    fund = selectors.current_fund()
    years = selectors.years(fund) if fund else []
    if fund is None or jaar not in years:
        raise Http404
    links = [{"label": str(y), "url": reverse("biv_jaar", args=[y]), "current": y == jaar} for y in years]
    overview = selectors.year_overview(fund, jaar, request.user)
    return render(request, "biv/jaar.html", {"jaren": links, "stand": overview, "vandaag": timezone.localdate()})
