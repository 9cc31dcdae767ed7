"""The phase plan: both tables, stations and arrows, in words. Shown as a page and written into phases/README.md."""

from dataclasses import dataclass

from cases.phase import Phase, Status
from cases.rights import RIGHTS
from phases.process.gates import Gate
from phases.process.models import Arrow
from phases.process.table import GATES, STEPS, Step

BEGIN = "<!-- fasenplan: begin (gemaakt door ./run manage phaseplan) -->"
END = "<!-- fasenplan: einde -->"


@dataclass(frozen=True)
class PlanStep:
    """An arrow in words."""

    step: Step
    source: str
    target: str
    who: str
    gates: tuple[Gate, ...]
    notes: str


def stations() -> list[Phase]:
    """The six phases, in order."""
    return list(Phase)


def arrows() -> list[PlanStep]:
    """Every arrow of the table, in its order."""
    return [
        PlanStep(step, _source(step), step.target.label, _who(step), step.gates, _notes(step))
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


def all_gates() -> list[Gate]:
    """Every gate of the table once, in the order in which a dossier meets them."""
    return list(GATES.values())


def as_markdown() -> str:
    """The generated part of phases/README.md, markers included."""
    parts = [
        BEGIN,
        "### Stations",
        _table(
            ["Nr.", "Fase", "Doel", "Bron"],
            [[str(p.number), p.label, p.about.goal, p.about.source] for p in stations()],
        ),
        "### Pijlen",
        _table(["Stap", "Van", "Naar", "Wie", "Voorwaarden", "Bijzonder", "Bron"], [_arrow_cells(a) for a in arrows()]),
        "### Voorwaarden",
        _table(
            ["Voorwaarde", "Regel", "Wie is aan zet", "Afwijken mag", "Bron"], [_gate_cells(g) for g in all_gates()]
        ),
        END,
    ]
    return "\n\n".join(parts)


def _arrow_cells(arrow: PlanStep) -> list[str]:
    gates = ", ".join(f"`{gate.name}`" for gate in arrow.gates)
    return [
        f"`{arrow.step.name}`",
        arrow.source,
        arrow.target,
        arrow.who,
        gates,
        arrow.notes,
        arrow.step.source_of_rule,
    ]


def _gate_cells(gate: Gate) -> list[str]:
    return [f"`{gate.name}`", gate.rule, gate.holder, "ja" if gate.waivable else "nee", gate.rule_source]


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') or '–' for cell in line)} |" for line in lines)


def arrow_differences() -> list[str]:
    """What differs between the table and the rows that the trigger reads; empty when they are the same."""
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
    missing = [f"In de database ontbreekt: {row}" for row in sorted(wanted - stored)]
    return missing + [f"In de database te veel: {row}" for row in sorted(stored - wanted)]
