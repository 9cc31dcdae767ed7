"""The form of a product, made from its model: verbose_name is the label, help_text the question.

A draft may be saved incomplete; what is still empty is asked when the product is put forward (Product.missing).
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import models
from django.forms import BoundField

from cases.forms.basis import Formulier
from cases.forms.velden import DatumField, KeuzeField, TekstField, VinkField
from cases.models import Product

SHORT_ROWS, LONG_ROWS = 3, 6


class InDraft:
    """A field that is needed in the end but may stay empty in a draft; so it never says "(niet verplicht)"."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class DraftTekst(InDraft, TekstField):
    """A text of a draft."""


class DraftKeuze(InDraft, KeuzeField):
    """A choice of a draft."""


class DraftDatum(InDraft, DatumField):
    """A day of a draft."""


class DraftForm(Formulier):
    """A form over saved values that somebody else may change meanwhile. `theirs` then holds what is saved, by field name."""

    theirs: dict[str, str]

    def __init__(self, *args, theirs: dict[str, str] | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.theirs = theirs or {}

    def velden(self) -> Iterator[tuple[BoundField, str]]:
        """Each visible field, with the saved text where that differs from what was sent."""
        for field in self.visible_fields():
            yield field, self.theirs.get(field.name, "")


class ProductForm(DraftForm):
    """What every product form has besides the fields of its model."""

    seen_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def values(self) -> dict[str, Any]:
        """The cleaned fields of the product."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen_revision"}


def product_form(model: type[Product]) -> type[ProductForm]:
    """The form class for a product: one field for each of Product.text_fields()."""
    fields = {f.name: _field(f) for f in model.text_fields()}
    return type(f"{model.__name__}Form", (ProductForm,), fields)


def _field(field: models.Field) -> forms.Field:
    """The house's form field for a model field."""
    words = {"label": field.verbose_name, "help_text": field.help_text, "required": not field.blank}
    if isinstance(field, models.BooleanField):
        return VinkField(**{**words, "required": False})
    if field.choices:
        return DraftKeuze(choices=field.choices, **words)
    if isinstance(field, models.DateField):
        return DraftDatum(**words)
    if isinstance(field, models.TextField):
        return DraftTekst(lang=True, rijen=SHORT_ROWS if field.blank else LONG_ROWS, **words)
    return DraftTekst(max_length=field.max_length, **words)
