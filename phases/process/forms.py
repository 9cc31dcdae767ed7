"""The forms of the process: making a step, asking for one, asking to set a gate aside."""

from typing import Any

from django import forms

from cases.forms.controle import Gecontroleerd, Handeling, SomsDatumField, SomsKeuzeField
from cases.forms.velden import DatumField, KeuzeField, TekstField
from cases.models import Ministry
from phases.process.afwijking_models import Soort
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

    holder = SomsKeuzeField(
        label="Welk ministerie haalt dit later in?",
        help_text="Alleen nodig bij een regel die later moet worden ingehaald.",
    )
    term = SomsDatumField(
        label="Uiterlijk ingehaald op", help_text="Alleen nodig bij een regel die later moet worden ingehaald."
    )

    def __init__(self, *args: Any, gates: list[Gate], ministries: list[Ministry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ministries = {m.code: m for m in ministries}
        self._later = {gate.name for gate in gates if gate.catch_up}
        self.fields["holder"].choices = [(code, code) for code in self._ministries]
        if not self._later:
            del self.fields["holder"], self.fields["term"]
        self.fields["gate"].choices = [(gate.name, gate.rule) for gate in gates]
        self.fields["gate"].error_messages["invalid_choice"] = (
            "Van deze regel kan nu niet worden afgeweken. Kies een regel uit de lijst"
        )
        later = " Later in te halen: vul hieronder in door wie en wanneer."
        self.fields["gate"].widget.hints = {g.name: g.rule_source + "." + later * g.catch_up for g in gates}

    def clean(self) -> dict[str, Any]:
        """Where the table says so, it is known who catches up and when."""
        given = super().clean() or self.cleaned_data
        if given.get("gate") in self._later:
            for name, words in (
                ("holder", "Kies welk ministerie dit later inhaalt"),
                ("term", "Vul in uiterlijk wanneer dit is ingehaald"),
            ):
                if name in given and not given[name]:
                    self.add_error(name, words)
        return given

    def request(self) -> dict[str, Any]:
        """The arguments of ask_waiver."""
        given = dict(self.cleaned_data)
        return {**given, "holder": self._ministries.get(given.get("holder", "")), "term": given.get("term")}


class VerklaringForm(Gecontroleerd):
    """Asks to declare a dossier kleinschalig, één instrument or spoed."""

    kop = "Controleer de verklaring"
    knop = "Vraag de verklaring"
    zin = "Er verandert pas iets als de juiste mensen akkoord gaan."
    soort = KeuzeField(
        label="Wat wilt u laten vastleggen?", choices=Soort.choices, leeg="Kies wat u wilt laten vastleggen"
    )
    reason = TekstField(label="Reden", lang=True, max_length=2000, leeg="Vul een reden in")
    until = DatumField(
        label="Tot en met",
        help_text="Daarna gelden de regels weer. Bijvoorbeeld 5-12-2026.",
        leeg="Vul een einddatum in",
    )
    holder = KeuzeField(
        label="Welk ministerie haalt later in wat nodig blijft?",
        leeg="Kies een ministerie",
        help_text="Bij spoed is dat het informeren van de Kamers.",
    )
    term = DatumField(label="Uiterlijk ingehaald op", leeg="Vul in uiterlijk wanneer dit is ingehaald")

    def __init__(self, *args: Any, ministries: list[Ministry], hints: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ministries = {m.code: m for m in ministries}
        self.fields["holder"].choices = [(code, code) for code in self._ministries]  # type: ignore[attr-defined]
        self.fields["soort"].widget.hints = hints

    def request(self) -> dict[str, Any]:
        """The arguments of declare."""
        return {**self.cleaned_data, "holder": self._ministries[self.cleaned_data["holder"]]}


class AfwijzenForm(Handeling):
    """Says no to a request, with the reason that the asker reads."""

    reason = TekstField(label="Reden", lang=True, max_length=2000, leeg="Vul in waarom u het verzoek afwijst")


class InhalenForm(Handeling):
    """Says that a duty to catch up is done."""

    tekst = TekstField(
        label="Wat is er gedaan, en wanneer?", lang=True, max_length=2000, leeg="Vul in wat er is gedaan"
    )
