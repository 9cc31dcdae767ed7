"""How dates, times, money and numbers are written (design/brief.md 5.1)."""

from datetime import UTC, date, datetime

import pytest
from django.utils import formats

from cases.templatetags import notatie

VANDAAG = date(2026, 11, 21)


def test_datum_en_tijd():
    """Days in full, times with a dot, in the time zone of the reader."""
    middag = datetime(2026, 12, 5, 9, 42, tzinfo=UTC)
    assert notatie.datum(date(2026, 12, 5)) == "5 december 2026"
    assert notatie.datum_kort(date(2026, 12, 5)) == "5 dec. 2026"
    assert notatie.tijdstip(middag) == "5 december 2026, 10.42 uur"
    assert notatie.moment(middag) == '<time datetime="2026-12-05T10:42+01:00">5 december 2026, 10.42 uur</time>'
    assert notatie.moment(date(2026, 12, 5)) == '<time datetime="2026-12-05">5 december 2026</time>'


def test_datum_rond_middernacht():
    """23.30 UTC is already the next day here."""
    assert notatie.datum(datetime(2026, 12, 5, 23, 30, tzinfo=UTC)) == "6 december 2026"


@pytest.mark.parametrize(
    ("dag", "verwacht"),
    [
        (date(2026, 11, 21), "vandaag"),
        (date(2026, 11, 22), "morgen"),
        (date(2026, 11, 25), "over 4 dagen"),
        (date(2026, 11, 20), "1 dag te laat"),
        (date(2026, 11, 19), "2 dagen te laat"),
    ],
)
def test_relatief(dag, verwacht):
    """A deadline says how far off it is."""
    assert notatie.relatief(dag, VANDAAG) == verwacht


@pytest.mark.parametrize(
    ("dag", "verwacht"),
    [(21, "vandaag"), (20, "gisteren"), (15, "6 dagen geleden"), (23, "over 2 dagen")],
)
def test_geleden(dag, verwacht):
    """An event is never late."""
    assert notatie.geleden(date(2026, 11, dag), VANDAAG) == verwacht


@pytest.mark.parametrize(
    ("bedrag", "verwacht"),
    [(0, "€\u00a00"), (1234567, "€\u00a01.234.567"), (-1850000, "€\u00a0\u22121.850.000"), (None, "")],
)
def test_euro(bedrag, verwacht):
    """A no-break space after the sign and a real minus."""
    assert notatie.euro(bedrag) == verwacht


@pytest.mark.parametrize(
    ("bedrag", "verwacht"),
    [(12_500_000, "€\u00a012,5\u00a0miljoen"), (4_000_000, "€\u00a04\u00a0miljoen"), (12_345_678, "€\u00a012.345.678")],
)
def test_miljoen(bedrag, verwacht):
    """Millions only where nothing is rounded away."""
    assert notatie.miljoen(bedrag) == verwacht


def test_getallen():
    """Plurals, dots, and years without dots."""
    assert notatie.meervoud(1, "dossier,dossiers") == "1 dossier"
    assert notatie.meervoud(1200, "dossier,dossiers") == "1.200 dossiers"
    assert notatie.meervoud(0, "taak,taken") == "0 taken"
    assert notatie.kaal(2027) == "2027"


def test_niets_blijft_niets():
    """None is an empty text everywhere."""
    filters = (notatie.datum, notatie.datum_kort, notatie.tijd, notatie.tijdstip, notatie.moment, notatie.relatief)
    for filter_ in (
        *filters,
        notatie.geleden,
        notatie.euro,
        notatie.bedrag,
        notatie.getal,
        notatie.miljoen,
        notatie.markdown,
    ):
        assert filter_(None) == ""


def test_django_schrijft_tijd_met_een_punt():
    """FORMAT_MODULE_PATH replaces Django's 10:42."""
    assert formats.time_format(datetime(2026, 12, 5, 10, 42)) == "10.42 uur"
    assert formats.date_format(date(2026, 12, 5)) == "5 december 2026"
