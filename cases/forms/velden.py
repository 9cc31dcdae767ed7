"""Form fields that understand how people write amounts, dates and texts (design/brief.md 5.1)."""

import re
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from cases.rubricering import refuse_higher
from cases.templatetags.notatie import MAANDEN, euro, getal, meervoud

from .widgets import Radios, Vinkjes

TIEN_MILJARD = 10_000_000_000
_SPATIES = re.compile(r"[\s\u00a0\u202f\u2007\u2009]+")
_GEHEEL = re.compile(r"[0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+|[1-9][0-9]{0,2}( [0-9]{3})+")
# "4.5", "4,5 miljoen", "10 mld": asked about, never guessed.
_ONGEVEER = re.compile(
    r"€?\s*([0-9]{1,4})(?:[.,]([0-9]))?\s*(duizend|mln|miljoen|mld|miljard|milliard)?\.?", flags=re.ASCII
)
_MAAT = {
    "duizend": 10**3,
    **dict.fromkeys(("mln", "miljoen"), 10**6),
    **dict.fromkeys(("mld", "miljard", "milliard"), 10**9),
}
_EEN_STREEP = re.compile(r"\u2212|\u2013|\u2014")
_DATUM_CIJFERS = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})")
_DATUM_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DATUM_KAAL = re.compile(r"([0-9]{1,2})(?:[-/]([0-9]{1,2})| ([a-z]{3,9})\.?)")
_DATUM_WOORD = re.compile(r"([0-9]{1,2}) ([a-z]{3,9})\.? ([0-9]{4})")


def _dag(jaar: int, maand: int, dag: int) -> date | None:
    """The day, or None when it does not exist in that year."""
    try:
        return date(jaar, maand, dag)
    except ValueError:
        return None


def _met_zin(kwargs: dict, leeg: str) -> dict:
    """The keyword arguments of a field with the sentence for an empty answer put where Django looks for it."""
    if leeg:
        kwargs["error_messages"] = {"required": leeg, **kwargs.get("error_messages", {})}
    return kwargs


def heel_getal(tekst: str) -> int | None:
    """A whole number as people write it (4500000, 4.500.000, 4 500 000); None when it is not clear what is meant."""
    tekst = _EEN_STREEP.sub("-", _SPATIES.sub(" ", tekst).strip())
    negatief = tekst.startswith("-")
    cijfers = tekst.removeprefix("-").strip()
    if len(cijfers) > 30 or not _GEHEEL.fullmatch(cijfers):
        return None
    waarde = int(cijfers.replace(".", "").replace(" ", ""))
    return -waarde if negatief else waarde


class TeLang(MaxLengthValidator):
    """Says how many signs must go."""

    def __call__(self, value: str) -> None:
        te_veel = len(value) - self.limit_value
        if te_veel > 0:
            params = {
                "te_veel": meervoud(te_veel, "teken,tekens"),
                "limit_value": self.limit_value,
                "show_value": len(value),
            }
            raise ValidationError(self.message, code=self.code, params=params)


