"""Forms of the secretary: meetings, points and who was there."""

from typing import Any

from django import forms

from cases.forms.controle import Handeling, SomsTekstField
from cases.forms.velden import DatumField, GetalField, KeuzeField, MeerkeuzeField, TekstField
from phases.smo.models import PuntSoort, Vergadering, Weekdag
from phases.smo.services.meetings import OWN_POINTS


class TijdField(forms.TimeField):
    """An hour as people write it: 10.00 or 10:00."""

    def __init__(self, **kwargs: Any) -> None:
        sentence = "Vul een tijd in, bijvoorbeeld 10.00"
        kwargs["error_messages"] = {"required": sentence, "invalid": sentence}
        widget = forms.TimeInput(format="%H.%M", attrs={"class": "invoer--smal"})
        super().__init__(input_formats=["%H.%M", "%H:%M"], widget=widget, **kwargs)


class _Wanneer(Handeling):
    """When and where a meeting is, and until when papers can come."""

    day = DatumField(label="Op welke dag?", leeg="Vul de dag van de vergadering in")
    time = TijdField(label="Hoe laat?", help_text="Bijvoorbeeld 10.00.")
    place = TekstField(label="Waar?", max_length=120, leeg="Vul in waar de vergadering is")
    papers_by = DatumField(label="Tot wanneer kunnen stukken komen?", leeg="Vul de termijn voor stukken in")


class VergaderingForm(_Wanneer):
    """An extra meeting."""


class VerplaatsForm(_Wanneer):
    """Another day, hour or place."""

    reason = TekstField(label="Waarom wijzigt de vergadering?", max_length=500, leeg="Vul een reden in")
    seen_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class VervalForm(Handeling):
    """A meeting that does not go on."""

    reason = TekstField(label="Waarom gaat de vergadering niet door?", max_length=500, leeg="Vul een reden in")
    seen_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class RitmeForm(Handeling):
    """When the SMO usually meets."""

    weekday = KeuzeField(
        label="Op welke dag vergadert de SMO?", choices=Weekdag.choices, lijst=True, leeg="Kies een dag"
    )
    time = TijdField(label="Hoe laat?", help_text="Bijvoorbeeld 10.00.")
    place = TekstField(label="Waar?", max_length=120, leeg="Vul in waar de SMO vergadert")
    papers_days = GetalField(
        label="Hoeveel dagen ervoor moeten stukken er zijn?", minimum=0, maximum=28, leeg="Vul een aantal dagen in"
    )
    seen_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def answer(self) -> dict[str, Any]:
        """The arguments of set_rhythm."""
        return {**self.cleaned_data, "weekday": int(self.cleaned_data["weekday"])}


class PuntForm(Handeling):
    """A point of the secretary's own."""

    titel = TekstField(label="Wat is het punt?", max_length=200, leeg="Vul in wat het punt is")
    soort = KeuzeField(
        label="Wat voor punt is het?",
        choices=[(s, PuntSoort(s).label) for s in OWN_POINTS],
        initial=PuntSoort.PROCEDUREEL,
        leeg="Kies wat voor punt het is",
    )


class NaarForm(Handeling):
    """To which other meeting a point goes."""

    vergadering = KeuzeField(label="Naar welke vergadering?", lijst=True, leeg="Kies een vergadering")

    def __init__(self, *args: Any, meetings: list[Vergadering], **kwargs: Any) -> None:
        from phases.smo.forms.offers import in_words

        super().__init__(*args, **kwargs)
        self.fields["vergadering"].choices = [(str(m.pk), in_words(m)) for m in meetings]  # type: ignore[attr-defined]


class AanwezigForm(Handeling):
    """Who was there."""

    aanwezig = MeerkeuzeField(label="Wie waren er?", leeg="Kies wie er waren")
    gasten = SomsTekstField(label="Gasten", lang=True, max_length=2000, help_text="Naam en functie, elk op een regel.")

    def __init__(self, *args: Any, members: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aanwezig"].choices = [(name, name) for name in members]  # type: ignore[attr-defined]
