"""Forms of the besluitenlijst and its actions."""

from typing import Any

from django import forms

from cases.forms.controle import Handeling, SomsTekstField
from cases.forms.velden import DatumField, KeuzeField, TekstField
from cases.models import User
from phases.smo.selectors.meetings import Point


class LijstForm(Handeling):
    """What was said per point, beside the conclusions, and in general."""

    opmerkingen = SomsTekstField(label="Overig", lang=True, max_length=8000)
    seen_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, points: list[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"punt_{p.punt.pk}": str(p.punt.pk) for p in points}
        own = {
            f"punt_{p.punt.pk}": SomsTekstField(
                label=p.title, lang=True, max_length=4000, rijen=3, required=False,
                help_text="De conclusie, voorwaarden en afwijkende standpunten komen vanzelf in de lijst." if p.item else "",
            )
            for p in points
        }  # fmt: skip
        self.fields = {**own, **self.fields}

    def answer(self) -> dict[str, Any]:
        """The arguments of write_list."""
        given = self.cleaned_data
        texts = {pk: given[name] for name, pk in self.names.items() if given.get(name)}
        return {
            "teksten": texts,
            "opmerkingen": given["opmerkingen"],
            "seen_revision": given["seen_revision"],
        }


class ActieForm(Handeling):
    """What somebody must do, and until when."""

    tekst = TekstField(label="Wat moet er gebeuren?", max_length=500, leeg="Vul in wat er moet gebeuren")
    holder = KeuzeField(label="Wie doet het?", lijst=True, leeg="Kies wie het doet")
    due = DatumField(label="Uiterlijk wanneer?", leeg="Vul een datum in")

    def __init__(self, *args: Any, holders: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in holders}
        self.fields["holder"].choices = [(pk, str(user)) for pk, user in self.people.items()]  # type: ignore[attr-defined]

    def answer(self) -> dict[str, Any]:
        """The arguments of add_action."""
        return {**self.cleaned_data, "holder": self.people[self.cleaned_data["holder"]]}


class GedaanForm(Handeling):
    """Telling that an action is done."""

    tekst = SomsTekstField(label="Wat is de uitkomst?", max_length=500, required=False)
