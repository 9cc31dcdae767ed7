"""Countries by name: some lines to type in, with every country as a suggestion; works without script and by keyboard."""

import unicodedata
from difflib import get_close_matches
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django_countries import countries

MINST, SPARE, MEEST = 4, 2, 60


@cache
def _namen() -> dict[str, str]:
    """Code → Dutch name (ISO 3166), in alphabetical order."""
    return {land.code: str(land.name) for land in countries}


@cache
def _codes() -> dict[str, str]:
    """What somebody may type → code: the name without accents and capitals, or the code."""
    return {_kaal(tekst): code for code, naam in _namen().items() for tekst in (naam, code)}


def _kaal(tekst: str) -> str:
    ontleed = unicodedata.normalize("NFKD", tekst.casefold())
    return " ".join("".join(teken for teken in ontleed if not unicodedata.combining(teken)).split())


class LandenInvoer(forms.Widget):
    """One line per country with a list of suggestions; there is always room for more."""

    template_name = "django/forms/widgets/landen.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str, index: int | str | None = None) -> str:
        return ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        ingevuld = [tekst for tekst in value or [] if tekst.strip()]
        leeg = max(SPARE, MINST - len(ingevuld))
        context["widget"].update(regels=[*ingevuld, *[""] * leeg], namen=list(_namen().values()))
        return context


class LandenField(forms.Field):
    """Countries as a list of codes. A name that is not known is asked about with the name that resembles it most."""

    widget = LandenInvoer
    hidden_widget = forms.MultipleHiddenInput

    def prepare_value(self, value: Any) -> list[str]:
        """Saved codes by their names; what somebody typed stays as typed."""
        return [_namen().get(tekst, tekst) for tekst in value or []]

    def to_python(self, value: Any) -> list[str]:
        """The codes, each once and by name; raises ValidationError with a sentence per name that is not a country."""
        gevonden: dict[str, None] = {}
        fouten = []
        for tekst in self._los(value or []):
            code = _codes().get(_kaal(tekst))
            if code:
                gevonden[code] = None
            else:
                fouten.append(ValidationError(_onbekend(tekst), code="onbekend"))
        if fouten or len(gevonden) > MEEST:
            raise ValidationError(fouten or [f"Kies ten hoogste {MEEST} landen"])
        return [code for code in _namen() if code in gevonden]

    @staticmethod
    def _los(teksten: list[str]) -> list[str]:
        """Several countries on one line count as several, unless the line as a whole is a country."""
        delen = [[t] if _kaal(t) in _codes() else t.replace(";", ",").split(",") for t in teksten]
        return [deel.strip() for regel in delen for deel in regel if deel.strip()]

    def toon(self, value: list[str]) -> str:
        """The names as one line."""
        return ", ".join(_namen().get(code, code) for code in value)


def _onbekend(tekst: str) -> str:
    kort = tekst if len(tekst) <= 60 else f"{tekst[:60]}…"
    lijkt = get_close_matches(_kaal(tekst)[:80], _codes(), n=1, cutoff=0.75)
    vraag = f"Bedoelt u {_namen()[_codes()[lijkt[0]]]}?" if lijkt else "Kies een naam uit de lijst"
    return f"‘{kort}’ staat niet in de lijst met landen. {vraag}"
