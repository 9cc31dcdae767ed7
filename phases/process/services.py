"""The one door through which a dossier moves, and what stands beside it: previews, proposals and waivers."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction as db
from django.urls import reverse
from django.utils import timezone

from budget_biv import services as biv
from cases import access, audit
from cases.access import Allowed, Refused
from cases.exceptions import Conflict, NotPossible
from cases.models import Dossier, Ministry, Ronde, User
from cases.phase import Phase, Status
from cases.rights import Act, Role
from cases.services.dossiers import start_of
from cases.services.first import taken
from cases.services.locks import current_ronde, lock, lock_running
from phases.process import facts as facts_module
from phases.process.afwijking_models import Inhaalplicht
from phases.process.facts import Facts
from phases.process.gates import Finding, Gate
from phases.process.machine import ARROWS
from phases.process.models import Move, Outcome, Voorstel, Waiver
from phases.process.table import STEPS, Step, steps_from


@dataclass(frozen=True)
class Preview:
    """A step as it would be judged now: may this person, and every finding, open or not."""

    step: Step
    allowed: Allowed | Refused
    findings: tuple[Finding, ...]

    @property
    def closed(self) -> list[Finding]:
        return [f for f in self.findings if not f.open]

    @property
    def possible(self) -> bool:
        return bool(self.allowed) and not self.closed


def preview(dossier: Dossier, step: Step, by: User, facts: Facts | None = None) -> Preview:
    """Judges a step without moving anything. Pass facts when they are already loaded."""
    facts = facts or facts_module.load(dossier)
    return Preview(step, _may_step(dossier, step, by, facts), step.judge(facts))


def _may_step(dossier: Dossier, step: Step, by: User, facts: Facts) -> Allowed | Refused:
    """The rights table, and four eyes: who asked to go back does not confirm it."""
    allowed = access.may(by, step.who, dossier)
    if not allowed or step.proposed_by is None:
        return allowed
    askers = facts.proposals.get(step.name, ())
    if not askers:
        return Refused("De behandelaar moet hier eerst met een reden om vragen.")
    if by.pk == askers[-1]:
        return Refused("U vroeg dit zelf. Laat een collega het bevestigen.")
    return allowed


@db.atomic
def transition(
    *,
    dossier_id: int,
    step: str,
    by: User,
    seen_version: int,
    reason: str = "",
    outcome: str = "",
    runs_until: date | None = None,
) -> Move:
    """Moves a dossier one step, or says why not; everything of the step happens in this one transaction.

    `seen_version` is Dossier.moves_made as the user saw it. Raises Denied, Conflict (someone was first) or NotPossible
    (all closed gates). Source: Leidraad par. 3.6; see table.py per step.
    """
    dossier = lock(dossier_id)
    chosen = _step_from(dossier, step, seen_version)
    facts = facts_module.load(dossier)
    judged = preview(dossier, chosen, by, facts)
    if isinstance(judged.allowed, Refused):
        judged.allowed.deny()
    _require_words(chosen, reason, outcome)
    if chosen.new_ronde and (runs_until is None or runs_until < timezone.localdate()):
        raise NotPossible("Vul vandaag of een latere datum in tot wanneer de huidige ronde doorloopt.")
    if judged.closed:
        raise NotPossible(*(finding.sentence for finding in judged.closed))
    move = _write_move(dossier, chosen, by, judged, reason, outcome)
    _apply(dossier, chosen, timezone.now())
    if chosen.new_ronde or dossier.status != Status.LOPEND:
        biv.let_go(dossier, by, chosen.label)
    if chosen.new_ronde:
        _open_ronde(dossier, reason, runs_until)
    audit.record(
        "stap",
        _sentence(chosen, move),
        by=by,
        dossier=dossier,
        allowed=judged.allowed,
        obj=f"zet:{move.pk}",
        data={"stap": chosen.name, "reden": reason, "afwijkingen": move.waiver_ids},
    )
    return move


@db.atomic
def enter(*, dossier_id: int, phase: Phase, by: User, occurred_on: date, reason: str) -> Move:
    """Reading in: a mission enters at a later phase. Only the owner's connection gets past the trigger on the move row."""
    dossier = lock(dossier_id)
    step = STEPS[f"inlezen_{phase.value}"]
    move = Move.objects.create(
        dossier=dossier,
        ronde=current_ronde(dossier),
        step=step.name,
        source_phase=dossier.phase,
        source_status=dossier.status,
        target_phase=phase,
        target_status=dossier.status,
        reason=reason,
        by=by,
        occurred_on=occurred_on,
    )
    _apply(dossier, step, start_of(occurred_on))
    audit.record(
        "stap",
        step.label,
        by=by,
        dossier=dossier,
        obj=f"zet:{move.pk}",
        occurred_on=occurred_on,
        data={"reden": reason},
    )
    return move


