"""Dossiers in a certain state for the rooms of the SMO, the decisions and the letters, made through the real services."""

from datetime import timedelta

from django.utils import timezone

from cases.models import DocumentVersion, Dossier
from phases.besluit import services as besluit
from phases.besluit.selectors import ministers
from phases.handelingsopties.models import Optie, Optiesnota
from phases.kamer import behandeling
from phases.kamer import services as kamer
from phases.kamer.models import Kamerbrief, Verzending
from phases.kamer.selectors import awaited_signatures
from phases.process import verklaringen
from phases.process.afwijking_models import Inhaalplicht, Verklaring
from phases.process.models import Waiver
from phases.smo import services as smo
from phases.smo.models import Aanbieding
from tests import builders as b

EENHEID = ("eenheid", "diplomatie")


def dossier(cast: b.Cast, *, efforts: tuple[str, ...] = EENHEID, **facts) -> Dossier:
    """A running dossier of BZ and Defensie in which a military unit is considered."""
    return b.make_dossier(cast, efforts=efforts, **facts)


def adopted(cast: b.Cast, of: Dossier, kind: str = "analyse") -> DocumentVersion:
    """A vastgestelde version of a product."""
    values = {"signaal": b.SIGNAAL, "analyse": b.ANALYSE, "opties": b.NOTA, "plan": b.PLAN}[kind]
    document = b.write(cast, of, kind, values)
    if kind == "opties":
        nota = Optiesnota.objects.get(document=document)
        for letter in "AB":
            Optie.objects.create(nota=nota, letter=letter, **b.option_for(of, f"Route {letter}"))
    return b.adopt(cast, document)


def offered(cast: b.Cast, of: Dossier, kind: str = "analyse", in_days: int = 0) -> Aanbieding:
    """A vastgestelde version that lies before the SMO."""
    version = adopted(cast, of, kind)
    day = b.meeting(b.today() + timedelta(days=in_days)).day
    return smo.offer(version_id=version.pk, meeting_on=day, by=cast["behandelaar-bz"])


def position(cast: b.Cast, offer: Aanbieding, who: str = "smo-def", code: str = "DEF", **given):
    values = {"strekking": "akkoord", "voorwaarden": "", "toelichting": "", **given}
    return smo.take_position(aanbieding_id=offer.pk, ministry=b.ministry(code), by=cast[who], **values)


def conclusion(cast: b.Cast, offer: Aanbieding, oordeel: str = "positief", who: str = "voorzitter-smo", **given):
    values = {"doorgeleiding": "nu", "tekst": "Akkoord.", **given}
    if oordeel == "positief-voorwaarden":
        values.setdefault("voorwaarden", ["Meld elk kwartaal de voortgang."])
    return smo.conclude(aanbieding_id=offer.pk, oordeel=oordeel, by=cast[who], **values)


def declared(cast: b.Cast, of: Dossier, soort: str = "kleinschalig", **given) -> Verklaring:
    """A declaration that was asked; nobody agreed yet."""
    values = {"reason": "Twee adviseurs.", "until": b.today() + timedelta(days=30), "holder": b.ministry("BZ")}
    values |= {"term": b.today() + timedelta(days=14), **given}
    return verklaringen.declare(dossier_id=of.pk, soort=soort, by=cast["behandelaar-bz"], **values)


def duty(cast: b.Cast, of: Dossier, code: str = "DEF") -> Inhaalplicht:
    """A granted waiver of the contributions to the analysis, which this ministry catches up within a fortnight."""
    day = b.today() + timedelta(days=14)
    asked = Waiver.objects.create(
        ronde=of.current_ronde, gate="inbreng", reason="Het overleg is morgen.", until=day,
        requested_by=cast["behandelaar-bz"],
    )  # fmt: skip
    Waiver.objects.filter(pk=asked.pk).update(
        granted_by=cast["voorzitter-smo"], granted_at=timezone.now(), granted_as="voorzitter-smo"
    )
    wat = "Elk ander deelnemend ministerie gaf inbreng voor de analyse."
    return Inhaalplicht.objects.create(waiver=asked, wat=wat, holder=b.ministry(code), term=day)


