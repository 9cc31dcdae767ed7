"""What happens to a vastgestelde letter: signed, sent, numbered."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cases import access
from cases.http import Request
from cases.models import DocumentVersion
from cases.namens import ministries_for
from cases.rights import Act
from phases.kamer import selectors, services
from phases.kamer.forms import KamerstukForm, OndertekenenForm, VerzendenForm
from phases.kamer.models import Kamerbrief, Verzending
from phases.kamer.views import letter_or_404


def ondertekenen(request: Request, number: str, soort: str) -> HttpResponse:
    """A gemachtigde registers that the bewindspersoon signed."""
    dossier = access.get_or_404(request, number)
    version = _version_or_404(letter_or_404(dossier, soort))
    signers = selectors.signers(version, dossier)
    own = ministries_for(request.user, Act.BRIEF_ONDERTEKENEN, dossier, signers)
    awaited = selectors.awaited_signatures(version, dossier)
    ministry = next((m for m in awaited if m in own), own[0])
    form = OndertekenenForm(request.POST or None)
    form.over = f"U legt vast dat {selectors.minister(ministry)} de brief heeft ondertekend: {version}."
    act = {"version_id": version.pk, "ministry": ministry, "by": request.user}
    if form.klaar and form.lukt(services.sign, **act, **form.cleaned_data):
        messages.success(request, "De ondertekening is vastgelegd.")
        return redirect("brief", number, soort)
    context = {
        "dossier": dossier, "stuk": version, "form": form, "soort": soort, "bewindspersoon": selectors.minister(ministry),
        "eerst": [selectors.minister(m) for m in awaited[: awaited.index(ministry)]] if ministry in awaited else [],
        "al_getekend": ministry not in awaited,
    }  # fmt: skip
    return render(request, form.sjabloon("kamer/ondertekenen.html"), context, status=form.status)


def verzenden(request: Request, number: str, soort: str) -> HttpResponse:
    """The secretariaat registers that the letter left for both chambers."""
    dossier = access.get_or_404(request, number)
    letter = letter_or_404(dossier, soort)
    version = _version_or_404(letter)
    access.require(request.user, Act.BRIEF_VERZENDEN, dossier)
    form = VerzendenForm(request.POST or None)
    form.over = f"U verzendt {version} aan de Tweede en de Eerste Kamer. Onderwerp: {letter.betreft}."
    checks = services.checks(version, dossier)
    form.wegen = {check.sentence: check.url for check in checks if check.url}
    if form.klaar and form.lukt(services.send, version_id=version.pk, by=request.user, **form.cleaned_data):
        messages.success(request, "De brief is verzonden. Vul het Kamerstuknummer in zodra u dat heeft.")
        return redirect("brief", number, soort)
    context = {
        "dossier": dossier, "stuk": version, "form": form, "soort": soort, "controles": checks,
        "kan": not any(c.sentence for c in checks),
    }  # fmt: skip
    return render(request, form.sjabloon("kamer/verzenden.html"), context, status=form.status)


def kamerstuk(request: Request, number: str, soort: str, verzending_id: int) -> HttpResponse:
    """The secretariaat notes the number that parliament gave."""
    dossier = access.get_or_404(request, number)
    letter = letter_or_404(dossier, soort)
    sent = get_object_or_404(Verzending, pk=verzending_id, version__document_id=letter.document_id)
    access.require(request.user, Act.BRIEF_VERZENDEN, dossier)
    form = KamerstukForm(request.POST or None)
    form.over = f"Dit nummer hoort bij {letter.document}, verzonden aan de {sent.get_kamer_display()}."
    if form.klaar and form.lukt(services.fill_kamerstuk, verzending_id=sent.pk, by=request.user, **form.cleaned_data):
        messages.success(request, "Het Kamerstuknummer is vastgelegd.")
        return redirect("brief", number, soort)
    context = {"dossier": dossier, "verzending": sent, "form": form, "soort": soort}
    return render(request, form.sjabloon("kamer/kamerstuk.html"), context, status=form.status)


def _version_or_404(letter: Kamerbrief) -> DocumentVersion:
    version = selectors.newest_adopted(letter)
    if version is None:
        raise Http404
    return version
