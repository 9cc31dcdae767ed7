"""One dossier with very many children of every kind, made in bulk by the runtime role, past the services but not past the triggers."""

from datetime import timedelta
from hashlib import sha256
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any

from django.db.models import Model
from django.utils import timezone

from budget_biv.models import Aanvraag, Bedrag, Fund
from cases.models import (
    Document,
    DocumentVersion,
    Dossier,
    DossierGrant,
    Event,
    PaperStatus,
    Paraaf,
    Participation,
    Rendering,
    Ronde,
    Toets,
    User,
)
from cases.services import participation
from phases.besluit.models import Besluit, Bevestiging
from phases.handelingsopties.models import Optie, Optiesnota
from phases.kamer.models import Behandelstap, Toezegging
from phases.lessen.models import Les
from phases.planning.models import Indicator
from phases.process.models import Voorstel, Waiver
from phases.smo.models import Aanbieding, Conclusie, Standpunt
from phases.uitvoering.models import Voortgang
from phases.vastlegging.models import Vastlegging
from tests import builders as b
from tests.phases import scenes

HTML = "<p>Verslag</p>"
CONTENT = {"layout": "product", "title": "Voortgangsverslag", "sections": [], "values": {"laatste": False}}


def dossier_with(cast: b.Cast, number: int) -> Dossier:
    """A dossier with an optiesnota and an artikel 100-brief, and `number` of everything that a dossier can hold."""
    of = scenes.dossier(cast)
    scenes.adopted(cast, of, "signaal")
    nota = scenes.adopted(cast, of, "opties").document
    letter = scenes.adopted_letter(cast, of)
    _options(Optiesnota.objects.get(document=nota), number)
    _versions_that_lapsed(letter.document, letter, number, cast)
    _reports(of, number, cast, PaperStatus.TER_PARAAF)
    adopted = _reports(of, number, cast, PaperStatus.VASTGESTELD)
    participation.let_smo_read(of)
    _smo(of, adopted, cast)
    _decisions(of, adopted, cast)
    _money(of, number, cast)
    _loose_rows(of, number, cast)
    return Dossier.objects.get(pk=of.pk)


def _options(nota: Optiesnota, number: int) -> None:
    """As many as a letter can name: the column holds one sign."""
    signs = (ascii_lowercase + digits + ascii_uppercase[2:])[:number]
    Optie.objects.bulk_create(Optie(nota=nota, letter=sign, **b.OPTIE) for sign in signs)


def _version(document: Document, cast: b.Cast, number: int = 1) -> DocumentVersion:
    return DocumentVersion(
        document=document,
        number=number,
        revision=document.revision,
        content=CONTENT,
        html=HTML,
        sha256=sha256(HTML.encode()).hexdigest(),
        marking=document.dossier.marking,
        created_by=cast["behandelaar-bz"],
    )


def _versions_that_lapsed(document: Document, newest: DocumentVersion, number: int, cast: b.Cast) -> None:
    made = DocumentVersion.objects.bulk_create(
        _version(document, cast, newest.number + n) for n in range(1, number + 1)
    )
    DocumentVersion.objects.filter(pk__in=[v.pk for v in made]).update(status=PaperStatus.VERVALLEN)


def _reports(of: Dossier, number: int, cast: b.Cast, status: str) -> list[DocumentVersion]:
    """Progress reports that lie ter paraaf (one ministry agreed), or are vastgesteld and printed."""
    ronde, by, now = of.rondes.get(), cast["behandelaar-bz"], timezone.now()
    documents = Document.objects.bulk_create(
        Document(dossier=of, ronde=ronde, kind="voortgang", title="Voortgangsverslag", changed_by=by, changed_at=now)
        for _ in range(number)
    )
    Voortgang.objects.bulk_create(Voortgang(document=d, ronde=ronde, **b.VOORTGANG) for d in documents)
    versions = DocumentVersion.objects.bulk_create(_version(d, cast) for d in documents)
    pending = status == PaperStatus.TER_PARAAF
    leaders = {code: cast[f"teamleider-{code.lower()}"] for code in (["BZ"] if pending else ["BZ", "DEF"])}
    Paraaf.objects.bulk_create(
        Paraaf(version=v, ministry=b.ministry(code), by=who) for v in versions for code, who in leaders.items()
    )
    Rendering.objects.bulk_create(Rendering(version=v, concept=pending) for v in versions)
    if not pending:
        values = {"status": status, "adopted_by": by, "adopted_on": b.today()}
        DocumentVersion.objects.filter(pk__in=[v.pk for v in versions]).update(**values)
    return versions


def _smo(of: Dossier, versions: list[DocumentVersion], cast: b.Cast) -> None:
    ronde, day = of.rondes.get(), b.today()
    offers = Aanbieding.objects.bulk_create(
        Aanbieding(ronde=ronde, version=v, meeting_on=day, by=cast["behandelaar-bz"]) for v in versions
    )
    Standpunt.objects.bulk_create(
        Standpunt(aanbieding=o, ministry=b.ministry("DEF"), strekking="akkoord", by=cast["smo-def"]) for o in offers
    )
    chair = cast["voorzitter-smo"]
    Conclusie.objects.bulk_create(
        Conclusie(aanbieding=o, oordeel="aangehouden", sha256=o.version.sha256, concluded_on=day, by=chair)
        for o in offers
    )


