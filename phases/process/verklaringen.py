"""Kleinschalig, één instrument and spoed: who agrees, which gates they set aside, and the waivers they write."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction as db
from django.urls import reverse
from django.utils import timezone

from cases import access, audit
from cases.access import Allowed, Refused
from cases.exceptions import NotPossible
from cases.models import Dossier, Ministry, User
from cases.phase import Phase
from cases.rights import Act, Role
from cases.services.first import taken
from cases.services.locks import current_ronde, lock_running
from phases.process import facts as facts_module
from phases.process.afwijking_models import SPOED_MINISTRIES, Inhaalplicht, Soort, Verklaring, VerklaringAkkoord
from phases.process.gates import Gate
from phases.process.models import Waiver
from phases.process.table import FORWARD


@dataclass(frozen=True)
class Regel:
    """What a declaration is, in words: when it may be made, where that comes from, and what must follow."""

    when: str
    source: str
    duty: str = ""


REGELS = {
    Soort.KLEINSCHALIG: Regel(
        "De inzet is zo klein dat een uitgebreid proces niet nodig is.",
        "Leidraad par. 3.6 (ga pragmatisch te werk); welke voorwaarden dan vervallen is een ontwerpkeuze: alleen wat anderen"
        " aan werk vraagt, nooit een advies of besluit",
    ),
    Soort.EEN_INSTRUMENT: Regel(
        "Het dossier noemt één soort inzet. Het verantwoordelijke ministerie plant die zelf, op het afgesproken doel.",
        "Leidraad par. 3.6 (bijdrage met één instrument); welke voorwaarden dan vervallen is een ontwerpkeuze: alleen wat anderen aan werk vraagt, nooit een advies of besluit",
    ),
    Soort.SPOED: Regel(
        "Dwingende redenen verhinderen dat de Kamers vooraf worden ingelicht.",
        "Grondwet artikel 100 lid 2; het samen vastleggen door BZ en Defensie is een ontwerpkeuze: zij ondertekenen samen",
        "Informeer de Tweede en de Eerste Kamer zo spoedig mogelijk over de inzet (artikel 100 lid 2 Grondwet).",
    ),
}


def gates_of(soort: str, phase: Phase) -> list[Gate]:
    """The gates that this declaration sets aside, of the step ahead and the steps after it."""
    ahead = [step for step in FORWARD if any(source.number >= phase.number for source in step.source)]
    found = {gate.name: gate for step in ahead for gate in step.gates if soort in gate.declared_by}
    return list(found.values())


@db.atomic
def declare(
    *, dossier_id: int, soort: str, reason: str, until: date, holder: Ministry, term: date, by: User
) -> Verklaring:
    """The penvoerder asks for a declaration. Nothing is set aside before the right people agreed."""
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.STAP_ZETTEN, dossier)
    _require_case(dossier, soort)
    if until < timezone.localdate() or term < timezone.localdate():
        raise NotPossible("Kies een datum in de toekomst.")
    if holder.pk not in access.participating(dossier):
        raise NotPossible(f"{holder.code} neemt niet deel aan dit dossier.")
    ronde = current_ronde(dossier)
    known = ronde.verklaringen.filter(soort=soort, until__gte=timezone.localdate(), afwijzing=None)
    if known.exists():
        url = reverse("afwijkingen", args=[dossier.number])
        raise taken(dossier, "Deze verklaring is al gevraagd.", url, kind="verklaring")
    made = Verklaring.objects.create(
        ronde=ronde, soort=soort, reason=reason, until=until, holder=holder, term=term, requested_by=by
    )
    audit.record(
        "verklaring", f"Gevraagd: {made.get_soort_display()}", by=by, dossier=dossier, allowed=allowed,
        obj=f"verklaring:{made.pk}", data={"reden": reason},
    )  # fmt: skip
    return made


def _require_case(dossier: Dossier, soort: str) -> None:
    """Whether this dossier is a case of it at all."""
    if soort == Soort.EEN_INSTRUMENT and len(dossier.efforts) != 1:
        raise NotPossible(
            f"Dit dossier noemt {len(dossier.efforts)} soorten inzet. De verklaring geldt bij één instrument."
        )
    if soort == Soort.SPOED and not facts_module.load(dossier).artikel_100:
        raise NotPossible("Spoed op grond van artikel 100 lid 2 geldt alleen als artikel 100 van toepassing is.")
    if not gates_of(soort, Phase(dossier.phase)):
        raise NotPossible("In deze en latere fasen is er geen voorwaarde die hierdoor vervalt.")


def may_agree(verklaring: Verklaring, dossier: Dossier, by: User) -> tuple[Allowed | Refused, Ministry | None]:
    """In which capacity this person agrees: the chair or teamleider, or for spoed a gemachtigde of BZ or DEF who did not yet."""
    if verklaring.soort != Soort.SPOED:
        return access.may(by, Act.AFWIJKEN, dossier), None
    judged = {
        m: access.may(by, Act.SPOED_VERKLAREN, dossier, m) for m in Ministry.objects.filter(code__in=SPOED_MINISTRIES)
    }
    own = [ministry for ministry, answer in judged.items() if answer]
    if not own:
        return next(iter(judged.values())), None
    given = {akkoord.ministry_id for akkoord in verklaring.akkoorden.all()}
    left = [ministry for ministry in own if ministry.pk not in given]
    return (judged[left[0]], left[0]) if left else (Refused(f"{own[0].code} is al akkoord gegaan."), None)


def why_not_agree(verklaring: Verklaring, dossier: Dossier, by: User) -> str:
    """Why this person cannot agree with this declaration now; "" when agreeing would succeed."""
    judged, _ = may_agree(verklaring, dossier, by)
    if isinstance(judged, Refused):
        return judged.reason
    if verklaring.soort != Soort.SPOED and dossier.needs_smo and judged.membership.role != Role.VOORZITTER_SMO:
        return "Bij deze inzet verklaart alleen de voorzitter van de SMO dit."
    if verklaring.ronde.number != dossier.ronde_number:
        return "Deze verklaring hoort bij een eerdere ronde."
    if verklaring.until < timezone.localdate():
        return "De einddatum van deze verklaring is voorbij."
    if hasattr(verklaring, "afwijzing"):
        return "Deze verklaring is afgewezen."
    return "U vroeg dit zelf. Laat een ander beslissen." if verklaring.requested_by_id == by.pk else ""


@db.atomic
def agree(*, verklaring_id: int, by: User) -> Verklaring:
    """One of those who must agree does so; with the last of them the waivers are written."""
    dossier = lock_running(Verklaring.objects.values_list("ronde__dossier_id", flat=True).get(pk=verklaring_id))
    verklaring = Verklaring.objects.select_related("ronde", "holder", "requested_by").get(pk=verklaring_id)
    if verklaring.soort != Soort.SPOED:
        access.require(by, Act.AFWIJKEN, dossier)
    if is_complete(verklaring) or verklaring.akkoorden.filter(by=by).exists():
        url = reverse("afwijkingen", args=[dossier.number])
        raise taken(dossier, "Dit is al vastgelegd.", url, kind="verklaring", obj=f"verklaring:{verklaring.pk}")
    if reason := why_not_agree(verklaring, dossier, by):
        raise NotPossible(reason)
    allowed, ministry = may_agree(verklaring, dossier, by)
    assert isinstance(allowed, Allowed)
    VerklaringAkkoord.objects.create(
        verklaring=verklaring, ministry=ministry, by=by, granted_as=allowed.membership.role
    )
    audit.record(
        "verklaring", f"Akkoord met: {verklaring.get_soort_display()}", by=by, dossier=dossier, allowed=allowed,
        obj=f"verklaring:{verklaring.pk}", data={"reden": verklaring.reason},
    )  # fmt: skip
    if is_complete(verklaring):
        _write_waivers(verklaring, dossier, by, allowed.membership.role)
    return verklaring


def is_complete(verklaring: Verklaring) -> bool:
    """Whether everybody who must agree did."""
    needed = len(SPOED_MINISTRIES) if verklaring.soort == Soort.SPOED else 1
    return verklaring.akkoorden.count() >= needed


def _write_waivers(verklaring: Verklaring, dossier: Dossier, by: User, role: str) -> None:
    """A waiver for every gate that the table marks for this declaration, with the duty to catch up where there is one."""
    duty = REGELS[Soort(verklaring.soort)].duty
    for gate in gates_of(verklaring.soort, Phase(dossier.phase)):
        waiver = Waiver.objects.create(
            ronde=verklaring.ronde, gate=gate.name, reason=verklaring.reason, until=verklaring.until,
            requested_by=verklaring.requested_by, verklaring=verklaring,
        )  # fmt: skip
        waiver.granted_by, waiver.granted_at, waiver.granted_as = by, timezone.now(), role
        waiver.save(update_fields=["granted_by", "granted_at", "granted_as"])
        what = gate.rule if gate.catch_up else duty
        if what:
            Inhaalplicht.objects.create(waiver=waiver, wat=what[:400], holder=verklaring.holder, term=verklaring.term)
        duty = duty if gate.catch_up else ""
