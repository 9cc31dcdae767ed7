"""Opening a dossier and keeping its main facts right."""

from collections.abc import Callable
from datetime import date, datetime, time

from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from cases import access, audit
from cases.exceptions import NotPossible
from cases.models import Dossier, Effort, Event, Ministry, Ronde, Toets, Toetsbevestiging, User, computed_outcome
from cases.rights import Act
from cases.rubricering import Rubricering
from cases.services import participation
from cases.services.first import stale, taken
from cases.services.locks import current_ronde, lock, lock_running

Hold = Callable[[Dossier, list[str]], str]
_holds: list[Hold] = []

NO_UNIT = (
    "De laatste toets voor artikel 100 zegt dat er geen eenheid gaat. Doe die toets opnieuw en voeg daarna de militaire "
    "eenheid toe."
)
A_UNIT = (
    "In dit dossier staat een militaire eenheid als soort inzet. Antwoord daarom Ja op de vraag naar de eenheid, of wijzig "
    "eerst de soort inzet in de kerngegevens."
)


def efforts_held_by(hold: Hold) -> None:
    """A room above says here why the kinds of effort may not become these: a sentence, or "" when they may."""
    _holds.append(hold)


def start_of(day: date) -> datetime:
    """The first moment of a day, as an aware datetime: for acts of which only the day is known."""
    return timezone.make_aware(datetime.combine(day, time.min))


