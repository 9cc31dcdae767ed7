"""The page of this phase's product, and what each ministry brings in for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cases import access
from cases.http import Request
from cases.models import Ministry
from cases.rights import RIGHTS, Act
from cases.views.products import current_page
from phases.analyse import services
from phases.analyse.forms import InbrengForm
from phases.analyse.models import Inbreng
from phases.analyse.papers import AnalysePaper


def analyse(request: Request, number: str) -> HttpResponse:
    """The joint analysis and assessment, to write or to read."""
    return current_page(request, number, AnalysePaper())


def inbreng(request: Request, number: str, code: str) -> HttpResponse:
    """What one ministry brings in for the analysis, to give or to read."""
    dossier = access.get_or_404(request, number)
    ministry = get_object_or_404(Ministry.objects.filter(pk__in=access.participating(dossier)), code=code)
    if request.method == "POST":
        access.require(request.user, Act.INBRENG_GEVEN, dossier, ministry)
    rows = Inbreng.objects.filter(ronde__dossier=dossier, ronde__number=dossier.ronde_number, ministry=ministry)
    last = rows.select_related("by").last()
    seen = {**last.answers(), "seen_inbreng": last.pk} if last else {"seen_inbreng": 0}
    form = InbrengForm(request.POST or None, initial=seen)
    act = {"dossier_id": dossier.pk, "ministry": ministry, "by": request.user}
    if form.klaar and form.lukt(services.contribute, **act, **form.cleaned_data):
        messages.success(request, f"De inbreng van {ministry.code} is vastgelegd.")
        return redirect("fase", number, AnalysePaper.phase.number)
    context = {
        "dossier": dossier, "fase": AnalysePaper.phase, "ministerie": ministry, "laatste": last, "form": form,
        "mag": bool(access.may(request.user, Act.INBRENG_GEVEN, dossier, ministry)), "recht": RIGHTS[Act.INBRENG_GEVEN],
    }  # fmt: skip
    return render(request, form.sjabloon("fasen/inbreng.html"), context, status=form.status)
