"""Markings. This system holds ongerubriceerd and at most Dep. V.; what is marked higher is refused everywhere."""

import re

from django.core.exceptions import ValidationError
from django.db import models

TE_HOOG = (
    "Dit systeem is er niet voor staatsgeheimen of bondgenootschappelijk gerubriceerd materiaal. "
    "Gebruik hiervoor het daarvoor bestemde systeem en laat het hier weg."
)

_HIGHER = re.compile(
    r"\bSTG\.?\s*(?:C\b|G\b|ZG\b|CONFIDENTIEEL|GEHEIM|ZEER\s+GEHEIM)"
    r"|\bSTAATSGEHEIM\s+(?:CONFIDENTIEEL|GEHEIM|ZEER\s+GEHEIM)"
    r"|\b(?:COSMIC\s+TOP\s+SECRET|NATO\s+(?:SECRET|CONFIDENTIAL|RESTRICTED))\b"
    r"|\b(?:TR[EÈ]S\s+SECRET|SECRET|CONFIDENTIEL|RESTREINT)\s+UE\b|\bEU\s+(?:TOP\s+SECRET|SECRET|CONFIDENTIAL)\b",
    re.IGNORECASE,
)


class Rubricering(models.TextChoices):
    """The two levels that may be held here. Names follow the voorschrift named in settings.RUBRICERING_BRON."""

    ONGERUBRICEERD = "ongerubriceerd", "Ongerubriceerd"
    DEP_V = "dep-v", "Departementaal VERTROUWELIJK"


def refuse_higher(text: str) -> None:
    """Raises ValidationError when a text carries a marking above Dep. V. or a foreign one."""
    if _HIGHER.search(text):
        raise ValidationError(TE_HOOG, code="rubricering")
