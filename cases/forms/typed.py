"""A form on its page: the key with which its text is kept, and text from before put back into the fields."""

from django import forms
from django.http import QueryDict

# Hidden fields that tell on which text the writer built; they come back with it, so that a newer text is never overwritten
# unseen. What only tells how the dossier stood is taken as it stands now.
BUILT_ON = (
    "seen_revision", "seen_stamp", "seen_toets", "seen_besluit", "seen_standpunt", "seen_conclusie", "seen_aanvraag", "seen_inbreng", "gezien",
)  # fmt: skip


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


def _given(field: forms.BoundField, typed: QueryDict):
    return field.field.widget.value_from_datadict(typed, {}, field.html_name)
