"""The two forms every form in this project starts from."""

from django import forms
from django.forms.utils import pretty_name

from .zinnen import zet_blanco, zet_zinnen


class Basis:
    """Dutch sentences from the labels, no browser validation, and the status a page must answer with."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for naam, field in self.fields.items():
            zet_blanco(field)
            zet_zinnen(field, str(field.label or pretty_name(naam)))

    @property
    def status(self) -> int:
        """422 when the form was sent and something must change, otherwise 200."""
        return 422 if self.is_bound and not self.is_valid() else 200


class Formulier(Basis, forms.Form):
    """A form of plain fields."""
