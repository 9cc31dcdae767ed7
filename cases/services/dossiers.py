"""Opening a dossier and keeping its main facts right."""

from datetime import date, datetime, time

from django.db import connection, transaction
from django.utils import timezone

from cases import access, audit
from cases.exceptions import Conflict, NotPossible
from cases.models import Dossier, Ministry, Ronde, Toets, User, computed_outcome
from cases.rights import Act
from cases.rubricering import Rubricering
from cases.services import participation
from cases.services.locks import current_ronde, lock, lock_running


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
    *, by: User, lead: Ministry, ministries: list[Ministry], opened_on: date | None = None, **facts
) -> Dossier:
    """Opens a dossier in Oriëntatie with its first Ronde. `facts` are the fields of Dossier that a form asks for."""
    allowed = access.require(by, Act.DOSSIER_OPENEN)
    facts.setdefault("handler", by)
    number = next_number((opened_on or timezone.localdate()).year)
    moment = start_of(opened_on) if opened_on else timezone.now()
    dossier = Dossier.objects.create(number=number, lead=lead, opened_by=by, opened_at=moment, sort_at=moment, **facts)
    Ronde.objects.create(dossier=dossier, number=1, opened_at=moment)
    participation.start(dossier, ministries)
    audit.record("geopend", "Dossier geopend", by=by, dossier=dossier, allowed=allowed, occurred_on=opened_on)
    return dossier


@transaction.atomic
def change_facts(*, dossier_id: int, by: User, seen_revision: int, **facts) -> Dossier:
    """Changes main facts of a running dossier; raises Conflict when someone else saved or stopped it in the meantime."""
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.DOSSIER_WIJZIGEN, dossier)
    if dossier.revision != seen_revision:
        raise Conflict("Iemand anders heeft deze gegevens intussen gewijzigd.", dossier.get_absolute_url())
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
def mark(*, dossier_id: int, by: User, marking: str, until: date | None, reason: str) -> Dossier:
    """Sets or lowers the rubricering, with its duration and reason."""
    dossier = lock(dossier_id)
    allowed = access.require(by, Act.RUBRICEREN, dossier)
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
) -> Toets:
    """Records whether artikel 100 Grondwet applies. Another outcome than the answers give needs a reason."""
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.TOETS_DOEN, dossier)
    if applies != computed_outcome(rechtsorde, eenheid, geweld, humanitair) and not override_reason:
        raise NotPossible("Leg uit waarom u afwijkt van de uitkomst van de vragen.")
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
    outcome = "artikel 100 is van toepassing" if applies else "artikel 100 is niet van toepassing"
    audit.record(
        "toets", f"Toepasselijkheidstoets: {outcome}", by=by, dossier=dossier, allowed=allowed, occurred_on=decided_on
    )
    return toets
