"""Short ways to a dossier in a certain state, through the real services. Used by tests, never by the application."""

from datetime import date, time
from typing import Any

from django.utils import timezone

from budget_biv import services as biv
from budget_biv.models import Aanvraag, Category, Fund
from cases.letters.kinds import kind
from cases.models import Document, DocumentVersion, Dossier, Ministry, PaperStatus, User
from cases.prepared import Objects
from cases.services import dossiers, papers, products
from cases.services import participation as deelname
from phases.analyse import services as analyse
from phases.kamer import toezeggingen
from phases.kamer.models import Toezegging
from phases.planning import services as planning
from phases.planning.models import Indicator
from phases.smo import services as smo
from phases.smo.models import Besluitenlijst, Vergadering
from phases.smo.papers import list_mark
from phases.vastlegging import services as vastlegging
from phases.vastlegging.models import Vastlegging

Cast = dict[str, User]

SIGNAAL = {
    "situatie": "Spanningen lopen op.",
    "bronnen": "Post, 1 november 2026.",
    "verwachting": "Escalatie binnen drie maanden.",
    "early_action": "",
    "uitkomst": "nader-onderzoek",
}
ANALYSE = {
    "oorzaken": "Zwak bestuur.",
    "actoren": "Regering en milities.",
    "bevolking": "Ontheemden.",
    "scenarios": "Verslechtering of akkoord.",
    "internationaal": "De EU overweegt een missie.",
    "belangen": "Stabiliteit aan de grenzen van Europa.",
    "wenselijkheid": "ja",
    "doelstelling": "Een veilige omgeving in twee jaar.",
}
NOTA = {"aanleiding": "De analyse van november.", "nuloptie": "Niets doen.", "vergelijking": "Optie A is sneller."}
OPTIE = {
    "titel": "Optie",
    "instrumenten": ["diplomatie"],
    "doelen": "Invloed.",
    "narrative": "Waarom dit werkt.",
    "partners": "EU",
    "kosten": 1_000_000,
    "tijdpad": "2027",
    "biv": False,
}
PLAN = {
    "doelen": "Per instrument een doel.",
    "activiteiten": "Patrouilles en training.",
    "sturing": "Werkgroep.",
    "uitgangssituatie": "Nulmeting van december 2026.",
    "indicatoren": "Aantal incidenten.",
    "voorbereiding": "Gezamenlijke oefening.",
    "transitie": "Overdracht aan lokale autoriteiten.",
}
VOORTGANG = {
    "periode": "2027",
    "ontwikkelingen": "Rustiger.",
    "voortgang": "Doel deels bereikt.",
    "tegenvallers": "Vertraging.",
    "toetsing": "Past nog.",
    "bijstelling": "",
    "laatste": True,
}
EVALUATIE = {
    "samenvatting": "De inzet droeg bij.",
    "doelbereik": "Twee van drie doelen.",
    "militair": "",
    "politiek": "Steun in de regio.",
    "samenhang": "Goed.",
    "doelmatigheid": "Redelijk.",
    "factoren": "Verkiezingen.",
    "gerealiseerd": "Meeste punten.",
    "lessen": "Begin eerder met de nulmeting.",
}


# The words that a soort of registered fact asks for (phases/vastlegging/soorten.py).
VASTLEGGINGEN = {
    "eigen-plan": {"kenmerk": "DEF-2026-114"},
    "operatieconcept": {"tekst": "Een compagnie in het multinationale bataljon."},
    "politie": {"uitkomst": "akkoord", "tekst": "Ten hoogste tien agenten, als adviseur."},
    "communicatieplan": {"tekst": "Rust in de regio is ook onze rust."},
    "einde-besloten": {"tekst": "De ministers van BZ en Defensie: de inzet eindigt op 1 december 2027."},
    "transitiestrategie": {"tekst": "De taken gaan stap voor stap over naar de lokale autoriteiten."},
    "evaluatie-verzonden": {"kenmerk": "29 521, nr. 501"},
    "jaarverslag": {"tekst": "Twee adviseurs leidden 60 agenten op.", "kenmerk": "BZ 2027"},
    "geen-lessen": {"tekst": "De inzet is niet begonnen."},
    "postmissie": {"uitkomst": "gepland"},
}
MINISTRY = Objects("SELECT {m} FROM cases_ministry m WHERE m.code = %(code)s", {"m": Ministry}, code="text")
REGISTRARS = {"politie": "gemachtigde-jenv", "evaluatie-verzonden": "secretariaat"}
INDICATOR = {
    "naam": "Aantal incidenten per maand",
    "bron": "Maandcijfers van de missie",
    "streefwaarde": "5",
    "nulmeting": "12",
    "nulmeting_op": None,
    "gepland_op": None,
}


