"""What this person can do for this dossier now: the acts that wait on exactly this role and ministry.

Read from the facts that the header has anyway; only some roles cost a query more (SMO member, gemachtigde, who grants waivers).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from cases import access
from cases.models import Dossier, Membership, PaperStatus, User
from cases.rights import Role
from phases.besluit.models import Orgaan
from phases.kamer import selectors as kamer
from phases.process.facts import Facts
from phases.process.gates import PRODUCT_NAMES
from phases.process.models import Waiver
from phases.process.table import STEPS
from phases.smo.models import Standpunt


@dataclass(frozen=True)
class Turn:
    """One act that waits on someone: the sentence, the words on the button, and where it is done."""

    tekst: str
    knop: str
    url: str


def turns(dossier: Dossier, facts: Facts, user: User) -> list[Turn]:
    """Everything of this dossier that waits on this person, the most pressing first."""
    found: list[Turn] = []
    for membership in access.memberships(user):
        finder = FINDERS.get(Role(membership.role))
        if finder:
            found += finder(dossier, facts, membership)
    return found


def _name(kind: str) -> str:
    return PRODUCT_NAMES.get(kind, "het voortgangsverslag")


def _teamleider(dossier: Dossier, facts: Facts, me: Membership) -> Iterator[Turn]:
    assert me.ministry
    for kind, initial in facts.initials.items():
        if me.ministry.code in initial.awaited:
            url = reverse("document", args=[dossier.number, initial.document_id])
            yield Turn(f"Parafeer {_name(kind)} namens {me.ministry.code}.", "Bekijk en parafeer", url)
    if me.ministry_id != dossier.lead_id:
        return
    for step, askers in facts.proposals.items():
        if askers and askers[-1] != me.user_id:
            label = STEPS[step].label
            url = reverse("stap", args=[dossier.number, step])
            yield Turn(f"Beoordeel het verzoek: {label[0].lower()}{label[1:]}.", "Beoordeel het verzoek", url)
    if not dossier.needs_smo:
        yield from _waivers(dossier, facts, me)


def _waivers(dossier: Dossier, facts: Facts, me: Membership) -> Iterator[Turn]:
    asked = Waiver.objects.filter(
        ronde__dossier=dossier, ronde__number=facts.ronde_number, granted_by__isnull=True, until__gte=facts.today
    )
    if asked.exclude(requested_by_id=me.user_id).exists():
        yield Turn(
            "Beoordeel de gevraagde afwijking.", "Bekijk de afwijking", reverse("afwijkingen", args=[dossier.number])
        )


def _smo_lid(dossier: Dossier, facts: Facts, me: Membership) -> Iterator[Turn]:
    assert me.ministry
    waiting = {offer.aanbieding_id: kind for kind, offer in facts.smo.items() if not offer.oordeel}
    if not waiting:
        return
    given = set(
        Standpunt.objects.filter(aanbieding__in=waiting, ministry=me.ministry).values_list("aanbieding_id", flat=True)
    )
    for aanbieding_id, kind in waiting.items():
        if aanbieding_id not in given:
            url = reverse("standpunt", args=[dossier.number, aanbieding_id])
            yield Turn(f"Geef het standpunt van {me.ministry.name} over {_name(kind)}.", "Neem standpunt in", url)


def _smo_chair(dossier: Dossier, facts: Facts, me: Membership) -> Iterator[Turn]:
    for kind, offer in facts.smo.items():
        if not offer.oordeel:
            url = reverse("conclusie", args=[dossier.number, offer.aanbieding_id])
            yield Turn(f"Leg de conclusie van de SMO vast over {_name(kind)}.", "Leg conclusie vast", url)
    if me.role == Role.VOORZITTER_SMO and dossier.needs_smo:
        yield from _waivers(dossier, facts, me)


def _gemachtigde(dossier: Dossier, facts: Facts, me: Membership) -> Iterator[Turn]:
    assert me.ministry
    if facts.biv and me.ministry.code in facts.biv.awaited:
        url = reverse("budget_beslissen", args=[dossier.number, facts.biv.aanvraag_id])
        yield Turn(f"Leg het BIV-besluit van {me.ministry.name} vast.", "Leg BIV-besluit vast", url)
    for kind, paper in facts.papers.items():
        if kind in {"kennisgeving", "artikel-100"} and paper.status == PaperStatus.VASTGESTELD:
            signers = paper.values.get("ondertekenaars") or kamer.signatory_codes(dossier)
            if next((code for code in signers if code not in paper.signed), "") == me.ministry.code:
                url = reverse("ondertekenen", args=[dossier.number, kind])
                yield Turn(f"Leg de ondertekening van {_name(kind)} vast.", "Leg ondertekening vast", url)
    yield from _besluiten(dossier, facts, me, ministerraad=False)


def _secretariaat(dossier: Dossier, facts: Facts, me: Membership) -> Iterator[Turn]:
    if me.ministry_id != dossier.lead_id:
        return
    for kind, paper in facts.papers.items():
        if paper.status == PaperStatus.ONDERTEKEND:
            yield Turn(f"Verzend {_name(kind)}.", "Verzend de brief", reverse("verzenden", args=[dossier.number, kind]))
    yield from _besluiten(dossier, facts, me, ministerraad=True)


def _besluiten(dossier: Dossier, facts: Facts, me: Membership, *, ministerraad: bool) -> Iterator[Turn]:
    if me.ministry_id not in access.participating(dossier):
        return
    for besluit in facts.besluiten:
        fits = (besluit.orgaan == Orgaan.MINISTERRAAD) is ministerraad
        if fits and not besluit.confirmed and besluit.by_id != me.user_id:
            url = reverse("besluiten", args=[dossier.number])
            yield Turn("Bevestig het geregistreerde besluit.", "Bekijk het besluit", url)


FINDERS = {
    Role.TEAMLEIDER: _teamleider,
    Role.SMO_LID: _smo_lid,
    Role.VOORZITTER_SMO: _smo_chair,
    Role.SECRETARIS_SMO: _smo_chair,
    Role.GEMACHTIGDE: _gemachtigde,
    Role.SECRETARIAAT: _secretariaat,
}
