"""A fictitious dossier halfway, made through the same services as any other, so that every screen has something to do."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from budget_biv import services as biv
from budget_biv.models import Fund
from cases import audit
from cases.letters.kinds import ProductPaper, kind
from cases.models import Document, DocumentVersion, Dossier, Ministry, User
from cases.services import dossiers, papers, products
from phases.handelingsopties.models import Optiesnota
from phases.process.services import transition
from phases.smo import services as smo

TITLE = "Grensregio Sahel: veiligheid en rechtsstaat (fictief)"
People = dict[str, User]

TEXTS = {
    "signaal": {
        "situatie": "Posten en partners melden meer aanvallen op dorpen en handelsroutes in de grensregio.",
        "bronnen": "Berichten van twee posten en een partnerorganisatie, september 2026.",
        "verwachting": "Zonder maatregelen verplaatst het geweld zich binnen een half jaar naar de kustlanden.",
        "early_action": "Gesprekken met de buurlanden en steun aan lokale bemiddeling.",
        "uitkomst": "nader-onderzoek",
    },
    "analyse": {
        "oorzaken": "Zwak bestuur, strijd om land en water, en gewapende groepen die daarvan profiteren.",
        "actoren": "Centrale en lokale overheden, zelfverdedigingsgroepen en grensoverschrijdende netwerken.",
        "bevolking": "Ongeveer een derde van de gezinnen in de regio is verhuisd of vertrokken.",
        "scenarios": "Doorgaande versplintering, of lokale akkoorden met steun van buiten.",
        "internationaal": "De Europese Unie bereidt een civiele missie voor; buurlanden sluiten delen van de grens.",
        "belangen": "Stabiliteit, minder irreguliere migratie en veilige handelsroutes.",
        "wenselijkheid": "ja",
        "doelstelling": "In drie jaar zijn politie en justitie in de grensregio zichtbaar aanwezig en worden zij vertrouwd.",
    },
    "opties": {
        "aanleiding": "De vastgestelde analyse en het doel voor de grensregio.",
        "nuloptie": "Nederland houdt de lopende programma’s aan en stuurt geen mensen.",
        "vergelijking": "Optie A bereikt meer mensen; optie B kan sneller beginnen en kost minder.",
    },
}  # fmt: skip
OPTIONS = [
    {
        "letter": "A",
        "titel": "Politietraining en rechtsstaatprogramma",
        "instrumenten": ["politie", "justitie", "os"],
        "doelen": "Politie: 400 agenten getraind. Justitie: vier mobiele rechtbanken. OS: 60 dorpen met rechtshulp.",
        "narrative": "Wie op politie en rechter kan rekenen, heeft geen gewapende groep nodig.",
        "partners": "Europese Unie, twee lokale organisaties",
        "kosten": 12_500_000,
        "tijdpad": "Begin 2027 tot en met 2029",
    },
    {
        "letter": "B",
        "titel": "Civiele experts en diplomatie",
        "instrumenten": ["civiel", "diplomatie"],
        "doelen": "Civiele experts: advies aan twee ministeries. Diplomatie: een regionaal contactgroepje.",
        "narrative": "Goed advies op de juiste plek helpt de overheid om zelf keuzes te maken.",
        "partners": "Europese Unie",
        "kosten": 3_200_000,
        "tijdpad": "2027 en 2028",
    },
]


@transaction.atomic
def make_sahel(people: People) -> Dossier | None:
    """The dossier in Handelingsopties, with its nota before the SMO and two positions; None when it is already there."""
    if Dossier.objects.filter(title=TITLE).exists():
        return None
    token = audit.origin.set("demo")
    try:
        return _make(people)
    finally:
        audit.origin.reset(token)


def _make(people: People) -> Dossier:
    by = people["behandelaar-bz"]
    ministries = {m.code: m for m in Ministry.objects.all()}
    dossier = dossiers.open_dossier(
        by=by,
        lead=ministries["BZ"],
        ministries=[ministries["BHOS"], ministries["JENV"]],
        title=TITLE,
        summary="Meer geweld in de grensregio raakt de bevolking en handelsroutes. Alles in dit dossier is verzonnen.",
        countries=["ML", "NE", "BF"],
        region="Sahel",
        efforts=["politie", "justitie", "os", "diplomatie"],
        cooperation="gezamenlijk",
        fictional=True,
    )
    dossiers.judge_artikel_100(
        dossier_id=dossier.pk, by=by, rechtsorde=True, eenheid=False, geweld=True, humanitair=False, applies=False
    )
    for seen, name, step in ((0, "signaal", "naar_analyse"), (1, "analyse", "naar_handelingsopties")):
        version = _adopted(people, dossier, name)
        _advised(people, version, ministries)
        transition(dossier_id=dossier.pk, step=step, by=by, seen_version=seen)
    dossier = Dossier.objects.get(pk=dossier.pk)
    offer = smo.offer(version_id=_adopted(people, dossier, "opties").pk, meeting_on=_next_meeting(), by=by)
    _position(offer.pk, ministries["BZ"], people["smo-bz"], "akkoord")
    _position(
        offer.pk, ministries["BHOS"], people["smo-bhos"], "voorwaarden", "Rapporteer elk half jaar over het ODA-deel."
    )
    years = dict(zip(range(2027, 2030), (4_500_000, 4_500_000, 3_500_000), strict=True))
    biv.request_money(
        dossier_id=dossier.pk, by=by, fund=Fund.objects.get(), years=years,
        relevantie="De politie en de rechtspraak zijn voorwaarden voor ontwikkeling.",
        bijdrage="De inzet pakt een oorzaak van het geweld aan.",
    )  # fmt: skip
    return dossier


def _adopted(people: People, dossier: Dossier, name: str) -> DocumentVersion:
    document = _written(people, dossier, name)
    version = papers.put_forward(document_id=document.pk, by=people["behandelaar-bz"])
    for participation in dossier.participations.select_related("ministry"):
        leader = people[f"teamleider-{participation.ministry.code.lower()}"]
        papers.initial(version_id=version.pk, ministry=participation.ministry, by=leader)
    return papers.adopt(version_id=version.pk, by=people["behandelaar-bz"])


def _written(people: People, dossier: Dossier, name: str) -> Document:
    paper = kind(name)
    assert isinstance(paper, ProductPaper)
    product = products.save(
        paper=paper, dossier_id=dossier.pk, by=people["behandelaar-bz"], seen_revision=0, values=TEXTS[name]
    )
    if isinstance(product, Optiesnota):
        for option in OPTIONS:
            product.opties.create(**option)
    return product.document


def _advised(people: People, version: DocumentVersion, ministries: dict[str, Ministry]) -> None:
    """Everybody agrees and the chair concludes."""
    offer = smo.offer(version_id=version.pk, meeting_on=timezone.localdate(), by=people["behandelaar-bz"])
    for code, ministry in ministries.items():
        _position(offer.pk, ministry, people[f"smo-{code.lower()}"], "akkoord")
    smo.conclude(
        aanbieding_id=offer.pk, oordeel="positief", tekst="De SMO adviseert positief.", by=people["voorzitter-smo"],
        doorgeleiding="samen" if version.document.kind == "analyse" else "",
    )  # fmt: skip


def _position(offer_id: int, ministry: Ministry, by: User, strekking: str, voorwaarden: str = "") -> None:
    smo.take_position(
        aanbieding_id=offer_id, ministry=ministry, strekking=strekking, voorwaarden=voorwaarden,
        toelichting="Zie de voorwaarde." if voorwaarden else "", by=by,
    )  # fmt: skip


def _next_meeting() -> date:
    return timezone.localdate() + timedelta(days=7)
