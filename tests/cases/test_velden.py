"""What the form fields understand, and what they say when they do not."""

from datetime import date, timedelta

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cases.forms.basis import Formulier
from cases.forms.controle import GebeurdField
from cases.forms.landen import LandenField
from cases.forms.velden import DatumField, EuroField, GetalField, KeuzeField, TekstField, VinkField
from cases.templatetags.notatie import MAANDEN, euro, getal
from cases.templatetags.onderdelen import fouten

BEDRAGEN = st.integers(min_value=0, max_value=10_000_000_000)


def zin_van(veld, waarde) -> str:
    """The sentence with which a field refuses a value."""
    with pytest.raises(ValidationError) as fout:
        veld.clean(waarde)
    return fout.value.messages[0]


@given(BEDRAGEN)
def test_euro_heen_en_terug(bedrag):
    """Every way in which we write an amount, and people do, is read back as the same amount."""
    veld = EuroField()
    punten = getal(bedrag)
    vormen = [str(bedrag), punten, euro(bedrag), f"€{punten}", f"{punten},-", f"{punten},00", punten.replace(".", " ")]
    for vorm in [*vormen, veld.prepare_value(bedrag), f"  EUR {punten} ", f"{punten} euro"]:
        assert veld.clean(vorm) == bedrag, vorm


@given(st.text(max_size=40))
def test_euro_weigert_met_een_zin(tekst):
    """Any text is an amount, or refused with a sentence; never an exception."""
    try:
        waarde = EuroField(required=False).clean(tekst)
    except ValidationError as fout:
        assert fout.messages[0]
    else:
        assert waarde is None or 0 <= waarde <= 10_000_000_000


@pytest.mark.parametrize(
    "tekst", ["4500000", "4.500.000", "€ 4.500.000", "4 500 000", "4.500.000,-", "€\u00a04.500.000"]
)
def test_euro_voorbeelden(tekst):
    """The forms of design/brief.md 5.1."""
    assert EuroField().clean(tekst) == 4_500_000


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ("4.5", "Bedoelt u €\u00a04.500.000? Schrijf het hele bedrag uit in cijfers"),
        ("4,5", "Bedoelt u €\u00a04.500.000? Schrijf het hele bedrag uit in cijfers"),
        ("45.00", "Schrijf het hele bedrag uit in euro’s, bijvoorbeeld 4.500.000"),
        ("4,500,000", "Schrijf het hele bedrag uit in euro’s, bijvoorbeeld 4.500.000"),
        ("10 miljard", "Bedoelt u €\u00a010.000.000.000? Schrijf het hele bedrag uit in cijfers"),
        ("10 milliard", "Bedoelt u €\u00a010.000.000.000? Schrijf het hele bedrag uit in cijfers"),
        ("€ 4,5 mln.", "Bedoelt u €\u00a04.500.000? Schrijf het hele bedrag uit in cijfers"),
        ("veel", "Schrijf het hele bedrag uit in euro’s, bijvoorbeeld 4.500.000"),
        ("4.500,50", "Vul hele euro’s in, zonder centen"),
        ("-5", "Vul €\u00a00 of meer in"),
        ("\u22125", "Vul €\u00a00 of meer in"),
        ("10.000.000.001", "Vul €\u00a010.000.000.000 of minder in"),
        ("9" * 5000, "Schrijf het hele bedrag uit in euro’s, bijvoorbeeld 4.500.000"),
    ],
)
def test_euro_vraagt_of_weigert(tekst, zin):
    """Never a guess."""
    assert zin_van(EuroField(), tekst) == zin


@pytest.mark.parametrize(
    "tekst",
    ["5-12-2026", "05-12-2026", "5/12/26", "2026-12-05", "5 december 2026", "5 dec 2026", "5 Dec. 2026", "5.12.2026"],
)
def test_datum_voorbeelden(tekst):
    """Every way in which a day is written here."""
    assert DatumField().clean(tekst) == date(2026, 12, 5)


@pytest.mark.parametrize(
    ("tekst", "begin"),
    [
        ("31-2-2026", "Deze datum bestaat niet"),
        ("morgen", "Vul een datum in"),
        ("5 decembrr 2026", "Vul een datum in"),
        ("5-12-1812", "Vul een jaar tussen"),
    ],
)
def test_datum_zegt_wat_te_doen(tekst, begin):
    """A sentence, never "ongeldig"."""
    assert zin_van(DatumField(), tekst).startswith(begin)


@given(st.dates(min_value=date(1945, 1, 1), max_value=date(2100, 12, 31)))
def test_datum_heen_en_terug(dag):
    """What the field shows, it reads."""
    veld = DatumField()
    assert veld.clean(veld.prepare_value(dag)) == dag


def test_tekst_weigert_wat_geen_tekst_is():
    """NUL bytes and lone surrogates never reach the database; line ends are one sign."""
    assert zin_van(TekstField(), "a\x00b") == "Haal het onleesbare teken weg uit deze tekst"
    assert zin_van(TekstField(), "a\ud800b") == "Haal het onleesbare teken weg uit deze tekst"
    assert TekstField(lang=True).clean(" a\r\nb ") == "a\nb"


