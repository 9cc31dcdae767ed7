"""The acts on the money of a dossier that need nothing but the money. What also shows advice stands in geintegreerd.pages.biv."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from budget_biv import selectors, services
from budget_biv.forms import (
    AfrekeningForm,
    AndereFinancieringForm,
    BoekingForm,
    CorrectieForm,
    IntrekkenForm,
    KasschuifForm,
)
from budget_biv.models import Mutatie, Soort
from budget_biv.services.execution import ARROWS
from cases import access, exports
from cases.exports import Tabel
from cases.http import Request
from cases.models import Dossier
from cases.rights import Act
from cases.templatetags.notatie import datum, euro

GEBOEKT = {
    Soort.VERPLICHTEN: "De verplichting is vastgelegd.",
    Soort.REALISEREN: "De uitgave is vastgelegd.",
    Soort.VRIJVALLEN: "Het geld is vrijgevallen.",
}


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


def stand_of(dossier: Dossier, aanvraag_id: int) -> selectors.Stand:
    """A request of this dossier; any other number is not found."""
    found = next((s for s in selectors.requests(dossier) if s.aanvraag.pk == aanvraag_id), None)
    if found is None:
        raise Http404
    return found


def exporteren(request: Request, number: str, aanvraag_id: int, vorm: str) -> HttpResponse:
    """The tables of a request for a spreadsheet, with the same numbers as the page."""
    dossier = access.get_or_404(request, number)
    stand = stand_of(dossier, aanvraag_id)
    lines = [*stand.years, stand.totals]
    years = [[r.year or "Totaal", r.asked, r.granted, r.bound, r.spent, r.deviation] for r in lines]
    asked = [[b.year, str(b.category), b.get_oda_display(), b.amount] for b in stand.lines]
    posts = [
        [m.occurred_on.isoformat(), m.get_soort_display(), p.year, str(p.category), p.get_oda_display(),
         p.get_van_display(), p.get_naar_display(), p.amount, str(m.by), m.reason]
        for m in selectors.bookings(stand.aanvraag) for p in m.posten.all()
    ]  # fmt: skip
    head = ("Datum", "Wat", "Jaar", "Categorie", "ODA", "Van", "Naar", "Bedrag", "Door", "Reden")
    tables = [
        Tabel("Raming en realisatie", ("Jaar", "Raming", "Toegekend", "Verplicht", "Realisatie", "Afwijking"), years),
        Tabel("Gevraagd", ("Jaar", "Categorie", "ODA", "Bedrag"), asked),
        Tabel("Mutaties", head, posts),
    ]
    name = f"biv-{dossier.number}-ronde-{stand.aanvraag.ronde.number}-versie-{stand.aanvraag.number}"
    return exports.response(vorm, name, tables)


def intrekken(request: Request, number: str, aanvraag_id: int) -> HttpResponse:
    """The penvoerder takes the request back."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.BIV_AANVRAGEN, dossier)
    stand = stand_of(dossier, aanvraag_id)
    form = IntrekkenForm(request.POST or None)
    form.over = f"Versie {stand.aanvraag.number} van de aanvraag: {euro(stand.aanvraag.total)}."
    if form.klaar and form.lukt(services.take_back, aanvraag_id=aanvraag_id, by=request.user, **form.cleaned_data):
        messages.success(request, "De aanvraag is ingetrokken.")
        return redirect("budget", number)
    context = {"dossier": dossier, "stand": stand, "form": form, "bezwaar": _why_not(stand, dossier)}
    return render(request, form.sjabloon("biv/intrekken.html"), context, status=form.status)


def _why_not(stand: selectors.Stand, dossier: Dossier) -> str:
    """Why a request cannot be taken back, for who opens the page; "" when it can."""
    if done := stand.taken_back:
        return (
            f"Versie {stand.aanvraag.number} van de aanvraag is al ingetrokken: {done.by} deed dat op {datum(done.at)}."
        )
    newest = selectors.asked(dossier.current_ronde)
    if newest is None or newest.pk != stand.aanvraag.pk:
        return "Deze aanvraag is vervangen, of hoort bij een eerdere ronde."
    return "" if stand.can_be_taken_back else services.BOUND


