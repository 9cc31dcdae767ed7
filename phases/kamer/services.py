"""Writing a letter by section, registering signatures, sending it, and filling in its Kamerstuk number."""

import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from cases import access, audit
from cases.exceptions import NotPossible
from cases.letters.kinds import kind
from cases.models import DocumentVersion, Dossier, Ministry, PaperStatus, User
from cases.phase import Phase
from cases.rights import Act
from cases.rubricering import Rubricering
from cases.services import papers, participation
from cases.services.first import stale, taken
from cases.services.locks import current_ronde, lock, lock_running, lock_version
from cases.templatetags.notatie import datum
from phases.besluit.models import Besluit, Orgaan, Uitkomst
from phases.besluit.samen import minister_against
from phases.besluit.selectors import as_fact, chosen, has_options
from phases.kamer import selectors
from phases.kamer.models import Briefsectie, BriefSoort, Kamer, Kamerbrief, Ondertekening, SectieStand, Verzending
from phases.kamer.papers import ADDRESSEES

# "29 521, nr. 494" for the Tweede Kamer, "29 521, BA" or "29 521, nr. BA" for the Eerste Kamer, "21 501-02, nr. 2602".
KAMERSTUK = re.compile(r"^\d{2} ?\d{3}(?:[- ](?:[IVXLC]+|\d{2}))?,? (?:nr\.? ?(?:\d+|[A-Z]{1,2})|[A-Z]{1,2})$")


@transaction.atomic
def begin(*, dossier_id: int, soort: str, betreft: str, by: User, kenmerk: str = "") -> Kamerbrief:
    """Starts a letter with the sections of the newest Toetsingskader. Raises Conflict when it was begun already."""
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.SCHRIJVEN, dossier)
    ronde = current_ronde(dossier)
    existing = Kamerbrief.objects.filter(ronde=ronde, soort=soort).first()
    if existing:
        url, obj = reverse("brief", args=[dossier.number, soort]), f"document:{existing.document_id}"
        raise taken(dossier, "Deze brief is al begonnen.", url, kind="brief", obj=obj)
    document = papers.document_for(dossier, soort, BriefSoort(soort).label)
    kader = selectors.newest_kader()
    letter = Kamerbrief.objects.create(
        document=document, ronde=ronde, soort=soort, kader=kader, betreft=betreft, kenmerk=kenmerk
    )
    Briefsectie.objects.bulk_create(
        Briefsectie(
            brief=letter, code=p.code, title=p.title, question=p.question, level=p.level, required=p.required,
            ministry_id=p.ministry_id, order=p.order,
        )
        for p in selectors.points(kader, soort)
    )  # fmt: skip
    participation.let_deciders_read(dossier, selectors.signatories(dossier))
    audit.record(
        "brief", f"{document.title} begonnen", by=by, dossier=dossier, allowed=allowed, obj=f"document:{document.pk}"
    )
    return letter


@transaction.atomic
def write_section(*, sectie_id: int, text: str, ready: bool, seen_revision: int, by: User) -> Briefsectie:
    """Saves one section of a letter that was not sent yet. Raises Stale when somebody else saved it since the form was drawn."""
    sectie = Briefsectie.objects.select_related("brief__document").get(pk=sectie_id)
    dossier = lock_running(sectie.brief.document.dossier_id)
    sectie = Briefsectie.objects.select_related("brief__document", "changed_by", "ministry").get(pk=sectie_id)
    allowed = access.require(by, Act.SECTIE_SCHRIJVEN, dossier, selectors.writer(sectie, dossier))
    if selectors.is_sent(sectie.brief):
        raise NotPossible("Deze brief is verzonden en verandert niet meer.")
    if sectie.revision != seen_revision:
        url = reverse("brief_sectie", args=[dossier.number, sectie.brief.soort, sectie.code])
        saved, about = sectie.answers(), f"{sectie.brief.document.title}: {sectie.title} "
        did = "wijzigde deze tekst"
        raise stale(dossier, did, url, by=by, saved=saved, seen=sectie.revision, kind="geschreven", about=about)
    if ready and not text.strip():
        raise NotPossible("Vul de tekst in voordat u de sectie gereed meldt.")
    sectie.text = text
    sectie.state = SectieStand.GEREED if ready else SectieStand.BEZIG if text.strip() else SectieStand.LEEG
    sectie.revision += 1
    sectie.changed_by, sectie.changed_at = by, timezone.now()
    sectie.save(update_fields=["text", "state", "revision", "changed_by", "changed_at"])
    papers.touch(sectie.brief.document, by)
    audit.record(
        "geschreven",
        f"{sectie.brief.document.title}: {sectie.title} bijgewerkt",
        by=by,
        dossier=dossier,
        allowed=allowed,
        obj=f"document:{sectie.brief.document_id}",
    )
    return sectie


