"""Two people wrote in the same form: both versions per field, who changed what, and taking one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.utils.safestring import SafeString

from cases.exceptions import Stale
from cases.verschil import verschil

from .tonen import getoond

if TYPE_CHECKING:
    from .controle import Handeling

KIES, MIJN, OPGESLAGEN = "kies_", "mijn", "opgeslagen"
WIE = {MIJN: "Alleen u wijzigde dit.", OPGESLAGEN: "Alleen de ander wijzigde dit.", "": "U wijzigde dit allebei."}


@dataclass(frozen=True)
class Versies:
    """One field of which the two versions differ. `voorstel` is what a button that is pressed at once would keep."""

    veld: forms.BoundField
    mijn: SafeString
    opgeslagen: SafeString
    wie: str
    voorstel: str

    @property
    def naam(self) -> str:
        return f"{KIES}{self.veld.html_name}"


@dataclass(frozen=True)
class Botsing:
    """What happened, the fields that differ, and what travels along unseen."""

    zin: str
    versies: list[Versies]
    form: "Handeling"

    @classmethod
    def van(cls, form: "Handeling", fout: Stale) -> Self:
        """Compares what was typed with what is saved now."""
        begin = dict(deel.split(":", 1) for deel in form.data.get("gezien", "").split() if ":" in deel)
        versies = [
            _versies(form, veld, fout.saved[veld.name], begin.get(veld.name, ""))
            for veld in form.visible_fields()
            if veld.name in fout.saved and form.cleaned_data[veld.name] != fout.saved[veld.name]
        ]
        return cls(fout.sentence, versies, form)

    @property
    def verborgen(self) -> list[tuple[str, str]]:
        """The answers on which both agree, and the marks of this form, as typed."""
        getoonde = {versies.veld.name for versies in self.versies}
        rest = [veld for veld in self.form if veld.name not in getoonde]
        return [(veld.html_name, waarde) for veld in rest for waarde in self.form.data.getlist(veld.html_name)]


def _versies(form: "Handeling", veld: forms.BoundField, saved: Any, begin: str) -> Versies:
    mine = form.cleaned_data[veld.name]
    mijn, opgeslagen = verschil(getoond(veld.field, mine), getoond(veld.field, saved))
    wie = {_afdruk(saved): MIJN, _afdruk(mine): OPGESLAGEN}.get(begin, "")
    voorstel = OPGESLAGEN if form.kan_kiezen and wie == OPGESLAGEN else MIJN
    return Versies(veld, mijn, opgeslagen, WIE[wie] if begin else "", voorstel)


def vingerafdrukken(waarden: Mapping[str, Any]) -> str:
    """What a form showed, short enough for a hidden field."""
    return " ".join(f"{naam}:{_afdruk(waarde)}" for naam, waarde in waarden.items())


def _afdruk(waarde: Any) -> str:
    return sha256(repr(waarde).encode()).hexdigest()[:12]


def kies_opgeslagen(data: Any, velden: Mapping[str, forms.Field], saved: Mapping[str, Any]) -> Any:
    """The posted data in which the saved answer stands wherever somebody chose that on the page with both versions."""
    gekozen = [naam for naam in velden if naam in saved and data.get(f"{KIES}{naam}") == OPGESLAGEN]
    if not gekozen:
        return data
    data = data.copy()
    for naam in gekozen:
        waarde = saved[naam]
        data.pop(naam, None)
        if isinstance(waarde, list):
            data.setlist(naam, waarde)
        elif waarde not in (None, "", False):
            data[naam] = "on" if waarde is True else velden[naam].prepare_value(waarde)
    return data
