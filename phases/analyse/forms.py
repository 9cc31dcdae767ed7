"""The form of a ministry's contribution to the joint analysis."""

from django import forms

from cases.forms.controle import Handeling
from cases.forms.velden import KeuzeField, TekstField
from phases.analyse.models import InbrengSoort


class InbrengForm(Handeling):
    """What this ministry contributes, or why it has nothing to add."""

    soort = KeuzeField(
        label="Levert uw ministerie inbreng?", choices=InbrengSoort.choices, leeg="Kies of uw ministerie inbreng levert"
    )
    tekst = TekstField(
        label="Inbreng of uitleg",
        lang=True,
        max_length=8000,
        help_text="Uw feiten en inzichten bij de vijf vragen. Zonder inbreng: leg in één zin uit waarom.",
        leeg="Vul uw inbreng in, of leg uit waarom er geen inbreng is",
    )
    seen_inbreng = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    zicht = "seen_inbreng"
