"""The form of a product, made from its model: verbose_name is the label, help_text the question.

A draft may be saved incomplete, so its fields are needed sometimes (SomsNodig) and never say "(niet verplicht)"; what is
still empty is asked when the product is put forward (Product.missing).
"""

from django import forms
from django.db import models

from cases.forms.controle import Bewerking, SomsNodig
from cases.forms.velden import DatumField, KeuzeField, TekstField, VinkField
from cases.models import Product

SHORT_ROWS, LONG_ROWS = 3, 6


class DraftTekst(SomsNodig, TekstField):
    """A text of a draft."""


class DraftKeuze(SomsNodig, KeuzeField):
    """A choice of a draft."""


class DraftDatum(SomsNodig, DatumField):
    """A day of a draft."""


class ProductForm(Bewerking):
    """What every product form has besides the fields of its model."""

    seen_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def product_form(model: type[Product]) -> type[ProductForm]:
    """The form class for a product: one field for each of Product.text_fields()."""
    fields = {f.name: _field(f, model.consequences.get(f.name)) for f in model.text_fields()}
    return type(f"{model.__name__}Form", (ProductForm,), fields)


def _field(field: models.Field, hints: dict[str, str] | None) -> forms.Field:
    """The house's form field for a model field."""
    words = {"label": field.verbose_name, "help_text": field.help_text, "required": not field.blank}
    if isinstance(field, models.BooleanField):
        return VinkField(**{**words, "required": False})
    if field.choices:
        return DraftKeuze(choices=field.choices, hints=hints, **words)
    if isinstance(field, models.DateField):
        return DraftDatum(**words)
    if isinstance(field, models.TextField):
        return DraftTekst(lang=True, rijen=SHORT_ROWS if field.blank else LONG_ROWS, **words)
    return DraftTekst(max_length=field.max_length, **words)
