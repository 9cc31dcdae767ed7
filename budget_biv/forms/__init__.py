"""Forms of the money."""

from budget_biv.forms.aanvraag import AanvraagForm, AndereFinancieringForm, meer_regels
from budget_biv.forms.beslissen import BeslissingForm, ReserveringForm
from budget_biv.forms.boeken import AfrekeningForm, BoekingForm, CorrectieForm, IntrekkenForm, KasschuifForm

__all__ = [
    "AanvraagForm",
    "AfrekeningForm",
    "AndereFinancieringForm",
    "BeslissingForm",
    "BoekingForm",
    "CorrectieForm",
    "IntrekkenForm",
    "KasschuifForm",
    "ReserveringForm",
    "meer_regels",
]
