"""The style guide: every component in every state, with made-up content. Needs no dossier and no query."""

from datetime import UTC, date, datetime

from django.http import HttpResponse
from django.shortcuts import render

from cases.forms.basis import Formulier
from cases.forms.botsing import WIE, Versies
from cases.forms.landen import LandenField
from cases.forms.typed import OtherWindow
from cases.forms.velden import DatumField, EuroField, GetalField, KeuzeField, MeerkeuzeField, TekstField, VinkField
from cases.http import Request
from cases.verschil import verschil

KEUZES = [("akkoord", "Akkoord"), ("voorwaarden", "Akkoord met voorwaarden"), ("terug", "Teruggeven")]
HINTS = {"voorwaarden": "De voorzitter neemt uw voorwaarden mee in de conclusie.", "terug": "Er ontbreekt informatie."}
ICONEN = [
    "vink",
    "klok",
    "uitroep",
    "kruis",
    "half",
    "slot",
    "pijl",
    "terug",
    "document",
    "download",
    "zoek",
    "potlood",
    "plus",
    "persoon",
    "info",
    "herhaal",
]
INZET = [("Civiel", [("politie", "Politie"), ("justitie", "Justitie")]), ("", [("diplomatie", "Diplomatie")])]


class VoorbeeldForm(Formulier):
    """One field of each kind."""

    onderwerp = TekstField(label="Onderwerp", leeg="Vul een onderwerp in")
    standpunt = KeuzeField(label="Wat is uw standpunt?", choices=KEUZES, hints=HINTS, leeg="Kies een standpunt")
    toelichting = TekstField(label="Toelichting", lang=True, max_length=2000, help_text="Maximaal 2.000 tekens.")
    bedrag = EuroField(label="Bedrag 2027", help_text="In hele euro’s, bijvoorbeeld 4.500.000")
    uiterlijk = DatumField(label="Reactie nodig vóór", required=False)
    personen = GetalField(label="Aantal personen", required=False)
    fase = KeuzeField(label="Fase", choices=[("", "Alle"), ("3", "Handelingsopties")], lijst=True, required=False)
    inzet = MeerkeuzeField(label="Inzet", choices=INZET, hints={"justitie": "Ook de rechtbanken."}, required=False)
    landen = LandenField(label="Landen", required=False)
    gereed = VinkField(label="Deze sectie is gereed voor controle", leeg="Vink aan dat de sectie gereed is")


class VoorbeeldTekst(Formulier):
    """The two fields of the page that asks which text to keep."""

    prefix = "versies"
    doel = TekstField(label="Doel", lang=True)
    bronnen = TekstField(label="Bronnen", required=False)


class VoorbeeldFilter(Formulier):
    """A filter bar with one field and one choice."""

    q = TekstField(label="Zoek op nummer, titel of land", required=False)
    soort = KeuzeField(label="Soort", choices=[("", "Alle"), *KEUZES], lijst=True, required=False)


def _voorbeelden() -> dict:
    """The made-up rows that the components on the page show."""
    return {
        "fasen_voorbeeld": [
            {"nr": 1, "naam": "Oriëntatie", "stand": "Afgerond op 4 sep. 2026", "url": "#fasen", "staat": "klaar"},
            {"nr": 2, "naam": "Analyse en beoordeling", "stand": "Heropend", "url": "#fasen", "staat": "klaar"},
            {"nr": 3, "naam": "Handelingsopties", "stand": "Bezig", "url": "#fasen", "staat": "nu"},
            {"nr": 4, "naam": "Planning en voorbereiding", "stand": "Nog niet begonnen", "staat": "straks"},
            {"nr": 5, "naam": "Uitvoering", "stand": "Nog niet begonnen", "staat": "straks"},
            {"nr": 6, "naam": "Evaluatie", "stand": "Nog niet begonnen", "staat": "straks"},
        ],
        "nu_voorbeeld": {
            "tekst": "Defensie en JenV moeten hun standpunt nog geven.",
            "hint": "Standpunten binnen: 2 van 5. Reageren vóór 8 december 2026.",
            "regels": [{"tekst": "Stel de analyse vast", "url": "#nu", "wie": "Penvoerder"}],
            "acties": [{"label": "Herinner Defensie", "url": "#nu", "primair": True}],
        },
        "taken_voorbeeld": [
            {"tekst": "Beschrijf handelingsopties", "url": "#taken", "hint": "BZ", "stand": "Gereed"},
            {"tekst": "Toets juridische grondslag", "url": "#taken", "hint": "JenV", "stand": "Bezig", "soort": "info"},
            {"tekst": "Leg opties voor", "stand": "2 dagen te laat", "soort": "let-op", "icoon": "uitroep"},
            {"tekst": "Interdepartementaal akkoord", "stand": "Kan nog niet starten"},
        ],
        "lijst_voorbeeld": [("Penvoerder", "BZ"), ("SMO", "10 december 2026"), ("Jaar", "2027")],
        "controle_voorbeeld": [("Standpunt", "Akkoord met voorwaarden", "#controle"), ("Namens", "Defensie", "")],
        "tijdlijn_voorbeeld": [
            {"wat": "BHOS gaf akkoord met voorwaarden", "door": "M. Aksoy", "wanneer": date(2026, 11, 20)},
            {"wat": "Fase 2 heropend", "door": "F. de Vries", "wanneer": "gisteren", "reden": "Nieuwe cijfers."},
            {"wat": "Kerngegevens gewijzigd: regio", "wijzigingen": [("regio", "Sahel", "Hoorn van Afrika")]},
        ],
        **_voorbeelden_van_lijsten(),
    }


