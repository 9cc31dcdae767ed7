"""The letters to parliament: at a glance, by section, as a whole."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import access
from cases.http import Request
from cases.models import Dossier, User
from cases.rights import Act
from cases.selectors import papers
from cases.selectors.products import earlier_rondes, states
from cases.services.locks import current_ronde
from phases.kamer import lint, selectors, services
from phases.kamer.forms import BeginForm, SectieForm
from phases.kamer.models import Briefsectie, BriefSoort, Kamerbrief
from phases.kamer.papers import ADDRESSEE
from phases.kamer.selectors import Overview


def brieven(request: Request, number: str) -> HttpResponse:
    """The letters that this dossier may need, and how far they are."""
    dossier = access.get_or_404(request, number)
    ronde = current_ronde(dossier)
    fitting = selectors.fitting(dossier)
    found = [(selectors.overview(ronde, dossier, soort), BeginForm(auto_id=f"id_{soort}_%s")) for soort in fitting]
    context = {
        "dossier": dossier,
        "brieven": found,
        "eerder": earlier_rondes(states(dossier), BriefSoort.values, dossier.ronde_number),
        "mag_schrijven": bool(access.may(request.user, Act.SCHRIJVEN, dossier)),
    }
    return render(request, "kamer/brieven.html", context)


@require_POST
def begin(request: Request, number: str, soort: str) -> HttpResponse:
    """Starts a letter."""
    dossier = access.get_or_404(request, number)
    kind = soort_or_404(soort)
    form = BeginForm(request.POST)
    access.require(request.user, Act.SCHRIJVEN, dossier)
    if form.klaar and form.lukt(
        services.begin, dossier_id=dossier.pk, soort=kind, by=request.user, **form.cleaned_data
    ):
        return redirect("brief", number, soort)
    context = {"dossier": dossier, "soort": kind, "form": form, "mag_schrijven": True}
    return render(request, "kamer/beginnen.html", context, status=form.status)


def brief(request: Request, number: str, soort: str) -> HttpResponse:
    """One letter at a glance, or what it is for and how to begin it."""
    dossier = access.get_or_404(request, number)
    overview = selectors.overview(current_ronde(dossier), dossier, soort_or_404(soort))
    may_write = bool(access.may(request.user, Act.SCHRIJVEN, dossier))
    if overview.letter is None:
        context = {"dossier": dossier, "soort": overview.soort, "form": BeginForm(), "mag_schrijven": may_write}
        return render(request, "kamer/beginnen.html", context)
    document, version = overview.letter.document, overview.version
    context = {
        "dossier": dossier,
        "brief": overview,
        "ondertekening": selectors.signing(overview, dossier),
        "pdf": papers.pdf_of(version) if version else None,
        "mag_opnieuw": bool(access.may(request.user, Act.OPNIEUW_MAKEN, dossier)),
        "teruggegeven": papers.last_given_back(document),
        "secties": _links(request.user, dossier, overview, to_editor=not overview.sent),
        "mag_ondertekenen": [
            m for m in overview.awaited if access.may(request.user, Act.BRIEF_ONDERTEKENEN, dossier, m)
        ],
        "mag_verzenden": bool(access.may(request.user, Act.BRIEF_VERZENDEN, dossier)),
    }
    return render(request, "kamer/brief.html", context)


def voorbeeld(request: Request, number: str, soort: str) -> HttpResponse:
    """The whole letter as it reads now."""
    dossier = access.get_or_404(request, number)
    letter = letter_or_404(dossier, soort)
    overview = selectors.overview(letter.ronde, dossier, BriefSoort(letter.soort))
    signers = selectors.signatories(dossier)
    context = {
        "dossier": dossier,
        "brief": overview,
        "geadresseerde": ADDRESSEE,
        "afzenders": [selectors.sender(m) for m in signers],
        "ondertekenaars": [selectors.minister(m) for m in signers],
    }
    return render(request, "kamer/voorbeeld.html", context)


def sectie(request: Request, number: str, soort: str, code: str) -> HttpResponse:
    """The editor: one section, with the question it answers and how it will look."""
    dossier = access.get_or_404(request, number)
    letter = letter_or_404(dossier, soort)
    section = get_object_or_404(letter.secties.select_related("ministry", "changed_by"), code=code)
    access.require(request.user, Act.SECTIE_SCHRIJVEN, dossier, selectors.writer(section, dossier))
    form = SectieForm(request.POST or None, section=section)
    if request.POST.get("actie") == "voorbeeld":
        return _editor(request, dossier, letter, section, form, status=200)
    if form.klaar and form.lukt(services.write_section, sectie_id=section.pk, by=request.user, **form.answer()):
        return _saved(request, dossier, letter, section)
    return _editor(request, dossier, letter, section, form)


def _saved(request: Request, dossier: Dossier, letter: Kamerbrief, section: Briefsectie) -> HttpResponse:
    """Back to the same section, or on to the next that this person writes."""
    messages.success(request, f"{section.title} is opgeslagen.")
    onward = request.POST.get("actie") == "volgende"
    later = letter.secties.filter(order__gt=section.order).select_related("ministry") if onward else []
    following = next((s for s in later if _may_write(request.user, s, dossier)), section)
    return redirect("brief_sectie", dossier.number, letter.soort, following.code)


def _may_write(user: User, section: Briefsectie, dossier: Dossier) -> bool:
    return bool(access.may(user, Act.SECTIE_SCHRIJVEN, dossier, selectors.writer(section, dossier)))


def _editor(
    request: Request, dossier: Dossier, letter: Kamerbrief, section: Briefsectie, form: SectieForm, status: int = 0
) -> HttpResponse:
    overview = selectors.overview(letter.ronde, dossier, BriefSoort(letter.soort))
    text = form["text"].value() or ""
    context = {
        "dossier": dossier,
        "brief": overview,
        "sectie": section,
        "secties": _links(request.user, dossier, overview, to_editor=True, current=section.code),
        "form": form,
        "waarschuwingen": lint.suggests_decision(letter.soort, text),
        "geadresseerde": ADDRESSEE,
    }
    return render(request, form.sjabloon("kamer/sectie.html"), context, status=status or form.status)


def _links(user: User, dossier: Dossier, overview: Overview, *, to_editor: bool, current: str = "") -> list[dict]:
    """The sections with their state; who may not write a section goes to its place in the whole letter instead."""
    here = [dossier.number, overview.soort.value]
    whole = reverse("brief_voorbeeld", args=here)
    return [
        {
            "tekst": s.title,
            "stand": s.get_state_display(),
            "current": s.code == current,
            "url": reverse("brief_sectie", args=[*here, s.code])
            if to_editor and _may_write(user, s, dossier)
            else f"{whole}#{s.code}",
        }
        for s in overview.secties
    ]


def soort_or_404(soort: str) -> BriefSoort:
    """The kind of letter of this address."""
    if soort not in BriefSoort.values:
        raise Http404
    return BriefSoort(soort)


def letter_or_404(dossier: Dossier, soort: str) -> Kamerbrief:
    """The letter of the current round."""
    letters = Kamerbrief.objects.select_related("document", "kader", "ronde")
    return get_object_or_404(letters, soort=soort_or_404(soort), ronde=current_ronde(dossier))