def next_number(year: int) -> str:
    """A number that nobody else gets, for example "2026-0042". The counter row is held until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_dossiercounter (year, last) VALUES (%s, 1)"
            " ON CONFLICT (year) DO UPDATE SET last = cases_dossiercounter.last + 1 RETURNING last",
            [year],
        )
        return f"{year}-{cursor.fetchone()[0]:04d}"


@transaction.atomic
def open_dossier(
    *, by: User, lead: Ministry, ministries: list[Ministry], opened_on: date | None = None, once: str = "", **facts
) -> Dossier:
    """Opens a dossier in Oriëntatie with its first Ronde. `facts` are the fields of Dossier that a form asks for.

    `once` names what was sent: the same person sending the same again gets the dossier that it opened.
    """
    allowed = access.require(by, Act.DOSSIER_OPENEN)
    facts.setdefault("handler", by)
    number = next_number((opened_on or timezone.localdate()).year)
    # Asked while the counter is held: of two presses at the same moment the second sees what the first did.
    sent = Event.objects.filter(actor=by, kind="geopend", data__once=once).select_related("dossier") if once else None
    if sent and (event := sent.first()):
        return event.dossier
    moment = start_of(opened_on) if opened_on else timezone.now()
    dossier = Dossier.objects.create(number=number, lead=lead, opened_by=by, opened_at=moment, sort_at=moment, **facts)
    Ronde.objects.create(dossier=dossier, number=1, opened_at=moment)
    participation.start(dossier, ministries)
    audit.record(
        "geopend", "Dossier geopend", by=by, dossier=dossier, allowed=allowed, occurred_on=opened_on,
        data={"once": once} if once else {},
    )  # fmt: skip
    return dossier


def held_efforts(dossier: Dossier, efforts: list[str]) -> list[str]:
    """Why the kinds of effort may not become these; none at all for what may be taken away."""
    return [sentence for hold in (*_holds, _hold_unit) if (sentence := hold(dossier, efforts))]


def _hold_unit(dossier: Dossier, efforts: list[str]) -> str:
    """A unit is not added under a toets that says that none goes: artikel 100 would stay off it (ontwerpkeuze)."""
    if Effort.EENHEID not in set(efforts) - set(dossier.efforts):
        return ""
    last = Toets.objects.filter(ronde=current_ronde(dossier)).order_by("-id").first()
    return NO_UNIT if last and not last.eenheid else ""


@transaction.atomic
def change_facts(*, dossier_id: int, by: User, seen_revision: int, **facts) -> Dossier:
    """Changes main facts of a running dossier; raises Stale when someone else saved in the meantime."""
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.DOSSIER_WIJZIGEN, dossier)
    if dossier.revision != seen_revision:
        saved = {name: getattr(dossier, name) for name in facts}
        url = dossier.get_absolute_url()
        raise stale(dossier, "wijzigde deze gegevens", url, by=by, saved=saved, seen=dossier.revision, kind="gewijzigd")
    if held := held_efforts(dossier, facts.get("efforts", dossier.efforts)):
        raise NotPossible(*held)
    changed = [name for name, value in facts.items() if getattr(dossier, name) != value]
    before = [_shown(dossier, name) for name in changed]
    for name in changed:
        setattr(dossier, name, facts[name])
    if changed:
        dossier.revision += 1
        dossier.save(update_fields=[*changed, "revision"])
        labels = [str(Dossier._meta.get_field(n).verbose_name).lower() for n in changed]
        after = [_shown(dossier, name) for name in changed]
        audit.record(
            "gewijzigd", f"Kerngegevens gewijzigd: {', '.join(labels)}", by=by, dossier=dossier, allowed=allowed,
            data={"wijzigingen": list(zip(labels, before, after, strict=True))},
        )  # fmt: skip
    return dossier


def _shown(dossier: Dossier, name: str) -> str:
    """The value of a main fact as people read it, for the logboek."""
    if name == "efforts":
        return ", ".join(dossier.effort_labels)
    if name == "countries":
        return ", ".join(str(country.name) for country in dossier.countries)
    display = getattr(dossier, f"get_{name}_display", None)
    return str(display() if display else getattr(dossier, name) or "")


@transaction.atomic
def mark(
    *, dossier_id: int, by: User, marking: str, until: date | None, reason: str, seen_stamp: str | None = None
) -> Dossier:
    """Sets or lowers the rubricering, with its duration and reason. Raises Stale when it is no longer what was seen."""
    dossier = lock(dossier_id)
    allowed = access.require(by, Act.RUBRICEREN, dossier)
    if seen_stamp not in (None, dossier.marking_stamp):
        saved = {"marking": dossier.marking, "until": dossier.marking_until}
        url, seen = dossier.get_absolute_url(), dossier.marking_stamp
        raise stale(dossier, "wijzigde de rubricering", url, by=by, saved=saved, seen=seen, kind="rubricering")
    if marking == Rubricering.DEP_V and until is None:
        raise NotPossible("Vul in tot wanneer de rubricering geldt.")
    if marking == Rubricering.DEP_V and until and until < timezone.localdate():
        raise NotPossible("Kies een einddatum die nog niet voorbij is.")
    before = Rubricering(dossier.marking).label
    dossier.marking = marking
    dossier.marking_until = until if marking == Rubricering.DEP_V else None
    dossier.marked_by = by if marking == Rubricering.DEP_V else None
    dossier.save(update_fields=["marking", "marking_until", "marked_by"])
    label = Rubricering(marking).label
    audit.record(
        "rubricering", f"Rubricering: {label}", by=by, dossier=dossier, allowed=allowed,
        data={"reden": reason, "wijzigingen": [("rubricering", before, label)]},
    )  # fmt: skip
    return dossier


@transaction.atomic
def judge_artikel_100(
    *,
    dossier_id: int,
    by: User,
    rechtsorde: bool,
    eenheid: bool,
    geweld: bool,
    humanitair: bool,
    applies: bool,
    override_reason: str = "",
    decided_on: date | None = None,
    seen_toets: int | None = None,
) -> Toets:
    """Records whether artikel 100 Grondwet applies. Another outcome than the answers give needs a reason, and
    the answer on the unit cannot contradict the dossier's kinds of effort.

    `seen_toets` is the id of the newest toets on the screen, 0 when there was none; raises Stale when it is another.
    """
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.TOETS_DOEN, dossier)
    _refuse_unseen(dossier, seen_toets, by)
    if applies != computed_outcome(rechtsorde, eenheid, geweld, humanitair) and not override_reason:
        raise NotPossible("Leg uit waarom u afwijkt van de uitkomst van de vragen.")
    if Effort.EENHEID in dossier.efforts and not eenheid:
        raise NotPossible(A_UNIT)
    toets = Toets.objects.create(
        ronde=current_ronde(dossier),
        provisional=dossier.phase in {"orientatie", "analyse"},
        rechtsorde=rechtsorde,
        eenheid=eenheid,
        geweld=geweld,
        humanitair=humanitair,
        applies=applies,
        override_reason=override_reason,
        by=by,
        decided_on=decided_on or timezone.localdate(),
    )
    toets.refresh_from_db(fields=["told"])
    audit.record(
        "toets", f"Toepasselijkheidstoets: {toets.outcome}", by=by, dossier=dossier, allowed=allowed, occurred_on=decided_on,
        data={"afwijking": override_reason} if override_reason else {},
    )  # fmt: skip
    return toets


@transaction.atomic
def confirm_toets(*, toets_id: int, by: User) -> Toetsbevestiging:
    """A second person agrees with an outcome that deviates or takes back; until then artikel 100 counts as applying."""
    toets = Toets.objects.select_related("ronde").get(pk=toets_id)
    dossier = lock_running(toets.ronde.dossier_id)
    allowed = access.require(by, Act.TOETS_BEVESTIGEN, dossier)
    url = reverse("toets", args=[dossier.number])
    if not toets.second_person:
        raise NotPossible("Deze toets volgt uit de antwoorden. Niemand hoeft die te bevestigen.")
    if toets.by_id == by.pk:
        raise NotPossible("U deed deze toets zelf. Laat een collega de uitkomst bevestigen.")
    if Toets.objects.filter(ronde__dossier=dossier, pk__gt=toets.pk).exists() or toets.ronde != current_ronde(dossier):
        raise taken(dossier, "Er is een nieuwere toets gedaan.", url, kind="toets")
    try:
        with transaction.atomic():
            made = Toetsbevestiging.objects.create(toets=toets, by=by)
    except IntegrityError as error:
        raise taken(dossier, "Deze uitkomst is al bevestigd.", url, kind="toets", obj=f"toets:{toets.pk}") from error
    sentence = "Uitkomst van de toepasselijkheidstoets bevestigd"
    audit.record("toets", sentence, by=by, dossier=dossier, allowed=allowed, obj=f"toets:{toets.pk}")
    return made


def _refuse_unseen(dossier: Dossier, seen: int | None, by: User) -> None:
    """Nobody decides over a toets not seen."""
    last = Toets.objects.filter(ronde__dossier=dossier).order_by("-id").first()
    if seen in (None, last.pk if last else 0):
        return
    url = reverse("toets", args=[dossier.number])
    raise stale(
        dossier,
        "legde een toets vast",
        url,
        by=by,
        saved=last.answers() if last else {},
        seen=last.pk if last else 0,
        kind="toets",
    )
