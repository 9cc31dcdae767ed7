"""The request: lines of year × category × ODA, and how it meets the criterion of the fund."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from budget_biv.models import Aanvraag, Bedrag, Category, Fund, Oda
from budget_biv.models.fund import HIGHEST
from budget_biv.services import Regel, Verzoek, answers
from cases.forms.controle import Bewerking, Gecontroleerd, SomsEuroField, SomsKeuzeField, SomsTekstField
from cases.forms.velden import KeuzeField, TekstField
from cases.templatetags.notatie import euro

JAREN = 6
REGELS, ERBIJ, TEN_HOOGSTE = 4, 4, 40
DELEN = ("jaar", "categorie", "oda", "soort", "bedrag")
INZET, NAIJL = "inzet", "naijl"
SOORTEN = ((INZET, "Inzet"), (NAIJL, "Naijleffect"))
JA_NEE = (("ja", "Ja"), ("nee", "Nee"))
WAARSCHUWING = "U kunt dit bedrag voorstellen. Het kan niet worden gereserveerd zolang er geen ruimte is."


@dataclass(frozen=True)
class Kosten:
    """What the chosen option was estimated at, as far as it is known."""

    optie: str = ""
    bedrag: int | None = None


class AanvraagForm(Gecontroleerd):
    """Whole euros per calendar year, category and ODA flag; with the criterion, the tail and what the UN pays back."""

    kop = "Controleer de aanvraag"
    knop = "Vraag aan"
    zin = "De BIV-beheerder reserveert het geld na het advies van de SMO. Daarna beslissen de betrokken ministers over precies deze aanvraag."
    vergoeding = SomsEuroField(
        label="Verwachte vergoeding van de Verenigde Naties",
        minimum=0,
        maximum=HIGHEST,
        help_text="In hele euro’s. Laat leeg als u geen vergoeding verwacht.",
    )
    verschil = SomsTekstField(
        label="Verschil met de kostenindicatie",
        lang=True,
        max_length=4000,
        help_text="Nodig als u meer of minder vraagt dan de indicatie van de gekozen optie.",
    )
    is_relevant = KeuzeField(
        label="Is deze inzet ontwikkelingsrelevant?", choices=JA_NEE, leeg="Kies of dit ontwikkelingsrelevant is"
    )
    relevantie = TekstField(
        label="Ontwikkelingsrelevantie",
        lang=True,
        max_length=4000,
        leeg="Leg uit waarom dit ontwikkelingsrelevant is, of niet",
        help_text="Waarom is deze inzet van belang voor de ontwikkeling van het land of de regio?",
    )
    draagt_bij = KeuzeField(
        label="Draagt deze inzet bij aan een oplossing?", choices=JA_NEE, leeg="Kies of dit bijdraagt aan een oplossing"
    )
    bijdrage = TekstField(
        label="Bijdrage aan een oplossing",
        lang=True,
        max_length=4000,
        leeg="Leg uit hoe dit bijdraagt aan een oplossing, of niet",
        help_text="Hoe draagt deze inzet bij aan een oplossing van de problemen in het land of de regio?",
    )
    seen_aanvraag = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    regels_aantal = forms.IntegerField(widget=forms.HiddenInput, required=False)
    zicht = "seen_aanvraag"

    def __init__(
        self, data: Any = None, *, fund: Fund, categories: Sequence[Category], earlier: Aanvraag | None = None,
        kosten: Kosten = Kosten(), tekort: Callable[[Sequence[Regel]], list[str]] = lambda lines: [], **kwargs: Any,
    ) -> None:  # fmt: skip
        self.fund, self.kosten, self.tekort = fund, kosten, tekort
        start = {**answers(earlier), "seen_aanvraag": earlier.number} if earlier else {"seen_aanvraag": 0}
        start = {**start, **kwargs.pop("initial", {})}
        asked = list(earlier.bedragen.all()) if earlier else []
        self.aantal = _aantal(data, start, len(asked))
        super().__init__(data, initial={**start, "regels_aantal": self.aantal}, **kwargs)
        years = _years(fund, [line.year for line in asked])
        lines = {}
        for number in range(1, self.aantal + 1):
            lines |= _regel(number, years, categories)
        self.fields = {**lines, **self.fields}
        if kosten.bedrag is None:
            del self.fields["verschil"]

    def clean(self) -> dict[str, Any]:
        """Every line that was begun is whole, and there is at least one."""
        given = super().clean() or self.cleaned_data
        for number in range(1, self.aantal + 1):
            self._check_line(number)
        if not self.errors and not self.lines():
            self.add_error("bedrag_1", "Vul minstens één regel met een bedrag in")
        if not self.errors and self._verschil_nodig() and not given.get("verschil"):
            indicatie = f"optie {self.kosten.optie}: {euro(self.kosten.bedrag)}"
            self.add_error("verschil", f"Leg het verschil uit met de kostenindicatie van {indicatie}")
        return given

    def _verschil_nodig(self) -> bool:
        return self.kosten.bedrag is not None and sum(line.amount for line in self.lines()) != self.kosten.bedrag

    def _check_line(self, number: int) -> None:
        jaar, categorie, bedrag = (
            self.cleaned_data.get(f"{deel}_{number}") for deel in ("jaar", "categorie", "bedrag")
        )
        if f"bedrag_{number}" in self.errors or not (jaar or categorie or bedrag is not None):
            return
        if bedrag is None:
            self.add_error(f"bedrag_{number}", f"Vul bij regel {number} een bedrag in, of maak de regel leeg")
        if not jaar:
            self.add_error(f"jaar_{number}", f"Kies bij regel {number} een jaar")
        if not categorie:
            self.add_error(f"categorie_{number}", f"Kies bij regel {number} een categorie")

    def lines(self) -> list[Regel]:
        """The lines that were filled in."""
        found = []
        for number in range(1, self.aantal + 1):
            jaar, categorie, oda, soort, bedrag = (self.cleaned_data.get(f"{deel}_{number}") for deel in DELEN)
            if jaar and categorie and bedrag is not None:
                naijl = soort == NAIJL
                found.append(Regel(int(jaar), int(categorie), oda or Oda.ONBEKEND, bedrag, naijl))
        return found

    def answer(self) -> dict[str, Any]:
        """The arguments of request_money."""
        given = self.cleaned_data
        about = Verzoek(
            relevantie=given["relevantie"],
            bijdrage=given["bijdrage"],
            is_relevant=given["is_relevant"] == "ja",
            draagt_bij=given["draagt_bij"] == "ja",
            vergoeding=given["vergoeding"] or 0,
            optie=self.kosten.optie,
            optiekosten=self.kosten.bedrag,
            verschil=given.get("verschil", ""),
        )
        return {"fund": self.fund, "lines": self.lines(), "about": about, "seen_aanvraag": given["seen_aanvraag"] or 0}

    @property
    def rijen(self) -> list[list[tuple[str, forms.BoundField]]]:
        """The lines as a table: per line its cells with the words of the column."""
        koppen = ("Jaar", "Categorie", "ODA", "Soort", "Bedrag")
        return [
            [(kop, self[f"{deel}_{number}"]) for kop, deel in zip(koppen, DELEN, strict=True)]
            for number in range(1, self.aantal + 1)
        ]

    @property
    def overige_velden(self) -> list[forms.BoundField]:
        """The fields below the table."""
        return [veld for veld in self.visible_fields() if not veld.name.rpartition("_")[2].isdigit()]

    @property
    def waarschuwingen(self) -> list[str]:
        """Where more is asked than there is: it may be proposed."""
        short = self.tekort(self.lines())
        return [*short, WAARSCHUWING] if short else []

    @property
    def regels(self) -> list[tuple[str, str, str]]:
        """The lines of the request in words, their total, and the answers."""
        shown = []
        for number in range(1, self.aantal + 1):
            jaar, categorie, oda, soort, bedrag = (self[f"{deel}_{number}"] for deel in DELEN)
            amount = self.cleaned_data.get(bedrag.name)
            if amount is not None:
                words = [dict(f.field.choices).get(self.cleaned_data[f.name], "") for f in (categorie, oda, soort)]
                words = [w for w in words if w and w != "Inzet"]
                shown.append((", ".join([self.cleaned_data[jaar.name], *words]), euro(amount), ""))
        total = ("Totaal", euro(sum(line.amount for line in self.lines())), "")
        rest = [row for row in super().regels if row[0] in {str(v.label) for v in self.overige_velden}]
        return [*shown, total, *rest]


def meer_regels(data: QueryDict, fund: Fund, categories: Sequence[Category], **more: Any) -> AanvraagForm:
    """The same form with what was typed and some lines more, not judged yet."""
    typed = {name: value for name, value in data.items() if name != "regels_aantal"}
    aantal = min(TEN_HOOGSTE, _aantal(data, {}, 0) + ERBIJ)
    return AanvraagForm(fund=fund, categories=categories, initial={**typed, "regels_aantal": aantal}, **more)


def _aantal(data: Any, start: dict[str, Any], asked: int) -> int:
    """How many lines the form has: as sent, or some more than there were."""
    text = str((data or start).get("regels_aantal") or "")
    wanted = int(text) if text.isdecimal() and len(text) < 4 else max(REGELS, asked + 2)
    return max(REGELS, asked, min(TEN_HOOGSTE, wanted))


def _years(fund: Fund, asked: Iterable[int]) -> list[int]:
    """The coming years in which the fund exists, and those of the earlier version."""
    now = timezone.localdate().year
    return sorted({*(y for y in range(now, now + JAREN) if fund.holds(y)), *asked})


def _regel(number: int, years: list[int], categories: Sequence[Category]) -> dict[str, forms.Field]:
    """The five fields of a line."""
    kies = [("", "Kies")]
    choices = {
        "jaar": ("Jaar", [*kies, *((str(y), str(y)) for y in years)], ""),
        "categorie": ("Categorie", [*kies, *((str(c.pk), c.name) for c in categories)], ""),
        "oda": ("ODA", list(Oda.choices), Oda.ONBEKEND),
        "soort": ("Soort", list(SOORTEN), INZET),
    }
    fields: dict[str, forms.Field] = {
        f"{deel}_{number}": SomsKeuzeField(label=f"{label}, regel {number}", choices=options, initial=start, lijst=True, required=False)
        for deel, (label, options, start) in choices.items()
    }  # fmt: skip
    amount = SomsEuroField(label=f"Bedrag, regel {number}", minimum=1, maximum=HIGHEST, required=False)
    return fields | {f"bedrag_{number}": amount}


def regels_van(bedragen: Iterable[Bedrag]) -> list[Regel]:
    """The lines of a request that was put forward."""
    return [Regel(b.year, b.category_id, b.oda, b.amount, b.naijl) for b in bedragen]


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
