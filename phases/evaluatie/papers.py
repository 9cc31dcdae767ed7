"""The evaluation report: what was stated in the letter, what came of it, and what it cost."""

from budget_biv import selectors as biv
from cases.letters.kinds import ProductPaper, register
from cases.models import Document
from cases.phase import Phase
from phases.evaluatie.models import Evaluatie
from phases.kamer import selectors as kamer


@register
class EvaluatiePaper(ProductPaper):
    """The final evaluation as a report, with the points of the sent artikel 100-brief and the BIV amounts as annexes."""

    kind = "evaluatie"
    label = "Eindevaluatie"
    phase = Phase.EVALUATIE
    url_name = "evaluatie"
    model = Evaluatie
    layout = "rapport"

    def sections(self, document: Document) -> list[dict]:
        annexes = [self._stated(document), self._money(document)]
        return super().sections(document) + [annex for annex in annexes if annex["tables"]]

    def _stated(self, document: Document) -> dict:
        """The points of the letter that was sent in this Ronde, each with how it began."""
        rows = [[title, text] for title, text in kamer.stated_points(document.ronde)]
        head = ["Onderdeel van de brief", "Gesteld"]
        table = {"caption": "Wat de artikel 100-brief stelde", "head": head, "rows": rows, "numeric": []}
        return {
            "code": "brief",
            "title": "Bijlage: de brief",
            "level": 2,
            "text": "",
            "tables": [table] if rows else [],
        }

    def _money(self, document: Document) -> dict:
        """The BIV amounts of this Ronde per year."""
        fact = biv.fact(document.ronde, document.dossier)
        rows = [[str(year), f"{amount:,}".replace(",", ".")] for year, amount in fact.years] if fact else []
        head = ["Jaar", "Bedrag in euro’s"]
        table = {"caption": "Bedragen uit het BIV per jaar", "head": head, "rows": rows, "numeric": [1]}
        return {"code": "geld", "title": "Bijlage: het geld", "level": 2, "text": "", "tables": [table] if rows else []}
