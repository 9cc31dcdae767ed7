"""Two texts side by side: what stands in only one of them is marked, word by word."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_WOORDEN = re.compile(r"\s+|\w+|[^\w\s]")
# Comparing costs at most the product of the lengths; above this the part that differs is marked as a whole.
_MEEST = 2_000_000

Paar = tuple[str, str]


def verschil(
    mijn: str, opgeslagen: str, woorden: Paar = ("Alleen bij u: ", "Alleen opgeslagen: ")
) -> tuple[SafeString, SafeString]:
    """My text with <ins> around what only I have, and the saved text with <del> around what only it has.

    `woorden` are what a screen reader says before such a part.
    """
    links, rechts = [], []
    for mijn_deel, hun_deel, gelijk in _delen(_regels(mijn), _regels(opgeslagen)):
        stukken = [(mijn_deel, hun_deel, True)] if gelijk else _delen(_woorden(mijn_deel), _woorden(hun_deel))
        for mijn_stuk, hun_stuk, hetzelfde in stukken:
            links.append(_gemerkt("ins", woorden[0], mijn_stuk, hetzelfde))
            rechts.append(_gemerkt("del", woorden[1], hun_stuk, hetzelfde))
    return _samen(links), _samen(rechts)


def _samen(delen: list[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((deel,) for deel in delen))


def _regels(tekst: str) -> list[str]:
    return tekst.splitlines(keepends=True)


def _woorden(tekst: str) -> list[str]:
    return _WOORDEN.findall(tekst)


def _delen(mijn: Sequence[str], hun: Sequence[str]) -> list[tuple[str, str, bool]]:
    """Both sequences cut in parts that are equal or not, in order; nothing is left out on either side."""
    if len(mijn) * len(hun) > _MEEST:
        return [("".join(mijn), "".join(hun), False)]
    stappen = SequenceMatcher(None, mijn, hun).get_opcodes()
    return [("".join(mijn[i:j]), "".join(hun[k:m]), soort == "equal") for soort, i, j, k, m in stappen]


def _gemerkt(soort: str, zin: str, tekst: str, gelijk: bool) -> SafeString:
    """A part as it is, or inside its mark with words that a screen reader says."""
    if gelijk or not tekst:
        return format_html("{}", tekst)
    merk = SafeString(soort)
    return format_html('<{}><span class="vh">{}</span>{}</{}>', merk, zin, tekst, merk)