def ministry(code: str) -> Ministry:
    ((found,),) = MINISTRY.objects(code=code)
    return found


def make_dossier(
    cast: Cast, *, ministries: tuple[str, ...] = ("BZ", "DEF"), efforts: tuple[str, ...] = ("diplomatie",), **facts: Any
) -> Dossier:
    """A new dossier of BZ in Oriëntatie, opened by behandelaar-bz."""
    values = {"title": "Sahel", "summary": "Samenvatting.", "countries": ["ML"], "cooperation": "afstemming", **facts}
    made = dossiers.open_dossier(
        by=cast["behandelaar-bz"],
        lead=ministry("BZ"),
        ministries=[ministry(c) for c in ministries],
        efforts=list(efforts),
        **values,
    )
    for code in {*ministries} - {"BZ"}:
        contact = cast.get(f"behandelaar-{code.lower()}")
        made.participations.filter(ministry__code=code).update(contact=contact)
    return made


def contribute(cast: Cast, dossier: Dossier) -> None:
    """Every other ministry says that it has nothing to add to the analysis."""
    for participation in dossier.participations.exclude(ministry=dossier.lead).select_related("ministry"):
        analyse.contribute(
            dossier_id=dossier.pk, ministry=participation.ministry, soort="geen", tekst="Wij sluiten ons aan.",
            by=cast[f"behandelaar-{participation.ministry.code.lower()}"],
        )  # fmt: skip


def leave(cast: Cast, dossier: Dossier, code: str = "DEF") -> None:
    """A ministry ends its own participation, by its teamleider."""
    leader = cast[f"teamleider-{code.lower()}"]
    deelname.leave(dossier_id=dossier.pk, ministry=ministry(code), reason="Geen bijdrage.", by=leader)


def write(cast: Cast, dossier: Dossier, paper_kind: str, values: dict[str, Any]) -> Document:
    """Fills a product with these values."""
    paper = kind(paper_kind)
    existing = products.current(paper, dossier.pk, dossier.ronde_number)
    seen = existing.document.revision if existing else 0
    product = products.save(
        paper=paper, dossier_id=dossier.pk, by=cast["behandelaar-bz"], seen_revision=seen, values=values
    )
    return product.document


def option_for(dossier: Dossier, titel: str) -> dict[str, Any]:
    """An option that asks what the dossier names."""
    return {**OPTIE, "titel": titel, "instrumenten": Dossier.objects.get(pk=dossier.pk).efforts}


def adopt(cast: Cast, document: Document) -> DocumentVersion:
    """Puts a document forward unless it was, lets every participating ministry initial it, and adopts it."""
    document.refresh_from_db()
    waiting = document.versions.filter(status=PaperStatus.TER_PARAAF, revision=document.revision).last()
    version = waiting or papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])
    for participation in document.dossier.participations.select_related("ministry"):
        leader = cast[f"teamleider-{participation.ministry.code.lower()}"]
        papers.initial(version_id=version.pk, ministry=participation.ministry, by=leader)
    return papers.adopt(version_id=version.pk, by=cast["behandelaar-bz"])


def meeting(day: date | None = None) -> Vergadering:
    """The meeting of the SMO on a day (default today), made when there is none; also where a holiday would be in the way."""
    day = day or today()
    usual = {"time": time(10), "place": "Zaal 1", "papers_by": day}
    return Vergadering.objects.get_or_create(day=day, vervallen=False, defaults=usual)[0]


