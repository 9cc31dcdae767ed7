"""Ceilings: reading them in from a file, and moving a part of one to another."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from budget_biv.models import Ceiling, Oda
from budget_biv.models.fund import HIGHEST
from budget_biv.services.inlezen import MOST_BYTES, decode
from cases.exceptions import NotPossible
from cases.forms.controle import GebeurdField, Gecontroleerd, Handeling
from cases.forms.velden import EuroField, KeuzeField, TekstField
from cases.templatetags.notatie import euro


class BestandForm(Handeling):
    """The file; only its text goes on to the check page."""

    bestand = forms.FileField(
        label="CSV-bestand",
        help_text="Met puntkomma’s en als eerste regel: jaar;categorie;bedrag;waarvan_oda;bron",
        max_length=200,
        error_messages={"required": "Kies een CSV-bestand"},
    )

    def clean_bestand(self) -> str:
        """The text of the file."""
        file = self.cleaned_data["bestand"]
        try:
            return decode(file.read(MOST_BYTES + 1))
        except NotPossible as error:
            raise ValidationError(error.sentences[0]) from error


class InleesForm(Handeling):
    """What was checked, once more: it is read and judged again before it is stored."""

    tekst = forms.CharField(widget=forms.HiddenInput, max_length=MOST_BYTES, strip=False)


class VerschuifForm(Gecontroleerd):
    """From one ceiling to another: another year, or another category of the same year."""

    kop = "Controleer de verschuiving"
    knop = "Leg verschuiving vast"
    zin = "De plafonds veranderen meteen. U kunt dit alleen terugdraaien met een nieuwe verschuiving."
    van = KeuzeField(label="Van welk plafond?", choices=(), lijst=True, leeg="Kies van welk plafond het geld komt")
    naar = KeuzeField(label="Naar welk plafond?", choices=(), lijst=True, leeg="Kies naar welk plafond het geld gaat")
    oda = KeuzeField(
        label="Om welk deel gaat het?", choices=Oda.choices, hints={Oda.ONBEKEND: "Alleen als beide plafonds niet zijn verdeeld."},
        leeg="Kies om welk deel het gaat",
    )  # fmt: skip
    amount = EuroField(
        label="Bedrag",
        minimum=1,
        maximum=HIGHEST,
        leeg="Vul een bedrag in",
        help_text="In hele euro’s, bijvoorbeeld 4.500.000",
    )
    reason = TekstField(label="Reden", lang=True, max_length=1000, leeg="Leg uit waarom het geld verschuift")
    reference = TekstField(label="Kenmerk van het besluit", max_length=120, required=False)
    decided_on = GebeurdField(label="Datum van het besluit", leeg="Vul de datum van het besluit in")

    def __init__(self, *args: Any, ceilings: list[Ceiling], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Kies"), *((str(c.pk), f"{c.year}, {c.name}: {euro(c.amount)}") for c in ceilings)]
        self.fields["van"].choices = self.fields["naar"].choices = choices

    def answer(self) -> dict[str, Any]:
        """The arguments of transfer."""
        given = dict(self.cleaned_data)
        return {"source_id": int(given.pop("van")), "target_id": int(given.pop("naar")), **given}