@transaction.atomic
def sign(*, version_id: int, ministry: Ministry, name: str, signed_on: date, by: User) -> Ondertekening:
    """Registers that a bewindspersoon signed, in the order of signature; the last one makes the letter ondertekend."""
    dossier, version = lock_version(version_id)
    allowed = access.require(by, Act.BRIEF_ONDERTEKENEN, dossier, ministry)
    if not kind(version.document.kind).signed:
        raise NotPossible("Dit stuk wordt niet ondertekend.")
    if version.status != PaperStatus.VASTGESTELD:
        raise NotPossible("Alleen een vastgestelde brief kan worden ondertekend.")
    if signed_on < version.adopted_on:
        raise NotPossible("De ondertekening kan niet ouder zijn dan de vastgestelde brief.")
    awaited = selectors.awaited_signatures(version, dossier)
    if ministry not in awaited:
        who = capfirst(selectors.minister(ministry))
        sentence, obj = f"{who} heeft al ondertekend of ondertekent deze brief niet.", f"versie:{version.pk}"
        raise taken(dossier, sentence, _url(version, dossier), kind="ondertekend", obj=obj)
    if awaited[0] != ministry:
        raise NotPossible(f"Eerst tekent {selectors.minister(awaited[0])}.")
    signature = Ondertekening.objects.create(version=version, ministry=ministry, name=name, signed_on=signed_on, by=by)
    if len(awaited) == 1:
        version.status = PaperStatus.ONDERTEKEND
        version.save(update_fields=["status"])
    audit.record(
        "ondertekend",
        f"{version} ondertekend door {name}",
        by=by,
        dossier=dossier,
        allowed=allowed,
        ministry=ministry,
        occurred_on=signed_on,
        obj=f"versie:{version.pk}",
    )
    return signature


@transaction.atomic
def send(*, version_id: int, sent_on: date, by: User) -> DocumentVersion:
    """Sends a signed letter to both chambers: for each a last version with its address, date and names, that never changes.

    An artikel 100-brief is not sent without a confirmed decision of the Ministerraad (absolute), nor while it is marked.
    """
    dossier, version = lock_version(version_id)
    allowed = access.require(by, Act.BRIEF_VERZENDEN, dossier)
    if version.document.versions.filter(status=PaperStatus.VERZONDEN).exists():
        raise taken(dossier, "Deze brief is al verzonden.", _url(version, dossier), kind="verzonden")
    closed = [check.sentence for check in checks(version, dossier) if check.sentence]
    if closed:
        raise NotPossible(*closed)
    signatures = list(version.ondertekeningen.select_related("ministry"))
    if sent_on < max(s.signed_on for s in signatures):
        raise NotPossible("De brief kan niet verzonden zijn voordat die ondertekend was.")
    # The newest version stays the letter to the Tweede Kamer; it is the one that the rest of the procedure looks at.
    copy = _final(version, dossier, signatures, sent_on, by, Kamer.EERSTE)
    final = _final(version, dossier, signatures, sent_on, by, Kamer.TWEEDE)
    Verzending.objects.bulk_create(
        Verzending(version=v, kamer=k, sent_on=sent_on, by=by) for k, v in ((Kamer.TWEEDE, final), (Kamer.EERSTE, copy))
    )
    audit.record(
        "verzonden",
        f"{version.document.title} verzonden aan de Tweede en de Eerste Kamer",
        by=by,
        dossier=dossier,
        allowed=allowed,
        occurred_on=sent_on,
        obj=f"versie:{final.pk}",
        data={"sha256": final.sha256, "sha256_eerste_kamer": copy.sha256},
    )
    return final


OTHER_SIGNERS = (
    "De soorten inzet zijn gewijzigd, en daarmee wie ondertekent. Leg de brief opnieuw voor en stel die vast."
)


@dataclass(frozen=True)
class Check:
    """One condition for sending; `sentence` says what is missing and who is up, "" when it is met; `url` is where they act."""

    label: str
    sentence: str
    url: str = ""


