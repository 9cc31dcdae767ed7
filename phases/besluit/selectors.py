"""Which papers of a dossier ask for a decision, of whom, and what was decided."""

import re
from dataclasses import dataclass

from django.db.models import QuerySet

from cases import access
from cases.access import participating
from cases.models import DocumentVersion, Dossier, Ministry, PaperStatus, User
from cases.rights import Act
from phases.besluit.models import Besluit, Orgaan, Uitkomst, minister
from phases.besluit.samen import BesluitFact, choosing_bodies, required_ministers, together

OPTIES, ARTIKEL_100 = "opties", "artikel-100"
# What decisions are made about: the choice of an option, the letter, and what goes to the ministers on the way, also because
# the SMO advised negatively.
DECIDABLE = ("signaal", "analyse", OPTIES, "plan", ARTIKEL_100)
OPTIE = re.compile(r"^optie-([A-Z])$")


@dataclass(frozen=True)
class Plaats:
    """Where one body stands with a paper: its newest decision, and whether the procedure waits for one."""

    who: str
    orgaan: str
    code: str
    besluit: Besluit | None
    needed: bool

    @property
    def open(self) -> bool:
        """Whether a decision is still awaited."""
        made = self.besluit
        return self.needed and not (made and made.is_confirmed and made.uitkomst == Uitkomst.AKKOORD)


@dataclass(frozen=True)
class Stuk:
    """The newest vastgestelde version of a paper, with where each body stands."""

    version: DocumentVersion
    places: tuple[Plaats, ...]

    @property
    def open(self) -> bool:
        """Whether a decision is still awaited."""
        return any(place.open for place in self.places)

    @property
    def awaited(self) -> list[str]:
        """The bodies that did not decide yet."""
        return [place.who for place in self.places if place.needed and place.besluit is None]


def for_dossier(dossier: Dossier) -> QuerySet[Besluit]:
    """Every decision that was ever registered about a dossier, newest first."""
    return (
        Besluit.objects.filter(ronde__dossier=dossier)
        .select_related("version__document", "ronde", "by", "ministry", "bevestiging__by")
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
    codes = ministers(dossier)
    found = [Stuk(v, _places(v, dossier, codes, [b for b in besluiten if b.version_id == v.pk])) for v in versions]
    return sorted(found, key=lambda stuk: DECIDABLE.index(stuk.version.document.kind))


def _places(
    version: DocumentVersion, dossier: Dossier, codes: tuple[str, ...], besluiten: list[Besluit]
) -> tuple[Plaats, ...]:
    """Every body that must decide on this version or did, with its newest decision. `besluiten` are newest first."""
    last: dict[tuple[str, str], Besluit] = {}
    for made in besluiten:
        last.setdefault((made.orgaan, made.ministry.code if made.ministry else ""), made)
    choice = version.document.kind == OPTIES
    high = any(orgaan == Orgaan.HOOG_AMBTELIJK for orgaan, _ in last)
    by_ministers = any(orgaan == Orgaan.BEWINDSPERSONEN for orgaan, _ in last)
    hoog = choice and not dossier.needs_smo and (high or not by_ministers)
    mr = version.document.kind == ARTIKEL_100 or (choice and any(b.mr_nodig for b in last.values()))
    wanted = {(Orgaan.BEWINDSPERSONEN, code): choice and not hoog for code in codes}
    wanted |= {(Orgaan.HOOG_AMBTELIJK, dossier.lead.code): hoog, (Orgaan.MINISTERRAAD, ""): mr}
    return tuple(
        Plaats(_who(orgaan, code), orgaan, code, last.get((orgaan, code)), needed)
        for (orgaan, code), needed in wanted.items()
        if needed or (orgaan, code) in last
    )


def _who(orgaan: str, code: str) -> str:
    return minister(code) if orgaan == Orgaan.BEWINDSPERSONEN else str(Orgaan(orgaan).label)


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
    found = [Orgaan.BEWINDSPERSONEN] if dossier.needs_smo else [Orgaan.BEWINDSPERSONEN, Orgaan.HOOG_AMBTELIJK]
    return [*found, Orgaan.MINISTERRAAD] if version.document.kind == OPTIES else found


def ministers(dossier: Dossier) -> tuple[str, ...]:
    """The codes of the ministries whose minister decides in this dossier, BZ first."""
    taking_part = Ministry.objects.filter(pk__in=participating(dossier)).values_list("code", flat=True)
    return required_ministers(taking_part, dossier.efforts)


def own_ministries(user: User, dossier: Dossier) -> list[Ministry]:
    """The ministries among these for which someone registers the decision of the minister."""
    return access.own_ministries(
        user, Act.BESLUIT_REGISTREREN, list(Ministry.objects.filter(code__in=ministers(dossier)))
    )


def as_fact(besluit: Besluit) -> BesluitFact:
    """A decision as the plain value that samen.py judges."""
    code = besluit.ministry.code if besluit.ministry else ""
    return BesluitFact(
        besluit.pk, besluit.version_id, besluit.orgaan, besluit.uitkomst, besluit.optie, besluit.is_confirmed,
        besluit.by_id, code, besluit.mr_nodig, besluit.at.timestamp(), besluit.version.document.kind,
    )  # fmt: skip


def chosen_letter(dossier: Dossier) -> str:
    """The option of the current Ronde on which all who must choose agree ("0" is the nuloptie), or ""."""
    return chosen(dossier)[1]


def chosen(dossier: Dossier) -> tuple[int, str]:
    """The version of the optiesnota and the option on which all who must choose agree; (0, "") when they do not."""
    made = for_dossier(dossier).filter(ronde__number=dossier.ronde_number, version__document__kind=OPTIES)
    bodies = choosing_bodies(dossier.needs_smo)
    found = [as_fact(b) for b in reversed(made) if b.orgaan in bodies]
    if not found:
        return 0, ""
    last = found[-1]
    agreed = last.orgaan == Orgaan.HOOG_AMBTELIJK or together(found, last.version_id, ministers(dossier)).counts
    return (last.version_id, last.optie) if last.positive and agreed else (0, "")


def has_options(dossier: Dossier) -> bool:
    """Whether an optiesnota was adopted in the current Ronde: then somebody must choose."""
    return DocumentVersion.objects.filter(
        document__dossier=dossier, document__ronde__number=dossier.ronde_number, document__kind=OPTIES,
        status__in=PaperStatus.adopted(),
    ).exists()  # fmt: skip


def told(dossier: Dossier) -> tuple[int, str]:
    """The choice that the artikel 100-brief of the current Ronde told parliament about; (0, "") while it was not sent, or names none."""
    sent = DocumentVersion.objects.filter(
        document__dossier=dossier, document__ronde__number=dossier.ronde_number, document__kind=ARTIKEL_100,
        status=PaperStatus.VERZONDEN,
    )  # fmt: skip
    last = sent.last()
    version_id, option = (last.content["values"].get("keuze") if last else None) or (0, "")
    return version_id, option


def still_needed(dossier: Dossier, ministry: Ministry) -> str:
    """Why a ministry cannot leave: its minister must still decide on the options. "" when nothing is awaited."""
    decides = dossier.needs_smo and dossier.phase == "handelingsopties" and ministry.code in ministers(dossier)
    if decides and has_options(dossier) and not chosen_letter(dossier):
        return f"De m{minister(ministry.code)[1:]} moet eerst nog over de opties besluiten."
    return ""
