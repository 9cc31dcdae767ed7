"""Reserving by the BIV-beheerder, and the joint decision of the ministers: one outcome."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from budget_biv import selectors
from budget_biv.models import Aanvraag, Beslissing, Mutatie, Oda, Rekening, Saldo, Soort, Uitkomst
from budget_biv.selectors.facts import last_decisions
from budget_biv.selectors.room import Amount, shortages
from budget_biv.services import ceilings
from budget_biv.services.ledger import Zet, book, everything, saldi
from cases import access, audit
from cases.access import Allowed
from cases.exceptions import Conflict, NotPossible
from cases.models import Dossier, Ministry, User
from cases.rights import Act
from cases.services.first import taken
from cases.services.locks import current_ronde, lock_running
from cases.templatetags.notatie import euro

SPLIT = "Een deel is nog niet verdeeld over ODA en niet-ODA. De behandelaar verdeelt dat in een nieuwe versie van de aanvraag."
CRITERION = "Deze aanvraag voldoet volgens de aanvrager niet aan het criterium van het fonds (Leidraad par. 3.4)."


@transaction.atomic
def reserve(*, aanvraag_id: int, by: User, objection: str, occurred_on: date | None = None) -> Mutatie:
    """The BIV-beheerder sets the money of a request apart, as far as it fits below every ceiling.

    `objection` is why the advice of the SMO does not allow it yet, "" when it does; who calls knows the SMO, this app does not.
    """
    dossier, aanvraag = _lock(aanvraag_id)
    allowed = access.require(by, Act.BIV_RESERVEREN, dossier, aanvraag.fund.manager)
    _refuse_older(dossier, aanvraag)
    rows = [s for s in saldi(aanvraag) if s.voorgesteld]
    if not rows:
        raise _already(dossier, aanvraag, "Dit geld wacht niet meer op een reservering.")
    reasons = [objection] if objection else []
    reasons += [SPLIT] if any(s.oda == Oda.ONBEKEND for s in rows) else []
    reasons += [] if aanvraag.is_relevant and aanvraag.draagt_bij else [CRITERION]
    reasons += ["U vroeg dit geld zelf aan. Laat een ander reserveren."] if by.pk == aanvraag.by_id else []
    if reasons:
        raise NotPossible(*reasons)
    ceilings.lock(aanvraag.fund, {s.year for s in rows})
    if short := shortages(aanvraag.fund, _amounts(rows)):
        raise NotPossible(*short)
    zetten = everything(rows, (Rekening.VOORGESTELD,), Rekening.GERESERVEERD)
    made = book(aanvraag, Soort.RESERVEREN, zetten, by=by, occurred_on=occurred_on)
    _record(
        dossier, aanvraag, f"BIV-geld gereserveerd: {euro(sum(z.amount for z in zetten))}", by, allowed, occurred_on
    )
    return made


def _amounts(rows: list[Saldo]) -> list[Amount]:
    return [Amount(s.year, s.category_id, s.oda, s.voorgesteld) for s in rows]


def _lock(aanvraag_id: int) -> tuple[Dossier, Aanvraag]:
    """The running dossier of a request, locked, and the request under that lock."""
    dossier = lock_running(Aanvraag.objects.values_list("ronde__dossier_id", flat=True).get(pk=aanvraag_id))
    return dossier, Aanvraag.objects.select_related("ronde", "fund__manager").get(pk=aanvraag_id)


def _already(dossier: Dossier, aanvraag: Aanvraag | None, sentence: str) -> Conflict:
    url, obj = reverse("budget", args=[dossier.number]), f"aanvraag:{aanvraag.pk}" if aanvraag else ""
    return taken(dossier, sentence, url, kind="biv", obj=obj)


def _refuse_older(dossier: Dossier, aanvraag: Aanvraag) -> None:
    newest = selectors.newest(current_ronde(dossier))
    if newest is None or newest.pk != aanvraag.pk:
        raise _already(dossier, newest, "Er is intussen een nieuwe aanvraag. Beslis over de nieuwste versie.")
    if hasattr(newest, "intrekking"):
        raise _already(dossier, newest, "Deze aanvraag is ingetrokken.")


def _record(
    dossier: Dossier, aanvraag: Aanvraag, sentence: str, by: User, allowed: Allowed, on: date | None,
    ministry: Ministry | None = None, reason: str = "",
) -> None:  # fmt: skip
    audit.record(
        "biv", sentence, by=by, dossier=dossier, allowed=allowed, ministry=ministry, occurred_on=on,
        obj=f"aanvraag:{aanvraag.pk}", data={"reden": reason} if reason else None,
    )  # fmt: skip


@transaction.atomic
def decide(
    *, aanvraag_id: int, ministry: Ministry, uitkomst: str, toelichting: str, by: User, decided_on: date | None = None,
    part: Sequence[Amount] | None = None,
) -> Beslissing:  # fmt: skip
    """Registers what one minister decides on reserved money; `part` names the amounts of a decision in part.

    The last required minister who agrees makes it granted; the first who refuses ends it (Leidraad par. 3.4).
    """
    dossier, aanvraag = _lock(aanvraag_id)
    allowed = access.require(by, Act.BIV_BESLISSEN, dossier, ministry)
    if ministry.code not in selectors.required_codes(dossier):
        raise NotPossible(f"{ministry.code} beslist niet mee over deze aanvraag.")
    _refuse_older(dossier, aanvraag)
    day = decided_on or timezone.localdate()
    rows = saldi(aanvraag)
    lines = None if part is None else [[a.year, a.category_id, a.oda, a.amount] for a in sorted(part) if a.amount]
    _check_decision(dossier, aanvraag, ministry, uitkomst, toelichting, by, day, lines, rows)
    try:
        with transaction.atomic():
            beslissing = Beslissing.objects.create(
                aanvraag=aanvraag, ministry=ministry, uitkomst=uitkomst, toelichting=toelichting, lines=lines,
                sha256=aanvraag.sha256, decided_on=day, by=by,
            )  # fmt: skip
    except IntegrityError as error:
        raise _already(dossier, aanvraag, f"Het besluit van {ministry.code} is al geregistreerd.") from error
    sentence = f"BIV-besluit van {ministry.code}: {beslissing.words.lower()}"
    _record(dossier, aanvraag, sentence, by, allowed, day, ministry)
    _come_to_an_outcome(dossier, aanvraag, beslissing, rows)
    return beslissing


def _check_decision(
    dossier: Dossier, aanvraag: Aanvraag, ministry: Ministry, uitkomst: str, toelichting: str, by: User, day: date,
    lines: list[list] | None, rows: list[Saldo],
) -> None:  # fmt: skip
    """Raises NotPossible or Conflict for whatever makes this decision impossible."""
    decided = last_decisions(list(Beslissing.objects.filter(aanvraag=aanvraag).select_related("ministry")))
    refused = next((b for b in decided.values() if b.uitkomst == Uitkomst.AFGEWEZEN), None)
    own = decided.get(ministry.pk)
    if own and own.uitkomst != Uitkomst.AANGEHOUDEN:
        raise _already(dossier, aanvraag, f"Het besluit van {ministry.code} is al geregistreerd.")
    if refused:
        raise _already(dossier, aanvraag, f"{refused.ministry.code} wees deze aanvraag al af.")
    if not any(s.gereserveerd or s.claimed for s in rows):
        raise NotPossible("De BIV-beheerder heeft dit geld nog niet gereserveerd.")
    if uitkomst != Uitkomst.AKKOORD and not toelichting.strip():
        done = "is afgewezen" if uitkomst == Uitkomst.AFGEWEZEN else "wordt aangehouden"
        raise NotPossible(f"Leg uit waarom de aanvraag {done}.")
    _check_other_eyes(aanvraag, ministry, by)
    if day < aanvraag.asked_on:
        raise NotPossible("Het besluit kan niet ouder zijn dan de aanvraag.")
    if uitkomst == Uitkomst.AKKOORD:
        _check_same(lines, [b for b in decided.values() if b.uitkomst == Uitkomst.AKKOORD])
        _check_part(lines, rows)


def _check_other_eyes(aanvraag: Aanvraag, ministry: Ministry, by: User) -> None:
    """Who asked for the money, reserved it or decided for another minister does not decide for this one."""
    if by.pk == aanvraag.by_id:
        raise NotPossible("U vroeg dit geld zelf aan. Laat een ander beslissen.")
    if aanvraag.mutaties.filter(soort=Soort.RESERVEREN, by=by).exists():
        raise NotPossible("U reserveerde dit geld zelf. Laat een ander beslissen.")
    own = Beslissing.objects.filter(aanvraag=aanvraag, by=by).exclude(ministry=ministry).select_related("ministry")
    if earlier := own.first():
        raise NotPossible(
            f"U legde het besluit van {earlier.ministry.code} al vast. Laat een ander dat van {ministry.code} vastleggen."
        )


def _check_same(lines: list[list] | None, others: list[Beslissing]) -> None:
    """One outcome: all ministers grant the same."""
    other = next((b for b in others if b.lines != lines), None)
    if other:
        granted = "" if other.granted is None else f", {euro(other.granted)}"
        raise NotPossible(
            f"{other.ministry.code} legde vast: {other.words.lower()}{granted}. "
            "Leg hetzelfde vast, houd de aanvraag aan of wijs haar af."
        )


def _check_part(lines: list[list] | None, rows: list[Saldo]) -> None:
    """A part is less than all of it, and no line is more than what is reserved."""
    if lines is None:
        return
    reserved = {(s.year, s.category_id, s.oda): s.gereserveerd for s in rows if s.gereserveerd}
    if not lines or any(amount > reserved.get((y, c, oda), 0) for y, c, oda, amount in lines):
        raise NotPossible("Een toegekend deel is meer dan nul en niet meer dan wat is gereserveerd.")
    if sum(line[3] for line in lines) == sum(reserved.values()):
        raise NotPossible("Dit is het hele bedrag. Kies akkoord met het hele bedrag.")


def _come_to_an_outcome(dossier: Dossier, aanvraag: Aanvraag, last: Beslissing, rows: list[Saldo]) -> None:
    """Books what the decisions come to: granted once all agree, free again once one refuses."""
    if last.uitkomst == Uitkomst.AFGEWEZEN:
        zetten = everything(rows, (Rekening.GERESERVEERD, Rekening.TOEGEKEND), Rekening.VRIJGEVALLEN)
        book(aanvraag, Soort.AFWIJZEN, zetten, by=last.by, reason=last.toelichting[:1000], occurred_on=last.decided_on)
        return
    agreed = Beslissing.objects.filter(aanvraag=aanvraag, uitkomst=Uitkomst.AKKOORD)
    codes = set(agreed.values_list("ministry__code", flat=True))
    if not set(selectors.required_codes(dossier)) <= codes:
        return
    zetten = _granted(last.lines, rows)
    if zetten:
        book(aanvraag, Soort.TOEKENNEN, zetten, by=last.by, occurred_on=last.decided_on)


def _granted(lines: list[list] | None, rows: list[Saldo]) -> list[Zet]:
    """All that is reserved, or the part with the rest falling free."""
    if lines is None:
        return everything(rows, (Rekening.GERESERVEERD,), Rekening.TOEGEKEND)
    granted = {(year, category, oda): amount for year, category, oda, amount in lines}
    zetten = []
    for s in rows:
        amount = min(granted.get((s.year, s.category_id, s.oda), 0), s.gereserveerd)
        for naar, much in ((Rekening.TOEGEKEND, amount), (Rekening.VRIJGEVALLEN, s.gereserveerd - amount)):
            zetten.append(Zet(s.year, s.category_id, s.oda, Rekening.GERESERVEERD, naar, much))
    return zetten