class Proef(Formulier):
    """One field of each kind, without sentences of its own unless given."""

    naam = TekstField(label="Naam", max_length=5)
    keuze = KeuzeField(label="Standpunt", choices=[("a", "A")], hints={"a": "Gevolg"}, leeg="Kies een standpunt")
    aantal = GetalField(label="Aantal", maximum=1000)
    akkoord = VinkField(label="Klopt alles?")
    datum = forms.DateField(label="Datum")
    mail = forms.EmailField(label="E-mail", required=False)


def test_geen_zin_van_django():
    """No "Dit veld is verplicht", no "ongeldig": each sentence says what to do."""
    leeg = Proef({})
    assert leeg.status == 422
    assert Proef().status == 200
    assert leeg.errors["naam"] == ["Vul het veld ‘Naam’ in"]
    assert leeg.errors["keuze"] == ["Kies een standpunt"]
    assert leeg.errors["akkoord"] == ["Vink ‘Klopt alles?’ aan"]
    vol = Proef({"naam": "abcdefg", "keuze": "z", "aantal": "1.001", "akkoord": "on", "datum": "x", "mail": "x"})
    assert vol.errors["naam"] == ["Haal bij ‘Naam’ 2 tekens weg. Er passen 5 tekens in"]
    assert vol.errors["keuze"] == ["Kies bij ‘Standpunt’ een antwoord uit de lijst"]
    assert vol.errors["aantal"] == ["Vul 1.000 of minder in"]
    assert vol.errors["datum"] == ["Vul bij ‘Datum’ een datum in, bijvoorbeeld 5-12-2026"]
    for zinnen in [*leeg.errors.values(), *vol.errors.values()]:
        assert not any("verplicht" in zin or "ngeldig" in zin for zin in zinnen)


def test_veld_is_verbonden_met_hint_en_fout():
    """Label, hint, error and input belong together for a screen reader."""
    html = str(Proef({"keuze": "a"}))
    assert 'aria-describedby="id_naam_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_naam_error"' in html
    assert 'aria-describedby="id_keuze_0_hint"' in html
    assert '<span class="veld__optie">(niet verplicht)</span>' in html
    assert " required" not in html


def test_foutoverzicht_wijst_naar_het_veld():
    """Radio buttons are reached through the first option."""
    regels = fouten(Proef({}))["regels"]
    assert {"tekst": "Kies een standpunt", "id": "id_keuze_0", "url": "#id_keuze_0"} in regels
    assert {"tekst": "Vul het veld ‘Naam’ in", "id": "id_naam", "url": "#id_naam"} in regels
    assert fouten(Proef())["regels"] == []


@pytest.mark.parametrize("written", ["32 december 2026", "32-12-2026", "30 februari 2026", "2026-02-30"])
def test_a_day_that_does_not_exist_is_called_so(written):
    with pytest.raises(ValidationError, match="Deze datum bestaat niet"):
        DatumField().clean(written)


def test_the_day_of_something_that_happened_is_today_unless_said_otherwise():
    class Form(Formulier):
        op = GebeurdField(label="Datum")

    today = timezone.localdate()
    assert f'value="{today.day}-{today.month}-{today.year}"' in str(Form()["op"])


def near(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.mark.parametrize("days", [-150, -1, 0, 1, 150])
@pytest.mark.parametrize("form", ["{0.day} {1}", "{0.day} {2}", "{0.day}-{0.month}"])
def test_a_day_without_a_year_is_the_nearest(days, form):
    """The same day written without its year; where it must have happened, it is never a coming one."""
    day = near(days)
    written = form.format(day, MAANDEN[day.month - 1], MAANDEN[day.month - 1][:3])
    assert DatumField().clean(written) == day
    assert GebeurdField().clean(written) == (day if days <= 0 else day.replace(year=day.year - 1))


def test_a_text_that_is_too_long_says_how_many_signs_must_go():
    assert Proef({"naam": "x" * 6}).errors["naam"] == ["Haal bij ‘Naam’ 1 teken weg. Er passen 5 tekens in"]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        (["Mali", "", "Niger"], ["ML", "NE"]),
        (["mali", "ML", "MALI "], ["ML"]),
        (["Niger, Mali; Tsjaad"], ["ML", "NE", "TD"]),
        (["Bosnie en Herzegovina"], ["BA"]),
        (["", " "], []),
    ],
)
def test_countries_as_people_type_them(typed, codes):
    assert LandenField(required=False).clean(typed) == codes


def test_an_unknown_country_is_asked_about():
    field = LandenField(required=False)
    with pytest.raises(ValidationError) as found:
        field.clean(["Malli", "Verweggistan", "Niger"])
    assert found.value.messages == [
        "‘Malli’ staat niet in de lijst met landen. Bedoelt u Mali?",
        "‘Verweggistan’ staat niet in de lijst met landen. Kies een naam uit de lijst",
    ]


def test_countries_stay_as_typed_and_there_is_room_for_more():
    class Form(Formulier):
        landen = LandenField(label="Landen", required=False)

    wrong = QueryDict("landen=Mali&landen=Malli&landen=Niger&landen=Tsjaad")
    html = str(Form(wrong))
    assert 'value="Malli"' in html
    assert html.count('type="text"') == 6
    assert '<option value="Ivoorkust">' in html
    assert 'value="Mali"' in str(Form(initial={"landen": ["ML"]}))