def _decisions(of: Dossier, versions: list[DocumentVersion], cast: b.Cast) -> None:
    ronde = of.rondes.get()
    words = {"orgaan": "bewindspersonen", "uitkomst": "akkoord", "besluit_op": b.today(), "kenmerk": "Nota 2026-12"}
    made = Besluit.objects.bulk_create(
        Besluit(ronde=ronde, version=v, ministry=of.lead, sha256=v.sha256, by=cast["gemachtigde-bz"], **words)
        for v in versions
    )
    Bevestiging.objects.bulk_create(Bevestiging(besluit=one, by=cast["gemachtigde-bz-2"]) for one in made)


def _money(of: Dossier, number: int, cast: b.Cast) -> None:
    ronde, fund = of.rondes.get(), Fund.objects.get()
    made = Aanvraag.objects.bulk_create(
        Aanvraag(ronde=ronde, fund=fund, number=n, by=cast["behandelaar-bz"], asked_on=b.today())
        for n in range(1, number + 1)
    )
    where = b.category(fund)
    Bedrag.objects.bulk_create(Bedrag(aanvraag=a, year=b.today().year, category=where, amount=1_000_000) for a in made)


def _loose_rows(of: Dossier, number: int, cast: b.Cast) -> None:
    """Toetsen, waivers, requests to go back, and lines of the logboek."""
    ronde, by, day = of.rondes.get(), cast["behandelaar-bz"], b.today()
    answers = dict.fromkeys(("rechtsorde", "eenheid", "geweld", "applies"), True)
    Toets.objects.bulk_create(
        Toets(ronde=ronde, provisional=True, humanitair=False, by=by, decided_on=day, **answers) for _ in range(number)
    )
    until = day + timedelta(days=30)
    Waiver.objects.bulk_create(
        Waiver(ronde=ronde, gate="smo:signaal", reason="Spoed.", until=until, requested_by=by) for n in range(number)
    )
    Voorstel.objects.bulk_create(
        Voorstel(ronde=ronde, step="terug_naar_orientatie", from_phase=of.phase, reason="Terug.", by=by)
        for _ in range(number)
    )
    _registered(ronde, number, by)
    Event.objects.bulk_create(
        Event(chain=of.chain, dossier=of, actor=by, kind="proef", sentence=f"Regel {n}", origin="web", occurred_on=day)
        for n in range(number)
    )


def _registered(ronde: Ronde, number: int, by: User) -> None:
    """Facts with a date, indicators, steps in parliament, promises and lessons."""
    day, bz = b.today(), b.ministry("BZ")
    words = {"ronde": ronde, "op": day, "by": by}
    Vastlegging.objects.bulk_create(Vastlegging(soort="communicatieplan", tekst="x", **words) for _ in range(number))
    start = {"naam": "x", "bron": "x", "streefwaarde": "1", "changed_by": by}
    Indicator.objects.bulk_create(Indicator(ronde=ronde, **start) for _ in range(number))
    Behandelstap.objects.bulk_create(Behandelstap(stap="plenair", uitkomst="x", **words) for _ in range(number))
    Toezegging.objects.bulk_create(
        Toezegging(ronde=ronde, tekst="x", aan="x", gedaan_op=day, ministry=bz, by=by) for _ in range(number)
    )
    Les.objects.bulk_create(Les(ronde=ronde, les="x", aanbeveling="x", by=by) for _ in range(number))


def pending_dossier(cast: b.Cast) -> Dossier:
    """A dossier of which a paper lies ter paraaf, that the SMO reads as well."""
    of = scenes.dossier(cast)
    participation.let_smo_read(of)
    b.papers.put_forward(document_id=b.write(cast, of, "signaal", b.SIGNAAL).pk, by=cast["behandelaar-bz"])
    return of


def copies(of: Dossier, number: int) -> None:
    """As many dossiers more with the same readers, each with the same papers ter paraaf."""
    first = Dossier.objects.count()
    made = [_copy(Dossier.objects.get(pk=of.pk), number=f"1999-{first + n}") for n in range(number)]
    made = Dossier.objects.bulk_create(made)
    for dossier in made:
        ronde = Ronde.objects.create(dossier=dossier, number=1)
        Participation.objects.bulk_create(_copy(p, dossier=dossier) for p in of.participations.all())
        DossierGrant.objects.bulk_create(
            _copy(g, content_object=dossier) for g in DossierGrant.objects.filter(content_object=of)
        )
        for version in DocumentVersion.objects.filter(document__dossier=of).select_related("document"):
            document = _copy(version.document, dossier=dossier, ronde=ronde)
            document.save()
            _copy(version, document=document).save()


def _copy(row: Model, **changes: object) -> Any:
    """The same row once more, not saved yet."""
    row.pk, row._state.adding = None, True
    for name, value in changes.items():
        setattr(row, name, value)
    return row
