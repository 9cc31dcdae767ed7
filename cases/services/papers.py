"""The life of a paper: written, put forward (frozen), initialled per ministry, adopted. A sent paper never changes."""

from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases import access, audit
from cases.exceptions import Conflict, NotPossible
from cases.letters.base import snapshot
from cases.letters.content import Content
from cases.letters.kinds import is_concept, paper_of
from cases.models import Document, DocumentVersion, Dossier, Ministry, PaperStatus, Paraaf, Rendering, User
from cases.notifications import outbox
from cases.rights import Act
from cases.selectors.papers import GIVEN_BACK, given_back, wrote_in
from cases.services.first import taken
from cases.services.locks import current_ronde, lock_running, lock_version


def document_for(dossier: Dossier, kind: str, title: str) -> Document:
    """The document of a kind in the current Ronde, made when it is not there yet. The caller holds the dossier's lock."""
    document, _ = Document.objects.get_or_create(
        dossier=dossier, ronde=current_ronde(dossier), kind=kind, defaults={"title": title}
    )
    return document


def touch(document: Document, by: User) -> None:
    """Notes a save of the draft; versions frozen before it now count as older than the text."""
    document.revision += 1
    document.changed_by = by
    document.changed_at = timezone.now()
    document.save(update_fields=["revision", "changed_by", "changed_at", "title"])


@transaction.atomic
def put_forward(*, document_id: int, by: User) -> DocumentVersion:
    """Freezes the draft as a new version that teamleiders can initial. Raises NotPossible when parts are empty."""
    dossier = lock_running(Document.objects.values_list("dossier_id", flat=True).get(pk=document_id))
    document = Document.objects.select_related("ronde").get(pk=document_id)
    document.dossier = dossier
    allowed = access.require(by, Act.VOORLEGGEN, dossier)
    _refuse_sent(document)
    _refuse_again(document)
    paper = paper_of(document)
    if reason := paper.held(document):
        raise NotPossible(reason)
    missing = paper.missing(document)
    if missing:
        raise NotPossible(*(f"Vul eerst het onderdeel “{title}” in." for title in missing))
    document.versions.filter(status=PaperStatus.TER_PARAAF).update(status=PaperStatus.VERVALLEN)
    version = freeze(document, paper.content(document), by=by)
    audit.record(
        "voorgelegd", f"{document.title}: versie {version.number} ter paraaf voorgelegd", by=by, dossier=dossier, allowed=allowed,
        obj=f"versie:{version.pk}", data={"sha256": version.sha256},
    )  # fmt: skip
    return version


def _refuse_sent(document: Document) -> None:
    """Raises Conflict when the paper already left: what was sent is the last version."""
    if document.versions.filter(status=PaperStatus.VERZONDEN).exists():
        sentence = "Deze brief is al verzonden en verandert niet meer."
        raise taken(document.dossier, sentence, _url(document), kind="verzonden")


def _refuse_again(document: Document) -> None:
    """Raises Conflict when exactly this text already lies ter paraaf: a second press would make its parafen lapse."""
    last = document.versions.filter(status=PaperStatus.TER_PARAAF, revision=document.revision).last()
    if last:
        sentence = "Deze tekst ligt al ter paraaf."
        raise taken(document.dossier, sentence, _url(document), kind="voorgelegd", obj=f"versie:{last.pk}")


def _refuse_not_pending(version: DocumentVersion) -> None:
    """Raises Conflict when a version was adopted meanwhile, given back, or lapsed because a newer text was put forward."""
    if version.status != PaperStatus.TER_PARAAF:
        document = version.document
        lapsed = version.status == PaperStatus.VERVALLEN and version.pk not in given_back([version])
        obj = "" if lapsed else f"versie:{version.pk}"
        kind = "voorgelegd" if lapsed else ""
        raise taken(document.dossier, "Deze versie ligt niet meer ter paraaf.", _url(document), kind=kind, obj=obj)


def _url(document: Document) -> str:
    return reverse("document", args=[document.dossier.number, document.pk])


def freeze(
    document: Document,
    content: Content,
    *,
    by: User,
    status: str = PaperStatus.TER_PARAAF,
    adopted_on: date | None = None,
) -> DocumentVersion:
    """Stores html and hash of this moment as the next version, and asks the worker for its PDF."""
    snap = snapshot(content)
    last = document.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = DocumentVersion.objects.create(
        document=document,
        number=last + 1,
        revision=document.revision,
        content=content,
        html=snap.html,
        sha256=snap.sha256,
        marking=document.dossier.marking,
        created_by=by,
        status=status,
        adopted_by=by if adopted_on else None,
        adopted_on=adopted_on,
    )
    ask_pdf(version)
    return version


def ask_pdf(version: DocumentVersion) -> Rendering:
    """One rendering per version and concept mark; asking twice changes nothing."""
    rendering, created = Rendering.objects.get_or_create(version=version, concept=is_concept(version.status))
    if created:
        outbox.add("pdf", {"rendering": rendering.pk})
    return rendering


