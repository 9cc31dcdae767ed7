"""Registering a decision."""

from typing import Any

from django import forms

from cases.forms.controle import GebeurdField, Gecontroleerd, SomsKeuzeField
from cases.forms.velden import KeuzeField, TekstField
from phases.besluit.models import Orgaan, Uitkomst

GEVOLGEN = {
    Uitkomst.AKKOORD: "Het besluit telt zodra een collega het bevestigt.",
    Uitkomst.NIET_AKKOORD: "Het dossier gaat hiermee niet verder.",
    Uitkomst.AANGEHOUDEN: "Het besluit volgt later. Registreer het dan opnieuw.",
}


class BesluitForm(Gecontroleerd):
    """What was decided about one version, by whom and when."""

    kop = "Controleer het besluit"
    knop = "Registreer besluit"
    zin = "U kunt een geregistreerd besluit niet wijzigen. Het telt zodra een tweede persoon het bevestigt."
    orgaan = KeuzeField(label="Wie besloot?", leeg="Kies wie besloot")
    uitkomst = KeuzeField(
        label="Wat is er besloten?", choices=Uitkomst.choices, hints=GEVOLGEN, leeg="Kies wat er is besloten"
    )
    optie = SomsKeuzeField(label="Welke optie is gekozen?", help_text="Alleen nodig bij akkoord.")
    besluit_op = GebeurdField(label="Datum van het besluit", leeg="Vul de datum van het besluit in")
    kenmerk = TekstField(
        label="Kenmerk",
        max_length=80,
        required=False,
        help_text="Bijvoorbeeld het nummer van de nota of de besluitenlijst.",
    )
    toelichting = TekstField(label="Toelichting", lang=True, max_length=4000, required=False)
    seen_besluit = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    zicht = "seen_besluit"

    def __init__(self, *args: Any, organs: list[Orgaan], options: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["orgaan"].choices = [(o.value, o.label) for o in organs]  # type: ignore[attr-defined]
        if options:
            self.fields["optie"].choices = options  # type: ignore[attr-defined]
        else:
            del self.fields["optie"]
        if len(organs) == 1:
            self.initial["orgaan"] = organs[0].value

    def clean(self) -> dict[str, Any]:
        """A positive decision on options names the option."""
        given = super().clean() or self.cleaned_data
        agreed = given.get("uitkomst") == Uitkomst.AKKOORD
        if "optie" in self.fields and agreed and "optie" in given and not given["optie"]:
            self.add_error("optie", "Kies de optie die is gekozen")
        if "optie" in given and not agreed:
            given["optie"] = ""
        given["seen_besluit"] = given.get("seen_besluit") or 0
        return given
