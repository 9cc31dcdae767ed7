"""Writing a letter by section, registering signatures, sending it, and filling in its Kamerstuk number."""

import re
from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import formats, timezone

from cases import access, audit
from cases.exceptions import Conflict, NotPossible
from cases.letters.kinds import kind
from cases.models import Document, DocumentVersion, Dossier, Ministry, PaperStatus, User
from cases.rights import Act
from cases.rubricering import Rubricering
from cases.services import papers, participation
from cases.services.locks import current_ronde, lock
from phases.besluit.models import Besluit, Orgaan, Uitkomst
from phases.kamer import selectors
from phases.kamer.models import Briefsectie, BriefSoort, Kamerbrief, Ondertekening, SectieStand, Verzending

KAMERSTUK = re.compile(r"^\d{2} ?\d{3}(?:[- ](?:[IVXLC]+|\d{2}))?,? nr\.? ?(?:\d+|[A-Z]{1,2})$")


@transaction.atomic
def begin(*, dossier_id: int, soort: str, betreft: str, by: User) -> Kamerbrief:
    """Starts a letter with the sections of the newest Toetsingskader."""
    dossier = lock(dossier_id)
    allowed = access.require(by, Act.SCHRIJVEN, dossier)
    ronde = current_ronde(dossier)
    existing = Kamerbrief.objects.filter(ronde=ronde, soort=soort).first()
    if existing:
        return existing
    document = papers.document_for(dossier, soort, BriefSoort(soort).label)
    kader = selectors.newest_kader()
    letter = Kamerbrief.objects.create(document=document, ronde=ronde, soort=soort, kader=kader, betreft=betreft)
    Briefsectie.objects.bulk_create(
        Briefsectie(
            brief=letter, code=p.code, title=p.title, question=p.question, level=p.level, required=p.required,
            ministry_id=p.ministry_id, order=p.order,
        )
        for p in selectors.points(kader, soort)
    )  # fmt: skip
    participation.let_deciders_read(dossier, selectors.signatories(dossier))
    audit.record("brief", f"{document.title} begonnen", by=by, dossier=dossier, allowed=allowed, obj=f"document:{document.pk}")
    return letter


@transaction.atomic
def write_section(*, sectie_id: int, text: str, ready: bool, seen_revision: int, by: User) -> Briefsectie:
    """Saves one section. Raises Conflict when somebody else saved it since the form was drawn."""
    sectie = Briefsectie.objects.select_related("brief__document").get(pk=sectie_id)
    dossier = lock(sectie.brief.document.dossier_id)
    sectie = Briefsectie.objects.select_related("brief__document", "changed_by").get(pk=sectie_id)
    allowed = access.require(by, Act.SCHRIJVEN, dossier)
    if sectie.revision != seen_revision:
        url = reverse("brief_sectie", args=[dossier.number, sectie.brief.soort, sectie.code])
        raise Conflict(f"{sectie.changed_by} heeft deze sectie intussen gewijzigd. Bekijk eerst de nieuwe tekst.", url)
    if ready and not text.strip():
        raise NotPossible("Vul de tekst in voordat u de sectie gereed meldt.")
    sectie.text = text
    sectie.state = SectieStand.GEREED if ready else SectieStand.BEZIG if text.strip() else SectieStand.LEEG
    sectie.revision += 1
    sectie.changed_by, sectie.changed_at = by, timezone.now()
    sectie.save(update_fields=["text", "state", "revision", "changed_by", "changed_at"])
    papers.touch(sectie.brief.document, by)
    audit.record("geschreven", f"{sectie.brief.document.title}: {sectie.title} bijgewerkt", by=by, dossier=dossier, allowed=allowed, obj=f"sectie:{sectie.pk}")
    return sectie


def awaited_signatures(version: DocumentVersion, dossier: Dossier) -> list[Ministry]:
    """The ministries whose minister must still sign, in order."""
    signed = set(version.ondertekeningen.values_list("ministry_id", flat=True))
    return [m for m in selectors.signatories(dossier) if m.pk not in signed]


@transaction.atomic
def sign(*, version_id: int, ministry: Ministry, name: str, signed_on: date, by: User) -> Ondertekening:
    """Registers that a bewindspersoon signed, in the order of signature; the last one makes the letter ondertekend."""
    version = DocumentVersion.objects.select_related("document").get(pk=version_id)
    dossier = lock(version.document.dossier_id)
    version = DocumentVersion.objects.select_related("document").get(pk=version_id)
    allowed = access.require(by, Act.BRIEF_ONDERTEKENEN, dossier, ministry)
    if not kind(version.document.kind).signed:
        raise NotPossible("Dit stuk wordt niet ondertekend.")
    if version.status != PaperStatus.VASTGESTELD:
        raise NotPossible("Alleen een vastgestelde brief kan worden ondertekend.")
    if signed_on < version.adopted_on:
        raise NotPossible("De ondertekening kan niet ouder zijn dan de vastgestelde brief.")
    awaited = awaited_signatures(version, dossier)
    if ministry not in awaited:
        raise Conflict(f"De minister van {ministry.name} heeft al ondertekend.", dossier.get_absolute_url())
    if awaited[0] != ministry:
        raise NotPossible(f"Eerst tekent de minister van {awaited[0].name}.")
    signature = Ondertekening.objects.create(version=version, ministry=ministry, name=name, signed_on=signed_on, by=by)
    if len(awaited) == 1:
        version.status = PaperStatus.ONDERTEKEND
        version.save(update_fields=["status"])
    audit.record("ondertekend", f"{version} ondertekend door {name}", by=by, dossier=dossier, allowed=allowed, ministry=ministry, occurred_on=signed_on, obj=f"versie:{version.pk}")
    return signature


