"""Forms of the SMO."""

from phases.smo.forms.meetings import (
    AanwezigForm,
    NaarForm,
    PuntForm,
    RitmeForm,
    VergaderingForm,
    VerplaatsForm,
    VervalForm,
)
from phases.smo.forms.minutes import ActieForm, GedaanForm, LijstForm
from phases.smo.forms.offers import (
    AanbiedenForm,
    AfhandelingForm,
    BivWijzigingForm,
    ConclusieForm,
    ControleForm,
    IntrekkenForm,
    StandpuntForm,
    TekstueelForm,
    in_words,
)

__all__ = [
    "AanbiedenForm",
    "AanwezigForm",
    "ActieForm",
    "AfhandelingForm",
    "BivWijzigingForm",
    "ConclusieForm",
    "ControleForm",
    "GedaanForm",
    "IntrekkenForm",
    "LijstForm",
    "NaarForm",
    "PuntForm",
    "RitmeForm",
    "StandpuntForm",
    "TekstueelForm",
    "VergaderingForm",
    "VerplaatsForm",
    "VervalForm",
    "in_words",
]
