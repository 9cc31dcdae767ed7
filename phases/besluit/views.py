"""Decisions about the papers of a dossier: what is awaited, registering, confirming."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cases import access
from cases.forms.controle import Bevestiging
from cases.http import Request
from cases.models import DocumentVersion, Dossier, Ministry, PaperStatus, User
from cases.templatetags.notatie import datum, tijdstip
from phases.besluit import selectors, services
from phases.besluit.forms import BesluitForm
from phases.besluit.models import Besluit, Orgaan
from phases.smo import selectors as smo


def besluiten(request: Request, number: str) -> HttpResponse:
    """What still must be decided and by whom, and what was decided."""
    dossier = access.get_or_404(request, number)
    made = list(selectors.for_dossier(dossier))
    own = selectors.own_ministries(request.user, dossier)
    found = selectors.stukken(dossier, made)
    organs = [next(iter(_organs_for(request.user, s.version, dossier, own)), "") for s in found]
    context = {
        "dossier": dossier,
        "stukken": [(s, o, _awaited(s, o, own)) for s, o in zip(found, organs, strict=True)],
        "besluiten": [(b, _may_confirm(request.user, b, dossier)) for b in made],
    }
    return render(request, "besluit/besluiten.html", context)


def _awaited(stuk: selectors.Stuk, organ: str, own: list[Ministry]) -> bool:
    """Whether a decision that this person registers is what the paper waits for."""
    codes = {"", *(ministry.code for ministry in own)}
    mine = [p for p in stuk.places if p.open and p.orgaan == organ and p.code in codes]
    return any(p.besluit is None or p.besluit.is_confirmed for p in mine)


def nieuw(request: Request, number: str, version_id: int) -> HttpResponse:
    """Registers a decision about one version."""
    dossier = access.get_or_404(request, number)
    versions = DocumentVersion.objects.select_related("document__ronde").defer("html")
    mine = {
        "document__dossier": dossier,
        "document__kind__in": selectors.DECIDABLE,
        "status__in": PaperStatus.adopted(),
    }
    version = get_object_or_404(versions, pk=version_id, **mine)
    own = selectors.own_ministries(request.user, dossier)
    organs = _organs_for(request.user, version, dossier, own)
    if not organs:
        act = services.registering(selectors.organs(version, dossier)[0])
        access.require(request.user, act, dossier, dossier.lead)
    last = version.besluiten.last()
    form = BesluitForm(
        request.POST or None,
        organs=organs,
        options=selectors.options(version),
        ministries=own,
        initial={"orgaan": request.GET.get("orgaan", ""), "seen_besluit": last.pk if last else 0},
    )
    form.over = f"Het besluit gaat over {version}."
    if form.klaar and form.lukt(services.register, version_id=version.pk, by=request.user, **form.besluit()):
        messages.success(request, "Het besluit is geregistreerd. Vraag een collega om het te bevestigen.")
        return redirect("besluiten", number)
    advice = smo.newest(version.document.ronde, version.document.kind)
    context = {"dossier": dossier, "stuk": version, "form": form, "advies": advice}
    return render(request, form.sjabloon("besluit/nieuw.html"), context, status=form.status)


def bevestigen(request: Request, number: str, besluit_id: int) -> HttpResponse:
    """What was registered, and then the second person confirming it."""
    dossier = access.get_or_404(request, number)
    rows = Besluit.objects.select_related("version__document", "ministry", "by", "bevestiging__by")
    besluit = get_object_or_404(rows.defer("version__html"), pk=besluit_id, ronde__dossier=dossier)
    access.require(request.user, services.confirming(besluit.orgaan), dossier, besluit.ministry)
    form = Bevestiging(request)
    if form.klaar and form.lukt(services.confirm, besluit_id=besluit.pk, by=request.user):
        messages.success(request, "Het besluit is bevestigd.")
        return redirect("besluiten", number)
    context = {
        "dossier": dossier,
        "besluit": besluit,
        "form": form,
        "regels": _lines(besluit),
        "mag_niet": "" if form.is_bound else services.why_not_confirm(besluit, dossier, request.user),
        "bevestigd": besluit.is_confirmed,
    }
    return render(request, "besluit/bevestigen.html", context, status=form.status)


def _lines(besluit: Besluit) -> list[tuple[str, str, str]]:
    """Everything that was registered, for the page on which it is confirmed."""
    names = dict(selectors.options(besluit.version))
    needed = {True: "Ja. ", False: "Nee. ", None: ""}[besluit.mr_nodig]
    found = [
        ("Stuk", besluit.version.document.title),
        ("Versie", f"{besluit.version.number}, vastgesteld op {datum(besluit.version.adopted_on)}"),
        ("Wie besloot", f"{besluit.who}{': ' + besluit.naam if besluit.naam else ''}"),
        ("Uitkomst", besluit.get_uitkomst_display()),
        ("Gekozen optie", names.get(besluit.optie, "")),
        ("Ministerraad nodig", f"{needed}{besluit.mr_reden}"),
        ("Datum van het besluit", datum(besluit.besluit_op)),
        ("Kenmerk", besluit.kenmerk),
        ("Toelichting", besluit.toelichting),
        ("Geregistreerd door", f"{besluit.by}, {tijdstip(besluit.at)}"),
    ]
    return [(label, value, "") for label, value in found if value]


def _organs_for(user: User, version: DocumentVersion, dossier: Dossier, own: list[Ministry]) -> list[Orgaan]:
    """The bodies whose decision on this paper someone may register."""
    may = {
        Orgaan.BEWINDSPERSONEN: bool(own),
        Orgaan.HOOG_AMBTELIJK: dossier.lead in own,
        Orgaan.MINISTERRAAD: bool(access.may(user, services.registering(Orgaan.MINISTERRAAD), dossier)),
    }
    return [organ for organ in selectors.organs(version, dossier) if may[organ]]


def _may_confirm(user: User, besluit: Besluit, dossier: Dossier) -> bool:
    waiting = not besluit.is_confirmed and besluit.by_id != user.pk
    return waiting and bool(access.may(user, services.confirming(besluit.orgaan), dossier, besluit.ministry))