def _voorbeelden_van_lijsten() -> dict:
    """Tiles, sections, navigation, filters and reasons."""
    return {
        "tegels_voorbeeld": [
            {"aantal": 1, "label": "Te laat", "url": "#tegels", "laat": True},
            {"aantal": "100+", "label": "Deze week", "url": "#tegels"},
        ],
        "secties_voorbeeld": [
            {"tekst": "Essentie", "url": "#secties", "stand": "Gereed"},
            {"tekst": "Risico’s", "url": "#secties", "stand": "Bezig", "current": True},
        ],
        "nav_voorbeeld": [
            {"label": "Mijn dossiers", "url": "#nav", "count": 12, "current": True},
            {"label": "Afgesloten", "url": "#nav"},
        ],
        "kruimels_voorbeeld": [("Mijn werk", "/"), ("Stijlgids", "")],
        "chips_voorbeeld": [{"tekst": "Fase: Handelingsopties", "url": "#chips"}],
        "redenen_voorbeeld": [{"tekst": "De analyse is nog niet vastgesteld", "url": "#redenen"}, "Er is geen besluit"],
        "versies_voorbeeld": _twee_versies(),
        "getypt_voorbeeld": datetime(2026, 11, 20, 16, 42, tzinfo=UTC),
        "elders_voorbeeld": [_ander_venster()],
        "teksten_voorbeeld": [("Wat er speelt", "De partners in de regio vragen om steun.")],
        "iconen": ICONEN,
        "dag": date(2026, 12, 5),
    }


def _ander_venster() -> OtherWindow:
    """The same field in two windows."""
    pair = verschil("De post vraagt om steun.", "De post in Bamako vraagt om steun.")
    return OtherWindow(datetime(2026, 11, 20, 16, 38, tzinfo=UTC), [("Wat er speelt", *pair)], "voorbeeld")


def _twee_versies() -> list[Versies]:
    """Two fields that two people changed: one by both, one only by the other."""
    form = VoorbeeldTekst(initial={"doel": "Meer politie in drie regio’s.", "bronnen": ""})
    rows = []
    for name, mine, saved, who in (
        ("doel", "Meer politie in drie regio’s.", "Meer politie in twee regio’s.", ""),
        ("bronnen", "", "Post Bamako", "opgeslagen"),
    ):
        rows.append(Versies(form[name], *verschil(mine, saved), WIE[who], who or "mijn"))
    return rows


def stijlgids(request: Request) -> HttpResponse:
    """The page /beheer/stijlgids/; with ?fout=1 the form shows its errors."""
    toon_fouten = "fout" in request.GET
    gegevens = {"onderwerp": "Sahel", "bedrag": "4.5", "uiterlijk": "31-2-2026"} if toon_fouten else None
    form = VoorbeeldForm(gegevens)
    return render(
        request,
        "beheer/stijlgids.html",
        {"form": form, "filter": VoorbeeldFilter(), **_voorbeelden()},
        status=form.status,
    )
