"""What a text should not say: a kennisgeving announces an inquiry, and must not read as a decision (Kamerstuk 29 521, nr. 202)."""

import re

from phases.kamer.models import BriefSoort

DECISION = re.compile(
    r"\b(heeft besloten|hebben besloten|is besloten|beginselbesluit|principebesluit|besluit van het kabinet|regeringsbesluit"
    r"|besluit om (?:deel te nemen|bij te dragen))\b",
    re.IGNORECASE,
)


def suggests_decision(soort: str, text: str) -> list[str]:
    """The words in a kennisgeving that suggest that a decision was taken; empty for other letters."""
    if soort != BriefSoort.KENNISGEVING:
        return []
    found = (match.group(0).lower() for match in DECISION.finditer(" ".join(text.split())))
    return list(dict.fromkeys(found))
