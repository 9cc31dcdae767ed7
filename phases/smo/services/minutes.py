"""The besluitenlijst of a meeting: written by one, adopted by another, never changed after that; and its actions."""

from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases import access, audit
from cases.access import Allowed
from cases.exceptions import Conflict, NotPossible
from cases.letters.base import snapshot
from cases.models import User
from cases.notifications import outbox
from cases.rights import Act
from cases.templatetags.notatie import datum
from phases.smo.models import Actie, ActieGedaan, Besluitenlijst, Lijstpdf, Vergadering
from phases.smo.papers import list_content, list_rows
from phases.smo.selectors.meetings import points
from phases.smo.services.meetings import under_lock


@transaction.atomic
def write_list(
    *, vergadering_id: int, teksten: dict[str, str], opmerkingen: str, by: User, seen_revision: int
) -> Besluitenlijst:
    """Saves the concept: what was said per point, and in general. The conclusions come from their own rows."""
    allowed = access.require(by, Act.SMO_LIJST)
    meeting = _past(vergadering_id)
    concept = _newest(meeting)
    if (concept.revision if concept else 0) != seen_revision:
        raise Conflict("Iemand anders schreef intussen aan deze besluitenlijst.", _url(meeting))
    if concept is None:
        concept = Besluitenlijst(vergadering=meeting, written_by=by)
    _refuse_adopted(concept)
    concept.teksten, concept.opmerkingen, concept.written_by = teksten, opmerkingen, by
    concept.revision += 1
    concept.save()
    _record(f"Besluitenlijst geschreven van de SMO van {datum(meeting.day)}", by, allowed, concept)
    return concept


def _past(vergadering_id: int) -> Vergadering:
    meeting = under_lock(vergadering_id)
    if meeting.day > timezone.localdate():
        raise NotPossible(f"De vergadering is pas op {datum(meeting.day)}.")
    return meeting


def _newest(meeting: Vergadering) -> Besluitenlijst | None:
    return meeting.besluitenlijsten.order_by("number").last()


def _url(meeting: Vergadering) -> str:
    return reverse("vergadering", args=[meeting.pk])


def _refuse_adopted(lijst: Besluitenlijst) -> None:
    if lijst.adopted:
        sentence = "Deze besluitenlijst is vastgesteld. Begin een correctie als er iets niet klopt."
        raise Conflict(sentence, _url(lijst.vergadering))


def _record(sentence: str, by: User, allowed: Allowed | None, lijst: Besluitenlijst) -> None:
    audit.record("smo", sentence, by=by, allowed=allowed, obj=f"besluitenlijst:{lijst.pk}")


@transaction.atomic
def adopt_list(*, vergadering_id: int, by: User, seen: str) -> Besluitenlijst:
    """Chair or secretary adopts what the other wrote: frozen as text with its hash, and the worker makes the PDF.

    `seen` is the list_mark of what was on the screen: nobody adopts an action or a conclusion not seen.
    """
    allowed = access.require(by, Act.SMO_LIJST)
    meeting = _past(vergadering_id)
    lijst = _newest(meeting)
    if lijst is None:
        raise NotPossible("Er is nog geen besluitenlijst geschreven.")
    _refuse_adopted(lijst)
    if by.pk in lijst.writers:
        raise NotPossible(
            "U schreef aan deze besluitenlijst. Laat een voorzitter of secretaris die dat niet deed haar vaststellen."
        )
    rows = points(meeting)  # read once: a conclusion does not wait for the lock of the meeting
    if snapshot(list_content(lijst, rows)).sha256 != seen:
        raise Conflict("De besluitenlijst is gewijzigd nadat u haar las. Lees haar opnieuw.", _url(meeting))
    lijst.adopted_by, lijst.adopted_at = by, timezone.now()
    snap = snapshot(list_content(lijst, rows))
    lijst.html, lijst.sha256, lijst.rijen = snap.html, snap.sha256, list_rows(lijst, rows)
    lijst.save(update_fields=["html", "sha256", "rijen", "adopted_by", "adopted_at"])
    made = Lijstpdf.objects.create(besluitenlijst=lijst)
    outbox.add("smo-lijst", {"lijstpdf": made.pk})
    _record(f"Besluitenlijst vastgesteld van de SMO van {datum(meeting.day)}", by, allowed, lijst)
    return lijst


@transaction.atomic
def correct_list(*, vergadering_id: int, by: User) -> Besluitenlijst:
    """A next list that begins with the text of the adopted one, which stays as it is."""
    allowed = access.require(by, Act.SMO_LIJST)
    meeting = _past(vergadering_id)
    last = _newest(meeting)
    if last is None or not last.adopted:
        raise Conflict("Er is al een concept. Schrijf daaraan verder.", _url(meeting))
    made = Besluitenlijst.objects.create(
        vergadering=meeting, number=last.number + 1, teksten=last.teksten, opmerkingen=last.opmerkingen, written_by=by
    )
    _record(f"Correctie begonnen op de besluitenlijst van {datum(meeting.day)}", by, allowed, made)
    return made


@transaction.atomic
def add_action(*, vergadering_id: int, tekst: str, holder: User, due: date, by: User) -> Actie:
    """An action for somebody, in the concept. It comes on Mijn werk of its holder when the list is adopted."""
    allowed = access.require(by, Act.SMO_LIJST)
    meeting = _past(vergadering_id)
    lijst = _newest(meeting) or Besluitenlijst.objects.create(vergadering=meeting, written_by=by, revision=1)
    _refuse_adopted(lijst)
    if due < meeting.day:
        raise NotPossible(f"De vergadering was op {datum(meeting.day)}. Kies een latere datum.")
    made = Actie.objects.create(besluitenlijst=lijst, tekst=tekst, holder=holder, due=due, by=by)
    _record(f"Actie voor {holder} uit de SMO van {datum(meeting.day)}", by, allowed, lijst)
    return made


@transaction.atomic
def finish_action(*, actie_id: int, tekst: str, by: User) -> ActieGedaan:
    """The holder says that it is done. Raises NotPossible for anybody else."""
    actie = Actie.objects.select_related("besluitenlijst__vergadering", "holder").get(pk=actie_id)
    if actie.holder_id != by.pk:
        raise NotPossible(f"Deze actie is van {actie.holder}. Alleen die kan haar afmelden.")
    if not actie.besluitenlijst.adopted:
        raise NotPossible("De besluitenlijst met deze actie is nog niet vastgesteld.")
    try:
        with transaction.atomic():
            made = ActieGedaan.objects.create(actie=actie, tekst=tekst, by=by)
    except IntegrityError as error:
        raise Conflict("U meldde deze actie al af.", reverse("mijn_werk")) from error
    _record("Actie uit de besluitenlijst gedaan", by, None, actie.besluitenlijst)
    return made
