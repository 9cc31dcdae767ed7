"""What others may know about letters."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.text import capfirst

from cases.access import participating
from cases.letters.markdown import opening
from cases.models import DocumentVersion, Dossier, Effort, Ministry, PaperStatus, Ronde
from phases.kamer.models import (
    Behandelstap,
    Briefsectie,
    BriefSoort,
    Kamerbrief,
    Ondertekening,
    Toetsingskader,
    Toetsingspunt,
    Toezegging,
    Verzending,
)


def newest_kader() -> Toetsingskader:
    """The Toetsingskader for a new letter; raises DoesNotExist when no reference data is loaded."""
    return Toetsingskader.objects.order_by("-sent_on").first() or Toetsingskader.objects.get()


def points(kader: Toetsingskader, soort: str) -> QuerySet[Toetsingspunt]:
    """The sections of a letter by that kader, in order."""
    return kader.punten.filter(soort=soort)


def writer(section: Briefsectie, dossier: Dossier) -> Ministry:
    """The ministry that writes a section: the responsible one, or the lead when that one does not take part."""
    return section.ministry if section.ministry_id in participating(dossier) else dossier.lead


def letters(ronde: Ronde) -> dict[str, Kamerbrief]:
    """The letters of a Ronde by soort."""
    return {b.soort: b for b in Kamerbrief.objects.filter(ronde=ronde).select_related("document", "kader")}


def signatories(dossier: Dossier) -> list[Ministry]:
    """Who signs, in order, as rows."""
    return _in_order(signatory_codes(dossier))


def signatory_codes(dossier: Dossier) -> list[str]:
    """Who signs: BZ first, then DEF; BHOS and JENV when development, police or justice takes part (domain: real letters)."""
    codes = ["BZ", "DEF"]
    if Effort.OS in dossier.efforts:
        codes.append("BHOS")
    if {Effort.POLITIE, Effort.JUSTITIE} & set(dossier.efforts):
        codes.append("JENV")
    return codes


def _in_order(codes: list[str]) -> list[Ministry]:
    found = {m.code: m for m in Ministry.objects.filter(code__in=codes).prefetch_related("names")}
    return [found[code] for code in codes if code in found]


def minister(ministry: Ministry) -> str:
    """ "de minister van Defensie"; the minister of BHOS has no ministry of its own and is minister voor."""
    return f"de minister {'voor' if ministry.code == 'BHOS' else 'van'} {ministry.name}"


def sender(ministry: Ministry) -> str:
    """Above a letter: "Ministerie van Defensie"; the minister of BHOS has no ministry of its own."""
    return f"{'Minister voor' if ministry.code == 'BHOS' else 'Ministerie van'} {ministry.name}"


def signers(version: DocumentVersion, dossier: Dossier) -> list[Ministry]:
    """Who must sign this version, in order: as it was frozen, also when the dossier changed since."""
    codes = (version.content.get("values") or {}).get("ondertekenaars")
    return _in_order(codes) if codes else signatories(dossier)


def awaited_signatures(version: DocumentVersion, dossier: Dossier) -> list[Ministry]:
    """The ministries whose minister must still sign, in order."""
    signed = set(version.ondertekeningen.values_list("ministry_id", flat=True))
    return [m for m in signers(version, dossier) if m.pk not in signed]


@dataclass(frozen=True)
class Signer:
    """Who signs a letter, in the words under the letter; `signed` once that is registered, `next` when it is their turn."""

    ministry: Ministry
    title: str
    signed: Ondertekening | None = None
    next: bool = False


def signing(overview: "Overview", dossier: Dossier) -> list[Signer]:
    """Who signs a letter, in the order in which they stand under it, also before it is vastgesteld."""
    version = overview.version
    order = signers(version, dossier) if version else signatories(dossier)
    signed = {s.ministry_id: s for s in overview.signatures}
    up = next((m.pk for m in overview.awaited), None)
    return [Signer(m, capfirst(minister(m)), signed.get(m.pk), m.pk == up) for m in order]


def still_needed(dossier: Dossier, ministry: Ministry) -> str:
    """Why a ministry cannot leave: its minister must still sign a letter that was begun. "" when nothing is awaited."""
    ronde = dossier.rondes.get(number=dossier.ronde_number)
    for letter in letters(ronde).values():
        version = newest_adopted(letter)
        awaited = awaited_signatures(version, dossier) if version else signatories(dossier)
        if ministry in awaited and not is_sent(letter):
            title = letter.document.title[0].lower() + letter.document.title[1:]
            return f"{capfirst(minister(ministry))} moet eerst nog de {title} ondertekenen."
    return ""


def newest_adopted(letter: Kamerbrief) -> DocumentVersion | None:
    """The version that is to be signed and sent, or was sent; None while nothing is vastgesteld."""
    versions = DocumentVersion.objects.filter(document_id=letter.document_id, status__in=PaperStatus.adopted())
    return versions.order_by("-number").first()


def is_sent(letter: Kamerbrief) -> bool:
    """A letter that went to parliament does not change any more."""
    return DocumentVersion.objects.filter(document_id=letter.document_id, status=PaperStatus.VERZONDEN).exists()


@dataclass(frozen=True)
class Overview:
    """A letter at a glance: its sections, its newest version, who signed and who must still, and what went to parliament."""

    soort: BriefSoort
    letter: Kamerbrief | None
    secties: tuple[Briefsectie, ...] = ()
    version: DocumentVersion | None = None
    signatures: tuple[Ondertekening, ...] = ()
    awaited: tuple[Ministry, ...] = ()
    sent: tuple[Verzending, ...] = ()

    @property
    def ready(self) -> int:
        return sum(s.is_ready for s in self.secties)

    @property
    def state(self) -> str:
        """One word for the list of letters."""
        if self.letter is None:
            return "Nog niet begonnen"
        return self.version.get_status_display() if self.version else "Concept"


def overview(ronde: Ronde, dossier: Dossier, soort: BriefSoort) -> Overview:
    """Everything the page of a letter shows."""
    letter = letters(ronde).get(soort)
    if letter is None:
        return Overview(soort, None)
    sections = tuple(letter.secties.select_related("ministry", "changed_by"))
    version = letter.document.versions.defer("html").order_by("-number").first()
    if version is None:
        return Overview(soort, letter, sections)
    told = Verzending.objects.filter(version__document=letter.document).select_related("version")
    sent = tuple(told.defer("version__html", "version__content"))
    signed = Ondertekening.objects.filter(version__document=letter.document).select_related("ministry", "version")
    text = max((s.version_id for s in signed), default=version.pk) if sent else version.pk
    newest = [s for s in signed if s.version_id == text]
    awaited = tuple(awaited_signatures(version, dossier)) if version.status == PaperStatus.VASTGESTELD else ()
    return Overview(soort, letter, sections, version, tuple(newest), awaited, sent)


def sent_version(ronde: Ronde, soort: str) -> DocumentVersion | None:
    """The version of a letter that went to parliament, or None."""
    return (
        DocumentVersion.objects.filter(document__ronde=ronde, document__kind=soort, status=PaperStatus.VERZONDEN)
        .order_by("-number")
        .first()
    )


def stated_points(ronde: Ronde) -> list[tuple[str, str]]:
    """Title and first paragraph, in plain words, of each section of the artikel 100-brief as it was sent."""
    version = sent_version(ronde, BriefSoort.ARTIKEL_100)
    sections = version.content["sections"] if version else []
    return [(s["title"], opening(s["text"])) for s in sections if s["text"].strip()]


def fitting(dossier: Dossier) -> list[BriefSoort]:
    """The letters that this dossier may need now: an ending only after an artikel 100-brief, a negative outcome only after a
    kennisgeving that no such brief followed; and whatever was begun."""
    sent = set(
        Verzending.objects.filter(version__document__dossier=dossier).values_list("version__document__kind", flat=True)
    )
    begun = set(Kamerbrief.objects.filter(ronde__dossier=dossier).values_list("soort", flat=True))
    decided = BriefSoort.ARTIKEL_100 in sent
    needed = {BriefSoort.KENNISGEVING, BriefSoort.ARTIKEL_100, *begun}
    needed |= {BriefSoort.BEEINDIGING} if decided else set()
    needed |= {BriefSoort.NEGATIEF} if BriefSoort.KENNISGEVING in sent and not decided else set()
    return [soort for soort in BriefSoort if soort in needed]


def treatment(dossier: Dossier) -> QuerySet[Behandelstap]:
    """The steps of the parliamentary treatment in the current Ronde, oldest first."""
    return Behandelstap.objects.filter(ronde__dossier=dossier, ronde__number=dossier.ronde_number)


def promises(dossier: Dossier) -> QuerySet[Toezegging]:
    """Every promise of the dossier, of all its Rondes, the open ones first."""
    rows = Toezegging.objects.filter(ronde__dossier=dossier).select_related("ministry", "afdoening")
    return rows.order_by("afdoening__op", "id")
