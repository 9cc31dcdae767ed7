"""What people type on the way from Oriëntatie to Evaluatie: EUFOR Althea as it could have been entered."""

DOSSIER = {
    "title": "EUFOR Althea, Bosnië en Herzegovina",
    "summary": "De Europese missie vraagt om versterking.",
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
    "militair-advies": {"kenmerk": "CDS-2025-114"},
    "communicatieplan": {"tekst": "Rust in Bosnië is ook onze rust."},
}
OPTIES = [
    {
        "titel": "Compagnie en staf",
        "instrumenten": ["eenheid", "diplomatie"],
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


def letter_text(title: str) -> str:
    """A paragraph, a list and a footnote under a heading of the artikel 100-brief."""
    return (
        f"Over {title.lower()}: de inzet duurt van 1 augustus 2025 tot en met 31 december 2027.[^1]\n\n"
        "- ten hoogste 175 militairen in de compagnie\n- ten hoogste 10 militairen in het HUMINT-team\n\n"
        "[^1]: Kamerstuk 29 521, nr. 493."
    )
