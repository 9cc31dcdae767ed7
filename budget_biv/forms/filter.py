"""The filters of the ledger: a GET form of which every answer stands in the address."""

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from budget_biv.models import Fund, Oda, Rekening, Soort
from budget_biv.selectors.ledger import Filter
from cases.forms.basis import Formulier
from cases.forms.velden import KeuzeField, TekstField

ALLES = ("", "Alles")


class MutatieFilter(Formulier):
    """What is not understood counts as not asked."""

    categorie = KeuzeField(label="Categorie", choices=(), lijst=True, required=False)
    oda = KeuzeField(label="ODA", choices=[ALLES, *Oda.choices], lijst=True, required=False)
    soort = KeuzeField(label="Wat", choices=[ALLES, *Soort.choices], lijst=True, required=False)
    rekening = KeuzeField(label="Van of naar", choices=[ALLES, *Rekening.choices], lijst=True, required=False)
    dossier = TekstField(label="Dossiernummer", required=False, max_length=12)

    def __init__(self, data: QueryDict, *, fund: Fund) -> None:
        super().__init__(data)
        self.categories = {c.code: c for c in fund.categories.all()}
        self.fields["categorie"].choices = [ALLES, *((c.code, c.name) for c in self.categories.values())]

    def _given(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def chosen(self) -> Filter:
        """The filter that the ledger takes."""
        given = self._given()
        return Filter(
            self.categories.get(given.get("categorie", "")),
            *(given.get(name, "") for name in ("oda", "soort", "rekening", "dossier")),
        )

    def query(self) -> str:
        """The filter as it stands in the address."""
        return urlencode(self._given())
