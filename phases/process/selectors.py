"""What the pages of the process read: where a gate is opened, what a step does, who may, how waivers stand, who is up."""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from cases.models import Dossier
from cases.phase import Phase, Status
from cases.rights import RIGHTS
from cases.templatetags.notatie import datum
from phases.process.afwijking_models import Afwijzing, Inhaalplicht, Verklaring
from phases.process.facts import Facts, open_proposals
from phases.process.gates import Finding, Gate
from phases.process.models import Move, Voorstel, Waiver
from phases.process.table import STEPS, Step, steps_from


def finding_url(dossier: Dossier, finding: Finding) -> str:
    """Where one acts to open a gate."""
    name, extra = finding.link
    return reverse(name, args=[dossier.number, *extra])


def finding_rows(dossier: Dossier, findings: tuple[Finding, ...]) -> list[dict[str, str]]:
    """Every finding as a row of a task list: what is closed with its holder and link, what is open as plain text."""
    return [_row(dossier, finding) for finding in sorted(findings, key=lambda f: f.open)]


def _row(dossier: Dossier, finding: Finding) -> dict[str, str]:
    url = finding_url(dossier, finding)
    if not finding.open:
        return {
            "tekst": finding.sentence,
            "url": url,
            "hint": f"Aan zet: {finding.holder}",
            "stand": "Nog nodig",
            "soort": "let-op",
        }
    stand = "Afwijking verleend" if finding.waived else "Gereed"
    return {"tekst": finding.gate.rule, "url": url, "hint": finding.gate.rule_source, "stand": stand}


def reasons(dossier: Dossier, findings: list[Finding]) -> list[dict[str, str]]:
    """Closed findings as sentences with a link."""
    return [{"tekst": f.sentence, "url": finding_url(dossier, f)} for f in findings]


def consequences(step: Step) -> list[str]:
    """What a step does, in sentences that a user reads before confirming it."""
    logged = "De stap komt met uw naam en de tijd in het logboek."
    if step.new_ronde:
        return [
            "Er begint een nieuwe ronde, in fase 4: Planning en voorbereiding.",
            "De huidige ronde loopt door tot de einddatum die u invult.",
            "De nieuwe ronde vraagt eigen stukken, adviezen en besluiten.",
            logged,
        ]
    if step.name == "eerder_beeindigen":
        return [
            "Het dossier gaat naar fase 6: Evaluatie.",
            "Het besluit over het einde blijft nodig, en na een artikel 100-brief ook de beëindigingsbrief. Zonder die twee sluit het dossier niet.",
            "Leg vast hoe de taken overgaan als er mensen in het gebied zijn.",
            logged,
        ]
    if isinstance(step.target, Phase):
        return [
            f"Het dossier gaat naar fase {step.target.number}: {step.target.label}.",
            "Alle fasen blijven open om in te lezen en te schrijven.",
            "Vastgestelde stukken, adviezen en besluiten blijven bewaard bij hun versie.",
            logged,
        ]
    ends = {
        Status.GESTOPT: "Niemand kan daarna nog een stap zetten, tot het dossier is heropend.",
        Status.AFGESLOTEN: "Het dossier staat daarna niet meer bij de lopende dossiers. U kunt het wel blijven lezen.",
        Status.LOPEND: "Het dossier gaat verder in de fase waarin het stond.",
    }
    return [ends[step.target], logged]


def done_sentence(move: Move) -> str:
    """What the user reads after a step."""
    if move.target_status != move.source_status:
        words = {Status.LOPEND: "heropend", Status.GESTOPT: "gestopt", Status.AFGESLOTEN: "afgesloten"}
        return f"Het dossier is {words[Status(move.target_status)]}."
    phase = Phase(move.target_phase)
    return f"Het dossier staat nu in fase {phase.number}: {phase.label}."


def proposals(dossier: Dossier, step: Step) -> list[Voorstel]:
    """The requests for this step that still wait for a confirmation, newest first."""
    return list(open_proposals(dossier).filter(step=step.name).select_related("by").order_by("-id"))


def refused_proposals(dossier: Dossier, step: Step) -> list[Afwijzing]:
    """The requests for this step that were refused since the last move, newest first."""
    rows = Afwijzing.objects.filter(
        voorstel__ronde__dossier=dossier, voorstel__step=step.name, voorstel__from_phase=dossier.phase
    )
    return list(rows.select_related("by", "voorstel__by").order_by("-id")[:3])


@dataclass(frozen=True)
class Way:
    """An arrow that leaves the present state, and who may go it."""

    step: Step
    url: str
    who: str
    how: str


