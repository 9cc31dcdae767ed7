"""An answer as a person reads it: on a check page, and beside the answer of somebody else."""

from typing import Any

from django import forms

from cases.templatetags.notatie import datum, euro

from .landen import LandenField
from .velden import DatumField, EuroField, GetalField


def getoond(veld: forms.Field, waarde: Any) -> str:
    """The text of a cleaned value; "" for no answer."""
    if waarde is True or waarde is False:
        return "Ja" if waarde else "Nee"
    if waarde in (None, "", []):
        return ""
    if isinstance(veld, forms.ChoiceField):
        gekozen = {str(w) for w in (waarde if isinstance(waarde, list) else [waarde])}
        return ", ".join(str(label) for w, label in veld.choices if str(w) in gekozen)
    if isinstance(veld, LandenField):
        return veld.toon(waarde)
    if isinstance(veld, DatumField):
        return datum(waarde)
    if isinstance(veld, EuroField):
        return euro(waarde)
    return str(veld.prepare_value(waarde)) if isinstance(veld, GetalField) else str(waarde)
