"""The Hoorn van Afrika over HTTP: three instruments of four ministries, paid by the BIV, from the first line to the last euro."""

import pytest

from budget_biv.models import Rekening, Saldo
from cases.selectors.audit import first_broken
from phases.process.models import Move
from tests import builders as b
from tests.journeys import hoorn
from tests.journeys.route import Route
from tests.journeys.walker import Walker

TO_UITVOERING = "naar_uitvoering"


def prepare(route: Route) -> None:
    """Oriëntatie to Handelingsopties, with four ministries at the table."""
    route.open_dossier(hoorn.DOSSIER)
    route.product("signaal", b.SIGNAAL)
    route.toets(**hoorn.TOETS)
    route.held("naar_analyse", "Noem een contactpersoon van BHOS, DEF en JENV voor de werkgroep.")
    route.working_group("BHOS", "DEF", "JENV")
    route.advise(route.adopt("signaal"))
    route.letter("kennisgeving", "Kennisgeving onderzoek naar een bijdrage aan Atalanta", hoorn.kennisgeving)
    route.send("kennisgeving", hoorn.NAMES, TK="29 521, nr. 122")
    route.step("naar_analyse")

    route.product("analyse", b.ANALYSE)
    route.advise(route.adopt("analyse"), doorgeleiding="nu")
    route.held("naar_handelingsopties", "Wacht op de inbreng van BHOS, DEF en JENV", "behandelaar BHOS, DEF en JENV")
    for code in ("BHOS", "DEF", "JENV"):
        route.contribute(code, f"{code} draagt een instrument bij (fictief).")
    route.step("naar_handelingsopties")


def choose(route: Route, year: int) -> None:
    """All four ministers choose the option that asks the BIV; without the request the dossier does not go on."""
    route.options(b.NOTA, hoorn.OPTIES)
    version = route.adopt("opties")
    route.advise(version)
    route.held("naar_planning", "Wacht op de keuze voor een handelingsoptie", "gemachtigde BZ, BHOS, DEF en JENV")
    route.choose(version, hoorn.MINISTERS, optie="A", mr_nodig="nee", mr_reden="De brief komt later (fictief).")
    route.toets(**hoorn.TOETS)
    route.held("naar_planning", "Vraag het geld uit het BIV aan dat de gekozen optie noemt.")
    route.ask(hoorn.lines(year, oda="onbekend"), **hoorn.BIV)
    route.step("naar_planning")


def plan(route: Route, year: int) -> None:
    """One advice on plan and money, with a condition; unknown ODA is split before anything is reserved."""
    route.product("plan", b.PLAN)
    version = route.adopt("plan")
    route.held(TO_UITVOERING, "Verdeel het gevraagde BIV-geld over ODA en niet-ODA.")
    route.ask(hoorn.lines(year), **hoorn.BIV)
    route.held(
        TO_UITVOERING, "Het BIV-geld kan worden gereserveerd zodra de SMO positief concludeert over het plan.",
        "BIV-beheerder DEF, na de SMO",
    )  # fmt: skip
    route.advise(version, "biv", oordeel="positief-voorwaarden", voorwaarden=hoorn.VOORWAARDE)
    route.held(TO_UITVOERING, "Handel 1 voorwaarde van de SMO over het plan af.")
    route.meet_condition("plan", "In het plan staat: berechting in de regio (fictief).")
    route.register("operatieconcept", "behandelaar-def", tekst="Een schip, vier maanden per jaar (fictief).")
    route.register("militair-advies", "behandelaar-def", kenmerk="CDS (fictief)")
    route.register("communicatieplan", tekst="Veilige zee, sterke kust, eerlijke rechtspraak (fictief).")
    for values in hoorn.INDICATOREN:
        route.indicator(**values)


