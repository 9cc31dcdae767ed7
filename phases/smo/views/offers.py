"""What the SMO says about a dossier: offered papers, positions, conclusions, conditions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from budget_biv import selectors as biv
from budget_biv.models import Aanvraag
from cases import access
from cases.exceptions import Denied
from cases.http import Request
from cases.models import DocumentVersion, Dossier, User
from cases.namens import ministries_for
from cases.rights import Act, Role
from cases.templatetags.notatie import datum
from phases.smo import selectors, services
from phases.smo.forms import (
    AanbiedenForm,
    AfhandelingForm,
    BivWijzigingForm,
    ConclusieForm,
    ControleForm,
    IntrekkenForm,
    StandpuntForm,
    TekstueelForm,
)
from phases.smo.models import Aanbieding, Afhandeling, Oordeel, PuntSoort, Voorwaarde
from phases.smo.selectors import Item
from phases.smo.selectors.meetings import to_choose


def dossier_smo(request: Request, number: str) -> HttpResponse:
    """Everything the SMO ever got about a dossier, with what it said."""
    dossier = access.get_or_404(request, number)
    may_offer = access.may(request.user, Act.SMO_AANBIEDEN, dossier)
    found = selectors.for_dossier(dossier)
    newest = {v.document_id: v for v in selectors.to_attach(dossier)}
    asked = biv.asked(dossier.current_ronde)
    plan = _advised_plan(found)
    context = {
        "dossier": dossier,
        "items": [
            (i, _later(newest, i), _other_money(asked, i) if i is plan else None, i is plan and _taken_back(asked, i))
            for i in found
        ],
        "nog_aan_te_bieden": selectors.to_offer(dossier),
        "mag_aanbieden": bool(may_offer),
        "mag": rights(request.user, found, dossier),
    }
    return render(request, "smo/dossier.html", context)


def aanbieden(request: Request, number: str, version_id: int) -> HttpResponse:
    """Puts a vastgestelde version on the agenda of the SMO."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.SMO_AANBIEDEN, dossier)
    versions = DocumentVersion.objects.select_related("document").defer("html", "content")
    version = get_object_or_404(versions, pk=version_id, document__dossier=dossier)
    others = [v for v in selectors.to_attach(dossier) if v.pk != version.pk]
    form = AanbiedenForm(request.POST or None, meetings=to_choose(timezone.localdate()), others=others)
    if form.klaar and form.lukt(services.offer, version_id=version.pk, by=request.user, **form.answer()):
        offer = form.gedaan
        how = "in een schriftelijke ronde tot en met" if offer.schriftelijk else "aan de SMO van"
        messages.success(request, f"{version} is aangeboden {how} {datum(offer.meeting_on)}.")
        return redirect("dossier_smo", number)
    context = {"dossier": dossier, "stuk": version, "aanvraag": biv.asked(dossier.current_ronde), "form": form}
    return render(request, "smo/aanbieden.html", context, status=form.status)


def standpunt(request: Request, number: str, aanbieding_id: int) -> HttpResponse:
    """The page on which an SMO member takes a position on behalf of a ministry."""
    _refuse_deputy_outside(request.user, number, aanbieding_id)
    dossier = access.get_or_404(request, number)
    item = _item_or_404(dossier, aanbieding_id)
    own = ministries_for(request.user, Act.STANDPUNT_INNEMEN, dossier, [m for m, _ in item.positions])
    seen = max((p.pk for _, p in item.positions if p), default=0)
    form = StandpuntForm(request.POST or None, ministries=own, seen=seen)
    form.over = f"Uw standpunt gaat over {item.aanbieding.version}."
    if form.klaar and form.lukt(
        services.take_position, aanbieding_id=item.aanbieding.pk, by=request.user, **form.answer()
    ):
        messages.success(request, "Uw standpunt is vastgelegd.")
        return redirect("dossier_smo", number)
    context = {"dossier": dossier, "item": item, "form": form}
    return render(request, form.sjabloon("smo/standpunt.html"), context, status=form.status)


