"""The filter bars above lists. They are read from the address; what cannot be understood filters nothing."""

from typing import Any

from django import forms

from cases.forms.basis import Formulier
from cases.forms.velden import DatumField, KeuzeField, TekstField
from cases.models import Dossier, Ministry, User
from cases.phase import Phase, Status
from cases.selectors import events
from cases.selectors.dossiers import Filters
from cases.selectors.events import EventFilters

ALLE = [("", "Alle")]
MIJN, ALLES = "mijn", "alle"
WEERGAVEN = {
    Status.LOPEND: "Alle lopende",
    MIJN: "Mijn dossiers",
    Status.AFGESLOTEN: "Afgesloten",
    Status.GESTOPT: "Gestopt",
    ALLES: "Alle",
}


class Filterbalk(Formulier):
    """A GET form that never refuses: a value that does not fit is left out."""

    def __init__(self, data: Any, **choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        for name, options in choices.items():
            self.fields[name].choices = [*ALLE, *options]
        self.is_valid()

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name) or ""

    def chips(self, query: Any) -> list[dict[str, str]]:
        """The active filters, each with the address of the list without it."""
        found = []
        for name in [n for n in self.fields if self.value(n) and not self[n].is_hidden]:
            field, rest = self.fields[name], query.copy()
            rest.pop(name, None)
            text = (
                self[name].data if not isinstance(field, forms.ChoiceField) else dict(field.choices)[self.value(name)]
            )
            found.append({"tekst": f"{field.label}: {text}", "url": f"?{rest.urlencode()}"})
        return found


class DossierFilter(Filterbalk):
    """?q=&fase=&dep=&status="""

    q = TekstField(label="Zoek op nummer, titel of land", required=False)
    fase = KeuzeField(
        label="Fase", lijst=True, required=False, choices=[*ALLE, *((p.value, f"{p.number}. {p.label}") for p in Phase)]
    )
    dep = KeuzeField(label="Ministerie", lijst=True, required=False)
    status = KeuzeField(label="Weergave", required=False, choices=list(WEERGAVEN.items()), widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data, dep=[(code, code) for code in Ministry.objects.values_list("code", flat=True)])

    @property
    def view(self) -> str:
        """The tab that is open; the running dossiers unless chosen otherwise."""
        return self.value("status") or Status.LOPEND

    def filters(self, user: User) -> Filters:
        """Mijn dossiers are the running ones that this person handles."""
        status = {ALLES: "", MIJN: Status.LOPEND}.get(self.view, self.view)
        return Filters(
            q=self.value("q"),
            phase=self.value("fase"),
            status=status,
            ministry=self.value("dep"),
            handled_by=user.pk if self.view == MIJN else None,
        )


class LogboekFilter(Filterbalk):
    """?soort=&persoon=&dep=&van=&tot="""

    soort = KeuzeField(label="Soort", lijst=True, required=False)
    persoon = KeuzeField(label="Persoon", lijst=True, required=False)
    dep = KeuzeField(label="Ministerie", lijst=True, required=False)
    van = DatumField(label="Vanaf", required=False)
    tot = DatumField(label="Tot en met", required=False)

    def __init__(self, data: Any, dossier: Dossier) -> None:
        super().__init__(
            data,
            soort=events.kinds(dossier),
            persoon=[(user.username, str(user)) for user in events.people(dossier)],
            dep=[(ministry.code, ministry.code) for ministry in events.ministries(dossier)],
        )

    def filters(self) -> EventFilters:
        since, until = self.value("van") or None, self.value("tot") or None
        return EventFilters(self.value("soort"), self.value("persoon"), self.value("dep"), since, until)
