"""The forms of the process: making a step, asking for one, asking to set a gate aside."""

from typing import Any

from django import forms

from cases.forms.controle import Gecontroleerd, Handeling
from cases.forms.velden import DatumField, KeuzeField, TekstField
from phases.process.gates import Gate
from phases.process.models import Outcome
from phases.process.table import Step


class StapForm(Handeling):
    """A step: with a reason, an outcome or a date where the table asks for it."""

    outcome = KeuzeField(label="Hoe eindigt dit dossier?", choices=Outcome.choices, leeg="Kies hoe dit dossier eindigt")
    runs_until = DatumField(
        label="Tot wanneer loopt de huidige ronde door?",
        help_text="Bijvoorbeeld 31-12-2026. De nieuwe ronde sluit daarop aan.",
        leeg="Vul in tot wanneer de huidige ronde doorloopt",
    )
    reason = TekstField(
        label="Reden",
        lang=True,
        max_length=2000,
        help_text="De reden staat later in het logboek.",
        leeg="Vul een reden in",
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = {"outcome": step.with_outcome, "runs_until": step.new_ronde, "reason": step.reason_required}
        for name, needed in wanted.items():
            if not needed:
                del self.fields[name]


class ControleStapForm(Gecontroleerd, StapForm):
    """A step whose consequences are read once more, with what was filled in, before it is made."""

    kop = "Controleer deze stap"

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, step=step, **kwargs)
        self.knop = step.label  # type: ignore[misc]


def stap_form(*args: Any, step: Step, **kwargs: Any) -> StapForm:
    """The form of a step: with a check page where the table asks for one."""
    return (ControleStapForm if step.checked else StapForm)(*args, step=step, **kwargs)


class AfwijkingForm(Handeling):
    """Asks to set one gate aside until a date."""

    gate = KeuzeField(label="Van welke regel wilt u afwijken?", leeg="Kies een regel")
    reason = TekstField(
        label="Reden",
        lang=True,
        max_length=2000,
        help_text="Waarom is afwijken hier verantwoord?",
        leeg="Vul een reden in",
    )
    until = DatumField(
        label="Tot en met", help_text="Daarna geldt de regel weer. Bijvoorbeeld 5-12-2026.", leeg="Vul een einddatum in"
    )

    def __init__(self, *args: Any, gates: list[Gate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gate"].choices = [(gate.name, gate.rule) for gate in gates]
        self.fields["gate"].widget.hints = {gate.name: gate.rule_source for gate in gates}
