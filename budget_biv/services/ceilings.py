"""The ceilings: locked in one order everywhere, and moved only by a recorded decision."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F

from budget_biv.models import Ceiling, Fund, Jaarsaldo, Oda, Overheveling
from budget_biv.models.fund import HIGHEST
from cases import access, audit
from cases.exceptions import NotPossible
from cases.models import User
from cases.rights import Act
from cases.templatetags.notatie import euro


def lock(fund: Fund, years: Iterable[int]) -> list[Ceiling]:
    """Locks every ceiling of these years, by year and category: whoever reserves meanwhile waits and sees the new balance."""
    rows = Ceiling.objects.select_for_update(of=("self",), no_key=True).filter(fund=fund, year__in=set(years))
    return list(rows.select_related("category").order_by("year", F("category_id").asc(nulls_first=True)))


@transaction.atomic
def transfer(
    *, source_id: int, target_id: int, oda: str, amount: int, reason: str, decided_on: date, by: User, reference: str = ""
) -> Overheveling:  # fmt: skip
    """A decision that moves a part of a ceiling to another year (kasschuif) or category. Raises NotPossible when it does not fit."""
    found = {c.pk: c for c in Ceiling.objects.filter(pk__in=(source_id, target_id)).select_related("fund__manager")}
    if len(found) < 2:
        raise NotPossible("Kies twee verschillende plafonds.")
    fund = found[source_id].fund
    allowed = access.require(by, Act.BIV_BEHEREN, None, fund.manager)
    locked = {c.pk: c for c in lock(fund, {c.year for c in found.values()})}
    source, target = locked[source_id], locked.get(target_id)
    if target is None or (source.year == target.year and None in (source.category_id, target.category_id)):
        raise NotPossible("Schuif tussen twee jaren, of tussen twee categorieën van hetzelfde jaar.")
    if not reason.strip():
        raise NotPossible("Leg uit waarom het geld verschuift.")
    _check_amount(source, target, oda, amount)
    made = Overheveling.objects.create(
        source=source, target=target, oda=oda, amount=amount, reason=reason, reference=reference, decided_on=decided_on, by=by
    )  # fmt: skip
    words = f"{euro(amount)} van {source.name} {source.year} naar {target.name} {target.year}"
    kind = "Kasschuif" if source.year != target.year else "Overheveling"
    audit.record(
        "biv", f"{kind}: {words}", by=by, allowed=allowed, obj=f"overheveling:{made.pk}", occurred_on=decided_on,
        data={"reden": reason, "kenmerk": reference, "oda": oda},
    )  # fmt: skip
    return made


def _check_amount(source: Ceiling, target: Ceiling, oda: str, amount: int) -> None:
    """Only what no dossier claims can move, and only as much as fits."""
    if not 1 <= amount <= HIGHEST:
        raise NotPossible("Een bedrag ligt tussen € 1 en € 10 miljard.")
    if oda == Oda.ONBEKEND and (source.oda_amount is not None or target.oda_amount is not None):
        raise NotPossible("Kies of het om ODA of niet-ODA gaat: een van deze plafonds is daarin verdeeld.")
    free = free_of(source, oda)
    if amount > free:
        raise NotPossible(f"Van {source.name} {source.year} is {euro(free)} vrij. U verschuift {euro(amount)}.")
    if target.amount + amount > HIGHEST:
        raise NotPossible(f"Het plafond van {target.name} {target.year} komt dan boven € 10 miljard.")


def free_of(ceiling: Ceiling, oda: str) -> int:
    """What of a ceiling no dossier claims, for this ODA part as far as it is split; of the year as well, when that has one."""
    year = Jaarsaldo.objects.filter(fund=ceiling.fund, year=ceiling.year)
    rows = [b for b in year if ceiling.category_id in (None, b.category_id)]
    free = ceiling.amount - sum(b.claimed for b in rows)
    part = ceiling.part(oda)
    if part is not None:
        free = min(free, part - sum(b.claimed for b in rows if b.oda == oda))
    return max(0, free)