def conclusie(request: Request, number: str, aanbieding_id: int) -> HttpResponse:
    """The page on which the chair, or the secretary on the chair's behalf, concludes."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.CONCLUDEREN, dossier)
    item = _item_or_404(dossier, aanbieding_id)
    seen = item.conclusie.pk if item.conclusie else 0
    offer = item.aanbieding
    words = {"kind": offer.version.document.kind, "soort": offer.soort, "awaited": item.awaited, "seen": seen}
    form = ConclusieForm(request.POST or None, **words)
    form.over = f"De conclusie gaat over {item.aanbieding.version}."
    if form.klaar and form.lukt(services.conclude, aanbieding_id=item.aanbieding.pk, by=request.user, **form.answer()):
        messages.success(request, "De conclusie is vastgelegd.")
        return redirect("dossier_smo", number)
    context = {"dossier": dossier, "item": item, "form": form, "te_vroeg": item.day > timezone.localdate()}
    return render(request, form.sjabloon("smo/conclusie.html"), context, status=form.status)


def _item_or_404(dossier: Dossier, aanbieding_id: int) -> Item:
    item = selectors.item(dossier, aanbieding_id)
    if item is None:
        raise Http404
    return item


def rights(user: User, items: list[Item], dossier: Dossier | None = None) -> dict[str, Any]:
    """What someone may do with what lies before the SMO, and which of it still waits on the own position; costs no query."""
    own = [m.ministry for m in access.memberships(user) if m.role == Role.SMO_LID and m.ministry]
    codes = {ministry.code for ministry in own if ministry.in_smo}
    about = (Act.SMO_INTREKKEN, Act.VOORWAARDE_AFHANDELEN, Act.VOORWAARDE_CONTROLEREN, Act.SMO_TEKSTUEEL)
    return {
        "standpunt": bool(codes),
        "aan_u": {item.aanbieding.pk for item in items if codes & set(item.awaited)},
        "conclusie": bool(access.may(user, Act.CONCLUDEREN)),
        **{act.value: bool(access.may(user, act, dossier)) for act in about},
    }


def _later(adopted: dict[int, DocumentVersion], item: Item) -> DocumentVersion | None:
    """A later vastgestelde version of an advised paper to which the conclusion does not extend yet."""
    if not item.current or item.conclusie is None or item.conclusie.oordeel not in Oordeel.positive():
        return None
    newest = adopted.get(item.aanbieding.version.document_id)
    known = {item.aanbieding.version_id, *(t.to_version_id for t in item.textual)}
    return newest if newest and newest.number > item.aanbieding.version.number and newest.pk not in known else None


def _advised_plan(found: list[Item]) -> Item | None:
    """The offer of the plan that the gate judges, once the chair gave an advice: the newest that asks for one."""
    plans = [i for i in found if i.current and i.aanbieding.version.document.kind == "plan"]
    asks = [i for i in plans if i.aanbieding.soort in (PuntSoort.ADVIES, PuntSoort.BIV)]
    item = next(iter([*asks, *plans]), None)
    verdict = item.conclusie.oordeel if item and item.conclusie else None
    return None if verdict in (None, Oordeel.AANGEHOUDEN, Oordeel.TER_KENNISNAME) else item


def _other_money(asked: Aanvraag | None, item: Item) -> Aanvraag | None:
    """The BIV request of now, when the advice on the plan is about another one, or about none."""
    known = {item.aanbieding.aanvraag_id, *(w.aanvraag_id for w in item.later_money)}
    return None if asked is None or asked.pk in known else asked


def _taken_back(asked: Aanvraag | None, item: Item) -> bool:
    """Whether the advice on the plan is about a BIV request that was taken back."""
    return asked is None and item.aanbieding.aanvraag_id is not None


def _refuse_deputy_outside(user: User, number: str, aanbieding_id: int) -> None:
    """A deputy outside the period learns that the period is why. Who has a right today goes on, and so does everybody else."""
    if any(m.role == Role.SMO_LID for m in access.memberships(user)):
        return
    rows = access.deputies_outside(user, Role.SMO_LID, number)
    if not rows or not Aanbieding.objects.filter(pk=aanbieding_id, ronde__dossier__number=number).exists():
        return
    today = timezone.localdate()
    coming = next((m for m in rows if m.start > today), None)
    row = coming or rows[-1]
    when = f"begint op {datum(row.start)}" if coming else f"liep tot en met {datum(row.end)}"
    raise Denied(
        f"Uw plaatsvervanging voor {row.ministry.code} {when}.",
        f"Vraag {row.deputy_for} om het standpunt in te nemen, of vraag de beheerder om de periode te wijzigen.",
    )


def intrekken(request: Request, number: str, aanbieding_id: int) -> HttpResponse:
    """The penvoerder takes a paper back from the SMO."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.SMO_INTREKKEN, dossier)
    item = _item_or_404(dossier, aanbieding_id)
    form = IntrekkenForm(request.POST or None)
    if form.klaar and form.lukt(services.withdraw, aanbieding_id=aanbieding_id, by=request.user, **form.cleaned_data):
        messages.success(request, f"{item.aanbieding.version} is ingetrokken.")
        return redirect("dossier_smo", number)
    context = {"dossier": dossier, "item": item, "form": form}
    return render(request, "smo/intrekken.html", context, status=form.status)


