"""What people type for Burundi: a civil programme without anybody who is sent, so without artikel 100 and without SMO.

Real (Leidraad, kader 9): a memorandum of 2009 for eight years, three pillars, and the perception survey of April 2012. The
advisers who were also sent are left out here; what is marked fictief was made up.
"""

DOSSIER = {
    "title": "Burundi: hervorming van leger en politie",
    "summary": "Programma van acht jaar in drie pijlers: leger, politie en het toezicht daarop. Zonder adviseurs (fictief).",
    "countries": ["BI"],
    "region": "Grote Meren",
    "efforts": ["os", "diplomatie"],
    "cooperation": "afstemming",
    "ministries": ["BHOS"],
    "marking": "ongerubriceerd",
}
TOETS = {"rechtsorde": "ja", "eenheid": "nee", "geweld": "nee", "humanitair": "nee"}
OPTIES = [
    {
        "titel": "Programma van acht jaar",
        "instrumenten": ["os", "diplomatie"],
        "doelen": "Leger en politie onder toezicht van parlement, Rekenkamer, media en maatschappelijke organisaties.",
        "narrative": "Wie toezicht heeft, verdient vertrouwen (fictief).",
        "partners": "De regering van Burundi",
        "kosten": "8.000.000",
        "tijdpad": "Acht jaar, in vier fasen van twee jaar",
    },
    {
        "titel": "Alleen gesprekken",
        "instrumenten": ["diplomatie"],
        "doelen": "Invloed op de hervorming (fictief).",
        "narrative": "Aanwezig blijven (fictief).",
        "partners": "De VN",
        "kosten": "500.000",
        "tijdpad": "Twee jaar (fictief)",
    },
]
INDICATOR = {
    "naam": "Vertrouwen van de bevolking in politie en leger",
    "bron": "Perceptieonderzoek, april 2012",
    "streefwaarde": "Het vertrouwen neemt toe",
    "gepland_op": "1-4-2027",
}
FINANCIERING = "Geen geld uit het BIV. Alle hulp aan Burundi samen: ongeveer € 22 miljoen per jaar tot 2010."
TERUG = "De partners vragen een ander tijdpad; dat raakt de keuze (fictief)."
OPGESCHORT = "De regering van Burundi schortte de samenwerking op (fictief)."
HOOG = "A. de Groot, directeur-generaal (fictief)"