class TekstField(forms.CharField):
    """A text: stripped, line ends as one sign, within its length, without unreadable signs or markings above Dep. V."""

    default_error_messages = {"onleesbaar": "Haal het onleesbare teken weg uit deze tekst"}

    def __init__(self, *, lang: bool = False, rijen: int = 5, leeg: str = "", max_length: int | None = None, **kwargs):
        if lang:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rijen}))
        super().__init__(max_length=max_length or (20_000 if lang else 200), **_met_zin(kwargs, leeg))
        self.validators = [TeLang(v.limit_value) if isinstance(v, MaxLengthValidator) else v for v in self.validators]

    def to_python(self, value):
        """The text as it is stored; raises ValidationError for NUL bytes and lone surrogates."""
        tekst = super().to_python(value)
        if "\x00" in tekst or any("\ud800" <= teken <= "\udfff" for teken in tekst):
            raise ValidationError(self.error_messages["onleesbaar"], code="onleesbaar")
        return tekst.replace("\r\n", "\n").replace("\r", "\n")

    def clean(self, value):
        """The text; raises ValidationError when it carries a marking that does not belong in this system."""
        tekst = super().clean(value)
        refuse_higher(tekst)
        return tekst

    def widget_attrs(self, widget):
        """The length goes to the counter, not to maxlength: a browser cuts pasted text off without a word."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        attrs.pop("minlength", None)
        if isinstance(widget, forms.Textarea):
            attrs["data-tekens"] = str(self.max_length)
        return attrs


class GetalField(forms.Field):
    """A whole number, written with or without dots. Returns int or None."""

    default_error_messages = {"onduidelijk": "Vul een heel getal in, bijvoorbeeld 1.200"}

    def __init__(self, *, minimum: int = 0, maximum: int = TIEN_MILJARD, leeg: str = "", **kwargs):
        self.minimum, self.maximum = minimum, maximum
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "class": "kort", "autocomplete": "off"})
        )
        super().__init__(**_met_zin(kwargs, leeg))

    def toon(self, waarde: int) -> str:
        """How a bound is written in a sentence."""
        return getal(waarde)

    def schoon(self, tekst: str) -> str:
        """The text without what may stand around the digits."""
        return tekst

    def prepare_value(self, value):
        """A stored number with its dots; what someone typed stays as typed."""
        return getal(value).replace("\u2212", "-") if isinstance(value, int) else value

    def to_python(self, value):
        """int, or None when empty; raises ValidationError with a sentence that says what to write."""
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, int):
            return value
        waarde = heel_getal(self.schoon(str(value)))
        if waarde is None:
            raise ValidationError(self.error_messages["onduidelijk"], code="onduidelijk")
        return waarde

    def validate(self, value):
        """Within the bounds, in a sentence that names the bound."""
        super().validate(value)
        if value is not None and value < self.minimum:
            raise ValidationError(f"Vul {self.toon(self.minimum)} of meer in", code="te_laag")
        if value is not None and value > self.maximum:
            raise ValidationError(f"Vul {self.toon(self.maximum)} of minder in", code="te_hoog")


class EuroField(GetalField):
    """Whole euros as int. Understands € 4.500.000 and 4.500.000,-; asks when it is not sure, and never guesses."""

    default_error_messages = {
        "onduidelijk": "Schrijf het hele bedrag uit in euro’s, bijvoorbeeld 4.500.000",
        "centen": "Vul hele euro’s in, zonder centen",
    }

    def toon(self, waarde: int) -> str:
        """A bound as an amount."""
        return euro(waarde)

    def schoon(self, tekst: str) -> str:
        """Without €, EUR, euro, and the ending ,- or ,00; raises ValidationError when there are cents."""
        tekst = _EEN_STREEP.sub("-", _SPATIES.sub(" ", tekst).strip())
        negatief = "-" if tekst.startswith("-") else ""
        tekst = re.sub(
            r"^(€|eur\b|euro\b) ?|\s?(€|\beuro|\beur)$", "", tekst.removeprefix("-").strip(), flags=re.IGNORECASE
        )
        if re.search(r"[0-9],[0-9]{2}$", tekst) and not tekst.endswith(",00"):
            raise ValidationError(self.error_messages["centen"], code="centen")
        tekst = re.sub(r"(?<=[0-9])(,-{1,2}|,00)$", "", tekst)
        return negatief + tekst

    def to_python(self, value):
        """int, or None when empty; an amount such as 4.5 is asked about with what it may have meant."""
        try:
            return super().to_python(value)
        except ValidationError as fout:
            gelijkend = _ONGEVEER.fullmatch(str(value).strip().lower()) if len(str(value)) < 40 else None
            if fout.code != "onduidelijk" or not gelijkend or not (gelijkend[2] or gelijkend[3]):
                raise
            keer = _MAAT[gelijkend[3] or "miljoen"]
            groot = euro(int(gelijkend[1]) * keer + int(gelijkend[2] or 0) * keer // 10)
            raise ValidationError(
                f"Bedoelt u {groot}? Schrijf het hele bedrag uit in cijfers", code="onduidelijk"
            ) from fout


class DatumField(forms.Field):
    """A day. Understands 5-12-2026, 5/12/26, 2026-12-05, 5 december 2026, 5 dec 2026 and 5 dec. Returns date or None."""

    default_error_messages = {
        "onduidelijk": "Vul een datum in, bijvoorbeeld 5-12-2026",
        "bestaat_niet": "Deze datum bestaat niet. Vul een datum in, bijvoorbeeld 5-12-2026",
        "jaar": "Vul een jaar tussen 1945 en 2100 in",
    }

    def __init__(self, *, leeg: str = "", **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "kort", "autocomplete": "off"}))
        kwargs.setdefault("help_text", "Bijvoorbeeld 5-12-2026")
        super().__init__(**_met_zin(kwargs, leeg))

    def prepare_value(self, value):
        """A stored day as 5-12-2026; what someone typed stays as typed."""
        return f"{value.day}-{value.month}-{value.year}" if isinstance(value, date) else value

    def to_python(self, value):
        """date, or None when empty; raises ValidationError with a sentence that says what to write."""
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        jaar, maand, dag = self._delen(_SPATIES.sub(" ", str(value)).strip().lower())
        if not 1945 <= jaar <= 2100:
            raise ValidationError(self.error_messages["jaar"], code="jaar")
        gevonden = _dag(jaar, maand, dag)
        if gevonden is None:
            raise ValidationError(self.error_messages["bestaat_niet"], code="bestaat_niet")
        return gevonden

    def _delen(self, tekst: str) -> tuple[int, int, int]:
        """Year, month and day as written; two digits of a year mean this century."""
        if treffer := _DATUM_ISO.fullmatch(tekst):
            return int(treffer[1]), int(treffer[2]), int(treffer[3])
        if treffer := _DATUM_CIJFERS.fullmatch(tekst):
            jaar = int(treffer[3])
            return jaar + 2000 if jaar < 100 else jaar, int(treffer[2]), int(treffer[1])
        if (treffer := _DATUM_WOORD.fullmatch(tekst)) and (maand := self._maand(treffer[2])):
            return int(treffer[3]), maand, int(treffer[1])
        if (treffer := _DATUM_KAAL.fullmatch(tekst)) and (
            maand := int(treffer[2]) if treffer[2] else self._maand(treffer[3])
        ):
            return self.jaar_bij(int(treffer[1]), maand), maand, int(treffer[1])
        raise ValidationError(self.error_messages["onduidelijk"], code="onduidelijk")

    def jaar_bij(self, dag: int, maand: int) -> int:
        """The year of a day that was written without one: of the nearest such day."""
        vandaag = timezone.localdate()
        mogelijk = [d for jaar in (-1, 0, 1) if (d := _dag(vandaag.year + jaar, maand, dag)) and self.past(d)]
        return min(mogelijk, key=lambda d: abs(d - vandaag)).year if mogelijk else vandaag.year

    def past(self, dag: date) -> bool:
        """Whether a day without a year may be this one."""
        return True

    @staticmethod
    def _maand(woord: str) -> int:
        """1 to 12 for a month or its abbreviation, 0 when it is neither."""
        if woord == "mrt":
            return 3
        if woord == "sept":
            return 9
        for nummer, naam in enumerate(MAANDEN, 1):
            if woord in (naam, naam[:3]):
                return nummer
        return 0


class KeuzeField(forms.ChoiceField):
    """One answer: radio buttons with a hint per option, or a list when lijst=True."""

    def __init__(self, *, hints: dict | None = None, lijst: bool = False, leeg: str = "", **kwargs):
        kwargs.setdefault("widget", forms.Select() if lijst else Radios(hints=hints))
        super().__init__(**_met_zin(kwargs, leeg))


class MeerkeuzeField(forms.MultipleChoiceField):
    """Several answers: checkboxes with a hint per option."""

    def __init__(self, *, hints: dict | None = None, leeg: str = "", **kwargs):
        kwargs.setdefault("widget", Vinkjes(hints=hints))
        super().__init__(**_met_zin(kwargs, leeg))


class VinkField(forms.BooleanField):
    """One checkbox; required means it must be ticked."""

    def __init__(self, *, leeg: str = "", **kwargs):
        super().__init__(**_met_zin(kwargs, leeg))
