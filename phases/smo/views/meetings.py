"""The agenda of the SMO, and each meeting with its points, people and papers."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases import access
from cases.forms.controle import Bevestiging, Handeling
from cases.http import Request
from cases.models import Dossier, MarkedRead, User
from cases.rights import Act, Role
from cases.rubricering import Rubricering
from cases.templatetags.notatie import datum
from phases.smo import ics, services
from phases.smo.forms import (
    AanwezigForm,
    NaarForm,
    PuntForm,
    RitmeForm,
    VergaderingForm,
    VerplaatsForm,
    VervalForm,
)
from phases.smo.models import Agendapunt, Besluitenlijst, Bundel, Gemaakt, Ritme, Vergadering
from phases.smo.papers import list_mark
from phases.smo.selectors import Item
from phases.smo.selectors import meetings as found
from phases.smo.services.bundle import key
from phases.smo.views.offers import rights


def agenda(request: Request) -> HttpResponse:
    """What waits on this person, the coming meetings, written rounds, what was kept, and the meetings of late."""
    user = request.user
    meetings, items = found.overview(user, own=_reads(user))
    written = [i for i in items if i.aanbieding.schriftelijk and i.meeting is None]
    placed = {paper.aanbieding.pk for meeting in meetings for paper in meeting.papers}
    context = {
        "uw": _own(user, items),
        "vergaderingen": meetings,
        "schriftelijk": written,
        "over": [i for i in items if i not in written and i.aanbieding.pk not in placed],
        "geweest": [(meeting, found.list_words(meeting)) for meeting in found.of_late()],
        "iets": any(meeting.papers for meeting in meetings),
        "mag": rights(user, items),
        "mag_agenda": bool(access.may(user, Act.SMO_AGENDA)),
        "leest": _reads(user),
    }
    return render(request, "smo/agenda.html", context)


def _reads(user: User) -> bool:
    return bool(access.may(user, Act.SMO_LEZEN))


def _own(user: User, items: list[Item]) -> list[dict[str, Any]]:
    """The papers on which a position of this person's ministry is awaited, the first day first, as lines of `taken`."""
    codes = {m.ministry.code for m in access.memberships(user) if m.role == Role.SMO_LID and m.ministry}
    lines = []
    for item in items:
        for code in sorted(codes & set(item.awaited)) if item.aanbieding.version.created_by_id != user.pk else ():
            url = reverse("standpunt", args=[item.dossier.number, item.aanbieding.pk])
            how = "Uiterlijk" if item.aanbieding.schriftelijk and not item.meeting else "Vergadering van"
            lines.append(
                {"tekst": f"Neem het standpunt van {code} in over {item.aanbieding.version}", "url": url,
                 "hint": f"{item.dossier.number} {item.dossier.title}", "stand": f"{how} {datum(item.day)}"}
            )  # fmt: skip
    return lines


def vergadering(request: Request, vergadering_id: int, form: Handeling | None = None) -> HttpResponse:
    """One meeting. Who does not read for the SMO sees when it is, and only the papers of the own dossiers."""
    meeting = get_object_or_404(Vergadering, pk=vergadering_id)
    user, reads = request.user, _reads(request.user)
    (here,) = found.with_points([meeting], user, own=reads)
    ids = found.bundle_ids(here)
    lists = found.lists(meeting) if reads else []
    adopts = bool(
        access.may(user, Act.SMO_LIJST) and lists and not lists[0].adopted and user.pk not in lists[0].writers
    )
    context = {
        "vergadering": meeting,
        "paden": [*_crumbs(None), (f"SMO van {datum(meeting.day)}", "")],
        "punten": here.points,
        "uw": _own(user, [p for p in here.papers if p.open]),
        "form": form or Bevestiging(request),
        "mag": rights(user, here.papers),
        "mag_agenda": bool(access.may(user, Act.SMO_AGENDA)) and not meeting.vervallen,
        "mag_lijst": bool(access.may(user, Act.SMO_LIJST)) and not meeting.vervallen,
        "leest": reads,
        "geweest": meeting.day <= timezone.localdate(),
        "mag_schuiven": _may_shift(user, meeting, lists),
        "voorbij": meeting.day < timezone.localdate(),
        "stukken": len(ids),
        "bundel": found.bundle(meeting, key(ids)) if ids else None,
        "aanwezig": found.attendance(meeting) if reads else ([], ""),
        "lijsten": lists,
        "acties": found.actions(meeting) if reads else [],
        "concept": _concept(lists, here),
        "mag_vaststellen": adopts,
        "gezien": list_mark(lists[0]) if adopts else "",
    }
    return render(request, "smo/vergadering.html", context, status=context["form"].status if form else 200)


def _may_shift(user: User, meeting: Vergadering, lists: list[Besluitenlijst]) -> bool:
    """Whether the agenda can still change: not after the meeting, nor once a list of it was adopted."""
    settled = meeting.vervallen or meeting.day < timezone.localdate() or any(lijst.adopted for lijst in lists)
    return not settled and bool(access.may(user, Act.SMO_AGENDA))


