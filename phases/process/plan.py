"""The phase plan: both tables, stations and arrows, in words. Shown as a page and written into phases/README.md."""

from dataclasses import dataclass

from cases.phase import Phase, Status
from cases.rights import RIGHTS, Act
from phases.process.afwijking_models import Poort, Soort
from phases.process.gates import Gate
from phases.process.models import Arrow
from phases.process.table import GATES, STEPS, Step
from phases.process.verklaringen import REGELS

BEGIN = "<!-- fasenplan: begin (gemaakt door ./run manage phaseplan) -->"
END = "<!-- fasenplan: einde -->"


@dataclass(frozen=True)
class Voorwaarde:
    """A gate in words: what must hold, when, who is up, whether one may deviate, and where it comes from."""

    name: str
    rule: str
    when: str
    holder: str
    deviate: str
    source: str


@dataclass(frozen=True)
class PlanStep:
    """An arrow in words."""

    step: Step
    source: str
    target: str
    who: str
    gates: tuple[Voorwaarde, ...]
    notes: str


@dataclass(frozen=True)
class PlanVerklaring:
    """A declaration in words, with the conditions that it sets aside."""

    label: str
    when: str
    who: str
    rules: tuple[str, ...]
    source: str


def stations() -> list[Phase]:
    """The six phases, in order."""
    return list(Phase)


def arrows() -> list[PlanStep]:
    """Every arrow of the table, in its order."""
    return [
        PlanStep(step, _source(step), step.target.label, _who(step), tuple(map(_condition, step.gates)), _notes(step))
        for step in STEPS.values()
    ]


def _source(step: Step) -> str:
    phases = "Elke fase" if len(step.source) == len(Phase) else ", ".join(p.label for p in step.source)
    states = (
        "" if step.from_status == (Status.LOPEND,) else f" ({' of '.join(s.label.lower() for s in step.from_status)})"
    )
    return phases + states


def _who(step: Step) -> str:
    return "De beheerder van de database, met een opdracht" if step.owner_only else RIGHTS[step.who].sentence


def _notes(step: Step) -> str:
    words = (
        ("met reden", step.reason_required),
        ("met uitkomst", step.with_outcome),
        ("op verzoek van een ander", step.proposed_by is not None),
        ("opent een nieuwe ronde", step.new_ronde),
    )
    return ", ".join(word for word, holds in words if holds)


def _condition(gate: Gate) -> Voorwaarde:
    return Voorwaarde(gate.name, gate.rule, gate.when, gate.holder, _deviate(gate), gate.rule_source)


def _deviate(gate: Gate) -> str:
    """Whether and how one may deviate from a gate."""
    declared = ", ".join(Soort(name).label for name in gate.declared_by)
    words = ["Ja, op verzoek" if gate.waivable else "Alleen met een verklaring" if declared else "Nee"]
    if declared:
        words.append(f"vervalt bij: {declared}")
    if gate.catch_up:
        words.append("later in te halen, met ministerie en datum")
    return "; ".join(words)


def conditional() -> list[PlanStep]:
    """The arrows on which conditions rest, in their order."""
    return [arrow for arrow in arrows() if arrow.gates]


def unconditional() -> list[PlanStep]:
    """The arrows that ask a person and a reason, and no more."""
    return [arrow for arrow in arrows() if not arrow.gates]


def declarations() -> list[PlanVerklaring]:
    """Kleinschalig, één instrument and spoed."""
    found = []
    for soort, regel in REGELS.items():
        right = RIGHTS[Act.SPOED_VERKLAREN if soort == Soort.SPOED else Act.AFWIJKEN]
        rules = tuple(gate.rule for gate in GATES.values() if soort in gate.declared_by)
        found.append(PlanVerklaring(soort.label, regel.when, f"{right.sentence}. {right.note}", rules, regel.source))
    return found


CONDITIONS = ["Voorwaarde", "Wanneer", "Wie is aan zet", "Mag ervan worden afgeweken?", "Bron"]


def as_markdown() -> str:
    """The generated part of phases/README.md, markers included."""
    parts = [
        BEGIN,
        "### Stations",
        _table(
            ["Nr.", "Fase", "Doel", "Bron"],
            [[str(p.number), p.label, p.about.goal, p.about.source] for p in stations()],
        ),
    ]
    for arrow in conditional():
        parts += [
            f"### {arrow.step.label}: van {arrow.source} naar {arrow.target}",
            f"`{arrow.step.name}`. Wie zet de stap: {arrow.who}. Bron: {arrow.step.source_of_rule}.",
            _table(CONDITIONS, [_gate_cells(gate) for gate in arrow.gates]),
        ]
    parts += [
        "### Stappen zonder voorwaarde vooraf",
        _table(["Stap", "Van", "Naar", "Wie", "Bijzonder", "Bron"], [_arrow_cells(a) for a in unconditional()]),
        "### Verklaringen die voorwaarden opzij zetten",
        _table(
            ["Verklaring", "Wanneer", "Wie", "Welke voorwaarden vervallen", "Bron"],
            [[d.label, d.when, d.who, " ".join(d.rules), d.source] for d in declarations()],
        ),
        END,
    ]
    return "\n\n".join(parts)


def _arrow_cells(arrow: PlanStep) -> list[str]:
    step = arrow.step
    return [f"`{step.name}` {step.label}", arrow.source, arrow.target, arrow.who, arrow.notes, step.source_of_rule]


def _gate_cells(gate: Voorwaarde) -> list[str]:
    return [f"`{gate.name}` {gate.rule}", gate.when, gate.holder, gate.deviate, gate.source]


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') or '–' for cell in line)} |" for line in lines)


def arrow_differences() -> list[str]:
    """What differs between the table and the rows that the triggers read; empty when they are the same."""
    fields = (
        "step",
        "source_phase",
        "source_status",
        "target_phase",
        "target_status",
        "product",
        "product_gate",
        "product_fact",
        "owner_only",
    )
    stored = {tuple(row) for row in Arrow.objects.values_list(*fields)}
    wanted = {
        (step.name, *(str(end) for end in ends), *step.ground, step.owner_only)
        for step in STEPS.values()
        for ends in step.ends()
    }
    wanted |= {(gate.name, gate.waivable, " ".join(gate.declared_by)) for gate in GATES.values()}
    stored |= {tuple(row) for row in Poort.objects.values_list("name", "waivable", "declared_by")}
    missing = [f"In de database ontbreekt: {row}" for row in sorted(wanted - stored)]
    return missing + [f"In de database te veel: {row}" for row in sorted(stored - wanted)]
