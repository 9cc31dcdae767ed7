"""Indicators: adding one, and filling in its nulmeting later."""

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cases import access, audit
from cases.exceptions import NotPossible
from cases.models import User
from cases.rights import Act
from cases.services.first import stale, taken
from cases.services.locks import current_ronde, lock_running
from phases.planning import selectors
from phases.planning.models import INDICATOR, Indicator

FIXED = (
    "Het advies over het plan rust op deze indicator. Sinds de uitvoering kunt u alleen een lege nulmeting invullen. "
    "Voeg een nieuwe indicator toe, of wijzig de indicator in een nieuwe ronde."
)
# What the logboek calls the columns.
LABELS = {
    "naam": "indicator",
    "bron": "bron",
    "nulmeting": "nulmeting",
    "nulmeting_op": "datum van de nulmeting",
    "gepland_op": "nulmeting gepland op",
    "streefwaarde": "streefwaarde",
}


@transaction.atomic
def add_indicator(*, dossier_id: int, by: User, **values: Any) -> Indicator:
    """Adds an indicator to the current Ronde."""
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.SCHRIJVEN, dossier)
    _check(values)
    row = Indicator.objects.create(ronde=current_ronde(dossier), changed_by=by, **values)
    audit.record(
        "indicator", f"Indicator toegevoegd: {row.naam}", by=by, dossier=dossier, allowed=allowed,
        obj=f"indicator:{row.pk}",
    )  # fmt: skip
    return row


@transaction.atomic
def take_over_indicators(*, dossier_id: int, by: User) -> list[Indicator]:
    """A renewal goes on measuring: copies the indicators of the newest earlier Ronde, with their nulmeting as known, once."""
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.SCHRIJVEN, dossier)
    if selectors.indicators(dossier).exists():
        url = reverse("indicatoren", args=[dossier.number])
        raise taken(dossier, "Deze ronde heeft al indicatoren.", url, kind="indicator")
    earlier, ronde = selectors.earlier_with_indicators(dossier), current_ronde(dossier)
    if earlier is None:
        raise NotPossible("Er is geen eerdere ronde met indicatoren.")
    rows = earlier.indicatoren.values(*INDICATOR).order_by("id")
    made = Indicator.objects.bulk_create(Indicator(ronde=ronde, changed_by=by, **values) for values in rows)
    audit.record(
        "indicator", f"Indicatoren van ronde {earlier.number} overgenomen: {len(made)}", by=by, dossier=dossier,
        allowed=allowed, obj=f"ronde:{ronde.pk}", data={"indicatoren": [row.naam for row in made]},
    )  # fmt: skip
    return made


@transaction.atomic
def change_indicator(*, indicator_id: int, by: User, seen_revision: int, **values: Any) -> Indicator:
    """Fills in or corrects an indicator; the logboek keeps what it said. Raises Stale when somebody saved it meanwhile."""
    row = Indicator.objects.select_related("ronde").get(pk=indicator_id)
    dossier = lock_running(row.ronde.dossier_id)
    row = Indicator.objects.select_related("ronde").get(pk=indicator_id)
    allowed = access.require(by, Act.SCHRIJVEN, dossier)
    if row.ronde.number != dossier.ronde_number:
        raise NotPossible("Deze indicator hoort bij een eerdere ronde.")
    if row.revision != seen_revision:
        url, obj = reverse("indicator", args=[dossier.number, row.pk]), f"indicator:{row.pk}"
        saved, seen = row.answers(), row.revision
        raise stale(dossier, "wijzigde deze indicator", url, by=by, saved=saved, seen=seen, kind="indicator", obj=obj)
    may = selectors.changeable(row, dossier)
    if not may or any(value != getattr(row, name) for name, value in values.items() if name not in may):
        raise NotPossible(FIXED)
    _check(values)
    before = {name: str(value or "") for name, value in row.answers().items()}
    for name, value in values.items():
        setattr(row, name, value)
    row.revision, row.changed_by = row.revision + 1, by
    row.save()
    after = {name: str(value or "") for name, value in row.answers().items()}
    changed = [(LABELS[name], old, after[name]) for name, old in before.items() if after[name] != old]
    audit.record(
        "indicator", f"Indicator gewijzigd: {row.naam}", by=by, dossier=dossier, allowed=allowed,
        obj=f"indicator:{row.pk}", data={"wijzigingen": changed},
    )  # fmt: skip
    return row


def _check(values: dict[str, Any]) -> None:
    """A measured value has its day, and a day its value."""
    measured: date | None = values.get("nulmeting_op")
    if bool(values.get("nulmeting")) != bool(measured):
        raise NotPossible("Vul bij een nulmeting zowel de waarde als de datum in.")
    if measured and measured > timezone.localdate():
        raise NotPossible("Een nulmeting is vandaag of eerder gedaan. Vul anders in wanneer die gepland is.")
