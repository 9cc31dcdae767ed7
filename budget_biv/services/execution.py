"""What happens with granted money: promised, spent, given back, settled; and counter-entries for mistakes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.urls import reverse

from budget_biv import selectors
from budget_biv.models import Aanvraag, Mutatie, Post, Rekening, Soort, Uitkomst
from budget_biv.selectors.room import Amount, shortages
from budget_biv.services import ceilings
from budget_biv.services.ledger import Zet, book, everything, saldi
from cases import access, audit
from cases.exceptions import NotPossible
from cases.models import Dossier, User
from cases.phase import Status
from cases.rights import Act
from cases.services.first import taken
from cases.services.locks import lock
from cases.templatetags.notatie import datum, euro

# From where to where each act brings money; what falls free comes from what was not promised yet, and then from what was.
ARROWS = {
    Soort.VERPLICHTEN: (Rekening.TOEGEKEND, Rekening.VERPLICHT),
    Soort.REALISEREN: (Rekening.VERPLICHT, Rekening.GEREALISEERD),
    Soort.VRIJVALLEN: (Rekening.TOEGEKEND, Rekening.VRIJGEVALLEN),
}


def _lock(aanvraag_id: int) -> tuple[Dossier, Aanvraag]:
    """Also of a dossier that stopped: its books go on until they are settled."""
    dossier = lock(Aanvraag.objects.values_list("ronde__dossier_id", flat=True).get(pk=aanvraag_id))
    return dossier, Aanvraag.objects.select_related("ronde", "fund__manager").get(pk=aanvraag_id)


def _check_day(aanvraag: Aanvraag, day: date | None) -> None:
    """Nothing happens with money before it was asked."""
    if day and day < aanvraag.asked_on:
        raise NotPossible(f"Dit geld is gevraagd op {datum(aanvraag.asked_on)}. De datum kan niet eerder zijn.")


@transaction.atomic
def book_amounts(
    *, aanvraag_id: int, soort: str, amounts: Sequence[Amount], reason: str, by: User, occurred_on: date | None = None
) -> Mutatie:  # fmt: skip
    """Verplichten, realiseren or laten vrijvallen: whole euros per line, never more than stands on the account before it."""
    dossier, aanvraag = _lock(aanvraag_id)
    allowed = access.require(by, Act.BIV_BOEKEN, dossier, aanvraag.fund.manager)
    _check_day(aanvraag, occurred_on)
    van, naar = ARROWS[Soort(soort)]
    on = {(s.year, s.category_id, s.oda): s for s in saldi(aanvraag)}
    given = [a for a in sorted(amounts) if a.amount]
    if not given:
        raise NotPossible("Vul minstens één bedrag in.")
    if not reason.strip():
        raise NotPossible("Vul een reden of kenmerk in.")
    for a in given:
        line = on.get((a.year, a.category_id, a.oda))
        there = line.on(van) if line else 0
        if not 0 < a.amount <= there:
            where = f"{line.category} {a.year}" if line else str(a.year)
            raise NotPossible(f"Voor {where} is {euro(there)} {Rekening(van).label.lower()}. U boekt {euro(a.amount)}.")
    zetten = [Zet(a.year, a.category_id, a.oda, van, naar, a.amount) for a in given]
    made = book(aanvraag, soort, zetten, by=by, reason=reason, occurred_on=occurred_on)
    audit.record(
        "biv", f"BIV-geld {made.get_soort_display().lower()}: {euro(sum(z.amount for z in zetten))}", by=by, dossier=dossier,
        allowed=allowed, obj=f"boeking:{made.pk}", occurred_on=occurred_on, data={"reden": reason},
    )  # fmt: skip
    return made


@transaction.atomic
def shift_year(
    *, aanvraag_id: int, amount: Amount, to_year: int, reason: str, by: User, occurred_on: date | None = None
) -> Mutatie:
    """A kasschuif: granted money that is not promised yet goes to another year, as a decision with its reason.

    Out of the one year and into the other in one act, below the ceilings of that year. Raises NotPossible otherwise.
    """
    dossier, aanvraag = _lock(aanvraag_id)
    allowed = access.require(by, Act.BIV_BOEKEN, dossier, aanvraag.fund.manager)
    if by.pk == aanvraag.by_id:
        raise NotPossible("U vroeg dit geld zelf aan. Laat een ander verschuiven.")
    if not reason.strip():
        raise NotPossible("Leg uit waarom het geld naar een ander jaar gaat.")
    _check_day(aanvraag, occurred_on)
    if to_year == amount.year:
        raise NotPossible("Kies een ander jaar dan waar het geld nu staat.")
    lines = {(s.year, s.category_id, s.oda): s for s in saldi(aanvraag)}
    line = lines.get((amount.year, amount.category_id, amount.oda))
    there = line.toegekend if line else 0
    if not 1 <= amount.amount <= there:
        raise NotPossible(
            f"In {amount.year} is {euro(there)} toegekend en nog niet verplicht. U verschuift {euro(amount.amount)}."
        )
    ceilings.lock(aanvraag.fund, {to_year})
    if short := shortages(aanvraag.fund, [replace(amount, year=to_year)]):
        raise NotPossible(*short)
    out = Zet(amount.year, amount.category_id, amount.oda, Rekening.TOEGEKEND, Rekening.BUITEN, amount.amount)
    zetten = [out, replace(out, year=to_year, van=Rekening.BUITEN, naar=Rekening.TOEGEKEND)]
    made = book(aanvraag, Soort.VERSCHUIVEN, zetten, by=by, reason=reason, occurred_on=occurred_on)
    audit.record(
        "biv", f"Kasschuif: {euro(amount.amount)} van {amount.year} naar {to_year}", by=by, dossier=dossier, allowed=allowed,
        obj=f"boeking:{made.pk}", occurred_on=occurred_on, data={"reden": reason},
    )  # fmt: skip
    return made


@transaction.atomic
def settle(*, aanvraag_id: int, reason: str, by: User, occurred_on: date | None = None) -> Mutatie:
    """Closes the books of a request: what was spent is settled, what is left falls free for others."""
    dossier, aanvraag = _lock(aanvraag_id)
    allowed = access.require(by, Act.BIV_BOEKEN, dossier, aanvraag.fund.manager)
    rows = saldi(aanvraag)
    if any(s.gereserveerd or s.voorgesteld for s in rows):
        raise NotPossible("Over deze aanvraag is nog niet besloten.")
    if not reason.strip():
        raise NotPossible("Leg uit waarop de afrekening rust.")
    _check_day(aanvraag, occurred_on)
    spent = everything(rows, (Rekening.GEREALISEERD,), Rekening.AFGEREKEND)
    left = everything(rows, (Rekening.TOEGEKEND, Rekening.VERPLICHT), Rekening.VRIJGEVALLEN)
    if not spent and not left:
        url = reverse("budget", args=[dossier.number])
        raise taken(dossier, "Er is niets meer af te rekenen.", url, kind="biv", about="BIV-geld afgerekend")
    made = book(aanvraag, Soort.AFREKENEN, [*spent, *left], by=by, reason=reason, occurred_on=occurred_on)
    words = f"{euro(sum(z.amount for z in spent))}; vrijgevallen: {euro(sum(z.amount for z in left))}"
    audit.record(
        "biv", f"BIV-geld afgerekend: {words}", by=by, dossier=dossier, allowed=allowed, obj=f"boeking:{made.pk}",
        occurred_on=occurred_on, data={"reden": reason},
    )  # fmt: skip
    return made


@transaction.atomic
def correct(*, mutatie_id: int, reason: str, by: User) -> Mutatie:
    """Undoes one booking by its counter-entry, with a reason; the booking itself stays where it is."""
    wrong = Mutatie.objects.select_related("aanvraag").get(pk=mutatie_id)
    dossier, aanvraag = _lock(wrong.aanvraag_id)
    allowed = access.require(by, Act.BIV_BOEKEN, dossier, aanvraag.fund.manager)
    if wrong.soort not in Soort.correctable():
        raise NotPossible("Deze boeking volgt uit een besluit en kunt u niet tegenboeken.")
    if wrong.soort == Soort.AFREKENEN and dossier.status == Status.AFGESLOTEN:
        raise NotPossible(
            "Dit dossier is afgesloten, en daarvoor moest het geld afgerekend zijn. Heropen eerst het dossier."
        )
    if Mutatie.objects.filter(corrects=wrong).exists():
        url = reverse("budget", args=[dossier.number])
        raise taken(dossier, "Deze boeking is al gecorrigeerd.", url, kind="biv", obj=f"boeking:{wrong.pk}")
    if not reason.strip():
        raise NotPossible("Leg uit waarom u deze boeking corrigeert.")
    posts = list(Post.objects.filter(mutatie=wrong))
    zetten = [Zet(p.year, p.category_id, p.oda, p.naar, p.van, p.amount) for p in posts]
    _check_still_asked(aanvraag, wrong)
    _check_correction(aanvraag, zetten)
    made = book(aanvraag, Soort.CORRIGEREN, zetten, by=by, reason=reason, corrects=wrong)
    audit.record(
        "biv", f"BIV-boeking gecorrigeerd: {wrong.get_soort_display().lower()}", by=by, dossier=dossier, allowed=allowed,
        obj=f"boeking:{wrong.pk}", data={"reden": reason},
    )  # fmt: skip
    return made


def _check_still_asked(aanvraag: Aanvraag, wrong: Mutatie) -> None:
    """Free money comes back only to a request that still counts: not to one that was replaced, taken back or refused."""
    counts = selectors.asked(aanvraag.ronde)
    refused = aanvraag.beslissingen.filter(uitkomst=Uitkomst.AFGEWEZEN).exists()
    if wrong.soort in (Soort.VRIJVALLEN, Soort.AFREKENEN) and (refused or counts is None or counts.pk != aanvraag.pk):
        raise NotPossible("Deze aanvraag geldt niet meer. Wat is vrijgevallen, blijft vrij.")


def _check_correction(aanvraag: Aanvraag, zetten: list[Zet]) -> None:
    """The money must still stand where the booking left it; and what comes back from free money must fit again."""
    on = {(s.year, s.category_id, s.oda): s for s in saldi(aanvraag)}
    if any(on[z.year, z.category_id, z.oda].on(z.van) < z.amount for z in zetten):
        raise NotPossible("Dit geld staat niet meer op deze plaats. Corrigeer eerst de latere boeking.")
    again = [Amount(z.year, z.category_id, z.oda, z.amount) for z in zetten if z.van == Rekening.VRIJGEVALLEN]
    if again:
        ceilings.lock(aanvraag.fund, {a.year for a in again})
        if short := shortages(aanvraag.fund, again):
            raise NotPossible(*short)