def tekstueel(request: Request, number: str, aanbieding_id: int, version_id: int) -> HttpResponse:
    """The chair confirms that a later version differs in words only."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.SMO_TEKSTUEEL, dossier)
    item = _item_or_404(dossier, aanbieding_id)
    mine = {"pk": version_id, "document": item.aanbieding.version.document_id}
    later = get_object_or_404(DocumentVersion.objects.select_related("document").defer("html", "content"), **mine)
    form = TekstueelForm(request.POST or None)
    act = {"aanbieding_id": aanbieding_id, "version_id": version_id, "by": request.user}
    if form.klaar and form.lukt(services.confirm_textual, **act, **form.cleaned_data):
        messages.success(request, f"De conclusie geldt nu ook voor versie {later.number}.")
        return redirect("dossier_smo", number)
    context = {"dossier": dossier, "item": item, "later": later, "form": form}
    return render(request, "smo/tekstueel.html", context, status=form.status)


def biv_wijziging(request: Request, number: str, aanbieding_id: int, aanvraag_id: int) -> HttpResponse:
    """The chair confirms that a later BIV request changes nothing for the advice."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.SMO_TEKSTUEEL, dossier)
    item = _item_or_404(dossier, aanbieding_id)
    later = get_object_or_404(Aanvraag, pk=aanvraag_id, ronde=item.aanbieding.ronde)
    form = BivWijzigingForm(request.POST or None)
    act = {"aanbieding_id": aanbieding_id, "aanvraag_id": aanvraag_id, "by": request.user}
    if form.klaar and form.lukt(services.confirm_money, **act, **form.cleaned_data):
        messages.success(request, f"De conclusie geldt nu ook voor BIV-aanvraag {later.number}.")
        return redirect("dossier_smo", number)
    context = {"dossier": dossier, "item": item, "later": later, "form": form}
    return render(request, "smo/biv_wijziging.html", context, status=form.status)


def voorwaarde(request: Request, number: str, voorwaarde_id: int) -> HttpResponse:
    """The penvoerder says how a condition was met."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.VOORWAARDE_AFHANDELEN, dossier)
    of = {"pk": voorwaarde_id, "conclusie__aanbieding__ronde__dossier": dossier}
    found = get_object_or_404(Voorwaarde.objects.select_related("conclusie__aanbieding__version__document"), **of)
    form = AfhandelingForm(request.POST or None)
    if form.klaar and form.lukt(services.meet_condition, voorwaarde_id=found.pk, by=request.user, **form.cleaned_data):
        messages.success(request, "De voorwaarde is afgehandeld. De secretaris van de SMO bevestigt dat nog.")
        return redirect("dossier_smo", number)
    context = {"dossier": dossier, "voorwaarde": found, "form": form}
    return render(request, "smo/voorwaarde.html", context, status=form.status)


def controle(request: Request, number: str, afhandeling_id: int) -> HttpResponse:
    """The secretary confirms that a condition is met, or says what still lacks."""
    dossier = access.get_or_404(request, number)
    access.require(request.user, Act.VOORWAARDE_CONTROLEREN, dossier)
    of = {"pk": afhandeling_id, "voorwaarde__conclusie__aanbieding__ronde__dossier": dossier}
    related = ("by", "voorwaarde__conclusie__aanbieding__version__document")
    found = get_object_or_404(Afhandeling.objects.select_related(*related), **of)
    form = ControleForm(request.POST or None)
    if form.klaar and form.lukt(services.check_condition, afhandeling_id=found.pk, by=request.user, **form.answer()):
        messages.success(request, "Uw controle is vastgelegd.")
        return redirect("dossier_smo", number)
    context = {"dossier": dossier, "voorwaarde": found.voorwaarde, "afhandeling": found, "form": form}
    return render(request, "smo/voorwaarde.html", context, status=form.status)
