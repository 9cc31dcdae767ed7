"""Booking on granted money: promised, spent, given back, settled, corrected."""

from typing import Any

from budget_biv.models import Rekening, Saldo, Soort
from budget_biv.models.fund import HIGHEST
from budget_biv.selectors import Stand
from budget_biv.services import Amount
from cases.forms.controle import GebeurdField, Gecontroleerd, Handeling, SomsEuroField
from cases.forms.velden import EuroField, KeuzeField, TekstField
from cases.templatetags.notatie import euro

VAN = {
    Soort.VERPLICHTEN: Rekening.TOEGEKEND,
    Soort.REALISEREN: Rekening.VERPLICHT,
    Soort.VRIJVALLEN: Rekening.TOEGEKEND,
}
KNOPPEN = {
    Soort.VERPLICHTEN: "Leg verplichting vast",
    Soort.REALISEREN: "Leg uitgave vast",
    Soort.VRIJVALLEN: "Laat geld vrijvallen",
}


class BoekingForm(Gecontroleerd):
    """Whole euros per line on which something stands, with the reason or the reference of the invoice."""

    zin = "U kunt een boeking niet wijzigen. Een fout maakt u goed met een tegenboeking."
    reason = TekstField(
        label="Reden of kenmerk", max_length=1000, leeg="Vul een reden of kenmerk in", help_text="Bijvoorbeeld het contract of de factuur."
    )  # fmt: skip
    occurred_on = GebeurdField(label="Datum", leeg="Vul de datum in")

    def __init__(self, *args: Any, stand: Stand, soort: Soort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.soort, self.knop = soort, KNOPPEN[soort]
        self.kop = f"Controleer: {self.knop[0].lower()}{self.knop[1:]}"
        self.rows = [s for s in stand.aanvraag.saldi.all() if s.on(VAN[soort])]
        amounts = {f"bedrag_{s.pk}": _bedrag(s, s.on(VAN[soort]), VAN[soort]) for s in self.rows}
        self.fields = {**amounts, **self.fields}

    def clean(self) -> dict[str, Any]:
        """At least one amount."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not self.amounts():
            field = f"bedrag_{self.rows[0].pk}" if self.rows else None
            self.add_error(field, "Vul minstens één bedrag in")
        return given

    def amounts(self) -> list[Amount]:
        """Per line what was filled in."""
        given = ((s, self.cleaned_data.get(f"bedrag_{s.pk}")) for s in self.rows)
        return [Amount(s.year, s.category_id, s.oda, amount) for s, amount in given if amount]

    def answer(self) -> dict[str, Any]:
        """The arguments of book_amounts."""
        given = self.cleaned_data
        return {
            "soort": self.soort, "amounts": self.amounts(), "reason": given["reason"], "occurred_on": given["occurred_on"]
        }  # fmt: skip


def _bedrag(saldo: Saldo, there: int, account: Rekening) -> SomsEuroField:
    return SomsEuroField(
        label=f"{saldo.year}, {saldo.category}, {saldo.get_oda_display()}",
        minimum=0,
        maximum=min(HIGHEST, there),
        help_text=f"{account.label}: {euro(there)}.",
    )


class AfrekeningForm(Gecontroleerd):
    """Closes the books of a request."""

    kop = "Controleer de afrekening"
    knop = "Reken af"
    zin = "Wat is uitgegeven, is dan afgerekend. Wat overblijft, valt vrij voor andere dossiers."
    reason = TekstField(
        label="Waarop rust de afrekening?", lang=True, max_length=1000, leeg="Leg uit waarop de afrekening rust"
    )
    occurred_on = GebeurdField(label="Datum van de afrekening", leeg="Vul de datum van de afrekening in")


class IntrekkenForm(Gecontroleerd):
    """Why no BIV money is needed any more."""

    kop = "Controleer het intrekken"
    knop = "Trek de aanvraag in"
    zin = "Al het geld van deze aanvraag valt vrij. U kunt daarna opnieuw geld vragen, in een nieuwe versie."
    reason = TekstField(
        label="Waarom trekt u de aanvraag in?", lang=True, max_length=1000, leeg="Leg uit waarom u de aanvraag intrekt",
        help_text="Zeg ook wat de inzet dan betaalt.",
    )  # fmt: skip


class CorrectieForm(Handeling):
    """The reason of a counter-entry."""

    reason = TekstField(
        label="Waarom corrigeert u deze boeking?", lang=True, max_length=1000, leeg="Leg uit waarom u deze boeking corrigeert"
    )  # fmt: skip


class KasschuifForm(Gecontroleerd):
    """A granted amount that goes to another year of the same dossier."""

    kop = "Controleer de kasschuif"
    knop = "Leg kasschuif vast"
    zin = "Het bedrag staat daarna in het andere jaar. U kunt dit alleen terugdraaien met een nieuwe kasschuif."
    van = KeuzeField(label="Welk bedrag verschuift u?", choices=(), leeg="Kies welk bedrag u verschuift")
    naar = KeuzeField(label="Naar welk jaar?", choices=(), lijst=True, leeg="Kies naar welk jaar het geld gaat")
    bedrag = EuroField(
        label="Bedrag", minimum=1, maximum=HIGHEST, leeg="Vul een bedrag in", help_text="In hele euro’s, bijvoorbeeld 4.500.000"
    )  # fmt: skip
    reason = TekstField(
        label="Reden", lang=True, max_length=1000, leeg="Leg uit waarom het geld naar een ander jaar gaat"
    )
    occurred_on = GebeurdField(label="Datum van het besluit", leeg="Vul de datum van het besluit in")

    def __init__(self, *args: Any, stand: Stand, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(s.pk): s for s in stand.aanvraag.saldi.all() if s.toegekend}
        self.fields["van"].choices = [  # type: ignore[attr-defined]
            (pk, f"{s.year}, {s.category}, {s.get_oda_display()}: {euro(s.toegekend)}") for pk, s in self.rows.items()
        ]
        self.fields["naar"].choices = [("", "Kies"), *((str(year), str(year)) for year in years)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Another year, and no more than stands there."""
        given = super().clean() or self.cleaned_data
        line, amount = self.rows.get(given.get("van", "")), given.get("bedrag")
        if line and given.get("naar") == str(line.year):
            self.add_error("naar", "Kies een ander jaar dan waar het geld nu staat")
        if line and amount and amount > line.toegekend:
            self.add_error("bedrag", f"Vul {euro(line.toegekend)} of minder in")
        return given

    def answer(self) -> dict[str, Any]:
        """The arguments of shift_year."""
        given = self.cleaned_data
        line = self.rows[given["van"]]
        return {
            "amount": Amount(line.year, line.category_id, line.oda, given["bedrag"]), "to_year": int(given["naar"]),
            "reason": given["reason"], "occurred_on": given["occurred_on"],
        }  # fmt: skip
