"""What people type on the way of EUFOR Althea. Real: the letters of 2022, 2023 and 2025 with their numbers, dates and strengths
(Kamerstuk 29 521, nrs. 448, 484, 493 and 494; EK 29 521, BA). Amounts, advice and decisions are fictief, and say so."""

DOSSIER = {
    "title": "EUFOR Althea, Bosnië en Herzegovina",
    "summary": "De Europese missie vraagt om versterking. Bedragen, adviezen en besluiten zijn fictief.",
    "countries": ["BA"],
    "region": "Westelijke Balkan",
    "efforts": ["eenheid", "militairen", "diplomatie"],
    "cooperation": "afstemming",
    "ministries": ["DEF"],
    "marking": "ongerubriceerd",
}
TOETS = {"rechtsorde": "ja", "eenheid": "ja", "geweld": "ja", "humanitair": "nee"}
INDICATOR = {"naam": "Incidenten per maand", "bron": "EUFOR", "streefwaarde": "5", "gepland_op": "1-10-2027"}
GEGEVENS = {
    "operatieconcept": {"tekst": "Een compagnie in het multinationale bataljon."},
    "militair-advies": {"kenmerk": "CDS-2025-114 (fictief)"},
    "communicatieplan": {"tekst": "Rust in Bosnië is ook onze rust (fictief)."},
}
PUNT = "Opening en vaststelling van de agenda (fictief)"
GAST = "A. Post, ambassade te Sarajevo (fictief)"
BESPROKEN = "De leden bespraken de looptijd (fictief)."
ACTIE = "Lever de raming van de compagnie aan (fictief)."
GEDAAN = "De raming is verstuurd (fictief)."
NAMES = {"BZ": "C. Veldkamp", "DEF": "R. Brekelmans"}
OPTIES = [
    {
        "titel": "Compagnie en staf",
        "instrumenten": ["eenheid", "militairen", "diplomatie"],
        "doelen": "Veilige omgeving.",
        "narrative": "Zichtbare inzet geeft rust.",
        "partners": "EUFOR",
        "kosten": "€ 42.000.000",
        "tijdpad": "2025 tot en met 2027",
    },
    {
        "titel": "Alleen staf",
        "instrumenten": ["militairen"],
        "doelen": "Invloed.",
        "narrative": "Invloed via het hoofdkwartier.",
        "partners": "EUFOR",
        "kosten": "3 000 000",
        "tijdpad": "2025 tot en met 2027",
    },
]
KENNISGEVING = {
    "KG-1": "De Europese Unie heeft lidstaten gevraagd om bij te dragen aan EUFOR Althea.",
    "KG-3": "De regering onderzoekt of een bijdrage **wenselijk en mogelijk** is. De Kamer hoort de uitkomst.",
}
VERLENGING = "De brief van 4 april 2025 (29 521, nr. 493) kondigt een bijdrage tot en met 2027 aan."
BIV = {
    "relevantie": "Veiligheid is voorwaarde voor ontwikkeling (fictief).",
    "bijdrage": "Ondersteunt vredesafspraken (fictief).",
}


def kennisgeving(code: str, title: str) -> str:
    return KENNISGEVING[code]


def letter(code: str, title: str) -> str:
    """The artikel 100-brief of 6 April 2023: a paragraph, a list and a footnote under each heading."""
    return (
        f"Over {title.lower()}: de compagnie gaat van oktober 2023 tot oktober 2024.[^1]\n\n"
        "- ten hoogste 150 mariniers in de compagnie\n- ten hoogste 10 militairen in het HUMINT-team, tot en met 31 juli 2025\n\n"
        "[^1]: Kamerstuk 29 521, nr. 448."
    )


def renewal(code: str, title: str) -> str:
    """The artikel 100-brief of 25 April 2025."""
    return (
        f"Over {title.lower()}: de inzet duurt van 1 augustus 2025 tot en met 31 december 2027.[^1]\n\n"
        "- ten hoogste 175 militairen in de compagnie, van oktober 2025 tot 1 oktober 2026\n"
        "- ten hoogste 10 militairen in het HUMINT-team\n- ten hoogste 10 militairen in de staf\n\n"
        "[^1]: Kamerstuk 29 521, nr. 493."
    )
