"""Forms behind an act: what the procedure refuses comes back in the form, and heavy acts are checked before they are sent."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from cases.exceptions import Conflict, NotPossible, Stale

from .basis import Formulier
from .botsing import Botsing, kies_opgeslagen, vingerafdrukken
from .tonen import getoond
from .velden import DatumField, EuroField, KeuzeField, TekstField

INDIENEN, WIJZIG = "indienen", "wijzig"


class GebeurdField(DatumField):
    """The day on which something happened: today, as it is filled in, or earlier."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", timezone.localdate)
        super().__init__(**kwargs)

    def past(self, dag: date) -> bool:
        return dag <= timezone.localdate()

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value > timezone.localdate():
            raise ValidationError("Vul vandaag of een eerdere datum in", code="toekomst")


class SomsNodig:
    """Mixin: needed depending on another answer, or only in the end. Not shown as "niet verplicht"."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:  # type: ignore[attr-defined]
            super().validate(value)  # type: ignore[misc]


class SomsTekstField(SomsNodig, TekstField):
    """A text that some answers ask for."""


class SomsKeuzeField(SomsNodig, KeuzeField):
    """A choice that some answers ask for."""


class SomsEuroField(SomsNodig, EuroField):
    """An amount that some answers ask for."""


class SomsDatumField(SomsNodig, DatumField):
    """A day that some answers ask for."""


class Handeling(Formulier):
    """A form with one service call behind it, also without fields. Nothing typed is lost when the service says no.

    What the procedure refuses, or what somebody else did first, becomes a sentence above the form. When somebody saved
    meanwhile what this form is about, the page becomes templates/botsing.html with both versions.
    """

    zicht: ClassVar[str] = ""  # the hidden field that says which state this person was looking at
    kan_kiezen: ClassVar[bool] = False  # whether the saved answer can be taken instead of the own one
    conflict = False
    geweigerd = False
    verder = ""  # where the present state can be seen
    wegen: ClassVar[dict[str, str]] = {}  # where a refusal can be solved, by its sentence
    botsing: Botsing | None = None

    @property
    def klaar(self) -> bool:
        """Whether the service may be called now."""
        return self.is_valid()

    @property
    def status(self) -> int:
        return 409 if self.conflict else super().status

    def sjabloon(self, formulier: str) -> str:
        """The page with both versions after a collision, otherwise the page with the form."""
        return "botsing.html" if self.botsing else formulier

    def lukt(self, dienst: Callable[..., object], **waarden: Any) -> bool:
        """Calls the service. False when it says no; then this form knows why. Denied goes through."""
        try:
            self.gedaan = dienst(**waarden)
        except Stale as fout:
            self._bots(fout)
        except Conflict as fout:
            self.conflict, self.verder = True, fout.url
            self.add_error(None, fout.sentence)
        except NotPossible as fout:
            self.geweigerd = True
            for zin in fout.sentences:
                self.add_error(None, zin)
        else:
            return True
        return False

    def _bots(self, fout: Stale) -> None:
        """Both versions side by side; saving again is then a choice, made knowingly."""
        self.conflict, self.verder = True, fout.url
        self.botsing = Botsing.van(self, fout)
        self.data = self.data.copy()
        self.data[self.zicht] = fout.seen
        if "gezien" in self.fields:
            self.data["gezien"] = vingerafdrukken(fout.saved)


class Bevestiging(Handeling):
    """A button with nothing to fill in."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.POST if request.method == "POST" else None)


class Bewerking(Handeling):
    """A form over saved values that somebody else may save meanwhile: `initial` is what is saved now.

    `gezien` says what the form showed, field by field, so that after a collision it is known who changed what.
    """

    zicht = "seen_revision"
    kan_kiezen = True
    gezien = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)

    def __init__(self, data: Any = None, *, initial: dict[str, Any], **kwargs: Any) -> None:
        begin = {**initial, "gezien": vingerafdrukken({n: w for n, w in initial.items() if n != self.zicht})}
        super().__init__(data and kies_opgeslagen(data, self.base_fields, initial), initial=begin, **kwargs)

    def values(self) -> dict[str, Any]:
        """What was answered, without what says which state this person was looking at."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {self.zicht, "gezien"}}


class Gecontroleerd(Handeling):
    """Three steps: the form, a page with the answers, the act. "Wijzig" goes back to the filled form."""

    kop: ClassVar[str]
    knop: ClassVar[str]
    zin: str = ""
    over: str = ""  # what this act is about, in a sentence; the view knows it
    waarschuwingen: list[str] = []  # what does not hold this act, but must be seen
    gevolgen: ClassVar[list[str]] = []  # what happens then, where that is more than one sentence
    let_op: str = ""  # what this person should notice before going on

    @property
    def stap(self) -> str:
        """What the pressed button asks: "indienen", "wijzig", or "" to see the check page."""
        return self.data.get("stap", "") if self.is_bound else ""

    @property
    def klaar(self) -> bool:
        return self.stap == INDIENEN and self.is_valid()

    def sjabloon(self, formulier: str) -> str:
        """The check page once the answers are right, otherwise the page with the form or with both versions."""
        controleren = self.is_bound and self.stap != WIJZIG and not self.botsing and self.is_valid()
        return "dossier_controle.html" if controleren else super().sjabloon(formulier)

    @property
    def verborgen(self) -> list[tuple[str, str]]:
        """Everything as typed, to travel along with the check page."""
        return [(veld.html_name, waarde) for veld in self for waarde in self.data.getlist(veld.html_name)]

    @property
    def regels(self) -> list[tuple[str, str, str]]:
        """The answers that were given, as (label, answer, "") for the check page."""
        gegeven = [
            (str(veld.label), getoond(veld.field, self.cleaned_data.get(veld.name)))
            for veld in self
            if not veld.is_hidden
        ]
        return [(label, waarde, "") for label, waarde in gegeven if waarde]
