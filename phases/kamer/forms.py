"""Forms of the letters to parliament."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from cases.forms.controle import Bewerking, GebeurdField, Gecontroleerd, Handeling, SomsTekstField
from cases.forms.velden import DatumField, KeuzeField, TekstField, VinkField
from cases.models import Ministry
from phases.kamer.models import Afdoening, Briefsectie, Stap
from phases.kamer.services import KAMERSTUK


class BeginForm(Handeling):
    """What a letter is about."""

    betreft = TekstField(
        label="Betreft", max_length=200, leeg="Vul in waar de brief over gaat", help_text="Dit staat boven de brief."
    )
    kenmerk = TekstField(label="Onze referentie", max_length=60, required=False)


class SectieForm(Bewerking):
    """One section of a letter, with the revision on which the writer built."""

    text = SomsTekstField(
        label="Tekst",
        lang=True,
        rijen=14,
        max_length=40_000,
        help_text="Opmaak: **vet**, *cursief*, ## kop, - opsomming, [tekst](https://adres).",
    )
    ready = VinkField(label="Deze sectie is gereed voor controle", required=False)
    seen_revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, section: Briefsectie) -> None:
        super().__init__(data, initial={**section.answers(), "seen_revision": section.revision})

    def answer(self) -> dict[str, Any]:
        """The arguments of write_section."""
        return {**self.values(), "seen_revision": self.cleaned_data["seen_revision"]}


class OndertekenenForm(Gecontroleerd):
    """A bewindspersoon signed on paper; here it is registered."""

    kop = "Controleer de ondertekening"
    knop = "Leg ondertekening vast"
    zin = "U kunt een vastgelegde ondertekening niet wijzigen."
    name = TekstField(
        label="Naam van de bewindspersoon",
        max_length=80,
        leeg="Vul de naam van de bewindspersoon in",
        help_text="Zoals die onder de brief staat, bijvoorbeeld J. de Groot.",
    )
    signed_on = GebeurdField(label="Datum van ondertekening", leeg="Vul de datum van ondertekening in")


class VerzendenForm(Gecontroleerd):
    """The letter leaves for both chambers."""

    kop = "Controleer de verzending"
    knop = "Leg verzending vast"
    zin = "Daarna verandert de brief niet meer."
    sent_on = GebeurdField(label="Datum van verzending", leeg="Vul de datum van verzending in")


class KamerstukForm(Gecontroleerd):
    """The number that parliament gave."""

    kop = "Controleer het Kamerstuknummer"
    knop = "Leg nummer vast"
    zin = "U vult het nummer één keer in. Daarna verandert het niet meer."
    kamerstuk = TekstField(
        label="Kamerstuknummer",
        max_length=40,
        leeg="Vul het Kamerstuknummer in",
        help_text="Bijvoorbeeld 29 521, nr. 494. Bij de Eerste Kamer bijvoorbeeld 29 521, BA.",
    )

    def clean_kamerstuk(self) -> str:
        """Written as parliament writes it, with single spaces."""
        number = " ".join(self.cleaned_data["kamerstuk"].split())
        if not KAMERSTUK.match(number):
            raise ValidationError("Schrijf het nummer als 29 521, nr. 494")
        return number


class BehandelstapForm(Handeling):
    """A step of the treatment in parliament."""

    stap = KeuzeField(
        label="Wat gebeurde er?",
        choices=[("", "Maak een keuze"), *Stap.choices],
        lijst=True,
        leeg="Kies wat er gebeurde",
        help_text="Kies ‘Behandeling afgerond’ als de Kamer over deze inzet niets meer agendeert.",
    )
    op = GebeurdField(label="Datum", leeg="Vul de datum in")
    uitkomst = TekstField(label="Uitkomst", lang=True, max_length=2000, leeg="Vul in wat de uitkomst was")
    kenmerk = TekstField(label="Kamerstuk of kenmerk", max_length=120, required=False)


class ToezeggingForm(Handeling):
    """A promise to parliament."""

    tekst = TekstField(label="Wat is toegezegd?", lang=True, max_length=2000, leeg="Vul in wat is toegezegd")
    aan = TekstField(
        label="Aan wie?",
        max_length=160,
        leeg="Vul in aan wie",
        help_text="Bijvoorbeeld de vaste commissie voor Defensie.",
    )
    gedaan_op = GebeurdField(label="Toegezegd op", leeg="Vul in wanneer dit is toegezegd")
    ministry = KeuzeField(label="Welk ministerie doet dit af?", lijst=True, leeg="Kies een ministerie")
    uiterlijk = DatumField(label="Uiterlijk", required=False)
    kenmerk = TekstField(label="Kamerstuk of kenmerk", max_length=120, required=False)

    def __init__(self, *args: Any, ministries: list[Ministry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ministries = {m.code: m for m in ministries}
        self.fields["ministry"].choices = [("", "Maak een keuze"), *((code, code) for code in self._ministries)]

    def clean_ministry(self) -> Ministry:
        return self._ministries[self.cleaned_data["ministry"]]


class AfdoeningForm(Gecontroleerd):
    """How a promise ended."""

    kop = "Controleer de afdoening"
    knop = "Leg afdoening vast"
    zin = "U kunt een afdoening niet wijzigen."
    hoe = KeuzeField(
        label="Hoe is de toezegging afgedaan?",
        choices=Afdoening.Hoe.choices,
        hints={Afdoening.Hoe.OVERGEDRAGEN: "Een ander dossier of ministerie gaat er verder mee. Noem welk."},
        leeg="Kies hoe de toezegging is afgedaan",
    )
    op = GebeurdField(label="Datum", leeg="Vul de datum in")
    toelichting = TekstField(
        label="Toelichting", lang=True, max_length=2000, leeg="Vul in waaruit dat blijkt, of aan wie is overgedragen"
    )
