"""Acts on one dossier: its main facts, the toepasselijkheidstoets, the rubricering, and the logboek."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases import access
from cases.forms.controle import Bevestiging
from cases.forms.dossier import KerngegevensForm
from cases.forms.filters import LogboekFilter
from cases.forms.handelingen import VRAGEN, RubriceringForm, ToetsForm
from cases.http import Request
from cases.models import Dossier, Toets
from cases.phase import Status
from cases.rights import Act
from cases.selectors import events
from cases.services import dossiers
from cases.verschil import verschil


def kerngegevens(request: Request, number: str) -> HttpResponse:
    """Change the main facts. When somebody was first, both texts are shown and nothing typed is lost."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.DOSSIER_WIJZIGEN, dossier)
    form = KerngegevensForm(request.POST or None, dossier=dossier, held=dossiers.held_efforts(dossier, []))
    if form.klaar:
        act = {"dossier_id": dossier.pk, "by": request.user, "seen_revision": form.cleaned_data["seen_revision"]}
        if form.lukt(dossiers.change_facts, **act, **form.facts()):
            messages.success(request, "De kerngegevens zijn opgeslagen.")
            return redirect(dossier)
    context = {"dossier": dossier, "form": form}
    return render(request, form.sjabloon("dossier/kerngegevens.html"), context, status=form.status)


def toets(request: Request, number: str) -> HttpResponse:
    """Does artikel 100 Grondwet apply? The questions, and every earlier answer."""
    dossier = access.get_or_404(request, number)
    allowed = access.may(request.user, Act.TOETS_DOEN, dossier)
    if request.method == "POST":
        access.require(request.user, Act.TOETS_DOEN, dossier)
    last = Toets.objects.filter(ronde__dossier=dossier).order_by("-id").first()
    form = ToetsForm(request.POST or None, initial={"seen_toets": last.pk if last else 0})
    act = {"dossier_id": dossier.pk, "by": request.user}
    if form.klaar and form.lukt(dossiers.judge_artikel_100, **act, **form.answers()):
        waits = " Een teamleider moet deze uitkomst nog bevestigen." if form.gedaan.unconfirmed else ""
        messages.success(request, f"De toets is vastgelegd: {form.gedaan.outcome}.{waits}")
        return redirect(dossier)
    return _toets_page(request, dossier, form, bool(allowed))


@require_POST
def toets_bevestigen(request: Request, number: str, toets_id: int) -> HttpResponse:
    """A teamleider agrees with an outcome that deviates from the answers, or from what parliament was told."""
    dossier = access.get_or_404(request, number)
    row = get_object_or_404(Toets, pk=toets_id, ronde__dossier=dossier)
    form = Bevestiging(request)
    if form.lukt(dossiers.confirm_toets, toets_id=row.pk, by=request.user):
        messages.success(request, f"De uitkomst is bevestigd: {row.outcome}.")
        return redirect("toets", number)
    return _toets_page(request, dossier, form, False)


def _toets_page(request: Request, dossier: Dossier, form: ToetsForm | Bevestiging, may_answer: bool) -> HttpResponse:
    earlier = _earlier(dossier)
    last = earlier[0]["toets"] if earlier else None
    here = last is not None and last.ronde.number == dossier.ronde_number and dossier.status == Status.LOPEND
    waits = here and last.unconfirmed
    context = {
        "dossier": dossier,
        "form": form,
        "mag": may_answer,
        "eerder": earlier,
        "wacht": waits,
        "mag_bevestigen": waits
        and last.by_id != request.user.pk
        and access.may(request.user, Act.TOETS_BEVESTIGEN, dossier),
    }
    return render(request, form.sjabloon("dossier/toets.html"), context, status=form.status)


def _earlier(dossier: Dossier) -> list[dict]:
    """Every toets of this dossier, newest first, with its answers."""
    found = (
        Toets.objects.filter(ronde__dossier=dossier).select_related("by", "ronde", "bevestiging__by").order_by("-id")
    )
    return [
        {
            "uitkomst": done.outcome.capitalize(),
            "toets": done,
            "bevestigd": getattr(done, "bevestiging", None),
            "soort": "Voorlopig" if done.provisional else "Definitief",
            "antwoorden": [(question, "Ja" if getattr(done, name) else "Nee") for name, question in VRAGEN.items()],
        }
        for done in found
    ]


def rubricering(request: Request, number: str) -> HttpResponse:
    """A vaststeller sets or lowers the rubricering."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.RUBRICEREN, dossier)
    form = RubriceringForm(request.POST or None, dossier=dossier)
    if form.klaar and form.lukt(dossiers.mark, dossier_id=dossier.pk, by=request.user, **form.term()):
        messages.success(request, "De rubricering is vastgelegd.")
        return redirect(dossier)
    context = {"dossier": dossier, "form": form}
    return render(request, form.sjabloon("dossier/rubricering.html"), context, status=form.status)


def logboek(request: Request, number: str) -> HttpResponse:
    """Everything that happened in a dossier, per day."""
    dossier = access.get_or_404(request, number)
    filterbalk = LogboekFilter(request.GET, dossier)
    page = events.page(dossier, filterbalk.filters(), request.GET.get("voor", ""))
    query = request.GET.copy()
    query.pop("voor", None)
    context = {
        "dossier": dossier,
        "filterbalk": filterbalk,
        "chips": filterbalk.chips(query),
        "pagina": page,
        "eerste": "" if page.first else f"?{query.urlencode()}",
        "volgende": f"?{query.urlencode()}&voor={page.next}" if page.next else "",
    }
    return render(request, "dossier/logboek.html", context)


def wijziging(request: Request, number: str, seq: int) -> HttpResponse:
    """What one saving of a text changed: the text before and after, side by side per heading."""
    dossier = access.get_or_404(request, number)
    event = events.change_or_none(dossier, seq)
    if event is None:
        raise Http404
    rows = [
        (title, *verschil(after, before, ("Erbij: ", "Eruit: "))) for title, before, after in event.data["wijzigingen"]
    ]
    context = {"dossier": dossier, "gebeurtenis": event, "regels": rows}
    return render(request, "dossier/wijziging.html", context)
