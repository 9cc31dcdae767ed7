"""The money of a dossier beside what the SMO advised and what the chosen option was estimated at."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from budget_biv import selectors, services
from budget_biv.forms import AanvraagForm, BeslissingForm, ReserveringForm, meer_regels
from budget_biv.forms.aanvraag import Kosten
from budget_biv.models import Fund, Soort
from budget_biv.selectors.room import Amount, shortages
from budget_biv.views.dossier import stand_of
from cases import access
from cases.access import Allowed
from cases.http import Request
from cases.models import Dossier
from cases.namens import ministries_for
from cases.rights import Act
from cases.templatetags.notatie import datum, euro
from phases.handelingsopties.selectors import chosen_option
from phases.process import biv as process_biv
from phases.process import facts as facts_module
from phases.process.facts import Facts
from phases.process.gates.planning import money_objection
from phases.smo.models import Oordeel


@dataclass(frozen=True)
class Advies:
    """What the SMO concluded about the plan, in words."""

    tekst: str
    bezwaar: str


def _advies(facts: Facts) -> Advies:
    """The advice beside the request: what it says, and why it does not allow to reserve yet."""
    if not facts.needs_smo:
        return Advies("Niet nodig bij deze inzet", "")
    offer = facts.smo.get("plan")
    text = "Nog geen conclusie over het plan"
    if offer:
        verdict = Oordeel(offer.oordeel).label if offer.oordeel else "Nog geen conclusie"
        text = f"{verdict} over versie {offer.version_number} van het plan"
    return Advies(text, money_objection(facts))


def _kosten(dossier: Dossier) -> Kosten:
    option = chosen_option(dossier)
    return Kosten(option.letter, option.kosten) if option else Kosten()


def _tekort(fund: Fund, stand: selectors.Stand) -> list[str]:
    """Where a proposal does not fit now."""
    if not stand.on["voorgesteld"]:
        return []
    rows = stand.aanvraag.saldi.all()
    return shortages(fund, [Amount(s.year, s.category_id, s.oda, s.voorgesteld) for s in rows if s.voorgesteld])


def budget(request: Request, number: str) -> HttpResponse:
    """What is asked, what was advised, what each minister decided, and what became of the money."""
    dossier = access.get_or_404(request, number)
    found = selectors.requests(dossier)
    newest = selectors.current(dossier, found)
    facts = request.facts = facts_module.load(dossier)
    context: dict[str, Any] = {
        "dossier": dossier,
        "stand": newest,
        "eerdere": [s for s in found if s is not newest and s.aanvraag.ronde.number == dossier.ronde_number],
        "eerdere_rondes": _of_earlier_rondes(dossier, found),
        "anders": selectors.other_funding(dossier),
        "mag_aanvragen": bool(access.may(request.user, Act.BIV_AANVRAGEN, dossier)),
    }
    if newest:
        context |= _acts(request, dossier, newest, facts)
    return render(request, "biv/budget.html", context)


def aanvraag(request: Request, number: str, aanvraag_id: int) -> HttpResponse:
    """An earlier request: what was asked and decided, and its books, which go on until they are settled."""
    dossier = access.get_or_404(request, number)
    stand = stand_of(dossier, aanvraag_id)
    newest = selectors.current(dossier, selectors.requests(dossier))
    if newest and newest.aanvraag.pk == aanvraag_id:
        return budget(request, number)
    facts = request.facts = facts_module.load(dossier)
    earlier = {
        "mag_beslissen": [],
        "mag_reserveren": False,
        "mag_intrekken": False,
        "advies": None,
        "tekort": [],
        "eerdere": [],
        "eerdere_rondes": [],
        "mag_aanvragen": False,
    }
    context = {"dossier": dossier, "stand": stand, "eerder": True, **_acts(request, dossier, stand, facts), **earlier}
    return render(request, "biv/budget.html", context)


def _of_earlier_rondes(dossier: Dossier, found: list[selectors.Stand]) -> list[dict[str, str]]:
    """The newest request of each Ronde before this one."""
    newest = {s.aanvraag.ronde.number: s for s in reversed(found) if s.aanvraag.ronde.number < dossier.ronde_number}
    lines = []
    for number, stand in sorted(newest.items(), reverse=True):
        url = reverse("budget_aanvraag", args=[dossier.number, stand.aanvraag.pk])
        text = f"Ronde {number}: {euro(stand.aanvraag.total)} gevraagd"
        hint = f"Versie {stand.aanvraag.number}, {datum(stand.aanvraag.asked_on)}. {stand.state.label}"
        lines.append({"tekst": text, "url": url, "hint": hint})
    return lines


def _books(request: Request, dossier: Dossier, stand: selectors.Stand) -> bool:
    return isinstance(access.may(request.user, Act.BIV_BOEKEN, dossier, stand.aanvraag.fund.manager), Allowed)


def _acts(request: Request, dossier: Dossier, stand: selectors.Stand, facts: Facts) -> dict[str, Any]:
    """What stands beside a request, and what this person may do with it."""
    fund, on = stand.aanvraag.fund, stand.on
    books = _books(request, dossier, stand)
    return {
        "advies": _advies(facts),
        "tekort": _tekort(fund, stand),
        "boekingen": selectors.bookings(stand.aanvraag),
        "mag_beslissen": access.own_ministries(request.user, Act.BIV_BESLISSEN, stand.awaited),
        "mag_intrekken": stand.can_be_taken_back and access.may(request.user, Act.BIV_AANVRAGEN, dossier),
        "mag_reserveren": on["voorgesteld"] and access.may(request.user, Act.BIV_RESERVEREN, dossier, fund.manager),
        "boeken": [s.value for s, van in SOORTEN if books and on[van]],
        "mag_afrekenen": books and stand.open,
        "mag_corrigeren": books and not stand.taken_back,
    }


SOORTEN = ((Soort.VERPLICHTEN, "toegekend"), (Soort.REALISEREN, "verplicht"), (Soort.VRIJVALLEN, "toegekend"))


def aanvragen(request: Request, number: str) -> HttpResponse:
    """Asks for money, or puts a new version of the request forward."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.BIV_AANVRAGEN, dossier)
    fund = selectors.current_fund()
    if fund is None:
        raise Http404
    earlier = selectors.current(dossier, selectors.requests(dossier))
    known: dict[str, Any] = {
        "fund": fund,
        "categories": list(fund.categories.all()),
        "kosten": _kosten(dossier),
        "earlier": earlier.aanvraag if earlier else None,
        "tekort": lambda lines: shortages(fund, [Amount(r.year, r.category_id, r.oda, r.amount) for r in lines]),
    }
    more = request.method == "POST" and request.POST.get("stap") == "meer"
    form = meer_regels(request.POST, **known) if more else AanvraagForm(request.POST or None, **known)
    if form.klaar and form.lukt(services.request_money, dossier_id=dossier.pk, by=request.user, **form.answer()):
        messages.success(request, "De aanvraag is ingediend.")
        return redirect("budget", number)
    context = {"dossier": dossier, "fonds": fund, "eerdere": known["earlier"], "kosten": known["kosten"], "form": form}
    return render(request, form.sjabloon("biv/aanvragen.html"), context, status=form.status)


