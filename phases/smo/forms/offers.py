"""Forms about what lies before the SMO."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from cases.forms.controle import (
    GebeurdField,
    Gecontroleerd,
    Handeling,
    SomsDatumField,
    SomsKeuzeField,
    SomsTekstField,
)
from cases.forms.velden import KeuzeField, MeerkeuzeField, TekstField, VinkField
from cases.models import DocumentVersion, Ministry
from cases.templatetags.notatie import datum
from phases.smo.calendar import why_closed
from phases.smo.models import ALLOWED, Doorgeleiding, Oordeel, PuntSoort, Strekking, Vergadering

SCHRIFTELIJK = "schriftelijk"
DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

GEVOLGEN = {
    Strekking.AKKOORD: "U ziet geen bezwaar.",
    Strekking.VOORWAARDEN: "De voorzitter neemt uw voorwaarden mee in de conclusie.",
    Strekking.TERUGGEVEN: "Er ontbreekt informatie. Leg uit wat er nodig is. De voorzitter beslist of het stuk wordt aangehouden.",
    Strekking.NIET_AKKOORD: "Uw afwijkende standpunt gaat met het advies mee naar de ministers.",
    Strekking.GEEN_STANDPUNT: "Uw ministerie heeft het stuk gezien en spreekt zich niet uit.",
}
VRAAGT = {
    PuntSoort.ADVIES: "De voorzitter concludeert. Bij inzet van personeel kan het dossier daarna pas verder.",
    PuntSoort.BESPREKING: "De SMO bespreekt het stuk en adviseert nog niet. Het dossier kan hiermee niet verder.",
    PuntSoort.BIV: "De SMO adviseert over het stuk met de BIV-aanvraag.",
    PuntSoort.TER_KENNISNAME: "De SMO neemt kennis van het stuk. Het dossier kan hiermee niet verder.",
}
OORDEEL = {
    Oordeel.POSITIEF: "Het dossier kan verder.",
    Oordeel.POSITIEF_VOORWAARDEN: "Het dossier kan verder zodra aan elke voorwaarde is voldaan.",
    Oordeel.AANGEHOUDEN: "Het punt komt terug op de volgende agenda. Het dossier wacht.",
    Oordeel.NEGATIEF: "Het dossier wacht, tenzij de bewindspersonen na dit advies anders besluiten.",
    Oordeel.TER_KENNISNAME: "De SMO geeft geen oordeel. Het dossier kan hiermee niet verder.",
}


def in_words(meeting: Vergadering) -> str:
    """ "Donderdag 26 november 2026, 10.00 uur. Stukken uiterlijk 19 november 2026"."""
    day = DAGEN[meeting.day.weekday()].capitalize()
    return f"{day} {datum(meeting.day)}, {meeting.time:%H.%M} uur. Stukken uiterlijk {datum(meeting.papers_by)}"


class AanbiedenForm(Handeling):
    """What is asked of the SMO, at which meeting or in which written round, and what goes along."""

    soort = KeuzeField(
        label="Wat vraagt u van de SMO?",
        choices=[(s, PuntSoort(s).label) for s in PuntSoort.of_papers()],
        hints=VRAAGT,
        initial=PuntSoort.ADVIES,
        leeg="Kies wat u van de SMO vraagt",
    )
    vergadering = KeuzeField(label="Voor welke vergadering?", leeg="Kies een vergadering of een schriftelijke ronde")
    termijn = SomsDatumField(
        label="Termijn van de schriftelijke ronde",
        help_text="Alleen nodig bij een schriftelijke ronde. Wie nog niet reageerde, krijgt 2 dagen ervoor en op de dag zelf een herinnering.",
    )
    bijlagen = MeerkeuzeField(label="Welke vastgestelde stukken gaan mee?", required=False)

    def __init__(self, *args: Any, meetings: list[Vergadering], others: list[DocumentVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(m.day.isoformat(), in_words(m)) for m in meetings]
        hints = {
            m.day.isoformat(): "De termijn voor stukken is voorbij. Overleg eerst met de secretaris van de SMO."
            for m in meetings
            if m.papers_by < timezone.localdate()
        }
        field = self.fields["vergadering"]
        field.choices = [*choices, (SCHRIFTELIJK, "Schriftelijke ronde, buiten een vergadering om")]  # type: ignore[attr-defined]
        field.widget.hints = hints
        in_time = [m for m in meetings if m.papers_by >= timezone.localdate()] or meetings
        field.initial = in_time[0].day.isoformat() if in_time else SCHRIFTELIJK
        if others:
            self.fields["bijlagen"].choices = [(str(v.pk), str(v)) for v in others]  # type: ignore[attr-defined]
        else:
            del self.fields["bijlagen"]

    def clean(self) -> dict[str, Any]:
        """A written round has a term, on a day on which people work."""
        given = super().clean() or self.cleaned_data
        if given.get("vergadering") == SCHRIFTELIJK and "termijn" in given:
            day = given["termijn"]
            if not day:
                self.add_error("termijn", "Vul de termijn van de schriftelijke ronde in")
            elif day <= timezone.localdate():
                self.add_error("termijn", "Vul een datum na vandaag in")
            elif reason := why_closed(day):
                self.add_error("termijn", reason.rstrip("."))
        return given

    def answer(self) -> dict[str, Any]:
        """The arguments of offer."""
        given = self.cleaned_data
        written = given["vergadering"] == SCHRIFTELIJK
        return {
            "soort": given["soort"],
            "schriftelijk": written,
            "meeting_on": given["termijn"] if written else date.fromisoformat(given["vergadering"]),
            "bijlagen": [int(pk) for pk in given.get("bijlagen", [])],
        }


class IntrekkenForm(Handeling):
    """Taking an offer back."""

    reason = TekstField(
        label="Waarom trekt u het stuk in?", lang=True, max_length=2000, leeg="Vul in waarom u het stuk intrekt"
    )


class AfhandelingForm(Handeling):
    """How a condition was met."""

    tekst = TekstField(
        label="Hoe is aan de voorwaarde voldaan?",
        lang=True,
        max_length=2000,
        leeg="Vul in hoe aan de voorwaarde is voldaan",
        help_text="Verwijs naar het stuk of de afspraak waaruit dit blijkt.",
    )
    done_on = GebeurdField(label="Op welke datum?", leeg="Vul de datum in")


class ControleForm(Handeling):
    """Whether the secretary is convinced."""

    voldaan = KeuzeField(
        label="Is aan de voorwaarde voldaan?",
        choices=[("ja", "Ja, er is aan voldaan"), ("nee", "Nee, er ontbreekt nog iets")],
        leeg="Kies of aan de voorwaarde is voldaan",
    )
    toelichting = SomsTekstField(
        label="Toelichting", lang=True, max_length=2000, help_text="Nodig als er nog iets ontbreekt."
    )

    def answer(self) -> dict[str, Any]:
        """The arguments of check_condition."""
        return {"voldaan": self.cleaned_data["voldaan"] == "ja", "toelichting": self.cleaned_data["toelichting"]}


class TekstueelForm(Handeling):
    """Why a change is in words only."""

    toelichting = TekstField(
        label="Wat is er gewijzigd, en waarom is dat alleen tekstueel?",
        lang=True,
        max_length=2000,
        leeg="Vul in waarom de wijziging alleen tekstueel is",
    )


class BivWijzigingForm(Handeling):
    """Why a later BIV request changes nothing for the advice."""

    toelichting = TekstField(
        label="Wat is er anders, en waarom blijft het advies gelden?",
        lang=True,
        max_length=2000,
        leeg="Vul in waarom het advies blijft gelden",
    )


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
    afwijkend = VinkField(
        label="Dit is een afwijkend standpunt: geef het met het advies mee aan de ministers",
        required=False,
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
        explained = (Strekking.AKKOORD, Strekking.GEEN_STANDPUNT)
        if (given.get("afwijkend") or (strekking and strekking not in explained)) and not given.get("toelichting"):
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
            "afwijkend": given["afwijkend"],
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
        help_text="Noem ook de afwijkende standpunten.",
    )
    voorwaarden = SomsTekstField(
        label="Voorwaarden",
        lang=True,
        max_length=4000,
        help_text="Alleen bij positief met voorwaarden. Zet elke voorwaarde op een nieuwe regel. De penvoerder handelt ze af, de secretaris bevestigt dat.",
    )
    concluded_on = GebeurdField(label="Datum van de conclusie", leeg="Vul de datum van de conclusie in")
    seen_conclusie = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    zicht = "seen_conclusie"

    def __init__(
        self, *args: Any, kind: str, soort: str, awaited: list[str], seen: int = 0, **kwargs: Any
    ) -> None:  # fmt: skip
        kwargs.setdefault("initial", {"concluded_on": timezone.localdate(), "seen_conclusie": seen})
        super().__init__(*args, **kwargs)
        allowed = ALLOWED[PuntSoort(soort)]
        field = self.fields["oordeel"]
        field.choices = [(o.value, o.label) for o in allowed]  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = (
            f"Een punt “{PuntSoort(soort).label.lower()}” laat deze conclusie niet toe. Kies een andere"
        )
        if kind != "analyse" or Oordeel.POSITIEF not in allowed:
            del self.fields["doorgeleiding"]
        if Oordeel.POSITIEF not in allowed:
            del self.fields["voorwaarden"]
        if awaited:
            self.let_op = f"Er is nog geen standpunt van {', '.join(awaited)}. Na de conclusie kan dat niet meer."

    def clean(self) -> dict[str, Any]:
        """A positive assessment goes to the ministers now, or together with the options (Leidraad par. 3.6, fase 2)."""
        given = super().clean() or self.cleaned_data
        if (
            "doorgeleiding" in self.fields
            and given.get("oordeel") in Oordeel.positive()
            and not given.get("doorgeleiding")
        ):
            self.add_error("doorgeleiding", "Kies wanneer de beoordeling naar de bewindspersonen gaat")
        if given.get("oordeel") == Oordeel.POSITIEF_VOORWAARDEN and not given.get("voorwaarden"):
            self.add_error("voorwaarden", "Vul minimaal 1 voorwaarde in")
        return given

    @property
    def regels(self) -> list[tuple[str, str, str]]:
        """Without conditions that do not count."""
        counts = self.cleaned_data["oordeel"] == Oordeel.POSITIEF_VOORWAARDEN
        return [r for r in super().regels if counts or r[0] != "Voorwaarden"]

    def answer(self) -> dict[str, Any]:
        """The arguments of conclude."""
        given = self.cleaned_data
        lines = [line.strip() for line in given.get("voorwaarden", "").splitlines() if line.strip()]
        counts = given["oordeel"] == Oordeel.POSITIEF_VOORWAARDEN
        return {
            "doorgeleiding": "",
            **given,
            "voorwaarden": lines if counts else [],
            "seen_conclusie": given["seen_conclusie"] or 0,
        }
