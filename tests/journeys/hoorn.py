"""What people type for the Hoorn van Afrika: three goals, each with its own instrument (Leidraad, kader 8 and noot 18).

Real: the goals, the letters of 15 October and 13 November 2009 (29 521, nrs. 122 and 124), and the totals of 2008 to 2012: about
€ 90 million budgeted and € 65 million spent. How the amounts fall over years and categories is fictief, as are advice and decisions.
"""

DOSSIER = {
    "title": "Hoorn van Afrika: piraterij, capaciteit en rechtsstaat",
    "summary": "Drie doelen: bescherming van de handelsvaart, capaciteitsopbouw in de regio en een Somalische rechtsstaat. "
    "De verdeling van het geld, de adviezen en de besluiten zijn fictief.",
    "countries": ["SO", "DJ", "KE"],
    "region": "Hoorn van Afrika",
    "efforts": ["eenheid", "civiel", "justitie"],
    "cooperation": "gezamenlijk",
    "ministries": ["BHOS", "DEF", "JENV"],
    "marking": "ongerubriceerd",
}
TOETS = {"rechtsorde": "ja", "eenheid": "ja", "geweld": "ja", "humanitair": "nee"}
NAMES = {"BZ": "M. Verhagen", "DEF": "E. van Middelkoop", "JENV": "E. Hirsch Ballin"}
MINISTERS = ("BZ", "BHOS", "DEF", "JENV")
OPTIES = [
    {
        "titel": "Schip, kustwacht en rechtspraak samen",
        "instrumenten": ["eenheid", "civiel", "justitie"],
        "doelen": "Veilige handelsvaart; kustwachten die zelf optreden; rechters die verdachten berechten.",
        "narrative": "Piraterij begint op het land: alleen samen pakt dit oorzaak en gevolg aan.",
        "partners": "EU (Atalanta, EUCAP Nestor), NAVO (Ocean Shield)",
        "kosten": "90.000.000",
        "tijdpad": "Twee jaar (fictief)",
        "biv": "on",
    },
    {
        "titel": "Alleen een schip",
        "instrumenten": ["eenheid"],
        "doelen": "Veilige handelsvaart.",
        "narrative": "Een schip is snel zichtbaar.",
        "partners": "EU (Atalanta)",
        "kosten": "60.000.000",
        "tijdpad": "Een half jaar (fictief)",
    },
]
BIV = {
    "relevantie": "Veilige zeeroutes en werkende rechtspraak zijn voorwaarden voor ontwikkeling (fictief).",
    "bijdrage": "De inzet pakt de bendes en de oorzaken op het land tegelijk aan (fictief).",
}
VOORWAARDE = "Leg vast waar verdachten worden berecht."
AFWIJKEND = "JenV ziet nog geen land dat verdachten berecht (fictief)."
TOCH_POSITIEF = "De SMO adviseert positief; JenV is het er niet mee eens (fictief)."
MITS = "Een schip is er ten hoogste vier maanden per jaar (fictief)."
KASSCHUIF = "Het schip vaart later uit (fictief)."
BRON = "Ontwerpbegroting X, vooruitblik (fictief)"
INDICATOREN = (
    {"naam": "Gekaapte schepen per jaar", "bron": "EU NAVFOR", "streefwaarde": "0", "gepland_op": "1-3-2027"},
    {"naam": "Berechte verdachten", "bron": "VN-bureau (fictief)", "streefwaarde": "40", "gepland_op": "1-3-2027"},
)


def lines(year: int, oda: str = "oda") -> list[tuple]:
    """€ 90 million over two years, with a tail for bringing material home; `oda` of the SSR lines."""
    return [
        (year, "cbo", "niet-oda", 34_000_000),
        (year + 1, "cbo", "niet-oda", 34_000_000),
        (year + 2, "cbo", "niet-oda", 4_000_000, "naijl"),
        (year, "ssr", oda, 9_000_000),
        (year + 1, "ssr", oda, 5_000_000),
        (year, "training", "oda", 2_000_000),
        (year + 1, "training", "oda", 2_000_000),
    ]


def part(year: int) -> dict[str, int]:
    """The € 87 million of it that the ministers grant, by the label of the line."""
    return {
        f"{year}, Crisisbeheersingsoperaties, Niet-ODA": 34_000_000,
        f"{year + 1}, Crisisbeheersingsoperaties, Niet-ODA": 34_000_000,
        f"{year + 2}, Crisisbeheersingsoperaties, Niet-ODA": 4_000_000,
        f"{year}, SSR en vredesopbouw, ODA": 9_000_000,
        f"{year + 1}, SSR en vredesopbouw, ODA": 4_000_000,
        f"{year}, Training en capaciteitsopbouw, ODA": 2_000_000,
    }


def ceiling(year: int, category: str) -> str:
    """A line of a file with ceilings."""
    return f"{year};{category};195.800.000;0;{BRON}"


def committed(year: int) -> dict[str, int]:
    """What was promised, by the label of the line."""
    return {
        f"{year}, Crisisbeheersingsoperaties, Niet-ODA": 34_000_000,
        f"{year}, SSR en vredesopbouw, ODA": 9_000_000,
        f"{year + 1}, Crisisbeheersingsoperaties, Niet-ODA": 30_000_000,
    }


def spent(year: int) -> dict[str, int]:
    """€ 65 million, as was really spent."""
    return {
        f"{year}, Crisisbeheersingsoperaties, Niet-ODA": 31_000_000,
        f"{year}, SSR en vredesopbouw, ODA": 8_000_000,
        f"{year + 1}, Crisisbeheersingsoperaties, Niet-ODA": 26_000_000,
    }


def kennisgeving(code: str, title: str) -> str:
    texts = {
        "KG-1": "De Europese Unie vraagt landen om schepen voor de missie Atalanta (fictief).",
        "KG-3": "De regering onderzoekt of een bijdrage wenselijk en mogelijk is. De Kamer hoort de uitkomst.",
    }
    return texts[code]


def letter(code: str, title: str) -> str:
    return (
        f"Over {title.lower()}: een schip beschermt de handelsvaart, civiele experts bouwen met de regio een kustwacht op en "
        "Nederland helpt bij de berechting van verdachten (fictief).[^1]\n\n[^1]: Kamerstuk 29 521, nr. 122."
    )