def ways(dossier: Dossier) -> list[Way]:
    """Every arrow from here, the one ahead first."""
    steps = steps_from(Phase(dossier.phase), Status(dossier.status))
    return [
        Way(step, reverse("stap", args=[dossier.number, step.name]), RIGHTS[step.who].sentence, _how(step))
        for step in sorted(steps, key=lambda s: not s.forward)
    ]


def _how(step: Step) -> str:
    if step.proposed_by:
        return f"Met een reden, op verzoek. Wie vraagt: {RIGHTS[step.proposed_by].sentence}."
    if step.reason_required:
        return "Met een reden."
    return "Als alles gereed is."


@dataclass(frozen=True)
class WaiverRow:
    """A waiver as the page shows it."""

    waiver: Waiver
    rule: str
    state: str
    sort: str

    @property
    def open(self) -> bool:
        return self.state == "Gevraagd"

    @property
    def refusal(self) -> Afwijzing | None:
        return getattr(self.waiver, "afwijzing", None)

    @property
    def duty(self) -> Inhaalplicht | None:
        """What must be caught up, once it was granted."""
        return getattr(self.waiver, "plicht", None) if self.waiver.granted_by_id else None


def waivers(dossier: Dossier, gates: dict[str, Gate], facts: Facts) -> list[WaiverRow]:
    """Every waiver of a dossier, newest first. `gates` are all gates of the table by name."""
    rows = (
        Waiver.objects.filter(ronde__dossier=dossier)
        .select_related(
            "ronde",
            "requested_by",
            "granted_by",
            "verklaring",
            "afwijzing__by",
            "plicht__holder",
            "plicht__ingehaald__by",
        )
        .order_by("-id")
    )
    today, lapsed = timezone.localdate(), facts.lapsed()
    overruled = {pk for name, pk in facts.waivers.items() if name in gates and not gates[name].can_be_set_aside(facts)}
    found = []
    for row in rows:
        state, sort = (
            ("Afgewezen", "fout")
            if hasattr(row, "afwijzing")
            else ("Verlopen", "neutraal")
            if row.until < today
            else ("Van voor de keuze", "neutraal")
            if row.pk in lapsed
            else ("Geldt niet meer: de SMO concludeerde", "neutraal")
            if row.pk in overruled
            else ("Verleend", "goed")
            if row.granted_by_id
            else ("Gevraagd", "let-op")
        )
        found.append(WaiverRow(row, gates[row.gate].rule if row.gate in gates else row.gate, state, sort))
    return found


def waiver_lines(waiver: Waiver, gates: dict[str, Gate]) -> list[tuple[str, str, str]]:
    """What is asked, for the page on which it is granted."""
    return [
        ("Regel", gates[waiver.gate].rule if waiver.gate in gates else waiver.gate, ""),
        ("Reden", waiver.reason, ""),
        ("Gevraagd door", f"{waiver.requested_by}, {datum(waiver.requested_at)}", ""),
        ("Geldt tot en met", datum(waiver.until), ""),
        ("Ronde", str(waiver.ronde.number), ""),
        *([("Later in te halen", duty_words(waiver.plicht), "")] if hasattr(waiver, "plicht") else []),
    ]


def duty_words(plicht: Inhaalplicht) -> str:
    """Who catches up, and by when."""
    return f"Door {plicht.holder.code}, uiterlijk {datum(plicht.term)}"


def declarations(dossier: Dossier) -> list[tuple[Verklaring, Afwijzing | None, str, str]]:
    """Every declaration with its refusal, its state and the kind of label that fits, newest first. One query."""
    rows = Verklaring.objects.filter(ronde__dossier=dossier).select_related("requested_by", "afwijzing__by", "ronde")
    rows = rows.annotate(written=Count("waivers")).order_by("-id")
    return [(row, getattr(row, "afwijzing", None), *_declared(row)) for row in rows]


def _declared(row: Verklaring) -> tuple[str, str]:
    if hasattr(row, "afwijzing"):
        return "Afgewezen", "fout"
    if row.until < timezone.localdate():
        return "Verlopen", "neutraal"
    return ("Van kracht", "goed") if row.written else ("Wacht op akkoord", "let-op")  # type: ignore[attr-defined]


def request_words(request: Waiver | Verklaring | Voorstel, gates: dict[str, Gate]) -> str:
    """What was asked, in a few words."""
    if isinstance(request, Waiver):
        return f"Afwijken van: {gates[request.gate].rule if request.gate in gates else request.gate}"
    return request.get_soort_display() if isinstance(request, Verklaring) else STEPS[request.step].label
