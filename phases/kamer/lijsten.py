"""What parliament does with a dossier, as pages with rows: its treatment of the letter, and what was promised to it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html

from cases import access
from cases.access import Refused
from cases.http import Request
from cases.models import Dossier, Ministry
from cases.rights import Act
from cases.templatetags.notatie import datum_kort
from cases.views import register
from phases.kamer import behandeling as treatment
from phases.kamer import selectors
from phases.kamer import toezeggingen as promises
from phases.kamer.forms import AfdoeningForm, BehandelstapForm, ToezeggingForm
from phases.kamer.models import Toezegging


def behandeling(request: Request, number: str) -> HttpResponse:
    """The steps of the treatment, and adding one."""
    dossier = access.get_or_404(request, number)
    words = register.Register(
        titel="Behandeling in de Kamer",
        vraag="Leg een stap vast",
        knop="Leg stap vast",
        uitleg="De regering informeert de Kamer en vraagt geen instemming. Toch begint een eenheid in de regel pas als de behandeling is afgerond.",
        bron="Leidraad kader 6 (actieve informatieplicht, geen instemmingsrecht); de stappen volgen het gebruik in de Kamer",
        kolommen=("Stap", "Datum", "Uitkomst", "Kamerstuk of kenmerk"),
        leeg=("De Kamer heeft deze inzet nog niet behandeld.", "Een stap verschijnt zodra het secretariaat of de behandelaar die vastlegt.", "De behandeling begint als de brief is verzonden."),
        cellen=[
            (row.get_stap_display(), datum_kort(row.op), row.uitkomst, row.kenmerk or "–")
            for row in selectors.treatment(dossier)
        ],
        ook=(reverse("toezeggingen", args=[number]), "Bekijk de toezeggingen"),
    )  # fmt: skip
    return register.page(
        request, dossier, words, BehandelstapForm(request.POST or None), act=Act.KAMER_VASTLEGGEN,
        service=treatment.note_step, done="De stap is vastgelegd.", back=("behandeling", number),
    )  # fmt: skip


def toezeggingen(request: Request, number: str) -> HttpResponse:
    """What was promised to parliament in any Ronde, and adding a promise."""
    dossier = access.get_or_404(request, number)
    words = register.Register(
        titel="Toezeggingen",
        vraag="Leg een toezegging vast",
        knop="Leg toezegging vast",
        uitleg="De afspraken met de Kamer zijn samen met het politieke besluit het begin van de verantwoording. Elke toezegging is gedaan of overgedragen voordat het dossier sluit.",
        bron="Leidraad par. 3.6, fase 6",
        kolommen=("Toezegging", "Aan", "Ministerie", "Uiterlijk", "Stand"),
        leeg=("Er is nog geen toezegging vastgelegd.", "Een toezegging verschijnt zodra het secretariaat of de behandelaar die vastlegt.", "Kijk in het verslag van het debat."),
        cellen=[_promise(dossier, row) for row in selectors.promises(dossier)],
    )  # fmt: skip
    ministries = list(Ministry.objects.filter(pk__in=access.participating(dossier)))
    return register.page(
        request, dossier, words, ToezeggingForm(request.POST or None, ministries=ministries), act=Act.KAMER_VASTLEGGEN,
        service=promises.promise, done="De toezegging is vastgelegd.", back=("toezeggingen", number),
    )  # fmt: skip


def _promise(dossier: Dossier, row: Toezegging) -> tuple[str, ...]:
    text = format_html('<a href="{}">{}</a>', reverse("toezegging", args=[dossier.number, row.pk]), row.tekst)
    state = row.afdoening.get_hoe_display() if row.is_done else "Open"
    return text, row.aan, row.ministry.code, datum_kort(row.uiterlijk) or "–", state


def toezegging(request: Request, number: str, toezegging_id: int) -> HttpResponse:
    """One promise, and saying how it ended."""
    dossier = access.get_or_404(request, number)
    rows = Toezegging.objects.select_related("ministry", "by", "afdoening__by")
    row = get_object_or_404(rows, pk=toezegging_id, ronde__dossier=dossier)
    allowed = access.may(request.user, Act.VASTLEGGEN, dossier, row.ministry)
    if request.method == "POST" and isinstance(allowed, Refused):
        allowed.deny()
    form = AfdoeningForm(request.POST or None)
    form.over = row.tekst
    if form.klaar and form.lukt(promises.settle, toezegging_id=row.pk, by=request.user, **form.cleaned_data):
        messages.success(request, "De toezegging is afgedaan.")
        return redirect("toezeggingen", number)
    context = {
        "dossier": dossier, "toezegging": row, "form": form, "mag": bool(allowed) and not row.is_done,
        "mag_niet": allowed.reason if isinstance(allowed, Refused) and not row.is_done else "",
    }  # fmt: skip
    return render(request, form.sjabloon("kamer/toezegging.html"), context, status=form.status)
