"""The besluitenlijst of a meeting, as page, PDF and spreadsheet, and its actions."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import access
from cases.exports import Tabel, as_csv
from cases.forms.controle import Bevestiging
from cases.http import Request
from cases.models import Dossier
from cases.rights import Act
from cases.templatetags.notatie import datum_kort
from phases.smo import services
from phases.smo.forms import ActieForm, GedaanForm, LijstForm
from phases.smo.models import Besluitenlijst, Gemaakt, Lijstpdf, Vergadering
from phases.smo.selectors import meetings as found
from phases.smo.views.meetings import _page, note_reading, vergadering


def _writable(request: Request, vergadering_id: int) -> tuple[Vergadering, str]:
    access.require(request.user, Act.SMO_LIJST)
    meeting = get_object_or_404(Vergadering, pk=vergadering_id)
    return meeting, reverse("vergadering", args=[meeting.pk])


def besluitenlijst(request: Request, vergadering_id: int) -> HttpResponse:
    """Writing the concept."""
    meeting, back = _writable(request, vergadering_id)
    concept = meeting.besluitenlijsten.order_by("number").last()
    texts = concept.teksten if concept else {}
    initial = {f"punt_{pk}": text for pk, text in texts.items()}
    initial |= (
        {"opmerkingen": concept.opmerkingen, "seen_revision": concept.revision} if concept else {"seen_revision": 0}
    )
    form = LijstForm(request.POST or None, points=found.points(meeting), initial=initial)
    act = {"vergadering_id": meeting.pk, "by": request.user}
    if form.klaar and form.lukt(services.write_list, **act, **form.answer()):
        messages.success(request, "Het concept van de besluitenlijst is opgeslagen. Een ander stelt het vast.")
        return redirect(back)
    explain = "Wie aan het concept schrijft of een actie toevoegt, kan het niet vaststellen. Dat doet een ander."
    return _page(request, form, "Schrijf de besluitenlijst", "Sla het concept op", meeting, uitleg=explain)


@require_POST
def lijst_vaststellen(request: Request, vergadering_id: int) -> HttpResponse:
    """Adopting what another wrote."""
    meeting, back = _writable(request, vergadering_id)
    form = Bevestiging(request)
    act = {"vergadering_id": meeting.pk, "by": request.user, "seen": request.POST.get("gezien", "")}
    if form.lukt(services.adopt_list, **act):
        messages.success(request, "De besluitenlijst is vastgesteld. De pdf wordt gemaakt.")
        return redirect(back)
    return vergadering(request, meeting.pk, form)


@require_POST
def lijst_corrigeren(request: Request, vergadering_id: int) -> HttpResponse:
    """A next list that begins with the text of the adopted one."""
    meeting, _ = _writable(request, vergadering_id)
    form = Bevestiging(request)
    if form.lukt(services.correct_list, vergadering_id=meeting.pk, by=request.user):
        messages.success(request, "U begon een correctie. De vastgestelde lijst blijft bewaard.")
        return redirect("besluitenlijst", meeting.pk)
    return vergadering(request, meeting.pk, form)


def actie_nieuw(request: Request, vergadering_id: int) -> HttpResponse:
    """An action for somebody."""
    meeting, back = _writable(request, vergadering_id)
    form = ActieForm(request.POST or None, holders=found.holders(meeting))
    if form.klaar and form.lukt(services.add_action, vergadering_id=meeting.pk, by=request.user, **form.answer()):
        messages.success(request, "De actie staat in het concept van de besluitenlijst.")
        return redirect(back)
    explain = "De actie komt op Mijn werk van de houder zodra de besluitenlijst is vastgesteld."
    return _page(request, form, "Voeg een actie toe", "Voeg toe", meeting, uitleg=explain)


def actie_gedaan(request: Request, actie_id: int) -> HttpResponse:
    """The holder says that it is done. For anybody else the action does not exist."""
    actie = get_object_or_404(found.all_actions(), pk=actie_id, holder=request.user)
    form = GedaanForm(request.POST or None)
    if form.klaar and form.lukt(services.finish_action, actie_id=actie.pk, by=request.user, **form.cleaned_data):
        messages.success(request, "De actie is afgemeld.")
        return redirect("mijn_werk")
    context = {"actie": actie, "form": form, "paden": [("Mijn werk", reverse("mijn_werk")), ("Meld actie af", "")]}
    return render(request, "smo/actie.html", context, status=form.status)


def _adopted(request: Request, besluitenlijst_id: int) -> Besluitenlijst:
    access.require(request.user, Act.SMO_LEZEN)
    rows = Besluitenlijst.objects.select_related("vergadering").defer("html")
    return get_object_or_404(rows, pk=besluitenlijst_id, adopted_by__isnull=False)


def lijst_pdf(request: Request, besluitenlijst_id: int) -> HttpResponse:
    """The adopted list as PDF; 404 until the worker has made it."""
    lijst = _adopted(request, besluitenlijst_id)
    made = Lijstpdf.objects.filter(besluitenlijst=lijst, state=Gemaakt.State.GEREED).first()
    if made is None:
        raise Http404
    _note_reading(request, lijst)
    name = f"smo-{lijst.vergadering.day:%Y-%m-%d}-besluitenlijst-{lijst.number}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(bytes(made.pdf), content_type="application/pdf", headers=headers)


@require_POST
def lijst_pdf_opnieuw(request: Request, besluitenlijst_id: int) -> HttpResponse:
    """Asks again for a PDF that failed."""
    access.require(request.user, Act.SMO_LIJST)
    lijst = _adopted(request, besluitenlijst_id)
    made = get_object_or_404(Lijstpdf.objects.defer("pdf"), besluitenlijst=lijst)
    services.retry_list(lijstpdf_id=made.pk, by=request.user)
    return redirect("vergadering", lijst.vergadering_id)


def lijst_csv(request: Request, besluitenlijst_id: int) -> HttpResponse:
    """The list as adopted, for a spreadsheet; only whether an action is done is of now."""
    lijst = _adopted(request, besluitenlijst_id)
    _note_reading(request, lijst)
    done = {row.pk: datum_kort(row.gedaan.at) for row in found.actions(lijst.vergadering) if row.is_done}
    rows = [[*row["cellen"], done.get(row["actie"], "")] for row in lijst.rijen]
    head = ["Soort", "Punt of actie", "Dossier", "Conclusie", "Tekst", "Houder", "Uiterlijk", "Gedaan"]
    return as_csv(f"smo-{lijst.vergadering.day:%Y-%m-%d}", [Tabel("", head, rows)])


def _note_reading(request: Request, lijst: Besluitenlijst) -> None:
    note_reading(request, Dossier.objects.filter(number__in=[row["cellen"][2] for row in lijst.rijen]))
