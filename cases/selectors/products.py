"""How far each paper of a dossier is, for the pages that show it beside other work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from cases.models import Document, DocumentVersion, Dossier, PaperStatus

SORTS = {PaperStatus.TER_PARAAF: "let-op", **dict.fromkeys(PaperStatus.adopted(), "goed")}


@dataclass(frozen=True)
class PaperState:
    """A paper with its newest version that counts (not vervallen), if it has one. `document` is None when nobody began."""

    document: Document | None = None
    version: DocumentVersion | None = None

    @property
    def adopted(self) -> bool:
        return self.version is not None and self.version.is_adopted

    @property
    def words(self) -> str:
        """Niet begonnen, Bezig, Ter paraaf, Vastgesteld, Ondertekend or Verzonden."""
        if self.document is None:
            return "Niet begonnen"
        if self.version is None or (self.changed_since and not self.version.is_adopted):
            return "Bezig"
        return PaperStatus(self.version.status).label

    @property
    def sort(self) -> str:
        """The kind of label that fits the words."""
        if self.document is None:
            return "neutraal"
        return "info" if self.words == "Bezig" else SORTS[PaperStatus(self.version.status)]

    @property
    def awaits_initials(self) -> bool:
        return self.version is not None and self.version.status == PaperStatus.TER_PARAAF and not self.changed_since

    @property
    def changed_since(self) -> bool:
        """Whether the draft was saved after the newest version was frozen."""
        return bool(self.document and self.version and self.document.revision != self.version.revision)

    @property
    def url(self) -> str:
        """The page where the paper is put forward, initialled and adopted; "" when nobody began."""
        return reverse("document", args=[self.document.dossier.number, self.document.pk]) if self.document else ""

    @property
    def adopted_on(self) -> date | None:
        return self.version.adopted_on if self.version else None


def states(dossier: Dossier) -> dict[str, list[PaperState]]:
    """Every paper of a dossier by kind, oldest first, all rondes. Two queries."""
    documents = Document.objects.filter(dossier=dossier).select_related("ronde", "changed_by", "dossier").order_by("id")
    newest: dict[int, DocumentVersion] = {}
    for version in _counting().filter(document__dossier=dossier):
        newest[version.document_id] = version
    found: dict[str, list[PaperState]] = {}
    for document in documents:
        found.setdefault(document.kind, []).append(PaperState(document, newest.get(document.pk)))
    return found


def earlier_rondes(known: Mapping[str, list[PaperState]], kinds: Iterable[str], ronde: int) -> list[dict[str, str]]:
    """The papers of these kinds from before this Ronde, the last first, as lines of `taken` that lead to their versions."""
    found = [s for kind in kinds for s in known.get(kind, []) if s.document and s.document.ronde.number < ronde]
    found.sort(key=lambda s: (s.document.ronde.number, s.document.pk), reverse=True)
    return [
        {
            "tekst": f"Ronde {s.document.ronde.number}: {s.document.title}",
            "url": s.url,
            "hint": f"Versie {s.version.number}" if s.version else "Geen versie",
            "stand": s.words,
        }
        for s in found
    ]


def state(document: Document | None) -> PaperState:
    """The state of one paper. One query; none when nobody began."""
    return PaperState(document, _counting().filter(document=document).last()) if document else PaperState()


def _counting() -> QuerySet[DocumentVersion]:
    """Versions that count, without their text."""
    return (
        DocumentVersion.objects.exclude(status=PaperStatus.VERVALLEN)
        .defer("html", "content")
        .order_by("document_id", "number")
    )
