"""Acts on a dossier: the toepasselijkheidstoets, the rubricering and who takes part."""

from typing import Any

from django import forms

from cases.forms.controle import Bewerking, Handeling, SomsDatumField, SomsTekstField
from cases.forms.velden import KeuzeField, TekstField, VinkField
from cases.models import Dossier, Ministry, User, computed_outcome
from cases.rubricering import Rubricering
from cases.selectors import people

JA_NEE = [("ja", "Ja"), ("nee", "Nee")]
WEINIG_REDEN = {"max_length": 1000, "lang": True, "rijen": 3}
VRAGEN = {
    "rechtsorde": "Dient de inzet om de internationale rechtsorde te handhaven of te bevorderen?",
    "eenheid": "Gaan militairen als eenheid, en niet als individu?",
    "geweld": "Kunnen militairen wapengeweld moeten toepassen, of lopen zij het risico daaraan te worden blootgesteld?",
    "humanitair": "Gaat het om humanitaire hulp bij een gewapend conflict?",
}


class VraagField(KeuzeField):
    """Yes or no, as bool."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label=label, choices=JA_NEE, leeg=f"Kies ja of nee bij ‘{label}’", **kwargs)

    def clean(self, value: Any) -> bool:
        return super().clean(value) == "ja"


class TeruggeefForm(Handeling):
    """Why a ministry does not initial a version."""

    ministerie = KeuzeField(label="Namens welk ministerie?", leeg="Kies namens welk ministerie u het stuk teruggeeft")
    reden = TekstField(
        label="Waarom bent u niet akkoord?",
        leeg="Vul in waarom u niet akkoord bent",
        help_text="Schrijf wat er moet veranderen. De penvoerder ziet uw reden bij het stuk.",
        **WEINIG_REDEN,
    )

    def __init__(self, data: Any = None, *, ministries: list[Ministry]) -> None:
        super().__init__(data)
        self.ministries = {m.code: m for m in ministries}
        self.fields["ministerie"].choices = [(m.code, m.name) for m in ministries]  # type: ignore[attr-defined]
        if len(ministries) == 1:
            del self.fields["ministerie"]

    def answer(self) -> dict[str, Any]:
        """The arguments of give_back."""
        first = next(iter(self.ministries))
        code = self.cleaned_data.get("ministerie", first)
        return {"ministry": self.ministries[code], "reason": self.cleaned_data["reden"]}


class UittredenForm(Handeling):
    """Why a ministry ends its own participation."""

    reason = TekstField(
        label="Waarom stopt uw ministerie met dit dossier?",
        leeg="Vul in waarom uw ministerie stopt",
        help_text="Iedereen die het dossier leest, ziet uw reden in het logboek.",
        **WEINIG_REDEN,
    )


class ToetsForm(Handeling):
    """The three questions of Kamerstuk 29 521, nr. 226, and humanitarian aid; the outcome follows unless one deviates."""

    rechtsorde = VraagField(VRAGEN["rechtsorde"])
    eenheid = VraagField(VRAGEN["eenheid"])
    geweld = VraagField(VRAGEN["geweld"])
    humanitair = VraagField(
        VRAGEN["humanitair"],
        help_text="Artikel 100 lid 1 noemt dit apart. Dan geldt artikel 100 ook zonder de drie vragen.",
    )
    afwijken = VinkField(label="Ik wijk af van de uitkomst die uit de antwoorden volgt", required=False)
    override_reason = SomsTekstField(
        label="Waarom wijkt u af?", help_text="Alleen nodig als u afwijkt.", **WEINIG_REDEN
    )
    seen_toets = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    zicht = "seen_toets"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("afwijken") and not data.get("override_reason"):
            self.add_error("override_reason", "Leg uit waarom u afwijkt van de uitkomst")
        if data.get("override_reason") and not data.get("afwijken"):
            self.add_error("afwijken", "Zet een vinkje als u wilt afwijken, of maak de reden leeg")
        return data

    def answers(self) -> dict[str, Any]:
        """The arguments of judge_artikel_100."""
        answers = {name: self.cleaned_data[name] for name in VRAGEN}
        applies = computed_outcome(**answers) != self.cleaned_data["afwijken"]
        seen = self.cleaned_data["seen_toets"] or 0
        reason = self.cleaned_data["override_reason"]
        return {**answers, "applies": applies, "override_reason": reason, "seen_toets": seen}


class RubriceringForm(Bewerking):
    """Set or lower the rubricering. Only what may be held here can be chosen."""

    marking = KeuzeField(label="Rubricering", choices=Rubricering.choices, leeg="Kies een rubricering")
    until = SomsDatumField(
        label="Geldig tot en met",
        help_text="Alleen bij Departementaal VERTROUWELIJK. Bijvoorbeeld 5-12-2036.",
    )
    reason = TekstField(label="Reden", leeg="Leg uit waarom u deze rubricering kiest", **WEINIG_REDEN)
    seen_stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    zicht = "seen_stamp"

    def __init__(self, data: Any = None, *, dossier: Dossier) -> None:
        present = {"marking": dossier.marking, "until": dossier.marking_until, "seen_stamp": dossier.marking_stamp}
        super().__init__(data, initial=present)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("marking") == Rubricering.DEP_V and not data.get("until") and "until" not in self.errors:
            self.add_error("until", "Vul in tot wanneer de rubricering geldt")
        return data

    def term(self) -> dict[str, Any]:
        """The arguments of mark."""
        return {**self.values(), "seen_stamp": self.cleaned_data["seen_stamp"]}


class DeelnameForm(Handeling):
    """Let a ministry take part, or name another contact for one that already does."""

    ministry = KeuzeField(label="Ministerie", lijst=True, leeg="Kies een ministerie")
    contact = KeuzeField(label="Contactpersoon", lijst=True, required=False)
    seen_stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)
    zicht = "seen_stamp"

    def __init__(self, data: Any = None, *, seen: str, ministry: str = "") -> None:
        super().__init__(data, initial={"seen_stamp": seen, "ministry": ministry})
        self._ministries = {m.code: m for m in Ministry.objects.prefetch_related("names")}
        self._contacts = {f"{m.ministry.code}:{m.user_id}": m for m in people.behandelaren()}
        self.fields["ministry"].choices = [
            ("", "Maak een keuze"),
            *((m.code, f"{m.code} ({m.name})") for m in self._ministries.values()),
        ]
        self.fields["contact"].choices = [
            ("", "Geen"),
            *((key, f"{m.user} ({m.ministry.code})") for key, m in self._contacts.items()),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        contact = self._contacts.get(data.get("contact") or "")
        if contact and data.get("ministry") and contact.ministry.code != data["ministry"]:
            self.add_error("contact", f"Kies een contactpersoon die bij {data['ministry']} werkt")
        return data

    def participation(self) -> dict[str, Ministry | User | str | None]:
        """The arguments of join."""
        contact = self._contacts.get(self.cleaned_data["contact"])
        return {
            "ministry": self._ministries[self.cleaned_data["ministry"]],
            "contact": contact.user if contact else None,
            "seen_stamp": self.cleaned_data["seen_stamp"],
        }