def _step_from(dossier: Dossier, name: str, seen_version: int) -> Step:
    if dossier.moves_made != seen_version:
        raise taken(dossier, "Iemand anders zette intussen een stap met dit dossier.", kind="stap")
    chosen = STEPS.get(name)
    if chosen is None or chosen not in steps_from(Phase(dossier.phase), Status(dossier.status)):
        raise no_such_step(dossier)
    return chosen


def no_such_step(dossier: Dossier) -> Conflict:
    """A step that does not leave from here, with the step that brought the dossier here."""
    return taken(dossier, "Deze stap kan niet vanuit de huidige fase.", kind="stap")


def _require_words(step: Step, reason: str, outcome: str) -> None:
    if step.reason_required and not reason.strip():
        raise NotPossible("Vul een reden in.")
    if step.with_outcome and outcome not in Outcome.values:
        raise NotPossible("Kies een uitkomst.")


def _write_move(dossier: Dossier, step: Step, by: User, judged: Preview, reason: str, outcome: str) -> Move:
    grounds: dict[str, list[int]] = {}
    for finding in judged.findings:
        for kind, ids in finding.grounds.items():
            grounds.setdefault(kind, []).extend(i for i in ids if i not in grounds.get(kind, []))
    phase = step.target if isinstance(step.target, Phase) else dossier.phase
    status = step.target if isinstance(step.target, Status) else dossier.status
    return Move.objects.create(
        dossier=dossier,
        ronde=current_ronde(dossier),
        step=step.name,
        source_phase=dossier.phase,
        source_status=dossier.status,
        target_phase=phase,
        target_status=status,
        reason=reason,
        outcome=outcome if step.with_outcome else "",
        by=by,
        occurred_on=timezone.localdate(),
        **grounds,
    )


def _apply(dossier: Dossier, step: Step, moment: datetime) -> None:
    """The arrow itself; the database accepts it only because the move row is already there."""
    ARROWS[step.name](dossier)
    dossier.moves_made += 1
    dossier.sort_at = moment
    dossier.save(update_fields=[step.field, "moves_made", "sort_at"])


def _open_ronde(dossier: Dossier, reason: str, runs_until: date | None) -> None:
    """A renewal: the earlier Ronde runs on until its end, the new one starts in Planning."""
    earlier = current_ronde(dossier)
    earlier.runs_until = runs_until
    earlier.save(update_fields=["runs_until"])
    dossier.ronde_number += 1
    dossier.save(update_fields=["ronde_number"])
    Ronde.objects.create(dossier=dossier, number=dossier.ronde_number, reason=reason[:500])


def _sentence(step: Step, move: Move) -> str:
    if step.with_outcome:
        return f"Dossier gestopt: {move.get_outcome_display().lower()}"
    if step.field == "status":
        return f"Dossier {Status(move.target_status).label.lower()}" if step.name == "afsluiten" else "Dossier heropend"
    return f"Fase {Phase(move.target_phase).number} begonnen: {Phase(move.target_phase).label}"


@db.atomic
def propose(*, dossier_id: int, step: str, by: User, seen_version: int, reason: str) -> Voorstel:
    """Asks for a step that someone else must confirm, with a reason."""
    dossier = lock(dossier_id)
    chosen = _step_from(dossier, step, seen_version)
    if chosen.proposed_by is None:
        raise NotPossible("Voor deze stap is geen verzoek nodig.")
    allowed = access.require(by, chosen.proposed_by, dossier)
    _require_words(chosen, reason, "")
    ronde = current_ronde(dossier)
    if facts_module.open_proposals(dossier).filter(step=step).exists():
        url = reverse("stap", args=[dossier.number, step])
        raise taken(dossier, "Deze stap is al gevraagd.", url, kind="verzoek", obj=f"stap:{step}")
    voorstel = Voorstel.objects.create(ronde=ronde, step=step, from_phase=dossier.phase, reason=reason, by=by)
    audit.record(
        "verzoek",
        f"Verzoek: {chosen.label.lower()}",
        by=by,
        dossier=dossier,
        allowed=allowed,
        obj=f"stap:{step}",
        data={"reden": reason},
    )
    return voorstel


def waivable_gates(dossier: Dossier) -> list[Gate]:
    """The gates of the step ahead that the table allows to set aside."""
    ahead = [s for s in steps_from(Phase(dossier.phase), Status(dossier.status)) if s.forward]
    return [gate for step in ahead for gate in step.gates if gate.waivable]


