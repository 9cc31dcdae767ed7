"""Asking for BIV money and deciding on it: each required minister by its own gemachtigde."""

import json
from datetime import date
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from budget_biv import selectors
from budget_biv.models import Aanvraag, AndereFinanciering, Bedrag, Beslissing, Fund, Uitkomst
from cases import access, audit
from cases.exceptions import NotPossible
from cases.models import Ministry, User
from cases.rights import Act
from cases.services import participation
from cases.services.first import stale, taken
from cases.services.locks import current_ronde, lock_running

HIGHEST = 10_000_000_000


@transaction.atomic
def request_money(
    *,
    dossier_id: int,
    by: User,
    fund: Fund,
    years: dict[int, int],
    relevantie: str,
    bijdrage: str,
    asked_on: date | None = None,
    seen_aanvraag: int | None = None,
) -> Aanvraag:
    """Puts a request forward: whole euros per calendar year. A later request replaces the earlier and asks new decisions.

    `seen_aanvraag` is the number of the newest version on the screen, 0 when there was none; raises Stale otherwise.
    """
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.BIV_AANVRAGEN, dossier)
    _check_amounts(fund, years)
    ronde = current_ronde(dossier)
    last = selectors.newest(ronde)
    if last and seen_aanvraag not in (None, last.number):
        url, saved, obj = reverse("budget", args=[dossier.number]), last.answers(), f"aanvraag:{last.pk}"
        raise stale(dossier, "vroeg geld aan", url, by=by, saved=saved, seen=last.number, kind="biv", obj=obj)
    aanvraag = Aanvraag.objects.create(
        ronde=ronde,
        fund=fund,
        number=last.number + 1 if last else 1,
        relevantie=relevantie,
        bijdrage=bijdrage,
        sha256=_digest(ronde.pk, fund.pk, sorted(years.items()), relevantie, bijdrage),
        by=by,
        asked_on=asked_on or timezone.localdate(),
    )
    Bedrag.objects.bulk_create(Bedrag(aanvraag=aanvraag, year=y, amount=a) for y, a in sorted(years.items()))
    participation.let_deciders_read(dossier, selectors.required_ministries(dossier))
    amount = f"€ {sum(years.values()):,}".replace(",", ".")
    audit.record(
        "biv", f"BIV-aanvraag versie {aanvraag.number}: {amount}", by=by, dossier=dossier, allowed=allowed,
        obj=f"aanvraag:{aanvraag.pk}", occurred_on=asked_on, data={"jaren": years},
    )  # fmt: skip
    return aanvraag


def _check_amounts(fund: Fund, years: dict[int, int]) -> None:
    """Raises NotPossible for no amount at all, an amount out of bounds, or a year in which the fund does not exist."""
    if not years:
        raise NotPossible("Vul voor minstens één jaar een bedrag in.")
    if not all(1 <= amount <= HIGHEST for amount in years.values()):
        raise NotPossible("Een bedrag ligt tussen € 1 en € 10 miljard.")
    outside = [y for y in years if y < fund.start or (fund.end and y > fund.end)]
    if outside:
        raise NotPossible(f"Het fonds {fund} bestaat niet in {', '.join(map(str, outside))}.")


def _digest(*parts: object) -> str:
    """The identity of a request: decisions name it, so that they cannot slip to another."""
    return sha256(json.dumps(parts).encode()).hexdigest()


@transaction.atomic
def decide(
    *, aanvraag_id: int, ministry: Ministry, uitkomst: str, toelichting: str, by: User, decided_on: date | None = None
) -> Beslissing:
    """Registers what one minister decides. Once per minister; only on the newest request; never by who asked."""
    aanvraag = Aanvraag.objects.select_related("ronde").get(pk=aanvraag_id)
    dossier = lock_running(aanvraag.ronde.dossier_id)
    url = reverse("budget", args=[dossier.number])
    allowed = access.require(by, Act.BIV_BESLISSEN, dossier, ministry)
    if ministry.code not in selectors.required_codes(dossier):
        raise NotPossible(f"{ministry.code} beslist niet mee over deze aanvraag.")
    newest = selectors.newest(current_ronde(dossier))
    if newest is None or newest.pk != aanvraag.pk:
        sentence = "Er is intussen een nieuwe aanvraag. Beslis over de nieuwste versie."
        raise taken(dossier, sentence, url, kind="biv", obj=f"aanvraag:{newest.pk}" if newest else "")
    if uitkomst == Uitkomst.AFGEWEZEN and not toelichting.strip():
        raise NotPossible("Leg uit waarom de aanvraag is afgewezen.")
    if by.pk == aanvraag.by_id:
        raise NotPossible("U vroeg dit geld zelf aan. Laat een ander beslissen.")
    day = decided_on or timezone.localdate()
    if day < aanvraag.asked_on:
        raise NotPossible("Het besluit kan niet ouder zijn dan de aanvraag.")
    try:
        with transaction.atomic():
            beslissing = Beslissing.objects.create(
                aanvraag=aanvraag, ministry=ministry, uitkomst=uitkomst, toelichting=toelichting,
                sha256=aanvraag.sha256, decided_on=day, by=by,
            )  # fmt: skip
    except IntegrityError as error:
        sentence, obj = f"Het besluit van {ministry.code} is al geregistreerd.", f"aanvraag:{aanvraag.pk}"
        raise taken(dossier, sentence, url, kind="biv", obj=obj) from error
    label = beslissing.get_uitkomst_display().lower()
    audit.record(
        "biv",
        f"BIV-besluit van {ministry.code}: {label}",
        by=by,
        dossier=dossier,
        allowed=allowed,
        ministry=ministry,
        occurred_on=day,
        obj=f"aanvraag:{aanvraag.pk}",
    )
    return beslissing


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
