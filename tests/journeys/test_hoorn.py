"""The Hoorn van Afrika over HTTP: three instruments of four ministries, paid by the BIV, from the first line to the last euro."""

import pytest
from django.urls import reverse

from budget_biv.models import Rekening, Saldo
from cases.models import DocumentVersion
from cases.selectors.audit import first_broken
from cases.templatetags.notatie import datum
from phases.process.models import Move
from tests import builders as b
from tests.journeys import hoorn
from tests.journeys.meetings import working_day
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


def advise_in_writing(route: Route, version: DocumentVersion) -> None:
    """Outside a meeting, with a term. A deputy dissents for JENV, DEF agrees on a condition, and the ministers read the dissent."""
    route.until = datum(working_day())
    offer = route.offer(version)
    assert f"tot en met {route.until}" in route.walker.open("smo-def", reverse("smo")).text
    task = "Geef het standpunt van JENV over de optiesnota (schriftelijke ronde)."
    route.waits("smo-jenv", task)
    route.sits_in("behandelaar-jenv", "smo-jenv")
    route.waits("behandelaar-jenv", task)
    dissent = {"strekking": "niet-akkoord", "toelichting": hoorn.AFWIJKEND}
    route.position(offer, "JENV", by="behandelaar-jenv", **dissent)
    assert not [line for line in route.page("smo-jenv", "dossier").now if task in line], "the deputy did it"
    route.position(offer, "DEF", strekking="voorwaarden", voorwaarden=hoorn.MITS, toelichting=hoorn.MITS)
    for code in ("BZ", "BHOS", "AZ"):
        route.position(offer, code, strekking="akkoord")
    assert "SMO-lid JENV, namens N. Peters" in route.page("voorzitter-smo", "dossier_smo").text
    assert hoorn.AFWIJKEND in route.page("voorzitter-smo", "conclusie", offer.pk).text
    route.conclude(offer, tekst=hoorn.TOCH_POSITIEF)
    route.until = ""
    for who in ("gemachtigde-bz", "gemachtigde-jenv"):
        url = route.page(who, "besluiten").action("Registreer besluit", f"/{version.pk}/")
        read = route.walker.open(who, url).text
        assert hoorn.TOCH_POSITIEF in read
        assert "Afwijkende standpunten Deze standpunten gaan met het advies mee naar de ministers." in read
        assert f"JENV, niet akkoord: {hoorn.AFWIJKEND}" in read


def choose(route: Route, year: int) -> None:
    """All four ministers choose the option that asks the BIV; without the request the dossier does not go on."""
    route.options(b.NOTA, hoorn.OPTIES)
    version = route.adopt("opties")
    advise_in_writing(route, version)
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


def pay(route: Route, year: int) -> None:
    """Reserved by the BIV-beheerder, granted in part by four ministers together: the rest falls free."""
    route.held(TO_UITVOERING, "Wacht op de reservering van het BIV-geld.", "BIV-beheerder DEF")
    route.reserve()
    everybody = "BHOS, BZ, DEF en JENV"
    route.held(TO_UITVOERING, f"Wacht op het BIV-besluit van {everybody}.", f"gemachtigde {everybody}")
    route.grant(hoorn.MINISTERS, hoorn.part(year))
    read = route.page("behandelaar-def", "budget").text
    assert "2.000.000 van gereserveerd naar vrijgevallen" in read
    assert sum(row.vrijgevallen for row in route.request.saldi.all()) == 3_000_000


def shift(route: Route, year: int) -> None:
    """A part of the money goes to a year that has no ceiling yet: the ceilings are read in first."""
    later, line = year + 4, f"{year + 1}, Crisisbeheersingsoperaties, Niet-ODA"
    assert str(later) not in route.years()
    why = "De categorie crisis bestaat niet."
    route.read_ceilings(later, hoorn.ceiling(later, "crisis"), why, hoorn.ceiling(later, "cbo"))
    route.shift(line, 4_000_000, later, hoorn.KASSCHUIF)


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
    pay(route, year)
    shift(route, year)
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
