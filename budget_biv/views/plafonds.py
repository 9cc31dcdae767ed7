"""The keeper of the fund reads ceilings in, or moves a part of one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from budget_biv import services
from budget_biv.forms.plafonds import BestandForm, InleesForm, VerschuifForm
from budget_biv.models import Ceiling, Fund
from budget_biv.services import inlezen as lezen
from budget_biv.views.fonds import fund_of
from cases import access
from cases.exceptions import NotPossible
from cases.http import Request
from cases.rights import Act
from cases.templatetags.notatie import meervoud

INLEZEN = "Plafonds inlezen"


def _fund(request: Request, year: int) -> Fund:
    fund, _ = fund_of(request, year)
    access.require(request.user, Act.BIV_BEHEREN, None, fund.manager)
    return fund


def _crumbs(year: int, here: str) -> list[tuple[str, str]]:
    return [(f"BIV-budget {year}", reverse("biv_jaar", args=[year])), (here, "")]


def inlezen(request: Request, jaar: int) -> HttpResponse:
    """A file becomes a page with every row and every error; only a file without errors can be stored from there."""
    fund = _fund(request, jaar)
    if "tekst" in request.POST:
        return _store(request, fund, jaar)
    form = BestandForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["bestand"]
        try:
            rows = lezen.read(text, fund)
        except NotPossible as error:
            form.add_error("bestand", error.sentences[0])
        else:
            return _check(request, jaar, rows, InleesForm(initial={"tekst": text}))
    context = {"jaar": jaar, "paden": _crumbs(jaar, INLEZEN), "fonds": fund, "form": form, "kolommen": lezen.COLUMNS}
    return render(request, "biv/inlezen.html", context, status=form.status)


def _check(request: Request, jaar: int, rows: list[lezen.Row], form: InleesForm) -> HttpResponse:
    wrong = sum(bool(row.errors) for row in rows)
    context = {"jaar": jaar, "paden": _crumbs(jaar, INLEZEN), "regels": rows, "fout": wrong, "form": form}
    context |= {"kolommen": lezen.COLUMNS}
    return render(request, "biv/inlezen_controle.html", context, status=422 if wrong else 200)


def _store(request: Request, fund: Fund, jaar: int) -> HttpResponse:
    """The second step; what changed meanwhile is seen, because the text is judged again."""
    form = InleesForm(request.POST)
    if form.klaar and form.lukt(services.import_ceilings, fund=fund, text=form.cleaned_data["tekst"], by=request.user):
        messages.success(request, f"{meervoud(form.gedaan, 'plafond is,plafonds zijn')} ingelezen.")
        return redirect("biv_meerjarig", jaar)
    context = {"jaar": jaar, "paden": _crumbs(jaar, INLEZEN), "fonds": fund, "form": BestandForm(), "mislukt": form}
    context |= {"kolommen": lezen.COLUMNS}
    return render(request, "biv/inlezen.html", context, status=form.status)


def verschuiven(request: Request, jaar: int) -> HttpResponse:
    """A decision that moves a part of a ceiling to another year or category."""
    fund = _fund(request, jaar)
    ceilings = list(Ceiling.objects.filter(fund=fund).select_related("category").order_by("year", "category__order"))
    form = VerschuifForm(request.POST or None, ceilings=ceilings)
    if form.klaar and form.lukt(services.transfer, by=request.user, **form.answer()):
        messages.success(request, "De verschuiving is vastgelegd.")
        return redirect("biv_mutaties", jaar)
    template = (
        "biv/verschuiven_controle.html" if form.sjabloon("") == "dossier_controle.html" else "biv/verschuiven.html"
    )
    context = {"jaar": jaar, "paden": _crumbs(jaar, "Plafond verschuiven"), "form": form}
    return render(request, template, context, status=form.status)
