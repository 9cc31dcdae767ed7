"""Asking for BIV money: amounts per year, category and ODA flag, and how the request meets the criterion of the fund."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from budget_biv import selectors
from budget_biv.models import Aanvraag, AndereFinanciering, Bedrag, Category, Fund, Intrekking, Rekening, Saldo, Soort
from budget_biv.models.fund import HIGHEST
from budget_biv.selectors.room import Amount
from budget_biv.services.ledger import Zet, book, everything, saldi
from cases import access, audit
from cases.exceptions import NotPossible
from cases.models import Dossier, User
from cases.rights import Act, Role
from cases.services import participation
from cases.services.first import stale, taken
from cases.services.locks import current_ronde, lock_running
from cases.templatetags.notatie import euro

WITHDRAWN = (Rekening.VOORGESTELD, Rekening.GERESERVEERD, Rekening.TOEGEKEND)

BOUND = "Van dit geld is al iets verplicht of uitgegeven. De aanvraag kan niet meer worden ingetrokken; de BIV-beheerder rekent haar af."


@dataclass(frozen=True, order=True)
class Regel:
    """One line of a request: whole euros for a year, category and ODA flag; `naijl` for the tail after the end."""

    year: int
    category_id: int
    oda: str
    amount: int
    naijl: bool = False


@dataclass(frozen=True)
class Verzoek:
    """Everything of a request besides its lines. `optiekosten` is what the chosen option was estimated at, when known."""

    relevantie: str
    bijdrage: str
    is_relevant: bool = True
    draagt_bij: bool = True
    vergoeding: int = 0
    optie: str = ""
    optiekosten: int | None = None
    verschil: str = ""


@transaction.atomic
def request_money(
    *, dossier_id: int, by: User, fund: Fund, lines: Sequence[Regel], about: Verzoek, asked_on: date | None = None,
    seen_aanvraag: int | None = None,
) -> Aanvraag:  # fmt: skip
    """Puts a request forward. A later request replaces the earlier, of which the money falls free, and asks new decisions.

    `seen_aanvraag` is the number of the newest version on the screen, 0 when there was none; raises Stale otherwise.
    More than there is may be proposed; reserving it is refused.
    """
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.BIV_AANVRAGEN, dossier)
    _check_lines(fund, lines)
    _check_words(lines, about)
    ronde = current_ronde(dossier)
    last = selectors.newest(ronde)
    if last and seen_aanvraag not in (None, last.number):
        url, saved, obj = reverse("budget", args=[dossier.number]), answers(last), f"aanvraag:{last.pk}"
        raise stale(dossier, "vroeg geld aan", url, by=by, saved=saved, seen=last.number, kind="biv", obj=obj)
    if last:
        _withdraw(last, by)
    aanvraag = Aanvraag.objects.create(
        ronde=ronde, fund=fund, number=last.number + 1 if last else 1, **asdict(about),
        sha256=_digest(ronde.pk, fund.pk, [asdict(line) for line in sorted(lines)], asdict(about)), by=by,
        asked_on=asked_on or timezone.localdate(),
    )  # fmt: skip
    Bedrag.objects.bulk_create(Bedrag(aanvraag=aanvraag, **asdict(line)) for line in sorted(lines))
    book(aanvraag, Soort.VOORSTELLEN, _proposed(lines), by=by, occurred_on=asked_on)
    participation.let_deciders_read(dossier, selectors.required_ministries(dossier))
    access.grant_reading(dossier, fund.manager, Role.BIV_BEHEERDER)
    total = sum(line.amount for line in lines)
    audit.record(
        "biv", f"BIV-aanvraag versie {aanvraag.number}: {euro(total)}", by=by, dossier=dossier, allowed=allowed,
        obj=f"aanvraag:{aanvraag.pk}", occurred_on=asked_on, data={"regels": [asdict(line) for line in sorted(lines)]},
    )  # fmt: skip
    return aanvraag


def lines_of(fund: Fund, rows: Sequence[Sequence[Any]]) -> list[Regel]:
    """Lines written as [year, code of the category, oda, amount], with "naijl" behind it for the tail."""
    known = dict(Category.objects.filter(fund=fund).values_list("code", "pk"))
    return [Regel(year, known[code], oda, amount, "naijl" in rest) for year, code, oda, amount, *rest in rows]


def amounts_of(fund: Fund, rows: Sequence[Sequence[Any]]) -> list[Amount]:
    """The same as amounts to book or to grant."""
    return [Amount(line.year, line.category_id, line.oda, line.amount) for line in lines_of(fund, rows)]


def _proposed(lines: Sequence[Regel]) -> list[Zet]:
    """Stay and tail of the same year and category are one euro amount on the accounts."""
    sums: dict[tuple[int, int, str], int] = {}
    for line in lines:
        key = (line.year, line.category_id, line.oda)
        sums[key] = sums.get(key, 0) + line.amount
    return [Zet(*key, Rekening.BUITEN, Rekening.VOORGESTELD, amount) for key, amount in sums.items()]


def _check_lines(fund: Fund, lines: Sequence[Regel]) -> None:
    """Raises NotPossible for no line at all, an amount out of bounds, a year or category that the fund does not know, or a double."""
    if not lines:
        raise NotPossible("Vul minstens één regel met een bedrag in.")
    if not all(1 <= line.amount <= HIGHEST for line in lines):
        raise NotPossible("Een bedrag ligt tussen € 1 en € 10 miljard.")
    outside = sorted({line.year for line in lines if not fund.holds(line.year)})
    if outside:
        raise NotPossible(f"Het fonds {fund} bestaat niet in {', '.join(map(str, outside))}.")
    known = set(Category.objects.filter(fund=fund).values_list("pk", flat=True))
    if not all(line.category_id in known for line in lines):
        raise NotPossible("Kies een categorie van dit fonds.")
    keys = [(line.year, line.category_id, line.oda, line.naijl) for line in lines]
    if len(set(keys)) < len(keys):
        raise NotPossible(
            "Twee regels hebben hetzelfde jaar, dezelfde categorie en dezelfde ODA-keuze. Tel ze bij elkaar op."
        )
    stay = [line.year for line in lines if not line.naijl]
    if any(line.naijl and (not stay or line.year <= min(stay)) for line in lines):
        raise NotPossible("Het naijleffect valt in een later jaar dan het begin van de inzet.")


def _check_words(lines: Sequence[Regel], about: Verzoek) -> None:
    total = sum(line.amount for line in lines)
    if about.optiekosten is not None and total != about.optiekosten and not about.verschil.strip():
        raise NotPossible(
            f"Leg het verschil uit met de kostenindicatie van optie {about.optie}: {euro(about.optiekosten)}."
        )
    if not 0 <= about.vergoeding <= HIGHEST:
        raise NotPossible("De verwachte vergoeding ligt tussen € 0 en € 10 miljard.")


def _withdraw(last: Aanvraag, by: User) -> None:
    """The earlier version makes room for the new one. Not once money was spent or promised."""
    rows = saldi(last)
    if any(s.verplicht or s.gerealiseerd for s in rows):
        raise NotPossible(
            "Voor de vorige versie zijn al verplichtingen aangegaan. Reken die eerst af, of vraag geld in een nieuwe ronde."
        )
    _free(last, rows, by, "Vervangen door een nieuwe versie van de aanvraag.")


def _free(aanvraag: Aanvraag, rows: Sequence[Saldo], by: User, reason: str) -> None:
    if zetten := everything(rows, WITHDRAWN, Rekening.VRIJGEVALLEN):
        book(aanvraag, Soort.INTREKKEN, zetten, by=by, reason=reason)


@transaction.atomic
def take_back(*, aanvraag_id: int, reason: str, by: User) -> Intrekking:
    """The penvoerder asks no BIV money any more: what was asked, reserved or granted falls free, and nobody decides on it.

    Raises Conflict when it is not the newest version or was taken back already, NotPossible once money was promised or spent.
    """
    dossier = lock_running(Aanvraag.objects.values_list("ronde__dossier_id", flat=True).get(pk=aanvraag_id))
    allowed = access.require(by, Act.BIV_AANVRAGEN, dossier)
    aanvraag = selectors.asked(current_ronde(dossier))
    if aanvraag is None or aanvraag.pk != aanvraag_id:
        url = reverse("budget", args=[dossier.number])
        raise taken(dossier, "Deze aanvraag is intussen ingetrokken of vervangen.", url, kind="biv")
    if not reason.strip():
        raise NotPossible("Leg uit waarom het geld niet meer nodig is, en wat de inzet dan betaalt.")
    rows = saldi(aanvraag)
    if any(s.verplicht or s.gerealiseerd or s.afgerekend for s in rows):
        raise NotPossible(BOUND)
    _free(aanvraag, rows, by, reason[:1000])
    made = Intrekking.objects.create(aanvraag=aanvraag, reason=reason, by=by)
    audit.record(
        "biv", f"BIV-aanvraag versie {aanvraag.number} ingetrokken", by=by, dossier=dossier, allowed=allowed,
        obj=f"aanvraag:{aanvraag.pk}", data={"reden": reason},
    )  # fmt: skip
    return made


def let_go(dossier: Dossier, by: User, reason: str) -> None:
    """The dossier stops, closes or begins a new Ronde: what was asked but not granted falls free. Called under its lock."""
    for aanvraag in Aanvraag.objects.filter(ronde__dossier=dossier).select_related("ronde"):
        zetten = everything(saldi(aanvraag), (Rekening.VOORGESTELD, Rekening.GERESERVEERD), Rekening.VRIJGEVALLEN)
        if zetten:
            book(aanvraag, Soort.INTREKKEN, zetten, by=by, reason=reason[:1000])


def answers(aanvraag: Aanvraag) -> dict[str, Any]:
    """What was asked, by the names of the form."""
    lines = {}
    for number, line in enumerate(aanvraag.bedragen.all(), 1):
        lines |= {
            f"jaar_{number}": str(line.year), f"categorie_{number}": str(line.category_id), f"oda_{number}": line.oda,
            f"soort_{number}": "naijl" if line.naijl else "inzet", f"bedrag_{number}": line.amount,
        }  # fmt: skip
    texts = {name: getattr(aanvraag, name) for name in ("relevantie", "bijdrage", "verschil")}
    yes_no = {name: "ja" if getattr(aanvraag, name) else "nee" for name in ("is_relevant", "draagt_bij")}
    return {**lines, **yes_no, **texts, "vergoeding": aanvraag.vergoeding or None}


def _digest(*parts: object) -> str:
    """The identity of a request: decisions name it, so that they cannot slip to another."""
    return sha256(json.dumps(parts).encode()).hexdigest()


@transaction.atomic
def note_other_funding(*, dossier_id: int, by: User, text: str, seen_revision: int) -> AndereFinanciering:
    """Notes what pays beside the BIV; decides nothing. `seen_revision` is 0 when nothing was noted on the screen yet."""
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.BIV_AANVRAGEN, dossier)
    found = selectors.other_funding(dossier)
    if (found.revision if found else 0) != seen_revision:
        saved, seen = {"text": found.text if found else ""}, found.revision if found else 0
        url = reverse("budget", args=[dossier.number])
        raise stale(dossier, "wijzigde deze tekst", url, by=by, saved=saved, seen=seen, kind="financiering")
    found = found or AndereFinanciering(dossier=dossier)
    found.text, found.by, found.revision = text, by, seen_revision + 1
    found.save()
    audit.record(
        "financiering", "Andere financiering vastgelegd", by=by, dossier=dossier, allowed=allowed, data={"tekst": text}
    )  # fmt: skip
    return found
