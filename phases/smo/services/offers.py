"""Offering a paper to the SMO, for a meeting or in a written round, and taking it back (Leidraad par. 3.2)."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from budget_biv import selectors as biv
from budget_biv.models import Aanvraag
from cases import access, audit
from cases.exceptions import NotPossible
from cases.models import DocumentVersion, Dossier, User
from cases.rights import Act
from cases.services import participation
from cases.services.first import taken
from cases.services.locks import lock_running, lock_version
from cases.templatetags.notatie import datum
from phases.smo.models import Aanbieding, Bijlage, Intrekking, Oordeel, PuntSoort, Vergadering
from phases.smo.services.agenda import place


@transaction.atomic
def offer(
    *,
    version_id: int,
    meeting_on: date,
    by: User,
    soort: str = PuntSoort.ADVIES,
    schriftelijk: bool = False,
    bijlagen: Iterable[int] = (),
) -> Aanbieding:
    """Puts a vastgestelde version before the SMO; from now on the SMO members read the dossier.

    `meeting_on` is the day of a meeting, or the term of a written round. `bijlagen` are other frozen versions of the dossier.
    The newest BIV request of the Ronde lies beside it: the advice is about both, and the offer says which one it was.
    """
    dossier, version = lock_version(version_id)
    allowed = access.require(by, Act.SMO_AANBIEDEN, dossier)
    if not version.is_adopted:
        raise NotPossible("Stel het stuk eerst vast. De SMO adviseert over een vastgestelde versie.")
    if version.document.ronde.number != dossier.ronde_number:
        raise NotPossible("Dit stuk hoort bij een eerdere ronde.")
    if soort not in PuntSoort.of_papers():
        raise NotPossible("Een stuk kan geen procedureel punt zijn. Kies een ander soort punt.")
    aanvraag = biv.asked(version.document.ronde)
    _refuse_again(version, dossier, aanvraag)
    meeting = None if schriftelijk else _meeting(meeting_on)
    aanbieding = Aanbieding.objects.create(
        ronde=version.document.ronde, version=version, meeting_on=meeting_on, soort=soort, schriftelijk=schriftelijk,
        aanvraag=aanvraag, by=by,
    )  # fmt: skip
    _attach(aanbieding, dossier, bijlagen)
    if meeting:
        place(aanbieding, meeting, by)
    participation.let_smo_read(dossier)
    beside = f", met BIV-aanvraag {aanvraag.number}" if aanvraag else ""
    how = f"schriftelijk, tot en met {datum(meeting_on)}" if schriftelijk else f"voor {datum(meeting_on)}"
    audit.record(
        "smo", f"{version} aangeboden aan de SMO, {how}{beside}", by=by, dossier=dossier, allowed=allowed,
        obj=f"versie:{version.pk}", data={"soort": soort, "bijlagen": [b.version_id for b in aanbieding.bijlagen.all()]},
    )  # fmt: skip
    return aanbieding


def _meeting(day: date) -> Vergadering:
    """The meeting of that day, locked after the dossier."""
    meeting = Vergadering.objects.select_for_update(no_key=True).filter(day=day, vervallen=False).first()
    if meeting is None:
        raise NotPossible(f"Op {datum(day)} vergadert de SMO niet. Kies een vergadering uit de lijst.")
    return meeting


def _refuse_again(version: DocumentVersion, dossier: Dossier, aanvraag: Aanvraag | None) -> None:
    """A version lies before the SMO once. It can come again after it was withdrawn or taken note of, or after a conclusion
    when another BIV request lies beside it now."""
    earlier = Aanbieding.objects.filter(intrekking=None, version=version).order_by("id").last()
    last = earlier.conclusies.last() if earlier else None
    if earlier is None or (last and last.oordeel == Oordeel.TER_KENNISNAME):
        return
    other_money = earlier.aanvraag_id != (aanvraag.pk if aanvraag else None)
    if not (last and other_money and last.oordeel != Oordeel.AANGEHOUDEN):
        url, obj = reverse("dossier_smo", args=[dossier.number]), f"versie:{version.pk}"
        raise taken(dossier, "Deze versie is al aan de SMO aangeboden.", url, kind="smo", obj=obj)


def _attach(aanbieding: Aanbieding, dossier: Dossier, version_ids: Iterable[int]) -> None:
    own = DocumentVersion.objects.filter(document__dossier=dossier, pk__in=version_ids).exclude(
        pk=aanbieding.version_id
    )
    versions = list(own.defer("html", "content"))
    if any(not version.is_adopted for version in versions):
        raise NotPossible("Stuur alleen vastgestelde stukken mee.")
    Bijlage.objects.bulk_create([Bijlage(aanbieding=aanbieding, version=version) for version in versions])


def under_lock(aanbieding_id: int) -> tuple[Dossier, Aanbieding]:
    """The running dossier of an offer, locked, and the offer under that lock; refuses what was withdrawn."""
    found = Aanbieding.objects.select_related("ronde").get(pk=aanbieding_id)
    dossier = lock_running(found.ronde.dossier_id)
    aanbieding = Aanbieding.objects.select_related("version__document", "ronde").get(pk=aanbieding_id)
    if Intrekking.objects.filter(aanbieding=aanbieding).exists():
        url, obj = reverse("dossier_smo", args=[dossier.number]), f"aanbieding:{aanbieding.pk}"
        raise taken(dossier, "Dit stuk is ingetrokken.", url, kind="smo", obj=obj)
    return dossier, aanbieding


@transaction.atomic
def withdraw(*, aanbieding_id: int, reason: str, by: User) -> Intrekking:
    """The penvoerder takes an offer back, with a reason. Nothing is deleted: positions stay, and the version can come again."""
    dossier, aanbieding = under_lock(aanbieding_id)
    allowed = access.require(by, Act.SMO_INTREKKEN, dossier)
    last = aanbieding.conclusies.last()
    if last and last.oordeel != Oordeel.AANGEHOUDEN:
        url = reverse("dossier_smo", args=[dossier.number])
        sentence = "De voorzitter heeft al geconcludeerd. Intrekken kan nu niet meer."
        raise taken(dossier, sentence, url, kind="conclusie", obj=f"aanbieding:{aanbieding.pk}")
    if not reason.strip():
        raise NotPossible("Vul in waarom u het stuk intrekt.")
    made = Intrekking.objects.create(aanbieding=aanbieding, reason=reason, by=by)
    audit.record(
        "smo", f"{aanbieding.version} ingetrokken bij de SMO", by=by, dossier=dossier, allowed=allowed,
        obj=f"aanbieding:{aanbieding.pk}", data={"reden": reason, "dag": str(timezone.localdate())},
    )  # fmt: skip
    return made
