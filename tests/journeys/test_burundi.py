"""Burundi over HTTP: nobody is sent, so no SMO and no artikel 100; the choice is made hoog ambtelijk, and the jaarverslag accounts."""

import pytest

from cases.selectors.audit import first_broken
from phases.kamer.models import Kamerbrief
from phases.process.models import Move
from phases.smo.models import Aanbieding
from phases.vastlegging.models import Vastlegging
from tests import builders as b
from tests.journeys import burundi
from tests.journeys.base import PENVOERDER
from tests.journeys.route import Route
from tests.journeys.walker import Walker


def prepare(route: Route) -> None:
    """Oriëntatie and Analyse, on the strength of papers alone."""
    route.open_dossier(burundi.DOSSIER)
    route.product("signaal", b.SIGNAAL)
    route.held("naar_analyse", "Doe de toepasselijkheidstoets voor artikel 100.")
    route.toets(**burundi.TOETS)
    route.working_group("BHOS")
    route.adopt("signaal")
    route.step("naar_analyse")
    route.product("analyse", b.ANALYSE)
    route.adopt("analyse")
    route.held("naar_handelingsopties", "Wacht op de inbreng van BHOS voor de analyse.", "behandelaar BHOS")
    route.set_aside("inbreng", "De verkiezingen wachten niet (fictief).", holder="BHOS")
    route.step("naar_handelingsopties")
    route.catch_up("BHOS", "Haal in:", "De inbreng staat in het dossier van BHOS (fictief).")


def choose(route: Route) -> None:
    """Hoog ambtelijk, with name and date, and confirmed by a second person."""
    route.options(b.NOTA, burundi.OPTIES)
    version = route.adopt("opties")
    route.held("naar_planning", "Wacht op de keuze voor een handelingsoptie.", "gemachtigde BZ")
    route.waits("gemachtigde-bz", "Leg de keuze voor een handelingsoptie vast.")
    choice = {"optie": "A", "mr_nodig": "nee", "mr_reden": "Er gaat niemand (fictief)."}
    route.decide(version, "hoog-ambtelijk", "gemachtigde-bz", "gemachtigde-bz-2", naam=burundi.HOOG, **choice)
    assert burundi.HOOG in route.page(PENVOERDER, "besluiten").text
    route.held("naar_planning", "Doe de toepasselijkheidstoets opnieuw")
    route.deviate("Een enkele adviseur is geen eenheid (fictief).", **burundi.TOETS | {"eenheid": "ja", "geweld": "ja"})
    route.step("naar_planning")
    reconsider(route)


def reconsider(route: Route) -> None:
    """Back to the options and forward again: what was decided about them still stands, and is not asked a second time."""
    route.go_back("handelingsopties", burundi.TERUG)
    route.step("naar_planning")


def carry_out(route: Route) -> None:
    """A plan is enough: no mission, no letter, no BIV. Declared kleinschalig, it starts before there are indicators.

    The teamleider ends it before its time: the dossier comes in Evaluatie without the papers of an end.
    """
    route.walker.press(PENVOERDER, route.url("budget_anders"), "Leg financiering vast", text=burundi.FINANCIERING)
    route.product("plan", b.PLAN)
    route.adopt("plan")
    route.held("naar_uitvoering", "Voeg de indicatoren toe, met een nulmeting of een datum daarvoor.")
    route.declare("kleinschalig", "Kleinschalige inzet", "Twee adviseurs (fictief).", "BHOS", ("teamleider-bz",))
    route.step("naar_uitvoering")
    route.indicator(**burundi.INDICATOR)
    route.held("naar_evaluatie", "Leg vast wie over het einde van de inzet besloot.")
    route.end_early(burundi.OPGESCHORT)


def account(route: Route) -> None:
    """Who ended early catches up the papers of the end. A civil contribution is accounted for in a jaarverslag."""
    route.held("afsluiten", "Leg vast wie over het einde van de inzet besloot.")
    route.register(
        "einde-besloten", tekst="De samenwerking is opgeschort; besloten door de minister voor BHOS (fictief)."
    )
    route.report(b.VOORTGANG)
    route.register("transitiestrategie", tekst="De raadslieden droegen hun werk over (fictief).")
    route.held("afsluiten", "Leg de paragraaf voor het jaarverslag vast.")
    text = "Uit het perceptieonderzoek van april 2012 bleek dat het vertrouwen in politie en leger toenam."
    route.register("jaarverslag", tekst=text, kenmerk="BHOS 2012")
    route.held("afsluiten", "Leg de lessen vast, of waarom er geen zijn.")
    route.lesson("Salarissen van agenten kwamen te laat (fictief).", "Spreek betaling vooraf af.")
    route.step("afsluiten")


@pytest.mark.django_db
def test_burundi_without_personnel_closes_on_its_paragraph_for_the_jaarverslag(cast):
    route = Route(Walker(cast))
    prepare(route)
    choose(route)
    carry_out(route)
    account(route)

    dossier = route.dossier
    assert (dossier.phase, dossier.status) == ("evaluatie", "afgesloten")
    assert not Aanbieding.objects.filter(ronde__dossier=dossier).exists()
    assert not Kamerbrief.objects.filter(ronde__dossier=dossier).exists()
    assert not dossier.documents.filter(kind="evaluatie").exists()
    moves = Move.objects.filter(dossier=dossier)
    assert [len(move.conclusie_ids) for move in moves] == [0] * 8
    first, again = moves.filter(step="naar_planning")
    assert (len(first.besluit_ids), len(first.version_ids)) == (1, 1)
    assert (again.besluit_ids, again.version_ids) == (first.besluit_ids, first.version_ids)
    assert moves.get(step="terug_naar_handelingsopties").reason == burundi.TERUG
    assert moves.get(step="eerder_beeindigen").reason == burundi.OPGESCHORT
    rests_on = Vastlegging.objects.filter(pk__in=moves.get(step="afsluiten").vastlegging_ids)
    assert {"jaarverslag", "einde-besloten"} <= set(rests_on.values_list("soort", flat=True))
    assert first_broken() is None
