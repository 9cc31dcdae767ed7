"""What others may know about letters."""

from django.db.models import QuerySet

from cases.models import DocumentVersion, Dossier, Effort, Ministry, PaperStatus, Ronde
from phases.kamer.models import BriefSoort, Kamerbrief, Toetsingskader, Toetsingspunt


def newest_kader() -> Toetsingskader:
    """The Toetsingskader for a new letter; raises DoesNotExist when no reference data is loaded."""
    return Toetsingskader.objects.order_by("-sent_on").first() or Toetsingskader.objects.get()


def points(kader: Toetsingskader, soort: str) -> QuerySet[Toetsingspunt]:
    """The sections of a letter by that kader, in order."""
    return kader.punten.filter(soort=soort)


def letters(ronde: Ronde) -> dict[str, Kamerbrief]:
    """The letters of a Ronde by soort."""
    return {b.soort: b for b in Kamerbrief.objects.filter(ronde=ronde).select_related("document", "kader")}


def signatories(dossier: Dossier) -> list[Ministry]:
    """Who signs, in order: BZ first, then DEF; BHOS and JENV when development, police or justice takes part (domain: real letters)."""
    codes = ["BZ", "DEF"]
    if Effort.OS in dossier.efforts:
        codes.append("BHOS")
    if {Effort.POLITIE, Effort.JUSTITIE} & set(dossier.efforts):
        codes.append("JENV")
    found = {m.code: m for m in Ministry.objects.filter(code__in=codes)}
    return [found[code] for code in codes if code in found]


def sent_version(ronde: Ronde, soort: str) -> DocumentVersion | None:
    """The version of a letter that went to parliament, or None."""
    return (
        DocumentVersion.objects.filter(document__ronde=ronde, document__kind=soort, status=PaperStatus.VERZONDEN)
        .order_by("-number")
        .first()
    )


def stated_points(ronde: Ronde) -> list[tuple[str, str]]:
    """Title and opening (at most 300 characters) of each section of the artikel 100-brief as it was sent."""
    version = sent_version(ronde, BriefSoort.ARTIKEL_100)
    sections = version.content["sections"] if version else []
    return [(s["title"], s["text"][:300] + ("…" if len(s["text"]) > 300 else "")) for s in sections if s["text"].strip()]
