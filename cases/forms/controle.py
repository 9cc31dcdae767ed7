"""Forms behind an act: what the procedure refuses comes back in the form, and heavy acts are checked before they are sent."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.exceptions import NotPossible
from cases.templatetags.notatie import datum, euro

from .basis import Formulier
from .velden import DatumField, EuroField, KeuzeField, TekstField

INDIENEN, WIJZIG = "indienen", "wijzig"


class GebeurdField(DatumField):
    """The day on which something happened: today, as it is filled in, or earlier."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", timezone.localdate)
        super().__init__(**kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value > timezone.localdate():
            raise ValidationError("Vul vandaag of een eerdere datum in", code="toekomst")


class SomsNodig:
    """Mixin: needed depending on another answer, which the form's clean() knows. Not shown as "niet verplicht"."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:  # type: ignore[attr-defined]
            super().validate(value)  # type: ignore[misc]


class SomsTekstField(SomsNodig, TekstField):
    """A text that some answers ask for."""


class SomsKeuzeField(SomsNodig, KeuzeField):
    """A choice that some answers ask for."""


class Handeling(Formulier):
    """A form with one service call behind it. Nothing typed is lost when the service says no."""

    @property
    def klaar(self) -> bool:
        """Whether the service may be called now."""
        return self.is_valid()

    def lukt(self, dienst: Callable[..., object], **waarden: Any) -> bool:
        """Calls the service; what the procedure refuses becomes a sentence above the form. Denied and Conflict go through."""
        try:
            dienst(**waarden)
        except NotPossible as fout:
            for zin in fout.sentences:
                self.add_error(None, zin)
            return False
        return True


class Gecontroleerd(Handeling):
    """Three steps: the form, a page with the answers, the act. "Wijzig" goes back to the filled form."""

    kop: ClassVar[str]
    knop: ClassVar[str]
    zin: str = ""

    @property
    def stap(self) -> str:
        """What the pressed button asks: "indienen", "wijzig", or "" to see the check page."""
        return self.data.get("stap", "") if self.is_bound else ""

    @property
    def klaar(self) -> bool:
        return self.stap == INDIENEN and self.is_valid()

    def sjabloon(self, formulier: str) -> str:
        """The check page once the answers are right, otherwise the page with the form."""
        controleren = self.is_bound and self.stap != WIJZIG and self.is_valid()
        return "dossier_controle.html" if controleren else formulier

    @property
    def verborgen(self) -> list[tuple[str, str]]:
        """Everything as typed, to travel along with the check page."""
        return [(veld.html_name, waarde) for veld in self for waarde in self.data.getlist(veld.html_name)]

    @property
    def regels(self) -> list[tuple[str, str, str]]:
        """The answers that were given, as (label, answer, "") for the check page."""
        gegeven = [(str(veld.label), self._getoond(veld)) for veld in self if not veld.is_hidden]
        return [(label, waarde, "") for label, waarde in gegeven if waarde]

    def _getoond(self, veld: forms.BoundField) -> str:
        waarde = self.cleaned_data.get(veld.name)
        if waarde in (None, "", []):
            return ""
        if isinstance(veld.field, forms.ChoiceField):
            return str(dict(veld.field.choices).get(waarde, waarde))
        if isinstance(veld.field, DatumField):
            return datum(waarde)
        return euro(waarde) if isinstance(veld.field, EuroField) else str(waarde)