def _concept(lists: list[Besluitenlijst], here: found.Meeting) -> list[tuple[str, str]]:
    """What the concept says per point, for who is to adopt it."""
    if not lists or lists[0].adopted:
        return []
    texts = [(point.title, lists[0].teksten.get(str(point.punt.pk), "").strip()) for point in here.points]
    return [(title, text) for title, text in texts if text]


def vergadering_ics(request: Request, vergadering_id: int) -> HttpResponse:
    """The meeting for one's own calendar."""
    meeting = get_object_or_404(Vergadering, pk=vergadering_id)
    url = request.build_absolute_uri(reverse("vergadering", args=[meeting.pk]))
    headers = {"Content-Disposition": f'attachment; filename="smo-{meeting.day:%Y-%m-%d}.ics"'}
    return HttpResponse(ics.of_meeting(meeting, url), content_type="text/calendar; charset=utf-8", headers=headers)


def _crumbs(meeting: Vergadering | None, *here: str) -> list[tuple[str, str]]:
    """From the agenda, past the meeting it is about, to this page."""
    day = [(f"SMO van {datum(meeting.day)}", reverse("vergadering", args=[meeting.pk]))] if meeting else []
    return [("SMO-agenda", reverse("smo")), *day, *((words, "") for words in here)]


def _page(
    request: Request, form: Handeling, kop: str, knop: str, meeting: Vergadering | None = None, **more: str
) -> HttpResponse:
    """A form of the secretary on a page of its own."""
    paths = _crumbs(meeting, kop)
    context = {
        "form": form,
        "kop": kop,
        "knop": knop,
        "paden": paths,
        "terug": paths[-2][1],
        "uitleg": "",
        "soort": "een",
    }
    context |= more
    return render(request, "smo/secretaris.html", context, status=form.status)


def ritme(request: Request) -> HttpResponse:
    """When the SMO usually meets."""
    access.require(request.user, Act.SMO_AGENDA)
    now = Ritme.objects.get(pk=1)
    values = {name: getattr(now, name) for name in ("weekday", "time", "place", "papers_days")}
    form = RitmeForm(request.POST or None, initial={**values, "seen_revision": now.revision})
    if form.klaar and form.lukt(services.set_rhythm, by=request.user, **form.answer()):
        messages.success(
            request, "Het ritme is gewijzigd. De komende vergaderingen zonder punten zijn opnieuw gepland."
        )
        return redirect("smo")
    explain = "Vergaderingen met punten blijven staan. Feestdagen worden overgeslagen."
    return _page(request, form, "Wijzig het ritme van de vergaderingen", "Sla op", uitleg=explain)


def vergadering_nieuw(request: Request) -> HttpResponse:
    """An extra meeting."""
    access.require(request.user, Act.SMO_AGENDA)
    now = Ritme.objects.get(pk=1)
    form = VergaderingForm(request.POST or None, initial={"time": now.time, "place": now.place})
    if form.klaar and form.lukt(services.add_meeting, by=request.user, **form.cleaned_data):
        messages.success(request, "De vergadering is toegevoegd.")
        return redirect("vergadering", form.gedaan.pk)
    return _page(request, form, "Voeg een vergadering toe", "Voeg toe")


def _own_meeting(request: Request, vergadering_id: int) -> tuple[Vergadering, str]:
    """A meeting that the secretary changes, and the way back to it."""
    access.require(request.user, Act.SMO_AGENDA)
    meeting = get_object_or_404(Vergadering, pk=vergadering_id)
    return meeting, reverse("vergadering", args=[meeting.pk])


def _own_point(request: Request, punt_id: int) -> Agendapunt:
    """A point that the secretary moves. Anybody else is refused before it is looked up, so that nobody counts points."""
    access.require(request.user, Act.SMO_AGENDA)
    return get_object_or_404(Agendapunt, pk=punt_id)


def vergadering_wijzigen(request: Request, vergadering_id: int) -> HttpResponse:
    """Another day, hour or place."""
    meeting, back = _own_meeting(request, vergadering_id)
    values = {name: getattr(meeting, name) for name in ("day", "time", "place", "papers_by")}
    form = VerplaatsForm(request.POST or None, initial={**values, "seen_revision": meeting.revision})
    act = {"vergadering_id": meeting.pk, "by": request.user}
    if form.klaar and form.lukt(services.move_meeting, **act, **form.cleaned_data):
        messages.success(request, "De vergadering is gewijzigd.")
        return redirect(back)
    return _page(request, form, "Wijzig de vergadering", "Wijzig de vergadering", meeting)


def vergadering_vervallen(request: Request, vergadering_id: int) -> HttpResponse:
    """A meeting does not go on; its papers come on the next agenda."""
    meeting, _ = _own_meeting(request, vergadering_id)
    form = VervalForm(request.POST or None, initial={"seen_revision": meeting.revision})
    act = {"vergadering_id": meeting.pk, "by": request.user}
    if form.klaar and form.lukt(services.cancel_meeting, **act, **form.cleaned_data):
        messages.success(request, "De vergadering gaat niet door. De stukken staan op de volgende agenda.")
        return redirect("smo")
    explain = "De stukken op deze agenda gaan naar de volgende vergadering. De penvoerders lezen dat in hun dossier."
    return _page(
        request, form, "Laat de vergadering vervallen", "Laat vervallen", meeting, uitleg=explain, soort="gevaar"
    )


