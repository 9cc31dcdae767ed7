"""The kinds of paper that a dossier can hold. A room registers its own; `cases` only knows this shape."""

from typing import ClassVar

from django.urls import reverse

from cases.letters.content import Content
from cases.models import Document, PaperStatus, Product
from cases.phase import Phase
from cases.rubricering import Rubricering


class Paper:
    """One kind of paper: its name, the phase it belongs to, and how its draft becomes content."""

    kind: ClassVar[str]
    label: ClassVar[str]
    phase: ClassVar[Phase]
    url_name: ClassVar[str]
    signed: ClassVar[bool] = False

    def missing(self, document: Document) -> list[str]:
        """Headings that must be filled before the paper can be put forward."""
        raise NotImplementedError

    def held(self, document: Document) -> str:
        """Why this paper is not put forward now; "" when nothing holds it."""
        return ""

    def content(self, document: Document) -> Content:
        """What the paper says now."""
        raise NotImplementedError

    def url(self, document: Document) -> str:
        """Where the draft is written."""
        return reverse(self.url_name, args=[document.dossier.number])


class ProductPaper(Paper):
    """A paper whose draft is one row of a Product model."""

    model: ClassVar[type[Product]]
    layout: ClassVar[str] = "product"

    def draft(self, document: Document) -> Product:
        return getattr(document, self.model._meta.model_name or "")

    def missing(self, document: Document) -> list[str]:
        return self.draft(document).missing()

    def content(self, document: Document) -> Content:
        dossier, lead = document.dossier, document.dossier.lead.name
        return {
            "layout": self.layout,
            "title": document.title,
            "dossier_number": dossier.number,
            "rubricering": Rubricering(dossier.marking).label,
            "senders": [lead],
            "subject": dossier.title,
            "sections": self.sections(document),
            "metadata": [
                ["Dossier", f"{dossier.number} {dossier.title}"],
                ["Fase", self.phase.label],
                ["Ronde", str(document.ronde.number)],
                ["Penvoerder", lead],
            ],
            "fictional": dossier.fictional,
            "values": self.draft(document).values(),
        }

    def sections(self, document: Document) -> list[dict]:
        return self.draft(document).sections()


_registry: dict[str, Paper] = {}


def register(paper: type[Paper]) -> type[Paper]:
    """Class decorator: makes a kind known."""
    _registry[paper.kind] = paper()
    return paper


def paper_of(document: Document) -> Paper:
    """The kind of a document; raises KeyError when no room registered it."""
    return _registry[document.kind]


def kind(name: str) -> Paper:
    return _registry[name]


def is_concept(status: str) -> bool:
    """Whether a version in this state carries the concept mark on every page."""
    return status not in PaperStatus.adopted()