def letter(cast: b.Cast, of: Dossier, soort: str = "artikel-100") -> Kamerbrief:
    """A letter of which every section is ready; the first is written by the service, the others hold the same."""
    by = cast["behandelaar-bz"]
    made = kamer.begin(dossier_id=of.pk, soort=soort, betreft="Bijdrage aan de missie", by=by)
    first, *_ = made.secties.all()
    first = kamer.write_section(sectie_id=first.pk, text="Tekst.", ready=True, seen_revision=0, by=by)
    same = ("text", "state", "revision", "changed_by", "changed_at")
    made.secties.exclude(pk=first.pk).update(**{name: getattr(first, name) for name in same})
    made.document.refresh_from_db()
    return made


def adopted_letter(cast: b.Cast, of: Dossier, soort: str = "artikel-100") -> DocumentVersion:
    return b.adopt(cast, letter(cast, of, soort).document)


def sign(cast: b.Cast, version: DocumentVersion, code: str, name: str = "J. de Groot"):
    who = cast[f"gemachtigde-{code.lower()}"]
    return kamer.sign(version_id=version.pk, ministry=b.ministry(code), name=name, signed_on=b.today(), by=who)


def signed_letter(cast: b.Cast, of: Dossier, soort: str = "artikel-100") -> DocumentVersion:
    """A letter that all who must signed, in order."""
    version = adopted_letter(cast, of, soort)
    for ministry, name in zip(awaited_signatures(version, of), ("A. Eerste", "B. Tweede", "C. Derde"), strict=False):
        sign(cast, version, ministry.code, name)
    version.refresh_from_db()
    return version


def sent_letter(cast: b.Cast, of: Dossier) -> DocumentVersion:
    """The artikel 100-brief, signed by all who must, with the Ministerraad's decision, sent today."""
    version = signed_letter(cast, of)
    decide(cast, version, "ministerraad")
    return kamer.send(version_id=version.pk, sent_on=b.today(), by=cast["secretariaat"])


def treated(cast: b.Cast, of: Dossier) -> None:
    """The Kamer is done with the artikel 100-brief, which is sent first when it was not."""
    if not Verzending.objects.filter(
        version__document__ronde=of.current_ronde, version__document__kind="artikel-100"
    ).exists():
        sent_letter(cast, of)
    words = {"stap": "afgerond", "op": b.today(), "uitkomst": "Steun van een meerderheid."}
    behandeling.note_step(dossier_id=of.pk, by=cast["secretariaat"], **words)


def decide(
    cast: b.Cast,
    version: DocumentVersion,
    orgaan: str,
    uitkomst: str = "akkoord",
    optie: str = "",
    confirm: bool = True,
    codes: tuple[str, ...] = (),
    **given,
):
    """A registered decision, confirmed by the second person unless told otherwise; of ministers every one that must (or
    `codes`), but only BZ when nobody confirms. Returns the first."""
    values = {"kenmerk": "", "toelichting": "", "besluit_op": b.today(), "naam": "J. de Groot, DGPZ", **given}
    everybody = codes or (ministers(version.document.dossier) if confirm else ("BZ",))
    pairs = [(f"gemachtigde-{c.lower()}", f"gemachtigde-{c.lower()}-2") for c in everybody]
    pairs = {"ministerraad": [("secretariaat", "secretariaat-2")], "hoog-ambtelijk": pairs[:1]}.get(orgaan, pairs)
    found = []
    for by, other in pairs:
        words = {"version_id": version.pk, "orgaan": orgaan, "uitkomst": uitkomst, "optie": optie}
        found.append(besluit.register(**words, **values, by=cast[by]))
        if confirm:
            besluit.confirm(besluit_id=found[-1].pk, by=cast[other])
    return found[0]