def adopt_list(cast: Cast, of: Vergadering | None = None, by: str = "voorzitter-smo") -> Besluitenlijst:
    """Adopts the concept of a meeting, today's unless told otherwise, as it is now."""
    of = of or meeting()
    seen = list_mark(of.besluitenlijsten.latest("number"))
    return smo.adopt_list(vergadering_id=of.pk, by=cast[by], seen=seen)


def today() -> date:
    return timezone.localdate()


def category(fund: Fund, code: str = "cbo") -> Category:
    """A category of the fund, made when it has none by this code."""
    found, _ = Category.objects.get_or_create(fund=fund, code=code, defaults={"name": f"Categorie {code}"})
    return found


def ask_money(
    cast: Cast, dossier: Dossier, years: dict[int, int], *, fund: Fund | None = None, oda: str = "niet-oda",
    code: str = "cbo", who: str = "behandelaar-bz", seen: int | None = None, **about: Any,
) -> Aanvraag:  # fmt: skip
    """A request of the penvoerder: one line per year, whole euros."""
    fund = fund or Fund.objects.get()
    where = category(fund, code)
    return biv.request_money(
        dossier_id=dossier.pk,
        by=cast[who],
        fund=fund,
        lines=[biv.Regel(year, where.pk, oda, amount) for year, amount in years.items()],
        about=biv.Verzoek(**{"relevantie": "Stabiele regio.", "bijdrage": "Minder geweld.", **about}),
        seen_aanvraag=seen,
    )


def reserve_money(cast: Cast, aanvraag: Aanvraag, objection: str = "") -> None:
    """The BIV-beheerder reserves, as if the SMO advised positively."""
    biv.reserve(aanvraag_id=aanvraag.pk, by=cast["biv-beheerder"], objection=objection)


def grant_money(cast: Cast, aanvraag: Aanvraag, codes: tuple[str, ...] = ("BHOS", "BZ", "DEF")) -> None:
    """These ministers agree, one after the other."""
    for code in codes:
        biv.decide(
            aanvraag_id=aanvraag.pk, ministry=ministry(code), uitkomst="akkoord", toelichting="",
            by=cast[f"gemachtigde-{code.lower()}"],
        )  # fmt: skip


def money_form(fund: Fund, years: dict[int, str], **words: str) -> dict[str, str]:
    """What a browser sends for a request: one line per year, in words as typed."""
    where = category(fund)
    lines = {}
    for number, (year, amount) in enumerate(years.items(), 1):
        lines |= {
            f"jaar_{number}": str(year), f"categorie_{number}": str(where.pk), f"oda_{number}": "niet-oda",
            f"soort_{number}": "inzet", f"bedrag_{number}": amount,
        }  # fmt: skip
    texts = {"is_relevant": "ja", "relevantie": "Stabiele regio.", "draagt_bij": "ja", "bijdrage": "Minder geweld."}
    return {**lines, **texts, **words}


def register(
    cast: Cast, dossier: Dossier, soort: str, by: str = "", confirmed_by: str = "", **given: Any
) -> Vastlegging:
    """A registered fact of today, by whoever registers this soort."""
    values = {"op": today(), **VASTLEGGINGEN.get(soort, {}), **given}
    who = cast[by or REGISTRARS.get(soort, "behandelaar-bz")]
    made = vastlegging.register(dossier_id=dossier.pk, soort=soort, by=who, **values)
    if confirmed_by:
        vastlegging.confirm(vastlegging_id=made.pk, by=cast[confirmed_by])
    return made


def measure(cast: Cast, dossier: Dossier, **given: Any) -> Indicator:
    """An indicator with its nulmeting of today."""
    values = {**INDICATOR, "nulmeting_op": today(), **given}
    return planning.add_indicator(dossier_id=dossier.pk, by=cast["behandelaar-bz"], **values)


def promise(cast: Cast, dossier: Dossier, code: str = "DEF", **given: Any) -> Toezegging:
    """Something promised to parliament today, that a ministry keeps."""
    values = {"tekst": "De Kamer krijgt een brief.", "aan": "Vaste commissie voor Defensie", "gedaan_op": today()}
    values |= {"ministry": ministry(code), **given}
    return toezeggingen.promise(dossier_id=dossier.pk, by=cast["secretariaat"], **values)
