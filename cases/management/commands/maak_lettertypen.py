"""Makes the woff2 subsets of Fira Sans that the pages use, from the font package, into settings.FONT_DIR/fonts."""

from pathlib import Path

import fontpkg_fira_sans
from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools import subset

BESTANDEN = {
    "fira-sans-400.woff2": "FiraSans-Regular.ttf",
    "fira-sans-400i.woff2": "FiraSans-Italic.ttf",
    "fira-sans-600.woff2": "FiraSans-SemiBold.ttf",
}
# Latin with the accents of European names, quotes, dashes, €, minus, arrows, ≤ ≥, sort triangles, superscript digits.
TEKENS = (
    "U+0020-007E,U+00A0-017F,U+0218-021B,U+02C6,U+02DA,U+02DC,U+1E9E,U+2009,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,"
    "U+2030,U+2032-2033,U+2039-203A,U+2044,U+2070,U+2074-2079,U+20AC,U+2190-2193,U+2212,U+2248,U+2260,U+2264-2265,U+25B2,U+25BC"
)
KENMERKEN = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum"]


def maak(bron: Path, doel: Path) -> None:
    """Write one subset; the same source and the same version of fontTools give the same bytes."""
    opties = subset.Options()
    opties.flavor = "woff2"
    opties.layout_features = KENMERKEN
    opties.hinting = False
    opties.recalc_timestamp = False
    letter = subset.load_font(str(bron), opties)
    snijder = subset.Subsetter(opties)
    snijder.populate(unicodes=subset.parse_unicodes(TEKENS))
    snijder.subset(letter)
    tijdelijk = doel.with_suffix(".deel")
    subset.save_font(letter, str(tijdelijk), opties)
    tijdelijk.replace(doel)


class Command(BaseCommand):
    """Skips a font that is newer than its source and than this file."""

    help = "Maakt de lettertypen voor de website."
    requires_system_checks: list[str] = []

    def handle(self, *args, **options):
        """Writes what is missing or old and says what it did."""
        doelmap = Path(settings.FONT_DIR) / "fonts"
        doelmap.mkdir(parents=True, exist_ok=True)
        bronmap = Path(fontpkg_fira_sans.ROOT) / "files"
        for naam, bestand in BESTANDEN.items():
            bron, doel = bronmap / bestand, doelmap / naam
            oudste = max(bron.stat().st_mtime, Path(__file__).stat().st_mtime)
            if doel.exists() and doel.stat().st_mtime >= oudste:
                continue
            maak(bron, doel)
            self.stdout.write(f"{naam}: {doel.stat().st_size / 1000:.0f} kB")