@db.atomic
def ask_waiver(
    *,
    dossier_id: int,
    gate: str,
    by: User,
    reason: str,
    until: date,
    holder: Ministry | None = None,
    term: date | None = None,
) -> Waiver:
    """The penvoerder asks to set one gate aside until a date; it counts only once somebody else grants it.

    Where the table says so, `holder` is the ministry that catches up, before or on `term`.
    """
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.STAP_ZETTEN, dossier)
    known = {g.name: g for g in waivable_gates(dossier)}
    if gate not in known:
        raise NotPossible("Van deze voorwaarde kan niet worden afgeweken.")
    if until < timezone.localdate():
        raise NotPossible("Kies een einddatum in de toekomst.")
    if not reason.strip():
        raise NotPossible("Vul een reden in.")
    if not known[gate].can_be_set_aside(facts_module.load(dossier)):
        raise NotPossible("De voorzitter van de SMO concludeerde hierover al. Daarvan kan niet worden afgeweken.")
    _require_duty(known[gate], dossier, holder, term)
    ronde = current_ronde(dossier)
    if ronde.waivers.filter(gate=gate, granted_by=None, until__gte=timezone.localdate(), afwijzing=None).exists():
        url = reverse("afwijkingen", args=[dossier.number])
        raise taken(dossier, "Deze afwijking is al gevraagd.", url, kind="afwijking", obj=f"poort:{gate}")
    waiver = Waiver.objects.create(ronde=ronde, gate=gate, reason=reason, until=until, requested_by=by)
    if known[gate].catch_up:
        Inhaalplicht.objects.create(waiver=waiver, wat=known[gate].rule[:400], holder=holder, term=term)
    audit.record(
        "afwijking",
        f"Afwijking gevraagd: {known[gate].rule}",
        by=by,
        dossier=dossier,
        allowed=allowed,
        obj=f"poort:{gate}",
        data={"reden": reason},
    )
    return waiver


def _require_duty(gate: Gate, dossier: Dossier, holder: Ministry | None, term: date | None) -> None:
    """Where a gate must be caught up, it is known who does that and when."""
    if not gate.catch_up:
        return
    if holder is None or term is None:
        raise NotPossible("Kies welk ministerie dit later inhaalt, en vul in uiterlijk wanneer.")
    if holder.pk not in access.participating(dossier):
        raise NotPossible(f"{holder.code} neemt niet deel aan dit dossier.")
    if term < timezone.localdate():
        raise NotPossible("Kies voor het inhalen een datum in de toekomst.")


def why_not_grant(waiver: Waiver, dossier: Dossier, by: User) -> str:
    """Why this person cannot grant this request now; "" when granting would succeed."""
    judged = access.may(by, Act.AFWIJKEN, dossier)
    if isinstance(judged, Refused):
        return judged.reason
    if dossier.needs_smo and judged.membership.role != Role.VOORZITTER_SMO:
        return "Bij deze inzet verleent alleen de voorzitter van de SMO een afwijking."
    if dossier.status != Status.LOPEND:
        return "Dit dossier loopt niet."
    if waiver.ronde.number != dossier.ronde_number:
        return "Deze afwijking hoort bij een eerdere ronde."
    if waiver.until < timezone.localdate():
        return "De einddatum van deze afwijking is voorbij."
    if hasattr(waiver, "afwijzing"):
        return "Deze afwijking is afgewezen."
    return "U vroeg deze afwijking zelf. Laat een ander beslissen." if waiver.requested_by_id == by.pk else ""


@db.atomic
def grant_waiver(*, waiver_id: int, by: User) -> Waiver:
    """The chair of the SMO, or the teamleider where no SMO is concerned, sets a gate aside."""
    waiver = Waiver.objects.select_related("ronde").get(pk=waiver_id)
    dossier = lock_running(waiver.ronde.dossier_id)
    waiver = Waiver.objects.select_related("ronde").get(pk=waiver_id)
    allowed = access.require(by, Act.AFWIJKEN, dossier)
    if waiver.granted_by_id:
        url, obj = reverse("afwijkingen", args=[dossier.number]), f"afwijking:{waiver.pk}"
        raise taken(dossier, "Deze afwijking is al verleend.", url, kind="afwijking", obj=obj)
    if reason := why_not_grant(waiver, dossier, by):
        raise NotPossible(reason)
    waiver.granted_by, waiver.granted_at, waiver.granted_as = by, timezone.now(), allowed.membership.role
    waiver.save(update_fields=["granted_by", "granted_at", "granted_as"])
    audit.record(
        "afwijking",
        "Afwijking verleend",
        by=by,
        dossier=dossier,
        allowed=allowed,
        obj=f"afwijking:{waiver.pk}",
        data={"reden": waiver.reason, "poort": waiver.gate},
    )
    return waiver
