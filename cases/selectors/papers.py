"""Reading papers: a dossier's documents, their versions and the state of their PDFs. Never loads html or pdf by accident."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Prefetch, QuerySet

from cases.letters.kinds import is_concept
from cases.models import (
    Document,
    DocumentVersion,
    Dossier,
    Event,
    PaperStatus,
    Paraaf,
    Rendering,
    Ronde,
    User,
)

# The acts in the logboek that put words in a document; the database reads the same kinds (migration 0004).
WRITING = ("geschreven", "optie", "brief")
GIVEN_BACK = "teruggegeven"


@dataclass(frozen=True)
class PaperRow:
    """A document with its newest version and that version's PDF, each None when there is none."""

    document: Document
    version: DocumentVersion | None
    rendering: Rendering | None


def versions() -> QuerySet[DocumentVersion]:
    """Versions, newest first, with parafen and PDF states, without the heavy columns: three queries in all."""
    parafen = Prefetch("parafen", Paraaf.objects.select_related("ministry", "by"))
    renderings = Prefetch("renderings", Rendering.objects.defer("pdf"))
    light = DocumentVersion.objects.defer("html", "content").select_related("created_by", "adopted_by")
    light = light.annotate(addressee=F("content__addressee__1"))
    return light.prefetch_related(parafen, renderings).order_by("-number")


def rows(dossier: Dossier, limit: int | None = None) -> list[PaperRow]:
    """The documents of a dossier, last changed first, each with its newest version."""
    documents = Document.objects.filter(dossier=dossier).select_related("ronde", "changed_by")
    documents = documents.prefetch_related(Prefetch("versions", versions())).order_by("-changed_at", "-id")
    return [_row(document) for document in documents[:limit]]


def by_ronde(dossier: Dossier) -> list[tuple[Ronde, list[PaperRow]]]:
    """The same rows per Ronde, the current Ronde first."""
    found: dict[int, tuple[Ronde, list[PaperRow]]] = {}
    for row in sorted(rows(dossier), key=lambda r: -r.document.ronde.number):
        found.setdefault(row.document.ronde_id, (row.document.ronde, []))[1].append(row)
    return list(found.values())


def _row(document: Document) -> PaperRow:
    newest = next(iter(document.versions.all()), None)
    return PaperRow(document, newest, rendering_of(newest) if newest else None)


def rendering_of(version: DocumentVersion) -> Rendering | None:
    """The PDF that fits the state of a version: with the concept mark, or without once it is adopted."""
    concept = is_concept(version.status)
    return next((r for r in version.renderings.all() if r.concept == concept), None)


def pdf_of(version: DocumentVersion) -> Rendering | None:
    """The state of the PDF that fits a version, without the file. One query."""
    found = Rendering.objects.defer("pdf").filter(version=version, concept=is_concept(version.status))
    return found.first()


def given_back(versions: Iterable[DocumentVersion]) -> dict[int, Event]:
    """Which of these versions were given back instead of initialled, by id: by whom, for which ministry and why."""
    pks = {f"versie:{version.pk}": version.pk for version in versions}
    found = Event.objects.filter(kind=GIVEN_BACK, object__in=pks).select_related("actor", "ministry")
    return {pks[event.object]: event for event in found}


def last_given_back(document: Document) -> Event | None:
    """Why the newest version of a paper was given back; None when it was not, or a newer one was put forward."""
    newest = document.versions.defer("html", "content").order_by("-number").first()
    return given_back([newest]).get(newest.pk) if newest and newest.status == PaperStatus.VERVALLEN else None


def wrote_in(document: Document, user: User) -> bool:
    """Whether this person ever wrote in a document, by the logboek, which forgets nothing. The dossier narrows the search."""
    written = Event.objects.filter(dossier_id=document.dossier_id, kind__in=WRITING, object=f"document:{document.pk}")
    return written.filter(actor=user).exists()
