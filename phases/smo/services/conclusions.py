"""The conclusion of the chair, its conditions, and the textual change under which it still holds (Leidraad par. 3.2)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from budget_biv import selectors as biv
from cases import access, audit
from cases.access import Allowed
from cases.exceptions import NotPossible
from cases.models import DocumentVersion, Dossier, User
from cases.rights import Act, Role
from cases.services.first import stale, taken
from cases.services.locks import lock_running
from cases.templatetags.notatie import datum
from phases.smo.models import (
    ALLOWED,
    Aanbieding,
    Afhandeling,
    BivWijziging,
    Conclusie,
    Controle,
    Oordeel,
    PuntSoort,
    TekstueleWijziging,
    Voorwaarde,
)
from phases.smo.services.agenda import lock_calendar, next_after, place, standing
from phases.smo.services.offers import under_lock


@transaction.atomic
def conclude(
    *,
    aanbieding_id: int,
    oordeel: str,
    doorgeleiding: str,
    tekst: str,
    by: User,
    concluded_on: date | None = None,
    seen_conclusie: int = 0,
    voorwaarden: Sequence[str] = (),
) -> Conclusie:
    """The chair concludes about this version; the secretary may register it, recorded as such. A later row corrects.

    `seen_conclusie` is the id of the newest conclusion on the screen, 0 when there was none; raises Stale when it is not.
    Each of `voorwaarden` becomes an item that holds the gate. What is kept for later comes on the next agenda.
    """
    dossier, aanbieding = under_lock(aanbieding_id)
    allowed = access.require(by, Act.CONCLUDEREN, dossier)
    version, day = aanbieding.version, concluded_on or timezone.localdate()
    _refuse_conclusion(aanbieding, dossier, allowed, by, seen_conclusie)
    _refuse_words(aanbieding, oordeel, day, voorwaarden)
    onward = version.document.kind == "analyse" and oordeel in Oordeel.positive()
    if onward and not doorgeleiding:
        raise NotPossible("Kies wanneer de beoordeling naar de bewindspersonen gaat.")
    conclusie = Conclusie.objects.create(
        aanbieding=aanbieding,
        oordeel=oordeel,
        doorgeleiding=doorgeleiding if onward else "",
        tekst=tekst,
        sha256=version.sha256,
        concluded_on=day,
        by=by,
        acting_for=_capacity(allowed),
    )
    rows = [Voorwaarde(conclusie=conclusie, number=n, tekst=t) for n, t in enumerate(voorwaarden, 1)]
    Voorwaarde.objects.bulk_create(rows)
    again = _keep_for_later(aanbieding, by) if oordeel == Oordeel.AANGEHOUDEN else ""
    audit.record(
        "conclusie", f"Conclusie van de SMO over {version}: {conclusie.get_oordeel_display().lower()}{again}", by=by,
        dossier=dossier, allowed=allowed, obj=f"aanbieding:{aanbieding.pk}", occurred_on=conclusie.concluded_on,
        data={"tekst": tekst, "hoedanigheid": conclusie.acting_for, "voorwaarden": list(voorwaarden)},
    )  # fmt: skip
    return conclusie


def _capacity(allowed: Allowed) -> str:
    return "namens de voorzitter SMO" if allowed.membership.role == Role.SECRETARIS_SMO else allowed.acting_for


def _refuse_conclusion(aanbieding: Aanbieding, dossier: Dossier, allowed: Allowed, by: User, seen: int) -> None:
    """Nobody concludes over a conclusion not seen, nor on the own paper; only the chair corrects what ended the matter."""
    last = aanbieding.conclusies.last()
    if (last.pk if last else 0) != seen:
        url, obj = reverse("dossier_smo", args=[dossier.number]), f"aanbieding:{aanbieding.pk}"
        saved, mark = (last.answers(), last.pk) if last else ({}, 0)
        raise stale(dossier, "legde een conclusie vast", url, by=by, saved=saved, seen=mark, kind="conclusie", obj=obj)
    final = last and last.oordeel not in {Oordeel.AANGEHOUDEN, Oordeel.TER_KENNISNAME}
    if final and allowed.membership.role != Role.VOORZITTER_SMO:
        raise NotPossible("Er is al een conclusie. Alleen de voorzitter van de SMO kan die corrigeren.")
    if by.pk == aanbieding.version.created_by_id:
        raise NotPossible("U bent de steller van dit stuk. Laat een ander concluderen.")
    if aanbieding.ronde.number != dossier.ronde_number:
        raise NotPossible("Dit stuk hoort bij een eerdere ronde.")


def _refuse_words(aanbieding: Aanbieding, oordeel: str, day: date, conditions: Sequence[str]) -> None:
    """The strekking fits the kind of point, the day the meeting, and conditions stand where they are announced."""
    if oordeel not in ALLOWED[PuntSoort(aanbieding.soort)]:
        kind = PuntSoort(aanbieding.soort).label.lower()
        raise NotPossible(f"Een punt “{kind}” laat de conclusie “{Oordeel(oordeel).label.lower()}” niet toe.")
    point = standing(aanbieding)
    if point and day < point.vergadering.day:
        raise NotPossible(
            f"De vergadering over dit stuk is op {datum(point.vergadering.day)}. De conclusie kan niet van eerder zijn."
        )
    if day < timezone.localdate(aanbieding.at):
        raise NotPossible(f"Het stuk is aangeboden op {datum(aanbieding.at)}. De conclusie kan niet van eerder zijn.")
    if oordeel == Oordeel.POSITIEF_VOORWAARDEN and not conditions:
        raise NotPossible("Vul minimaal 1 voorwaarde in.")
    if oordeel != Oordeel.POSITIEF_VOORWAARDEN and conditions:
        raise NotPossible("Voorwaarden horen alleen bij de conclusie “positief met voorwaarden”.")


def _keep_for_later(aanbieding: Aanbieding, by: User) -> str:
    """The point comes back on the next agenda, also out of a written round; returns how that is said in the logboek."""
    lock_calendar()
    point = standing(aanbieding)
    following = next_after(point.vergadering.day if point else timezone.localdate())
    if following is None:
        return ""
    place(aanbieding, following, by)
    return f", opnieuw op {datum(following.day)}"


@transaction.atomic
def meet_condition(*, voorwaarde_id: int, tekst: str, done_on: date, by: User) -> Afhandeling:
    """The penvoerder says how a condition was met. The secretary confirms; until then the gate stays closed."""
    dossier, voorwaarde = _condition(voorwaarde_id)
    allowed = access.require(by, Act.VOORWAARDE_AFHANDELEN, dossier)
    last = voorwaarde.afhandelingen.select_related("controle").last()
    if last and (not hasattr(last, "controle") or last.controle.voldaan):
        sentence = "Deze voorwaarde is al afgehandeld."
        raise taken(dossier, sentence, _smo_url(dossier), kind="voorwaarde", obj=f"voorwaarde:{voorwaarde.pk}")
    if done_on < voorwaarde.conclusie.concluded_on:
        raise NotPossible(
            f"De conclusie is van {datum(voorwaarde.conclusie.concluded_on)}. Kies die dag of een latere."
        )
    made = Afhandeling.objects.create(voorwaarde=voorwaarde, tekst=tekst, done_on=done_on, by=by)
    audit.record(
        "voorwaarde", f"Voorwaarde {voorwaarde.number} van de SMO afgehandeld", by=by, dossier=dossier, allowed=allowed,
        obj=f"voorwaarde:{voorwaarde.pk}", occurred_on=done_on, data={"voorwaarde": voorwaarde.tekst, "tekst": tekst},
    )  # fmt: skip
    return made


@transaction.atomic
def check_condition(*, afhandeling_id: int, voldaan: bool, toelichting: str, by: User) -> Controle:
    """The secretary confirms that a condition is met, or says what still lacks."""
    found = Afhandeling.objects.select_related("voorwaarde").get(pk=afhandeling_id)
    dossier, voorwaarde = _condition(found.voorwaarde_id)
    allowed = access.require(by, Act.VOORWAARDE_CONTROLEREN, dossier)
    if by.pk == found.by_id:
        raise NotPossible("U handelde deze voorwaarde zelf af. Laat een ander controleren.")
    if not voldaan and not toelichting.strip():
        raise NotPossible("Vul in wat er nog ontbreekt.")
    try:
        with transaction.atomic():
            made = Controle.objects.create(
                afhandeling=found, voldaan=voldaan, toelichting=toelichting, by=by, acting_for=allowed.acting_for
            )
    except IntegrityError as error:
        sentence, obj = "Deze afhandeling is al gecontroleerd.", f"voorwaarde:{voorwaarde.pk}"
        raise taken(dossier, sentence, _smo_url(dossier), kind="voorwaarde", obj=obj) from error
    words = "is voldaan" if voldaan else "is nog niet voldaan"
    audit.record(
        "voorwaarde", f"Voorwaarde {voorwaarde.number} van de SMO {words}", by=by, dossier=dossier, allowed=allowed,
        obj=f"voorwaarde:{voorwaarde.pk}", data={"toelichting": toelichting},
    )  # fmt: skip
    return made


def _smo_url(dossier: Dossier) -> str:
    return reverse("dossier_smo", args=[dossier.number])


def _condition(voorwaarde_id: int) -> tuple[Dossier, Voorwaarde]:
    """A condition of the newest conclusion, under the lock of its dossier."""
    related = "conclusie__aanbieding__ronde"
    dossier_id = Voorwaarde.objects.values_list(f"{related}__dossier_id", flat=True).get(pk=voorwaarde_id)
    dossier = lock_running(dossier_id)
    voorwaarde = Voorwaarde.objects.select_related(related).get(pk=voorwaarde_id)
    if voorwaarde.conclusie.aanbieding.conclusies.last() != voorwaarde.conclusie:
        obj = f"aanbieding:{voorwaarde.conclusie.aanbieding_id}"
        sentence = "Er is een nieuwere conclusie. Deze voorwaarde telt niet meer."
        raise taken(dossier, sentence, _smo_url(dossier), kind="conclusie", obj=obj)
    return dossier, voorwaarde


@transaction.atomic
def confirm_textual(*, aanbieding_id: int, version_id: int, toelichting: str, by: User) -> TekstueleWijziging:
    """The chair confirms that a later version differs in words only: the advice goes on to hold, without a new round."""
    dossier, aanbieding = under_lock(aanbieding_id)
    allowed = access.require(by, Act.SMO_TEKSTUEEL, dossier)
    conclusie = _positive(aanbieding)
    later = DocumentVersion.objects.defer("html", "content").get(pk=version_id)
    if later.document_id != aanbieding.version.document_id or later.number <= aanbieding.version.number:
        raise NotPossible("Kies een latere versie van hetzelfde stuk.")
    if not later.is_adopted:
        raise NotPossible("Deze versie is nog niet vastgesteld.")
    if by.pk == later.created_by_id:
        raise NotPossible("U bent de steller van deze versie. Laat een ander dit bevestigen.")
    with _once(dossier, aanbieding):
        made = TekstueleWijziging.objects.create(
            conclusie=conclusie, from_version=aanbieding.version, to_version=later, toelichting=toelichting, by=by,
            acting_for=allowed.acting_for,
        )  # fmt: skip
    audit.record(
        "smo", f"Tekstuele wijziging: de conclusie over versie {aanbieding.version.number} geldt ook voor versie {later.number}",
        by=by, dossier=dossier, allowed=allowed, obj=f"aanbieding:{aanbieding.pk}",
        data={"van": aanbieding.version_id, "naar": later.pk, "toelichting": toelichting},
    )  # fmt: skip
    return made


@transaction.atomic
def confirm_money(*, aanbieding_id: int, aanvraag_id: int, toelichting: str, by: User) -> BivWijziging:
    """The chair confirms that a later BIV request changes nothing for the advice, such as a split into ODA and niet-ODA.

    Raises NotPossible when no request lay beside the paper: then the SMO advised on no money at all.
    """
    dossier, aanbieding = under_lock(aanbieding_id)
    allowed = access.require(by, Act.SMO_TEKSTUEEL, dossier)
    conclusie = _positive(aanbieding)
    later, seen = biv.asked(aanbieding.ronde), aanbieding.aanvraag
    if seen is None:
        raise NotPossible("Bij het advies lag geen BIV-aanvraag. Laat het stuk opnieuw aanbieden.")
    if later is None or later.pk != aanvraag_id or later.number <= seen.number:
        url = _smo_url(dossier)
        raise taken(dossier, "Er is intussen een andere BIV-aanvraag. Bekijk eerst de nieuwste.", url, kind="biv")
    if by.pk == later.by_id:
        raise NotPossible("U vroeg dit geld zelf aan. Laat een ander dit bevestigen.")
    with _once(dossier, aanbieding):
        made = BivWijziging.objects.create(
            conclusie=conclusie, aanvraag=later, toelichting=toelichting, by=by, acting_for=allowed.acting_for
        )
    audit.record(
        "smo", f"De conclusie over {aanbieding.version} met BIV-aanvraag {seen.number} geldt ook voor BIV-aanvraag {later.number}",
        by=by, dossier=dossier, allowed=allowed, obj=f"aanbieding:{aanbieding.pk}",
        data={"van": seen.pk, "naar": later.pk, "toelichting": toelichting},
    )  # fmt: skip
    return made


def _positive(aanbieding: Aanbieding) -> Conclusie:
    """The conclusion that may go on to hold for something later; raises NotPossible when it is not positive."""
    conclusie = aanbieding.conclusies.last()
    if conclusie is None or conclusie.oordeel not in Oordeel.positive():
        raise NotPossible("Dit kan alleen na een positieve conclusie.")
    return conclusie


@contextmanager
def _once(dossier: Dossier, aanbieding: Aanbieding) -> Iterator[None]:
    """What stands in the database once: who comes second hears who was first."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        obj = f"aanbieding:{aanbieding.pk}"
        raise taken(dossier, "Dit is al bevestigd.", _smo_url(dossier), kind="smo", obj=obj) from error
