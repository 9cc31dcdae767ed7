"""Papers to print in tests: the smallest content that has every part."""

NOTE = "Het kabinet draagt bij aan de missie.[^1]\n\n[^1]: Kamerstuk 29 521, nr. 494."
TABLE = {
    "caption": "Raming van de uitgaven",
    "head": ["Jaar", "Bedrag"],
    "rows": [["2027", "€ 19.350.000"], ["2028", "€ 43.100.000"]],
    "numeric": [1],
}
HOSTILE = (
    "Tekst {{ 1|add:1 }} {% now 'Y' %} <script>alert(1)</script> <img src=http://example.org/x.png> العربية 🙂 漢字 ไทย"
)


def letter(**changes) -> dict:
    """A kamerbrief of one page with a table, a footnote, an empty section and two signatures."""
    return {
        "layout": "kamerbrief",
        "title": "Kennisgeving onderzoek bijdrage EUFOR Althea",
        "rubricering": "Ongerubriceerd",
        "senders": ["Ministerie van Buitenlandse Zaken", "Ministerie van Defensie"],
        "addressee": ["Aan de Voorzitter van de", "Tweede Kamer der Staten-Generaal"],
        "date": "5 december 2026",
        "subject": "Kennisgeving onderzoek",
        "reference": "BZ2610042",
        "sections": [
            {"code": "essentie", "title": "Essentie", "level": 2, "text": NOTE},
            {"code": "leeg", "title": "Nazorg", "level": 2, "text": " ", "tables": []},
            {
                "code": "geld",
                "title": "Financiën",
                "level": 2,
                "text": "# Raming\n\n- *eerste* punt",
                "tables": [TABLE],
            },
        ],
        "signatories": [
            {"title": "De minister van Buitenlandse Zaken,", "name": "C.C.J. Veldkamp"},
            {"title": "De minister van Defensie,", "name": "R.P. Brekelmans"},
        ],
        "fictional": True,
        **changes,
    }


def report(chapters: int = 3) -> dict:
    """An evaluation report with a contents list, parts and a table that is longer than a page."""
    long = {**TABLE, "rows": [[str(year), "€ 1.000"] for year in range(2000, 2070)]}
    sections = [
        {"code": f"h{n}", "title": f"Hoofdstuk {n}", "level": 2, "text": "Tekst. " * 150} for n in range(chapters)
    ]
    part = {"code": "d", "title": "Onderdeel", "level": 3, "text": "Tekst.", "tables": [long]}
    return {**letter(), "layout": "rapport", "metadata": [["Status", "Definitief"]], "sections": [*sections, part]}
