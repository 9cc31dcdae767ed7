"""Forms of the money."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from budget_biv.models import Aanvraag, Fund, Uitkomst
from budget_biv.services import HIGHEST
from cases.forms.controle import Bewerking, GebeurdField, Gecontroleerd, SomsEuroField, SomsTekstField
from cases.forms.velden import KeuzeField, TekstField
from cases.templatetags.notatie import euro

GEVOLGEN = {
    Uitkomst.AKKOORD: "Het geld is toegekend zodra alle ministers akkoord zijn.",
    Uitkomst.AFGEWEZEN: "De behandelaar kan een nieuwe versie aanvragen. Daarover beslissen alle ministers opnieuw.",
}
JAREN = 6


class AanvraagForm(Gecontroleerd):
    """Whole euros per calendar year, and how the request meets the criterion of the fund."""

    kop = "Controleer de aanvraag"
    knop = "Vraag aan"
    zin = "De betrokken ministers beslissen over precies deze aanvraag. Een nieuwe versie vraagt van alle ministers een nieuw besluit."
    relevantie = TekstField(
        label="Ontwikkelingsrelevantie",
        lang=True,
        max_length=4000,
        leeg="Leg uit waarom dit ontwikkelingsrelevant is",
        help_text="Waarom is deze inzet van belang voor de ontwikkeling van het land of de regio?",
    )
    bijdrage = TekstField(
        label="Bijdrage aan een oplossing",
        lang=True,
        max_length=4000,
        leeg="Leg uit hoe dit bijdraagt aan een oplossing",
        help_text="Hoe draagt deze inzet bij aan een oplossing van de problemen in het land of de regio?",
    )

    seen_aanvraag = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    zicht = "seen_aanvraag"

    def __init__(self, *args: Any, fund: Fund, earlier: Aanvraag | None, **kwargs: Any) -> None:
        self.fund = fund
        start = {**earlier.answers(), "seen_aanvraag": earlier.number} if earlier else {"seen_aanvraag": 0}
        super().__init__(*args, **{"initial": start, **kwargs})
        asked = [b.year for b in earlier.bedragen.all()] if earlier else []
        self.years = _years(fund, asked)
        amounts = {f"jaar_{year}": _amount(year) for year in self.years}
        self.fields = {**amounts, **self.fields}

    def clean(self) -> dict[str, Any]:
        """At least one year with an amount."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not self.amounts():
            self.add_error(f"jaar_{self.years[0]}", "Vul voor minstens één jaar een bedrag in")
        return given

    def amounts(self) -> dict[int, int]:
        """Year → whole euros, without the years left empty."""
        given = {year: self.cleaned_data.get(f"jaar_{year}") for year in self.years}
        return {year: amount for year, amount in given.items() if amount}

    def answer(self) -> dict[str, Any]:
        """The arguments of request_money."""
        texts = {name: self.cleaned_data[name] for name in ("relevantie", "bijdrage")}
        return {
            "fund": self.fund,
            "years": self.amounts(),
            "seen_aanvraag": self.cleaned_data["seen_aanvraag"] or 0,
            **texts,
        }

    @property
    def regels(self) -> list[tuple[str, str, str]]:
        """With the total after the years."""
        lines = super().regels
        count = len(self.amounts())
        return [*lines[:count], ("Totaal", euro(sum(self.amounts().values())), ""), *lines[count:]]


def _years(fund: Fund, asked: Iterable[int]) -> list[int]:
    """The coming years in which the fund exists, and those of the earlier version."""
    now = timezone.localdate().year
    coming = [y for y in range(now, now + JAREN) if y >= fund.start and (fund.end is None or y <= fund.end)]
    return sorted({*coming, *asked})


def _amount(year: int) -> SomsEuroField:
    return SomsEuroField(
        label=f"Bedrag {year}",
        minimum=1,
        maximum=HIGHEST,
        help_text="In hele euro’s, bijvoorbeeld 4.500.000",
    )


class BeslissingForm(Gecontroleerd):
    """What one minister decides on a request."""

    kop = "Controleer het BIV-besluit"
    knop = "Leg besluit vast"
    zin = "U kunt een vastgelegd besluit niet wijzigen."
    uitkomst = KeuzeField(
        label="Wat heeft de minister besloten?",
        choices=Uitkomst.choices,
        hints=GEVOLGEN,
        leeg="Kies wat de minister besloot",
    )
    toelichting = SomsTekstField(
        label="Toelichting",
        lang=True,
        max_length=4000,
        help_text="Verplicht als de aanvraag is afgewezen.",
    )
    decided_on = GebeurdField(label="Datum van het besluit", leeg="Vul de datum van het besluit in")

    def clean(self) -> dict[str, Any]:
        """No refusal without a reason."""
        given = super().clean() or self.cleaned_data
        if given.get("uitkomst") == Uitkomst.AFGEWEZEN and not given.get("toelichting"):
            self.add_error("toelichting", "Leg uit waarom de aanvraag is afgewezen")
        return given


class AndereFinancieringForm(Bewerking):
    """One text: what pays beside the BIV, and where that is written."""

    text = TekstField(
        label="Andere financiering",
        lang=True,
        max_length=2000,
        leeg="Beschrijf de andere financiering",
        help_text="Welk ander budget betaalt mee, hoeveel en wanneer? Noem de bron.",
    )
    seen_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
