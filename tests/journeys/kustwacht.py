"""What people type for a dossier that ends after its kennisgeving. Everything here is fictief; the letter has the shape of
Kamerstuk 29 521, nr. 209."""

DOSSIER = {
    "title": "Bijdrage aan een kustwachtmissie (fictief)",
    "summary": "Een missie vraagt om een schip. Alles in dit dossier is fictief.",
    "countries": ["SO"],
    "region": "Hoorn van Afrika",
    "efforts": ["eenheid", "diplomatie"],
    "cooperation": "afstemming",
    "ministries": ["DEF"],
    "marking": "ongerubriceerd",
}
TOETS = {"rechtsorde": "ja", "eenheid": "ja", "geweld": "ja", "humanitair": "nee"}
NAMES = {"BZ": "A. Jansen (fictief)", "DEF": "B. de Boer (fictief)"}
INGETROKKEN = "De partners wijzigden hun verzoek; eerst overleg met Defensie (fictief)."
AANGEHOUDEN = "De SMO wacht op de lijst van beschikbare schepen (fictief)."
NEGATIEF = "De SMO ziet geen schip dat beschikbaar is, en raadt onderzoek af (fictief)."
TOCH = "De ministers willen de Kamer en partners een onderbouwd antwoord geven (fictief)."
REDEN = "Er is geen schip beschikbaar, en de missie vond een ander land (fictief)."

TEKSTEN = {
    "KG-1": "Een missie vraagt landen om een schip (fictief).",
    "KG-3": "De regering onderzoekt of een bijdrage wenselijk en mogelijk is. De Kamer hoort de uitkomst.",
    "NU-1": "Deze brief volgt op de kennisgeving van vandaag.",
    "NU-2": "Nederland levert geen bijdrage.",
    "NU-3": REDEN,
}


def text(code: str, title: str) -> str:
    return TEKSTEN[code]
