"""Forms of the SMO."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.forms.controle import GebeurdField, Gecontroleerd, Handeling, SomsKeuzeField, SomsTekstField
from cases.forms.velden import DatumField, KeuzeField, TekstField
from cases.models import Ministry
from phases.smo.models import Doorgeleiding, Oordeel, Strekking

GEVOLGEN = {
    Strekking.AKKOORD: "U ziet geen bezwaar.",
    Strekking.VOORWAARDEN: "De voorzitter neemt uw voorwaarden mee in de conclusie.",
    Strekking.TERUGGEVEN: "Er ontbreekt informatie. Leg uit wat er nodig is. De voorzitter beslist of het stuk wordt aangehouden.",
    Strekking.NIET_AKKOORD: "Uw afwijkende standpunt gaat met het advies mee naar de ministers.",
}
OORDEEL = {
    Oordeel.POSITIEF: "Het dossier kan verder.",
    Oordeel.POSITIEF_VOORWAARDEN: "Het dossier kan verder. Schrijf de voorwaarden in de conclusie.",
    Oordeel.AANGEHOUDEN: "Het punt komt terug op een volgende agenda. Het dossier wacht.",
    Oordeel.NEGATIEF: "Het dossier wacht tot er een nieuwe versie is waarover de SMO positief concludeert.",
    Oordeel.TER_KENNISNAME: "De SMO geeft geen oordeel. Het dossier kan hiermee niet verder.",
}


class AanbiedenForm(Handeling):
    """When the SMO discusses a paper."""

    meeting_on = DatumField(label="Datum van de vergadering", leeg="Vul de datum van de vergadering in")

    def clean_meeting_on(self) -> date:
        """A meeting that is still to come, or is today."""
        day = self.cleaned_data["meeting_on"]
        if day < timezone.localdate():
            raise ValidationError("Vul vandaag of een latere datum in")
        return day


class StandpuntForm(Gecontroleerd):
    """What a ministry thinks of an offered version."""

    kop = "Controleer uw standpunt"
    knop = "Dien standpunt in"
    ministerie = KeuzeField(label="Namens welk ministerie?", leeg="Kies namens welk ministerie u spreekt")
    strekking = KeuzeField(
        label="Wat is uw standpunt?", choices=Strekking.choices, hints=GEVOLGEN, leeg="Kies een standpunt"
    )
    voorwaarden = SomsTekstField(
        label="Voorwaarden",
        lang=True,
        max_length=4000,
        help_text="Zet elke voorwaarde op een nieuwe regel. Alleen nodig bij akkoord met voorwaarden.",
    )
    toelichting = SomsTekstField(
        label="Toelichting",
        lang=True,
        max_length=4000,
        help_text="Waarom neemt u dit standpunt in? Niet nodig als u zonder voorwaarden akkoord bent.",
    )

    seen_standpunt = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    zicht = "seen_standpunt"

    def __init__(self, *args: Any, ministries: list[Ministry], seen: int = 0, **kwargs: Any) -> None:
        self.ministries = {m.code: m for m in ministries}
        kwargs.setdefault("initial", {"seen_standpunt": seen})
        super().__init__(*args, **kwargs)
        if len(ministries) == 1:
            del self.fields["ministerie"]
        else:
            self.fields["ministerie"].choices = [(m.code, m.name) for m in ministries]  # type: ignore[attr-defined]

    @property
    def ministry(self) -> Ministry | None:
        """On behalf of whom; None while that still has to be chosen."""
        if len(self.ministries) == 1:
            return next(iter(self.ministries.values()))
        return self.ministries.get(getattr(self, "cleaned_data", {}).get("ministerie", ""))

    @property
    def zin(self) -> str:  # type: ignore[override]
        """Whose position this becomes, and what follows."""
        return f"U dient dit standpunt in namens {self.ministry.name if self.ministry else ''}. Alle betrokken ministeries kunnen het lezen."

    def clean(self) -> dict[str, Any]:
        """Conditions where they are announced, a reason for everything but a plain yes."""
        given = super().clean() or self.cleaned_data
        strekking = given.get("strekking")
        if strekking == Strekking.VOORWAARDEN and not given.get("voorwaarden"):
            self.add_error("voorwaarden", "Vul minimaal 1 voorwaarde in")
        if strekking and strekking != Strekking.AKKOORD and not given.get("toelichting"):
            self.add_error("toelichting", "Vul een toelichting in")
        return given

    def answer(self) -> dict[str, Any]:
        """The arguments of take_position; conditions only count where they were announced."""
        given = self.cleaned_data
        conditions = given["voorwaarden"] if given["strekking"] == Strekking.VOORWAARDEN else ""
        return {
            "ministry": self.ministry,
            "strekking": given["strekking"],
            "voorwaarden": conditions,
            "toelichting": given["toelichting"],
            "seen_standpunt": given["seen_standpunt"] or 0,
        }

    @property
    def regels(self) -> list[tuple[str, str, str]]:
        """Without conditions that do not count."""
        plain = self.cleaned_data["strekking"] != Strekking.VOORWAARDEN
        return [r for r in super().regels if not (plain and r[0] == "Voorwaarden")]


class ConclusieForm(Gecontroleerd):
    """What the chair concludes about one version."""

    kop = "Controleer de conclusie"
    knop = "Leg de conclusie vast"
    zin = "De conclusie geldt voor precies deze versie. U kunt haar niet wijzigen, wel later een nieuwe vastleggen."
    oordeel = KeuzeField(
        label="Wat is de conclusie?", choices=Oordeel.choices, hints=OORDEEL, leeg="Kies een conclusie"
    )
    doorgeleiding = SomsKeuzeField(
        label="Wanneer gaat de beoordeling naar de bewindspersonen?",
        choices=Doorgeleiding.choices,
        help_text="Alleen nodig bij een positieve conclusie.",
    )
    tekst = TekstField(
        label="Tekst van de conclusie",
        lang=True,
        max_length=4000,
        leeg="Vul de tekst van de conclusie in",
        help_text="Noem ook de voorwaarden en de afwijkende standpunten.",
    )
    concluded_on = GebeurdField(label="Datum van de conclusie", leeg="Vul de datum van de conclusie in")
    seen_conclusie = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    zicht = "seen_conclusie"

    def __init__(self, *args: Any, kind: str, seen: int = 0, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"concluded_on": timezone.localdate(), "seen_conclusie": seen})
        super().__init__(*args, **kwargs)
        if kind != "analyse":
            del self.fields["doorgeleiding"]

    def clean(self) -> dict[str, Any]:
        """A positive assessment goes to the ministers now, or together with the options (Leidraad par. 3.6, fase 2)."""
        given = super().clean() or self.cleaned_data
        if (
            "doorgeleiding" in self.fields
            and given.get("oordeel") in Oordeel.positive()
            and not given.get("doorgeleiding")
        ):
            self.add_error("doorgeleiding", "Kies wanneer de beoordeling naar de bewindspersonen gaat")
        return given

    def answer(self) -> dict[str, Any]:
        """The arguments of conclude."""
        given = self.cleaned_data
        return {"doorgeleiding": "", **given, "seen_conclusie": given["seen_conclusie"] or 0}
