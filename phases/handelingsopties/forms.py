"""The form of one option: the five elements that the Leidraad asks, and its instruments."""

from django import forms
from django.http import QueryDict

from cases.forms.controle import Bewerking, SomsNodig
from cases.forms.products import DraftTekst
from cases.forms.velden import EuroField, MeerkeuzeField, TekstField, VinkField
from cases.models import Effort
from phases.handelingsopties.models import Optie


class DraftMeerkeuze(SomsNodig, MeerkeuzeField):
    """Several answers, of a draft."""


class DraftEuro(SomsNodig, EuroField):
    """An amount of a draft."""


def _words(name: str) -> dict:
    field = Optie._meta.get_field(name)
    return {"label": field.verbose_name, "help_text": field.help_text}


class OptieForm(Bewerking):
    """An option may be saved incomplete, but never without a title."""

    titel = TekstField(max_length=120, leeg="Geef de optie een titel", **_words("titel"))
    instrumenten = DraftMeerkeuze(
        choices=Effort.choices,
        **{**_words("instrumenten"), "help_text": "Militairen, politie, justitie en civiele experts alleen als het dossier die noemt."},
    )  # fmt: skip
    doelen = DraftTekst(lang=True, **_words("doelen"))
    narrative = DraftTekst(lang=True, **_words("narrative"))
    partners = DraftTekst(lang=True, rijen=3, **_words("partners"))
    kosten = DraftEuro(**_words("kosten"))
    tijdpad = DraftTekst(lang=True, rijen=3, **_words("tijdpad"))
    biv = VinkField(label=Optie._meta.get_field("biv").verbose_name, required=False)
    seen_stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    zicht = "seen_stamp"

    def __init__(self, data: QueryDict | None = None, *, optie: Optie | None = None) -> None:
        super().__init__(data, initial={**optie.answers(), "seen_stamp": optie.stamp()} if optie else {})
