"""Which papers of a dossier ask for a decision, and what was decided."""

import re
from dataclasses import dataclass

from django.db.models import QuerySet

from cases.models import DocumentVersion, Dossier, PaperStatus
from phases.besluit.models import Besluit, Orgaan, Uitkomst

OPTIES, ARTIKEL_100 = "opties", "artikel-100"
# What decisions are made about: the choice of an option, the letter, and what goes to the ministers on the way.
DECIDABLE = ("analyse", OPTIES, "plan", ARTIKEL_100)
OPTIE = re.compile(r"^optie-([A-Z])$")


@dataclass(frozen=True)
class Stuk:
    """The newest vastgestelde version of a paper, with the decisions about it, newest first."""

    version: DocumentVersion
    besluiten: tuple[Besluit, ...]

    @property
    def newest(self) -> Besluit | None:
        return self.besluiten[0] if self.besluiten else None

    @property
    def needed(self) -> bool:
        """Whether the procedure asks a decision here: the choice of an option, and the Ministerraad on the letter."""
        return self.version.document.kind in (OPTIES, ARTIKEL_100)

    @property
    def orgaan(self) -> str:
        """The body that usually decides."""
        return Orgaan.MINISTERRAAD if self.version.document.kind == ARTIKEL_100 else Orgaan.BEWINDSPERSONEN

    @property
    def open(self) -> bool:
        """Whether a decision is still awaited."""
        counting = [b for b in self.besluiten if b.orgaan == Orgaan.MINISTERRAAD or self.orgaan != Orgaan.MINISTERRAAD]
        return self.needed and not (counting and counting[0].is_confirmed and counting[0].uitkomst == Uitkomst.AKKOORD)


def for_dossier(dossier: Dossier) -> QuerySet[Besluit]:
    """Every decision that was ever registered about a dossier, newest first."""
    return (
        Besluit.objects.filter(ronde__dossier=dossier)
        .select_related("version__document", "ronde", "by", "bevestiging__by")
        .defer("version__html", "version__content")
        .order_by("-id")
    )


def stukken(dossier: Dossier, besluiten: list[Besluit]) -> list[Stuk]:
    """The papers of the current round on which a decision can be registered, in the order of the procedure."""
    versions = (
        DocumentVersion.objects.filter(
            document__dossier=dossier,
            document__ronde__number=dossier.ronde_number,
            document__kind__in=DECIDABLE,
            status__in=PaperStatus.adopted(),
        )
        .exclude(status=PaperStatus.VERZONDEN)
        .select_related("document")
        .defer("html", "content")
        .order_by("document_id", "-number")
        .distinct("document_id")
    )
    found = [Stuk(v, tuple(b for b in besluiten if b.version_id == v.pk)) for v in versions]
    return sorted(found, key=lambda stuk: DECIDABLE.index(stuk.version.document.kind))


def options(version: DocumentVersion) -> list[tuple[str, str]]:
    """The options of an optiesnota as (letter, title), the zero option first; empty for other papers."""
    if version.document.kind != OPTIES:
        return []
    sections = version.content.get("sections", [])
    found = [(m[1], s["title"]) for s in sections if (m := OPTIE.match(s["code"]))]
    return [("0", "Nuloptie: Nederland doet niets extra’s"), *found]


def organs(version: DocumentVersion, dossier: Dossier) -> list[Orgaan]:
    """Who can decide on this paper."""
    if version.document.kind == ARTIKEL_100:
        return [Orgaan.MINISTERRAAD, Orgaan.BEWINDSPERSONEN]
    return [Orgaan.BEWINDSPERSONEN] if dossier.needs_smo else [Orgaan.BEWINDSPERSONEN, Orgaan.HOOG_AMBTELIJK]
