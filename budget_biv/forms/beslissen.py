"""Reserving, and what one minister decides."""

from typing import Any

from django.forms import BoundField

from budget_biv.models import Beslissing, Saldo, Uitkomst
from budget_biv.selectors import Stand
from budget_biv.services import Amount
from cases.forms.controle import GebeurdField, Gecontroleerd, Handeling, SomsEuroField, SomsTekstField
from cases.forms.velden import KeuzeField
from cases.templatetags.notatie import euro

DEEL = "deel"
GEVOLGEN = {
    Uitkomst.AKKOORD: "Het geld is toegekend zodra alle ministers akkoord zijn.",
    DEEL: "Alle ministers moeten hetzelfde deel toekennen. De rest valt dan vrij.",
    Uitkomst.AFGEWEZEN: "Het gereserveerde geld valt vrij. De behandelaar kan een nieuwe versie aanvragen.",
    Uitkomst.AANGEHOUDEN: "Het geld blijft gereserveerd. U kunt later alsnog een besluit vastleggen.",
}


class ReserveringForm(Handeling):
    """A button: everything is in the request."""


class BeslissingForm(Gecontroleerd):
    """What one minister decides on a request: whole, in part, refused or held."""

    kop = "Controleer het BIV-besluit"
    knop = "Leg besluit vast"
    zin = "U kunt een vastgelegd besluit niet wijzigen."
    uitkomst = KeuzeField(
        label="Wat heeft de minister besloten?", choices=(), hints=GEVOLGEN, leeg="Kies wat de minister besloot"
    )
    toelichting = SomsTekstField(
        label="Toelichting",
        lang=True,
        max_length=4000,
        help_text="Verplicht als de aanvraag is afgewezen of wordt aangehouden.",
    )
    decided_on = GebeurdField(label="Datum van het besluit", leeg="Vul de datum van het besluit in")

    def __init__(self, *args: Any, stand: Stand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.eerder = stand.partial
        self.rows = [s for s in stand.aanvraag.saldi.all() if s.gereserveerd]
        whole = any(d and d.uitkomst == Uitkomst.AKKOORD and d.lines is None for _, d in stand.decisions)
        self.fields["uitkomst"].choices = self._choices(whole)
        if not whole and self.eerder is None:
            self.fields |= {f"deel_{s.pk}": _deel(s) for s in self.rows}

    def delen(self) -> list[BoundField]:
        """The fields for a part; most decisions need none of them."""
        return [field for field in self.visible_fields() if field.name.startswith("deel_")]

    def _choices(self, whole: bool) -> list[tuple[str, str]]:
        """Only what can still be one outcome with the decisions of the others."""
        akkoord = [(Uitkomst.AKKOORD.value, "Akkoord met het hele bedrag")]
        if self.eerder:
            akkoord = [
                (DEEL, f"Akkoord met het deel dat {self.eerder.ministry.code} vastlegde: {euro(self.eerder.granted)}")
            ]
        elif not whole and self.rows:
            akkoord.append((DEEL, "Akkoord met een deel"))
        rest = (Uitkomst.AFGEWEZEN, Uitkomst.AANGEHOUDEN)
        return [*akkoord, *((choice.value, choice.label) for choice in rest)]

    def clean(self) -> dict[str, Any]:
        """No refusal without a reason, no part without amounts."""
        given = super().clean() or self.cleaned_data
        if given.get("uitkomst") in (Uitkomst.AFGEWEZEN, Uitkomst.AANGEHOUDEN) and not given.get("toelichting"):
            done = "is afgewezen" if given["uitkomst"] == Uitkomst.AFGEWEZEN else "wordt aangehouden"
            self.add_error("toelichting", f"Leg uit waarom de aanvraag {done}")
        if given.get("uitkomst") == DEEL and not self.errors and not self.part():
            self.add_error(f"deel_{self.rows[0].pk}", "Vul in welk deel is toegekend")
        return given

    def part(self) -> list[Amount] | None:
        """The amounts of a decision in part; None for any other."""
        if self.cleaned_data.get("uitkomst") != DEEL:
            return None
        if self.eerder:
            return _same(self.eerder)
        given = ((s, self.cleaned_data.get(f"deel_{s.pk}")) for s in self.rows)
        return [Amount(s.year, s.category_id, s.oda, amount) for s, amount in given if amount]

    def answer(self) -> dict[str, Any]:
        """The arguments of decide."""
        given = self.cleaned_data
        uitkomst = Uitkomst.AKKOORD if given["uitkomst"] == DEEL else given["uitkomst"]
        return {
            "uitkomst": uitkomst, "part": self.part(), "toelichting": given["toelichting"], "decided_on": given["decided_on"],
        }  # fmt: skip

    @property
    def regels(self) -> list[tuple[str, str, str]]:
        """Amounts only where a part is granted."""
        part = self.cleaned_data.get("uitkomst") == DEEL
        amounts = {str(f.label) for name, f in self.fields.items() if name.startswith("deel_")}
        return [row for row in super().regels if part or row[0] not in amounts]


def _same(earlier: Beslissing) -> list[Amount]:
    return [Amount(*line) for line in earlier.lines or []]


def _deel(saldo: Saldo) -> SomsEuroField:
    return SomsEuroField(
        label=f"Toegekend deel: {saldo.year}, {saldo.category}, {saldo.get_oda_display()}",
        minimum=0,
        maximum=saldo.gereserveerd,
        help_text=f"Alleen bij een deel. Gereserveerd: {euro(saldo.gereserveerd)}.",
    )
