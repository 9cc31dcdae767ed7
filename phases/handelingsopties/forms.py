"""The form of one option: the five elements that the Leidraad asks, and its instruments."""

from django import forms
from django.http import QueryDict

from cases.forms.products import DraftForm, DraftTekst, InDraft
from cases.forms.velden import EuroField, MeerkeuzeField, TekstField
from cases.models import Effort
from phases.handelingsopties.models import Optie


class DraftMeerkeuze(InDraft, MeerkeuzeField):
    """Several answers, of a draft."""


class DraftEuro(InDraft, EuroField):
    """An amount of a draft."""


def _words(name: str) -> dict:
    field = Optie._meta.get_field(name)
    return {"label": field.verbose_name, "help_text": field.help_text}


class OptieForm(DraftForm):
    """An option may be saved incomplete, but never without a title."""

    titel = TekstField(max_length=120, leeg="Geef de optie een titel", **_words("titel"))
    instrumenten = DraftMeerkeuze(choices=Effort.choices, **_words("instrumenten"))
    doelen = DraftTekst(lang=True, **_words("doelen"))
    narrative = DraftTekst(lang=True, **_words("narrative"))
    partners = DraftTekst(lang=True, rijen=3, **_words("partners"))
    kosten = DraftEuro(**_words("kosten"))
    tijdpad = DraftTekst(lang=True, rijen=3, **_words("tijdpad"))
    seen_stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def values(self) -> dict:
        """The cleaned fields of the option."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen_stamp"}


def form_of(optie: Optie) -> OptieForm:
    """The form with what is saved."""
    names = [name for name in OptieForm.base_fields if name != "seen_stamp"]
    return OptieForm(initial={**{name: getattr(optie, name) for name in names}, "seen_stamp": optie.stamp()})


def form_beside(data: QueryDict, optie: Optie, sent: dict) -> OptieForm:
    """What was sent, with under each field that differs what somebody else saved; saving again is a choice."""
    theirs = {name: shown(optie, name) or "(nog leeg)" for name in sent if getattr(optie, name) != sent[name]}
    again = data.copy()
    again["seen_stamp"] = optie.stamp()
    return OptieForm(again, theirs=theirs)


def shown(optie: Optie, name: str) -> str:
    """A field of an option as a reader sees it."""
    value = getattr(optie, name)
    if name == "instrumenten":
        return ", ".join(Effort(i).label for i in value)
    if name == "kosten":
        return "" if value is None else DraftEuro().toon(value)
    return str(value)
