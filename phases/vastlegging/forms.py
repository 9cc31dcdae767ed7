"""The one form behind every soort: its fields and words come from the row in soorten.py."""

from typing import Any

from django import forms

from cases.forms.controle import GebeurdField, Gecontroleerd, SomsTekstField
from cases.forms.velden import DatumField, KeuzeField, TekstField
from phases.vastlegging.models import Vastlegging
from phases.vastlegging.soorten import Soort


class VastleggingForm(Gecontroleerd):
    """A date, and where the soort asks for it an outcome, words and a reference."""

    kop = "Controleer wat u vastlegt"
    knop = "Leg vast"
    zin = "U kunt dit niet wijzigen. Legt u later iets nieuws vast, dan geldt dat."
    zicht = "seen_vastlegging"
    seen_vastlegging = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, soort: Soort, newest: Vastlegging | None, **kwargs: Any) -> None:
        self.soort = soort
        super().__init__(*args, initial={"seen_vastlegging": newest.pk if newest else 0}, **kwargs)
        self.fields = {**_fields(soort), **self.fields}
        if soort.confirmed:
            self.zin = "Het besluit telt zodra een tweede persoon het bevestigt. U kunt het niet wijzigen."

    def clean(self) -> dict[str, Any]:
        """An outcome that asks for words gets them."""
        given = super().clean() or self.cleaned_data
        if given.get("uitkomst") in self.soort.why and "tekst" in given and not given["tekst"]:
            self.add_error("tekst", f"Vul in: {self.soort.tekst[0].lower()}{self.soort.tekst[1:]}")
        given["seen_vastlegging"] = given.get("seen_vastlegging") or 0
        return given


def _fields(soort: Soort) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    if soort.outcomes:
        fields["uitkomst"] = KeuzeField(label="Uitkomst", choices=list(soort.outcomes), leeg="Kies een uitkomst")
    field = DatumField if soort.ahead else GebeurdField
    fields["op"] = field(label=soort.op, leeg=f"Vul in: {soort.op[0].lower()}{soort.op[1:]}")
    if soort.tekst:
        needed = soort.tekst_needed
        kind = TekstField if needed else SomsTekstField
        words = {"leeg": f"Vul in: {soort.tekst[0].lower()}{soort.tekst[1:]}"} if needed else {}
        fields["tekst"] = kind(label=soort.tekst, help_text=soort.tekst_help, lang=True, max_length=8000, **words)
    if soort.kenmerk:
        fields["kenmerk"] = TekstField(
            label=soort.kenmerk, help_text=soort.kenmerk_help, max_length=120, required=soort.kenmerk_needed,
            leeg=f"Vul in: {soort.kenmerk[0].lower()}{soort.kenmerk[1:]}",
        )  # fmt: skip
    return fields