def reserveren(request: Request, number: str, aanvraag_id: int) -> HttpResponse:
    """The BIV-beheerder sees the request, the advice and the room, and reserves."""
    dossier = access.get_or_404(request, number)
    stand = stand_of(dossier, aanvraag_id)
    fund = stand.aanvraag.fund
    access.require(request.user, Act.BIV_RESERVEREN, dossier, fund.manager)
    form = ReserveringForm(request.POST if request.method == "POST" else None)
    if form.klaar and form.lukt(process_biv.reserve, aanvraag_id=aanvraag_id, by=request.user):
        messages.success(request, "Het geld is gereserveerd. De betrokken ministers kunnen beslissen.")
        return redirect("budget", number)
    facts = request.facts = facts_module.load(dossier)
    context = {
        "dossier": dossier, "stand": stand, "form": form, "advies": _advies(facts), "tekort": _tekort(fund, stand),
        "gedaan": next((b for b in selectors.bookings(stand.aanvraag) if b.soort == Soort.RESERVEREN), None),
    }  # fmt: skip
    return render(request, form.sjabloon("biv/reserveren.html"), context, status=form.status)


def beslissen(request: Request, number: str, aanvraag_id: int) -> HttpResponse:
    """A gemachtigde registers what the minister decided, with the advice of the SMO beside the request."""
    dossier = access.get_or_404(request, number)
    stand = stand_of(dossier, aanvraag_id)
    own = ministries_for(request.user, Act.BIV_BESLISSEN, dossier, [m for m, _ in stand.decisions])
    ministry = next((m for m in stand.awaited if m in own), own[0])
    form = BeslissingForm(request.POST or None, stand=stand)
    form.over = (
        f"Namens {ministry.name}, over versie {stand.aanvraag.number} van de aanvraag: {euro(stand.aanvraag.total)}."
    )
    act = {"aanvraag_id": aanvraag_id, "ministry": ministry, "by": request.user}
    if form.klaar and form.lukt(services.decide, **act, **form.answer()):
        messages.success(request, f"Het besluit van {ministry.code} is vastgelegd.")
        return redirect("budget", number)
    facts = request.facts = facts_module.load(dossier)
    context = {"dossier": dossier, "stand": stand, "ministerie": ministry, "form": form, "advies": _advies(facts)}
    return render(request, form.sjabloon("biv/beslissen.html"), context, status=form.status)