@transaction.atomic
def retry_pdf(*, rendering_id: int, by: User) -> Rendering:
    """Asks again for a PDF that failed."""
    rendering = (
        Rendering.objects.select_related("version__document__dossier")
        .select_for_update(of=("self",))
        .get(pk=rendering_id)
    )
    dossier = rendering.version.document.dossier
    allowed = access.require(by, Act.OPNIEUW_MAKEN, dossier)
    if rendering.state == Rendering.State.MISLUKT:
        rendering.state, rendering.error = Rendering.State.WACHT, ""
        rendering.save(update_fields=["state", "error"])
        outbox.add("pdf", {"rendering": rendering.pk})
        audit.record("pdf", f"Pdf opnieuw gevraagd: {rendering.version}", by=by, dossier=dossier, allowed=allowed)
    return rendering


@transaction.atomic
def initial(*, version_id: int, ministry: Ministry, by: User) -> Paraaf:
    """A teamleider agrees for a ministry. Not who wrote it or put it forward, not twice, not on an older version."""
    dossier, version = lock_version(version_id)
    allowed = access.require(by, Act.PARAFEREN, dossier, ministry)
    _refuse_own_judgement(version, dossier, ministry, by)
    try:
        with transaction.atomic():
            paraaf = Paraaf.objects.create(version=version, ministry=ministry, by=by)
    except IntegrityError as error:
        raise _initialled(version, dossier, ministry) from error
    audit.record(
        "paraaf",
        f"{version}: paraaf van {ministry.code}",
        by=by,
        dossier=dossier,
        allowed=allowed,
        obj=f"versie:{version.pk}",
    )
    return paraaf


@transaction.atomic
def give_back(*, version_id: int, ministry: Ministry, reason: str, by: User) -> DocumentVersion:
    """A teamleider does not agree, for a ministry, and says why: the version lapses and the penvoerder is up again.

    Judged like a paraaf. The text, the parafen that were given and the reason stay on record.
    """
    dossier, version = lock_version(version_id)
    allowed = access.require(by, Act.PARAFEREN, dossier, ministry)
    _refuse_own_judgement(version, dossier, ministry, by)
    if version.parafen.filter(ministry=ministry).exists():
        raise _initialled(version, dossier, ministry)
    version.status = PaperStatus.VERVALLEN
    version.save(update_fields=["status"])
    audit.record(
        GIVEN_BACK, f"{version}: teruggegeven door {ministry.code}", by=by, dossier=dossier, allowed=allowed,
        ministry=ministry, obj=f"versie:{version.pk}", data={"reden": reason},
    )  # fmt: skip
    return version


def _refuse_own_judgement(version: DocumentVersion, dossier: Dossier, ministry: Ministry, by: User) -> None:
    """Raises when this version cannot be judged, or not by this person, or not for this ministry."""
    _refuse_not_pending(version)
    if by.pk == version.created_by_id:
        raise NotPossible("U legde deze versie zelf voor. Laat een collega paraferen.")
    if wrote_in(version.document, by):
        raise NotPossible("U schreef zelf mee aan deze tekst. Laat een collega paraferen.")
    if ministry.pk not in access.participating(dossier):
        raise NotPossible(f"{ministry.code} neemt niet deel aan dit dossier.")


def _initialled(version: DocumentVersion, dossier: Dossier, ministry: Ministry) -> Conflict:
    sentence = f"{ministry.code} heeft deze versie al geparafeerd."
    return taken(dossier, sentence, _url(version.document), kind="paraaf", obj=f"versie:{version.pk}")


def awaiting_initials(version: DocumentVersion, dossier: Dossier) -> list[str]:
    """The codes of the participating ministries that have not initialled this version."""
    given = set(version.parafen.values_list("ministry_id", flat=True))
    wanted = access.participating(dossier) - given
    return list(Ministry.objects.filter(pk__in=wanted).values_list("code", flat=True))


@transaction.atomic
def adopt(*, version_id: int, by: User, adopted_on: date | None = None) -> DocumentVersion:
    """Vaststellen: the penvoerder, after the parafen, and only what the draft still says."""
    dossier, version = lock_version(version_id)
    allowed = access.require(by, Act.VASTSTELLEN, dossier)
    _refuse_sent(version.document)
    _refuse_not_pending(version)
    awaited = awaiting_initials(version, dossier)
    if awaited:
        raise NotPossible(f"Wacht op de paraaf van {', '.join(awaited)}.")
    if version.document.revision != version.revision:
        raise NotPossible("De tekst is gewijzigd nadat deze versie werd voorgelegd. Leg de nieuwe tekst eerst voor.")
    version.status = PaperStatus.VASTGESTELD
    version.adopted_by = by
    version.adopted_on = adopted_on or timezone.localdate()
    version.save(update_fields=["status", "adopted_by", "adopted_on"])
    ask_pdf(version)
    audit.record(
        "vastgesteld",
        f"{version} vastgesteld",
        by=by,
        dossier=dossier,
        allowed=allowed,
        obj=f"versie:{version.pk}",
        data={"sha256": version.sha256},
    )
    return version
