"""The form of an indicator."""

from typing import Any

from django import forms

from cases.forms.controle import Bewerking, SomsDatumField, SomsTekstField
from cases.forms.velden import TekstField
from phases.planning.models import INDICATOR, Indicator


class IndicatorForm(Bewerking):
    """One indicator: with its nulmeting, or the day on which that is planned."""

    naam = TekstField(label="Indicator", max_length=200, leeg="Vul in wat u meet", help_text="Wat meet u?")
    bron = TekstField(
        label="Bron",
        max_length=200,
        leeg="Vul in waar de cijfers vandaan komen",
        help_text="Waar komen de cijfers vandaan?",
    )
    nulmeting = SomsTekstField(
        label="Waarde bij de nulmeting", max_length=120, help_text="Alleen als er al is gemeten."
    )
    nulmeting_op = SomsDatumField(label="Datum van de nulmeting", help_text="Alleen als er al is gemeten.")
    gepland_op = SomsDatumField(
        label="Nulmeting gepland op", help_text="Alleen als er nog niet is gemeten. Bijvoorbeeld 1-3-2027."
    )
    streefwaarde = TekstField(label="Streefwaarde", max_length=120, leeg="Vul in welke waarde u wilt bereiken")
    seen_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, data: Any = None, *, indicator: Indicator | None = None, may: tuple[str, ...] = INDICATOR
    ) -> None:
        saved = indicator.answers() if indicator else {}
        super().__init__(data, initial={**saved, "seen_revision": indicator.revision if indicator else 0})
        for name in set(INDICATOR) - set(may):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A value and its day belong together."""
        given = super().clean() or self.cleaned_data
        if given.get("nulmeting") and not given.get("nulmeting_op") and "nulmeting_op" not in self.errors:
            self.add_error("nulmeting_op", "Vul de datum van de nulmeting in")
        if given.get("nulmeting_op") and not given.get("nulmeting"):
            self.add_error("nulmeting", "Vul de waarde van de nulmeting in")
        return given


class NieuweIndicatorForm(IndicatorForm):
    """The same, for one that does not exist yet."""

    seen_revision = None  # type: ignore[assignment]
    gezien = None  # type: ignore[assignment]
