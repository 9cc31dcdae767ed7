"""The main facts of a dossier: when it is opened and when they are changed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases import access
from cases.exceptions import Stale
from cases.forms.controle import Bewerking, Handeling
from cases.forms.landen import LandenField
from cases.forms.tonen import getoond
from cases.forms.velden import KeuzeField, MeerkeuzeField, TekstField
from cases.models import Cooperation, Dossier, Effort, Ministry, User
from cases.rights import Role
from cases.rubricering import TE_HOOG, Rubricering
from cases.selectors import people

HOGER = "hoger"
GEEN_INSTRUMENT = "Humanitaire hulp is geen instrument. U kunt die hieronder noemen."
SAMENWERKING = {
    Cooperation.DECONFLICTIE: "Elk ministerie heeft een eigen plan. De ministeries vertellen elkaar wat zij doen, zodat zij elkaar niet in de weg zitten.",
    Cooperation.AFSTEMMING: "Ministeries werken zelf, maar stemmen hun plannen op elkaar af.",
    Cooperation.GEZAMENLIJK: "Ministeries maken samen één plan en voeren het samen uit.",
}


class FeitenForm(Handeling):
    """What every dossier says about itself. Field names are those of Dossier."""

    title = TekstField(
        label="Titel",
        max_length=160,
        leeg="Vul een titel in",
        help_text="Kort en herkenbaar, bijvoorbeeld: Sahelregio: capaciteitsopbouw 2027.",
    )
    summary = TekstField(
        label="Samenvatting",
        max_length=4000,
        lang=True,
        leeg="Vul een samenvatting in",
        help_text="Vat de situatie in ongeveer vijf regels samen. Maximaal 4.000 tekens.",
    )
    countries = LandenField(
        label="Landen",
        required=False,
        help_text="Typ per regel een land, bijvoorbeeld Mali. Meer landen? Zet ze met een komma op één regel.",
    )
    region = TekstField(
        label="Regio", max_length=120, required=False, help_text="Bijvoorbeeld Sahel of Westelijke Balkan."
    )
    efforts = MeerkeuzeField(
        label="Welke soorten inzet overweegt u?",
        choices=Effort.choices,
        leeg="Kies minimaal 1 soort inzet",
        help_text=GEEN_INSTRUMENT,
    )
    cooperation = KeuzeField(
        label="Hoe werken de ministeries samen?",
        choices=Cooperation.choices,
        hints=SAMENWERKING,
        leeg="Kies hoe de ministeries samenwerken",
    )
    humanitarian = TekstField(label="Humanitaire hulp in hetzelfde gebied", max_length=300, required=False, help_text="Alleen ter informatie. Humanitaire hulp blijft neutraal en staat los van dit dossier.")  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """The cleaned values as fields of Dossier."""
        return {name: self.cleaned_data[name] for name in FeitenForm.base_fields}

    def rows(self) -> list[tuple[str, str, str]]:
        """Every answer as (label, text, ""), for a check page."""
        given = self.cleaned_data
        shown = {n: f for n, f in self.fields.items() if not f.widget.is_hidden}
        return [(str(f.label), getoond(f, given.get(n)) or "Niet ingevuld", "") for n, f in shown.items()]


class NieuwDossierForm(FeitenForm):
    """Opening a dossier. The penvoerder is the ministry for which this person is behandelaar."""

    lead = KeuzeField(
        label="Namens welk ministerie opent u dit dossier?", leeg="Kies het ministerie dat penvoerder wordt"
    )
    ministries = MeerkeuzeField(
        label="Welke ministeries doen mee?",
        required=False,
        help_text="Zij kunnen het dossier direct lezen. Het penvoerende ministerie doet altijd mee.",
    )
    marking = KeuzeField(
        label="Hoe is de informatie gerubriceerd?",
        choices=[*Rubricering.choices, (HOGER, "Hoger dan Departementaal VERTROUWELIJK")],
        hints={Rubricering.DEP_V: "Een vaststeller legt dit vast na het openen. Vul tot dan niets vertrouwelijks in.", HOGER: "Deze informatie hoort niet in dit systeem."},
        leeg="Kies hoe de informatie is gerubriceerd",
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ministries = {m.code: m for m in Ministry.objects.prefetch_related("names")}
        choices = [(m.code, f"{m.code} ({m.name})") for m in self._ministries.values()]
        self._own = [m.ministry.code for m in access.memberships(user) if m.role == Role.BEHANDELAAR]
        self.fields["lead"].choices = [c for c in choices if c[0] in self._own]
        self.fields["ministries"].choices = choices
        if len(self._own) == 1:
            del self.fields["lead"]

    def clean_marking(self) -> str:
        if self.cleaned_data["marking"] == HOGER:
            raise ValidationError(TE_HOOG, code="rubricering")
        return self.cleaned_data["marking"]

    def opening(self) -> dict[str, Any]:
        """The arguments of open_dossier. Dep. V. is not among them: only a vaststeller sets it."""
        lead = self._ministries[self.cleaned_data.get("lead") or self._own[0]]
        ministries = [self._ministries[code] for code in self.cleaned_data["ministries"]]
        return {"lead": lead, "ministries": ministries, **self.facts()}

    @property
    def message(self) -> str:
        """What to tell after opening, apart from the number."""
        if self.cleaned_data["marking"] == Rubricering.DEP_V:
            return "Vraag nu een vaststeller om de rubricering vast te leggen."
        return "Begin met de beoordeling van de signalen."


class KerngegevensForm(Bewerking, FeitenForm):
    """Changing the main facts. `seen_revision` tells what this person was looking at."""

    handler = KeuzeField(label="Behandelaar", lijst=True, leeg="Kies een behandelaar")
    seen_revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, dossier: Dossier, held: list[str]) -> None:
        present = {name: getattr(dossier, name) for name in FeitenForm.base_fields}
        present["countries"] = [country.code for country in dossier.countries]
        present["handler"] = str(dossier.handler_id)
        super().__init__(data, initial={**present, "seen_revision": dossier.revision})
        if held:
            self.fields["efforts"].help_text = " ".join(held)
        known = {dossier.handler, *people.holders(Role.BEHANDELAAR, dossier.lead)}
        self._people = {user.pk: user for user in sorted(known, key=lambda user: (user.surname, user.initials))}
        self.fields["handler"].choices = [(str(pk), str(user)) for pk, user in self._people.items()]

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "handler": self._people[int(self.cleaned_data["handler"])]}

    def _bots(self, fout: Stale) -> None:
        """What the dossier says now, in the shape of this form."""
        saved = fout.saved
        saved["countries"] = [country.code for country in saved["countries"]]
        saved["handler"] = str(saved["handler"].pk)
        super()._bots(fout)