@transaction.atomic
def send(*, version_id: int, sent_on: date, by: User) -> DocumentVersion:
    """Sends a signed letter to both chambers: a last version with its date and names is frozen and never changes.

    An artikel 100-brief is not sent without a confirmed decision of the Ministerraad (absolute), nor while it is marked.
    """
    version = DocumentVersion.objects.select_related("document__ronde").get(pk=version_id)
    dossier = lock(version.document.dossier_id)
    version = DocumentVersion.objects.select_related("document__ronde", "document__dossier").get(pk=version_id)
    allowed = access.require(by, Act.BRIEF_VERZENDEN, dossier)
    if version.status != PaperStatus.ONDERTEKEND:
        raise NotPossible("Alleen een ondertekende brief kan worden verzonden.")
    if version.marking != Rubricering.ONGERUBRICEERD or dossier.marking != Rubricering.ONGERUBRICEERD:
        raise NotPossible("Een Kamerbrief moet ongerubriceerd zijn voordat u die verzendt.")
    signatures = list(version.ondertekeningen.select_related("ministry"))
    if sent_on < max(s.signed_on for s in signatures):
        raise NotPossible("De brief kan niet verzonden zijn voordat die ondertekend was.")
    if version.document.kind == BriefSoort.ARTIKEL_100 and not _ministerraad_agreed(version):
        raise NotPossible("Er is nog geen bevestigd besluit van de Ministerraad over deze versie van de brief.")
    final = _final(version, signatures, sent_on, by)
    Verzending.objects.bulk_create(Verzending(version=final, kamer=k, sent_on=sent_on, by=by) for k in ("TK", "EK"))
    audit.record("verzonden", f"{version.document.title} verzonden aan de Tweede en de Eerste Kamer", by=by, dossier=dossier, allowed=allowed, occurred_on=sent_on, obj=f"versie:{final.pk}", data={"sha256": final.sha256})
    return final


def _ministerraad_agreed(version: DocumentVersion) -> bool:
    return Besluit.objects.filter(
        version=version, orgaan=Orgaan.MINISTERRAAD, uitkomst=Uitkomst.AKKOORD, sha256=version.sha256, bevestiging__isnull=False
    ).exists()


def _final(version: DocumentVersion, signatures: list[Ondertekening], sent_on: date, by: User) -> DocumentVersion:
    """The letter as it leaves: the signed content with date and names."""
    names = {f"De minister van {s.ministry.name},": s.name for s in signatures}
    content = dict(version.content)
    content["date"] = formats.date_format(sent_on, "j F Y")
    content["signatories"] = [{**s, "name": names.get(s["title"], "")} for s in content["signatories"]]
    return papers.freeze(version.document, content, by=by, status=PaperStatus.VERZONDEN, adopted_on=version.adopted_on)


@transaction.atomic
def fill_kamerstuk(*, verzending_id: int, kamerstuk: str, by: User) -> Verzending:
    """Notes the number that parliament gave, once."""
    verzending = Verzending.objects.select_related("version__document").get(pk=verzending_id)
    dossier = lock(verzending.version.document.dossier_id)
    verzending = Verzending.objects.select_related("version__document").get(pk=verzending_id)
    allowed = access.require(by, Act.BRIEF_VERZENDEN, dossier)
    if not KAMERSTUK.match(kamerstuk):
        raise NotPossible("Schrijf het nummer als 29 521, nr. 494.")
    if verzending.kamerstuk:
        raise Conflict("Het Kamerstuknummer is al ingevuld.", dossier.get_absolute_url())
    verzending.kamerstuk = kamerstuk
    verzending.save(update_fields=["kamerstuk"])
    audit.record("kamerstuk", f"{verzending.version.document.title}: Kamerstuk {kamerstuk}", by=by, dossier=dossier, allowed=allowed)
    return verzending


def document_of(dossier: Dossier, soort: str) -> Document | None:
    """The document of a letter in the current Ronde."""
    return Document.objects.filter(dossier=dossier, ronde__number=dossier.ronde_number, kind=soort).first()
