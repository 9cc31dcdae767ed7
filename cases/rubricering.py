"""Markings. This system holds ongerubriceerd and at most Dep. V.; what is marked higher is refused everywhere."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db import models

TE_HOOG = (
    "Dit systeem is er niet voor staatsgeheimen of bondgenootschappelijk gerubriceerd materiaal. "
    "Gebruik hiervoor het daarvoor bestemde systeem en laat het hier weg."
)

# Between the words of a marking, written here as a space, anything may stand that is not a letter or a digit, or nothing.
_MARKINGS = (
    "STG (?:C|G|ZG|CONFIDENTIEEL|(?:ZEER )?GEHEIM)",
    "STAATSGEHEIM (?:CONFIDENTIEEL|(?:ZEER )?GEHEIM)",
    "COSMIC TOP SECRET",
    "(?:NATO|NAVO) (?:SECRET|CONFIDENTIAL|RESTRICTED|CONFIDENTIEEL|(?:ZEER )?GEHEIM)",
    "(?:TR[EÈ]S SECRET|SECRET|CONFIDENTIEL|RESTREINT) UE",
    "EU (?:TOP SECRET|SECRET|CONFIDENTIAL|RESTRICTED)",
)
_GAP = r"[\W_]*"
_LETTER = r"[^\W_]"
_HIGHER = re.compile(rf"(?<!{_LETTER})(?:{'|'.join(_MARKINGS).replace(' ', _GAP)})(?!{_LETTER})", re.IGNORECASE)


class Rubricering(models.TextChoices):
    """The two levels that may be held here."""

    ONGERUBRICEERD = "ongerubriceerd", "Ongerubriceerd"
    DEP_V = "dep-v", "Departementaal VERTROUWELIJK"


def _plain(text: str) -> str:
    """The text as it reads: wide letters as plain ones, without signs that take no room."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in normal if unicodedata.category(sign) != "Cf")


def refuse_higher(text: str) -> None:
    """Raises ValidationError when a text carries a marking above Dep. V. or a foreign one."""
    if _HIGHER.search(_plain(text)):
        raise ValidationError(TE_HOOG, code="rubricering")
