"""A form on its page: the key with which its text is kept, and text from before put back into the fields."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.safestring import SafeString

from cases.verschil import verschil

from .tonen import getoond

# Hidden fields that tell on which text the writer built; they come back with it, so that a newer text is never overwritten
# unseen. What only tells how the dossier stood is taken as it stands now.
BUILT_ON = (
    "seen_revision", "seen_stamp", "seen_toets", "seen_besluit", "seen_standpunt", "seen_conclusie", "seen_aanvraag",
    "seen_vastlegging", "seen_inbreng", "gezien",
)  # fmt: skip

FEW = 12


class KeyWidget(forms.HiddenInput):
    """The key as a hidden field; in a form with long text it also keeps the text, and says so near the button."""

    template_name = "components/concept_sleutel.html"

    def __init__(self, *, keeps: bool) -> None:
        super().__init__()
        self.keeps, self.drawn = keeps, False

    def get_context(self, *args, **kwargs) -> dict:
        """Drawing the key means that this person gets the form to write in."""
        self.drawn = True
        return {**super().get_context(*args, **kwargs), "keeps": self.keeps}


class KeyField(forms.CharField):
    """Always the key of this drawing of the page, whatever was sent."""

    def bound_data(self, data, initial):
        return initial


def carry(form: forms.Form, name: str, key: str) -> KeyWidget:
    """Lets the form carry its key. Only when it is drawn: no form ever reads the key."""
    keeps = any(isinstance(field.widget, forms.Textarea) for field in form.fields.values())
    field = form.fields[name] = KeyField(required=False, widget=KeyWidget(keeps=keeps), initial=key)
    return field.widget


def labels_of(form: forms.Form) -> dict[str, str]:
    """What the fields are called on the screen, and the answers one can choose, as far as those are few."""
    labels = {}
    for field in form.visible_fields():
        labels[field.html_name] = str(field.label)
        choices = list(getattr(field.field, "choices", ()))
        if 0 < len(choices) <= FEW:
            labels |= {f"{field.html_name}={value}": str(label) for value, label in choices if isinstance(label, str)}
    return labels


def differs(form: forms.Form, typed: QueryDict) -> bool:
    """Whether the typed text says anything else than what the empty or saved form says."""
    return any(field.field.has_changed(field.initial, _given(field, typed)) for field in form.visible_fields())


def built_on_older(form: forms.Form, typed: QueryDict) -> bool:
    """Whether what is saved changed after the text was typed."""
    return any(field.name in BUILT_ON and str(field.initial) != _given(field, typed) for field in form.hidden_fields())


def put_back(form: forms.Form, typed: QueryDict) -> None:
    """Shows the typed text in a form that was not sent yet."""
    for field in form:
        if not field.is_hidden or field.name in BUILT_ON:
            field.initial = _given(field, typed)


@dataclass(frozen=True)
class OtherWindow:
    """What was typed in another window of the same form: when, the fields that differ as (label, here, there), and the key
    with which it can be thrown away."""

    when: datetime
    fields: list[tuple[str, SafeString, SafeString]]
    key: str


def beside(form: forms.Form, here: QueryDict, there: QueryDict) -> list[tuple[str, SafeString, SafeString]]:
    """The fields in which two windows differ, with what stands in only one of them marked."""
    pairs = [(str(f.label), _shown(f, here), _shown(f, there)) for f in form.visible_fields()]
    words = ("Alleen hier: ", "Alleen in het andere venster: ")
    return [(label, *verschil(mine, other, words)) for label, mine, other in pairs if mine != other]


def _shown(field: forms.BoundField, typed: QueryDict) -> str:
    """A typed answer as a person reads it, also when it is not right yet."""
    given = _given(field, typed)
    try:
        return getoond(field.field, field.field.clean(given))
    except ValidationError:
        return ", ".join(map(str, given)) if isinstance(given, list) else str(given or "")


def _given(field: forms.BoundField, typed: QueryDict):
    return field.field.widget.value_from_datadict(typed, {}, field.html_name)