def pay(route: Route) -> None:
    """Reserved by the BIV-beheerder, granted by the ministers of BZ, BHOS, DEF and JENV together."""
    route.held(TO_UITVOERING, "Wacht op de reservering van het BIV-geld.", "BIV-beheerder DEF")
    route.reserve()
    everybody = "BHOS, BZ, DEF en JENV"
    route.held(TO_UITVOERING, f"Wacht op het BIV-besluit van {everybody}.", f"gemachtigde {everybody}")
    route.grant(hoorn.MINISTERS)


def inform(route: Route) -> None:
    """The letter holds the ship; each instrument begins on its own day."""
    letter = route.letter("artikel-100", "Nederlandse bijdrage aan Atalanta", hoorn.letter)
    route.decide(letter, "ministerraad", "secretariaat", "secretariaat-2")
    route.says("Wacht op de ondertekening van de artikel 100-brief.", "gemachtigden")
    route.send("artikel-100", hoorn.NAMES, TK="29 521, nr. 124")
    route.treat("afgerond", "De Kamer is akkoord (fictief).")
    for effort, day in (("eenheid", "1-2-2027"), ("civiel", "1-3-2027"), ("justitie", "1-4-2027")):
        route.register(f"start-{effort}", op=day)
    route.step(TO_UITVOERING)


def finish(route: Route, year: int) -> None:
    """€ 65 million is spent; the rest falls free when the books are closed; the dossier closes."""
    route.book("verplichten", hoorn.committed(year), "Contracten (fictief)")
    route.book("realiseren", hoorn.spent(year), "Facturen (fictief)")
    route.report(b.VOORTGANG)
    route.register("einde-besloten", tekst="De ministers van BZ en Defensie (fictief).")
    route.register("transitiestrategie", tekst="De kustwachten nemen de taken over (fictief).")
    route.letter("beeindiging", "Einde van de bijdrage aan Atalanta", hoorn.letter)
    route.send("beeindiging", hoorn.NAMES)
    route.step("naar_evaluatie")

    route.product("evaluatie", {**b.EVALUATIE, "militair": "Alle schepen onder bescherming kwamen aan (fictief)."})
    route.adopt("evaluatie")
    route.register("evaluatie-verzonden", "secretariaat", kenmerk="BZ-2029-264 (fictief)")
    route.held("afsluiten", "Leg de paragraaf voor het jaarverslag vast.")
    route.register("jaarverslag", tekst="Vier rechters opgeleid (fictief).", kenmerk="JenV 2029 (fictief)")
    route.lesson("Regel vooraf waar verdachten berecht worden (fictief).", "Maak eerst afspraken met de regio.")
    route.register("postmissie", uitkomst="afgezien", tekst="Weinig meerwaarde boven de eindevaluatie (fictief).")
    route.held("afsluiten", "Wacht tot het BIV-geld is afgerekend.", "BIV-beheerder")
    route.waits("biv-beheerder", "Reken het toegekende BIV-geld af.")
    route.settle_money()
    route.step("afsluiten")


@pytest.mark.django_db
def test_hoorn_van_afrika_with_three_instruments_paid_by_the_biv(cast):
    route, year = Route(Walker(cast)), b.today().year + 1
    prepare(route)
    choose(route, year)
    plan(route, year)
    pay(route)
    inform(route)
    finish(route, year)

    dossier, aanvraag = route.dossier, route.request
    assert (dossier.phase, dossier.status, aanvraag.number) == ("evaluatie", "afgesloten", 2)
    crossing = Move.objects.get(dossier=dossier, step=TO_UITVOERING)
    assert (len(crossing.conclusie_ids), len(crossing.beslissing_ids)) == (1, 4)
    rows = list(Saldo.objects.filter(aanvraag=aanvraag))
    left = {account: sum(row.on(account) for row in rows) for account in Rekening if account != Rekening.BUITEN}
    assert {account: amount for account, amount in left.items() if amount} == {
        Rekening.AFGEREKEND: 65_000_000,
        Rekening.VRIJGEVALLEN: 25_000_000,
    }
    assert first_broken() is None
