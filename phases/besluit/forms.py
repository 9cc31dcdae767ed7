"""Registering a decision."""

from typing import Any

from django import forms

from cases.forms.controle import GebeurdField, Gecontroleerd, SomsKeuzeField, SomsTekstField
from cases.forms.velden import KeuzeField, TekstField
from cases.models import Ministry
from phases.besluit.models import Orgaan, Uitkomst, minister

GEVOLGEN = {
    Uitkomst.AKKOORD: "Het besluit telt zodra een collega het bevestigt.",
    Uitkomst.MET_WIJZIGING: "Er is een nieuwe versie van het stuk nodig. Beschrijf de wijziging in de toelichting.",
    Uitkomst.NIET_AKKOORD: "Het dossier gaat hiermee niet verder.",
    Uitkomst.AANGEHOUDEN: "Het besluit volgt later. Registreer het dan opnieuw.",
    Uitkomst.OVERLEG: "De bewindspersonen spreken elkaar eerst. Registreer daarna het besluit opnieuw.",
}
JA_NEE = [("ja", "Ja"), ("nee", "Nee")]


class BesluitForm(Gecontroleerd):
    """What was decided about one version, by whom and when."""

    kop = "Controleer het besluit"
    knop = "Registreer besluit"
    zin = "U kunt een geregistreerd besluit niet wijzigen. Het telt zodra een tweede persoon het bevestigt."
    orgaan = KeuzeField(label="Wie besloot?", leeg="Kies wie besloot")
    minister = KeuzeField(label="Namens welke bewindspersoon registreert u?", leeg="Kies een bewindspersoon")
    naam = SomsTekstField(
        label="Naam en functie van wie hoog ambtelijk koos", max_length=120, help_text="Alleen bij hoog ambtelijk."
    )
    uitkomst = KeuzeField(
        label="Wat is er besloten?", choices=Uitkomst.choices, hints=GEVOLGEN, leeg="Kies wat er is besloten"
    )
    optie = SomsKeuzeField(label="Welke optie is gekozen?", help_text="Alleen nodig bij akkoord.")
    mr_nodig = SomsKeuzeField(
        label="Moet de Ministerraad de gekozen optie behandelen?",
        choices=JA_NEE,
        help_text="Alleen nodig bij akkoord met een optie. Bij ja wacht de volgende fase op de Ministerraad.",
    )
    mr_reden = SomsTekstField(
        label="Waarom wel of niet naar de Ministerraad?", max_length=1000, lang=True, rijen=2,
        help_text="Alleen nodig bij akkoord met een optie.",
    )  # fmt: skip
    besluit_op = GebeurdField(label="Datum van het besluit", leeg="Vul de datum van het besluit in")
    kenmerk = TekstField(
        label="Kenmerk",
        max_length=80,
        leeg="Vul het kenmerk in",
        help_text="Bijvoorbeeld het nummer van de nota of de besluitenlijst.",
    )
    toelichting = TekstField(label="Toelichting", lang=True, max_length=4000, required=False)
    seen_besluit = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    zicht = "seen_besluit"

    def __init__(
        self,
        *args: Any,
        organs: list[Orgaan],
        options: list[tuple[str, str]],
        ministries: list[Ministry],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._ministries = {m.code: m for m in ministries}
        one = {Orgaan.BEWINDSPERSONEN: minister(ministries[0].code)} if len(ministries) == 1 else {}
        self.fields["orgaan"].choices = [(o.value, one.get(o, o.label)) for o in organs]  # type: ignore[attr-defined]
        codes = [(code, minister(code)) for code in self._ministries]
        self.fields["minister"].choices = codes  # type: ignore[attr-defined]
        self.fields["optie"].choices = options  # type: ignore[attr-defined]
        gone = {
            "optie": not options,
            "mr_nodig": not options or organs == [Orgaan.MINISTERRAAD],
            "mr_reden": not options or organs == [Orgaan.MINISTERRAAD],
            "naam": Orgaan.HOOG_AMBTELIJK not in organs,
            "minister": len(ministries) < 2,
        }
        for name in (name for name, away in gone.items() if away):
            del self.fields[name]
        if len(organs) == 1:
            self.initial["orgaan"] = organs[0].value

    def clean(self) -> dict[str, Any]:
        """A positive decision on options names the option and whether the Ministerraad treats it."""
        given = super().clean() or self.cleaned_data
        agreed = given.get("uitkomst") == Uitkomst.AKKOORD
        if given.get("orgaan") == Orgaan.HOOG_AMBTELIJK and "naam" in given and not given["naam"]:
            self.add_error("naam", "Vul de naam en functie in van wie hoog ambtelijk koos")
        if given.get("uitkomst") == Uitkomst.MET_WIJZIGING and not given.get("toelichting"):
            self.add_error("toelichting", "Beschrijf welke wijziging nodig is")
        if "optie" in given and agreed and not given["optie"]:
            self.add_error("optie", "Kies de optie die is gekozen")
        if "optie" in given and not agreed:
            given["optie"] = ""
        self._clean_ministerraad(given)
        given["seen_besluit"] = given.get("seen_besluit") or 0
        return given

    def _clean_ministerraad(self, given: dict[str, Any]) -> None:
        choosing = given.get("optie") not in (None, "", "0") and given.get("orgaan") != Orgaan.MINISTERRAAD
        if not choosing:
            given |= {name: "" for name in ("mr_nodig", "mr_reden") if name in given}
            return
        if "mr_nodig" in given and not given["mr_nodig"]:
            self.add_error("mr_nodig", "Kies of de Ministerraad de gekozen optie moet behandelen")
        if "mr_reden" in given and not given["mr_reden"]:
            self.add_error("mr_reden", "Leg uit waarom de Ministerraad de optie wel of niet moet behandelen")

    def besluit(self) -> dict[str, Any]:
        """The arguments of register."""
        given = dict(self.cleaned_data)
        needed = {"ja": True, "nee": False}.get(given.pop("mr_nodig", ""))
        code = given.pop("minister", "") or next(iter(self._ministries), "")
        own = None if given["orgaan"] == Orgaan.MINISTERRAAD else self._ministries.get(code)
        return {**given, "ministry": own, "mr_nodig": needed, "mr_reden": given.get("mr_reden", "")}