def punt_nieuw(request: Request, vergadering_id: int) -> HttpResponse:
    """A point of the secretary's own."""
    meeting, back = _own_meeting(request, vergadering_id)
    form = PuntForm(request.POST or None)
    if form.klaar and form.lukt(services.add_point, vergadering_id=meeting.pk, by=request.user, **form.cleaned_data):
        messages.success(request, "Het punt staat op de agenda.")
        return redirect(back)
    explain = "Stukken voor advies biedt de penvoerder aan vanuit het dossier."
    return _page(request, form, "Voeg een agendapunt toe", "Voeg toe", meeting, uitleg=explain)


@require_POST
def punt_schuiven(request: Request, punt_id: int) -> HttpResponse:
    """One place up or down."""
    point = _own_point(request, punt_id)
    form = Bevestiging(request)
    up = request.POST.get("richting") == "omhoog"
    if form.lukt(services.shift_point, punt_id=point.pk, up=up, by=request.user):
        return redirect(f"{reverse('vergadering', args=[point.vergadering_id])}#punt-{point.pk}")
    return vergadering(request, point.vergadering_id, form)


def punt_verplaatsen(request: Request, punt_id: int) -> HttpResponse:
    """A point goes to another meeting."""
    point = _own_point(request, punt_id)
    meeting, _ = _own_meeting(request, point.vergadering_id)
    others = [m for m in found.to_choose(timezone.localdate()) if m.pk != point.vergadering_id]
    form = NaarForm(request.POST or None, meetings=others)
    if form.klaar:
        to = int(form.cleaned_data["vergadering"])
        if form.lukt(services.move_point, punt_id=point.pk, vergadering_id=to, by=request.user):
            messages.success(request, "Het punt is verplaatst.")
            return redirect("vergadering", to)
    what = point.titel or f"{point.aanbieding.version.document.dossier.title}: {point.aanbieding.version}"
    return _page(request, form, "Verplaats het punt", "Verplaats", meeting, uitleg=f"Het gaat om: {what}.")


@require_POST
def punt_weg(request: Request, punt_id: int) -> HttpResponse:
    """A point of the secretary's own goes off the agenda."""
    point = _own_point(request, punt_id)
    form = Bevestiging(request)
    if form.lukt(services.move_point, punt_id=point.pk, vergadering_id=None, by=request.user):
        messages.success(request, "Het punt staat niet meer op de agenda.")
        return redirect("vergadering", point.vergadering_id)
    return vergadering(request, point.vergadering_id, form)


def aanwezig(request: Request, vergadering_id: int) -> HttpResponse:
    """Who was there."""
    meeting, back = _own_meeting(request, vergadering_id)
    people, guests = found.attendance(meeting)
    members = found.members(meeting.day)
    form = AanwezigForm(request.POST or None, initial={"aanwezig": people, "gasten": guests}, members=members)
    act = {"vergadering_id": meeting.pk, "by": request.user}
    if form.klaar and form.lukt(services.note_attendance, **act, **form.cleaned_data):
        messages.success(request, "De aanwezigen zijn vastgelegd.")
        return redirect(back)
    return _page(request, form, "Leg de aanwezigen vast", "Leg vast", meeting)


@require_POST
def bundel_maken(request: Request, vergadering_id: int) -> HttpResponse:
    """Asks for the papers as one PDF, or again when that failed."""
    meeting = get_object_or_404(Vergadering, pk=vergadering_id)
    form = Bevestiging(request)
    if form.lukt(services.ask_bundle, vergadering_id=meeting.pk, by=request.user):
        if form.gedaan.state == Gemaakt.State.MISLUKT:
            services.retry_bundle(bundel_id=form.gedaan.pk, by=request.user)
        return redirect(f"{reverse('vergadering', args=[meeting.pk])}#bundel")
    return vergadering(request, meeting.pk, form)


def note_reading(request: Request, dossiers: QuerySet[Dossier]) -> None:
    """Notes that this person reads about the marked ones of these dossiers."""
    secret = dossiers.filter(marking=Rubricering.DEP_V).values_list("pk", flat=True)
    MarkedRead.objects.bulk_create(
        MarkedRead(dossier_id=pk, user_id=request.user.pk, path=request.path[:300]) for pk in secret
    )


def bundel(request: Request, bundel_id: int) -> HttpResponse:
    """The bundle, for who may read every paper in it; for anyone else it does not exist."""
    row = Bundel.objects.select_related("vergadering").defer("pdf").filter(pk=bundel_id).first()
    if row is None or row.state != Gemaakt.State.GEREED or not found.reads_all(request.user, row.version_ids):
        raise Http404
    note_reading(request, found.markings(row.version_ids))
    name = f"smo-{row.vergadering.day:%Y-%m-%d}-bundel.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(bytes(row.pdf), content_type="application/pdf", headers=headers)