def _may_book(request: Request, number: str, aanvraag_id: int) -> tuple[Dossier, selectors.Stand]:
    dossier = access.get_or_404(request, number)
    stand = stand_of(dossier, aanvraag_id)
    access.require(request.user, Act.BIV_BOEKEN, dossier, stand.aanvraag.fund.manager)
    return dossier, stand


def boeken(request: Request, number: str, aanvraag_id: int, soort: str) -> HttpResponse:
    """The BIV-beheerder books that money is promised, spent or given back."""
    dossier, stand = _may_book(request, number, aanvraag_id)
    if soort not in {s.value for s in ARROWS}:
        raise Http404
    form = BoekingForm(request.POST or None, stand=stand, soort=Soort(soort))
    act = {"aanvraag_id": aanvraag_id, "by": request.user}
    if form.klaar and form.lukt(services.book_amounts, **act, **form.answer()):
        messages.success(request, GEBOEKT[Soort(soort)])
        return redirect("budget", number)
    context = {"dossier": dossier, "stand": stand, "form": form, "titel": form.knop, "knop": "Controleer de boeking"}
    return render(request, form.sjabloon("biv/boeken.html"), context, status=form.status)


def kasschuif(request: Request, number: str, aanvraag_id: int) -> HttpResponse:
    """The BIV-beheerder moves granted money of this dossier to another year."""
    dossier, stand = _may_book(request, number, aanvraag_id)
    years = [year for year in selectors.years(stand.aanvraag.fund) if year >= timezone.localdate().year]
    form = KasschuifForm(request.POST or None, stand=stand, years=years)
    act = {"aanvraag_id": aanvraag_id, "by": request.user}
    if form.klaar and form.lukt(services.shift_year, **act, **form.answer()):
        messages.success(request, "De kasschuif is vastgelegd.")
        return redirect("budget", number)
    context = {"dossier": dossier, "stand": stand, "form": form}
    context |= {"titel": "Verschuif geld naar een ander jaar", "knop": "Controleer de kasschuif"}
    return render(request, form.sjabloon("biv/boeken.html"), context, status=form.status)


def afrekenen(request: Request, number: str, aanvraag_id: int) -> HttpResponse:
    """The BIV-beheerder closes the books of a request."""
    dossier, stand = _may_book(request, number, aanvraag_id)
    form = AfrekeningForm(request.POST or None)
    form.over = _left(stand)
    if form.klaar and form.lukt(services.settle, aanvraag_id=aanvraag_id, by=request.user, **form.cleaned_data):
        messages.success(request, "De aanvraag is afgerekend.")
        return redirect("budget", number)
    context: dict[str, Any] = {"dossier": dossier, "stand": stand, "form": form}
    context |= {"titel": "Reken af", "knop": "Controleer de afrekening"}
    return render(request, form.sjabloon("biv/boeken.html"), context, status=form.status)


def _left(stand: selectors.Stand) -> str:
    total = stand.totals
    return f"Uitgegeven: {euro(total.spent)}. Nog niet uitgegeven: {euro(total.granted - total.spent)}."


def corrigeren(request: Request, number: str, aanvraag_id: int, mutatie_id: int) -> HttpResponse:
    """The BIV-beheerder undoes a booking by its counter-entry."""
    dossier, stand = _may_book(request, number, aanvraag_id)
    wrong = get_object_or_404(
        Mutatie.objects.prefetch_related("posten__category"), pk=mutatie_id, aanvraag=stand.aanvraag, soort__in=Soort.correctable()
    )  # fmt: skip
    form = CorrectieForm(request.POST or None)
    if form.klaar and form.lukt(services.correct, mutatie_id=mutatie_id, by=request.user, **form.cleaned_data):
        messages.success(request, "De boeking is gecorrigeerd met een tegenboeking.")
        return redirect("budget", number)
    context = {"dossier": dossier, "stand": stand, "form": form, "boeking": wrong}
    return render(request, form.sjabloon("biv/corrigeren.html"), context, status=form.status)