def checks(version: DocumentVersion, dossier: Dossier) -> list[Check]:
    """Everything that must be right before a letter is sent."""
    signed = version.status == PaperStatus.ONDERTEKEND
    newer = version.document.versions.filter(number__gt=version.number, status__in=PaperStatus.adopted()).exists()
    unmarked = version.marking == dossier.marking == Rubricering.ONGERUBRICEERD
    found = [
        Check("Alle ministers ondertekenden", "" if signed else "Alleen een ondertekende brief kan worden verzonden."),
        Check("Dit is de nieuwste versie", "Er is een nieuwere vastgestelde versie van deze brief." if newer else ""),
        Check("Ongerubriceerd", "" if unmarked else "Een Kamerbrief moet ongerubriceerd zijn voordat u die verzendt."),
    ]
    if version.document.kind == BriefSoort.ARTIKEL_100:
        url = reverse("besluiten", args=[dossier.number])
        found.append(Check("De Ministerraad is akkoord", _without_ministerraad(version, dossier), url))
        found.append(Check("Geen minister is tegen", _against(version), url))
        same = selectors.signers(version, dossier) == selectors.signatories(dossier)
        found.append(Check("De juiste ministers tekenen", "" if same else OTHER_SIGNERS))
        found.append(Check("De brief gaat over de gekozen optie", _other_choice(version, dossier), url))
    return found


def _without_ministerraad(version: DocumentVersion, dossier: Dossier) -> str:
    """Why this text has no decision of the Ministerraad yet, and who registers or confirms it; "" when it has.

    The newest decision on exactly this text counts, and only once it is confirmed: a refusal that waits holds the letter too.
    """
    made = Besluit.objects.filter(version=version, orgaan=Orgaan.MINISTERRAAD, sha256=version.sha256)
    newest = made.select_related("by", "bevestiging").order_by("-id").first()
    confirmed = newest is not None and newest.is_confirmed
    if newest is not None and confirmed and newest.uitkomst == Uitkomst.AKKOORD:
        return ""
    missing = "Er is nog geen bevestigd besluit van de Ministerraad over deze versie van de brief."
    office = f"het secretariaat van {dossier.lead.code}"
    if newest is not None and not confirmed:
        return f"{missing} {newest.by} registreerde het; een tweede persoon van {office} bevestigt het."
    return f"{missing} {capfirst(office)} registreert het, en een tweede persoon bevestigt het."


def _against(version: DocumentVersion) -> str:
    """Which minister's newest decision about this letter is no confirmed akkoord; "" when there is none."""
    rows = (
        Besluit.objects.filter(version__document=version.document)
        .select_related("ministry", "bevestiging", "version__document")
        .order_by("id")
    )
    found = minister_against(map(as_fact, rows), version.pk)
    if found is None:
        return ""
    who = capfirst(selectors.minister(Ministry.objects.get(code=found.ministry)))
    if not found.confirmed:
        return f"{who} besloot over deze brief. Een tweede gemachtigde moet dat besluit nog bevestigen."
    return f"{who} is niet akkoord met deze brief zoals die er ligt. Pas de brief aan of leg een nieuw besluit vast."


def _other_choice(version: DocumentVersion, dossier: Dossier) -> str:
    """Why this letter does not tell what was chosen; "" when it does. A renewal asks for no choice."""
    if Phase(dossier.phase).number < Phase.PLANNING.number:
        return "Verzend de artikel 100-brief nadat een optie is gekozen, vanaf de fase Planning en voorbereiding."
    written, now = version.content["values"].get("keuze"), chosen(dossier)
    if now == (0, "") and has_options(dossier):
        return "Niet elke betrokken minister koos nu dezelfde optie. Leg vast wat elke minister koos."
    if written is None or tuple(written) == now:
        return ""
    return "De brief is geschreven voordat deze optie was gekozen. Leg de brief opnieuw voor en stel die vast."


def _final(
    version: DocumentVersion, dossier: Dossier, signatures: list[Ondertekening], sent_on: date, by: User, kamer: Kamer
) -> DocumentVersion:
    """The letter as it leaves for a chamber: the signed content with address, date and names."""
    names = {s.ministry_id: s.name for s in signatures}
    content = dict(version.content)
    content["date"], content["addressee"] = datum(sent_on), ADDRESSEES[kamer]
    pairs = zip(content["signatories"], selectors.signers(version, dossier), strict=True)
    content["signatories"] = [{**line, "name": names[ministry.pk]} for line, ministry in pairs]
    return papers.freeze(version.document, content, by=by, status=PaperStatus.VERZONDEN, adopted_on=version.adopted_on)


def _url(version: DocumentVersion, dossier: Dossier) -> str:
    return reverse("brief", args=[dossier.number, version.document.kind])


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
        raise taken(dossier, "Het Kamerstuknummer is al ingevuld.", _url(verzending.version, dossier), kind="kamerstuk")
    verzending.kamerstuk = kamerstuk
    verzending.save(update_fields=["kamerstuk"])
    audit.record(
        "kamerstuk",
        f"{verzending.version.document.title}: Kamerstuk {kamerstuk}",
        by=by,
        dossier=dossier,
        allowed=allowed,
    )
    return verzending
