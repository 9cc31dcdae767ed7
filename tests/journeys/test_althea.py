"""EUFOR Althea through all six phases over HTTP, with the right people: a first Ronde, its renewal as a second, and three PDFs."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest

from cases.models import DocumentVersion, Event, Rendering
from cases.notifications import outbox, tasks
from cases.selectors.audit import first_broken
from cases.templatetags.notatie import datum
from phases.process.models import Move
from tests import builders as b
from tests.journeys import althea
from tests.journeys.advice import SMO
from tests.journeys.base import PENVOERDER, TEAMLEIDER
from tests.journeys.meetings import working_day
from tests.journeys.route import Route
from tests.journeys.walker import Walker

assert tasks

TO_UITVOERING, CBO = "naar_uitvoering", "cbo"


def prepare(route: Route) -> None:
    """Oriëntatie to Planning. Where a gate is closed, the dossier says so, and the step is tried and refused."""
    route.open_dossier(althea.DOSSIER)
    route.held("naar_analyse", "Stel de signaalbeoordeling op")
    route.product("signaal", b.SIGNAAL)
    route.toets(**althea.TOETS)
    route.held("naar_analyse", "Noem een contactpersoon van DEF voor de werkgroep.")
    route.working_group("DEF")
    meet(route, route.adopt("signaal"))
    route.held("naar_analyse", "Stel de kennisgevingsbrief op en stel die vast.")
    route.letter("kennisgeving", "Kennisgeving onderzoek militaire bijdrage", althea.kennisgeving)
    route.says("Wacht op de ondertekening van de kennisgevingsbrief.", "gemachtigden")
    route.send("kennisgeving", althea.NAMES, TK="29 521, nr. 448")
    route.step("naar_analyse")

    route.product("analyse", b.ANALYSE)
    version = route.adopt("analyse")
    route.held("naar_handelingsopties", "Bied de analyse en beoordeling aan de SMO aan")
    route.advise(version)
    route.held("naar_handelingsopties", "Wacht op de inbreng van DEF voor de analyse.", "behandelaar DEF")
    route.contribute("DEF", "De compagnie kan vanaf oktober worden ingezet.")
    route.step("naar_handelingsopties")
    choose(route)


def meet(route: Route, version: DocumentVersion) -> None:
    """The first advice is given in a meeting, with all that belongs to one; what comes after its list goes round in writing."""
    offer = route.offer(version)
    route.agenda(version, althea.PUNT)
    route.prepare_meeting(version, "smo-def")
    route.waits("smo-az", "Geef het standpunt van AZ over de signaalbeoordeling.")
    for code in SMO:
        route.position(offer, code, strekking="akkoord")
    route.conclude(offer)
    route.present(althea.GAST)
    route.minutes(version, althea.BESPROKEN, althea.ACTIE, "smo-def")
    route.finish_action(althea.ACTIE, "smo-def", althea.GEDAAN)
    route.until = datum(working_day())


def choose(route: Route) -> None:
    """Two ministers and the Ministerraad on one option."""
    route.options(b.NOTA, althea.OPTIES)
    version = route.adopt("opties")
    route.advise(version)
    route.held("naar_planning", "Wacht op de keuze voor een handelingsoptie", "gemachtigde BZ en DEF")
    choice = {"optie": "A", "mr_nodig": "ja", "mr_reden": "Het gaat om een militaire eenheid."}
    route.choose(version, ("BZ",), **choice)
    route.held("naar_planning", "Wacht op de keuze van de minister van DEF", "gemachtigde DEF")
    route.choose(version, ("DEF",), **choice)
    route.held("naar_planning", "Wacht op het besluit van de Ministerraad over de gekozen optie", "secretariaat")
    route.waits("secretariaat", "Leg het besluit van de Ministerraad over de opties vast.")
    route.decide(version, "ministerraad", "secretariaat", "secretariaat-2", optie="A")
    route.held("naar_planning", "Doe de toepasselijkheidstoets opnieuw")
    route.toets(**althea.TOETS)
    route.step("naar_planning")


def plan(route: Route, text: str, money: dict[int, int], **words: str) -> None:
    """A plan with its advice, the registered facts and the money; the same in each Ronde."""
    route.held(TO_UITVOERING, "Stel het plan op, leg die voor en stel die vast.")
    route.product("plan", {**b.PLAN, "activiteiten": text})
    route.ask([(year, CBO, "niet-oda", amount) for year, amount in money.items()], **althea.BIV, **words)
    route.advise(route.adopt("plan"))
    route.held(TO_UITVOERING, "Leg vast wanneer het Militair Advies is ontvangen.", "behandelaar DEF")
    route.waits("behandelaar-def", "Leg vast wanneer het Militair Advies is ontvangen.")
    route.register("operatieconcept", "behandelaar-def", **althea.GEGEVENS["operatieconcept"])
    route.register("militair-advies", "behandelaar-def", **althea.GEGEVENS["militair-advies"])
    route.register("communicatieplan", **althea.GEGEVENS["communicatieplan"])
    route.held(TO_UITVOERING, "Voeg de indicatoren toe, met een nulmeting of een datum daarvoor.")
    if route.dossier.ronde_number == 1:
        route.indicator(**althea.INDICATOR)
    else:
        route.walker.press(PENVOERDER, route.url("indicatoren"), "Neem de indicatoren van ronde 1 over")
    route.held(TO_UITVOERING, "Wacht op de reservering van het BIV-geld.", "BIV-beheerder DEF")
    route.reserve()
    route.held(TO_UITVOERING, "Wacht op het BIV-besluit van BHOS, BZ en DEF.", "gemachtigde BHOS, BZ en DEF")
    route.grant(("BZ", "BHOS", "DEF"))


def inform(route: Route, text: Callable[[str, str], str], start: str, urgent: str = "", **kamerstukken: str) -> None:
    """The artikel 100-brief: the Ministerraad, the signatures, sent, treated; then the unit may begin. The second time it is urgent."""
    route.held(TO_UITVOERING, "Stel de artikel 100-brief op en stel die vast.")
    letter = route.letter("artikel-100", "Nederlandse bijdrage aan EUFOR Althea", text)
    route.decide(letter, "ministerraad", "secretariaat", "secretariaat-2")
    route.send("artikel-100", althea.NAMES, **kamerstukken)
    route.held(TO_UITVOERING, "Wacht tot de Kamer de artikel 100-brief heeft behandeld.", "secretariaat")
    route.waits("secretariaat", "Wacht tot de Kamer de artikel 100-brief heeft behandeld.")
    if urgent:
        route.declare(
            "spoed", "Spoed (artikel 100 lid 2 Grondwet)", urgent, "BZ", ("gemachtigde-bz", "gemachtigde-def")
        )
    else:
        route.treat("commissiedebat", "Steun van een ruime meerderheid (fictief).")
        route.treat("afgerond", "De Kamer agendeert de brief niet opnieuw (fictief).")
    route.register("start-eenheid", op=start)
    route.step(TO_UITVOERING)
    if urgent:
        route.catch_up("BZ", "Haal in: Informeer de Tweede en de Eerste Kamer", "De Kamers kregen de brief (fictief).")


def renew(route: Route) -> None:
    """The second Ronde begins bare: its own papers, advice, decisions, money and letter."""
    route.renew(althea.VERLENGING, "31-7-2027")
    dossier = route.dossier
    assert (dossier.phase, dossier.ronde_number) == ("planning", 2)
    assert str(dossier.rondes.get(number=1).runs_until) == "2027-07-31"
    route.held(TO_UITVOERING, "Doe de toepasselijkheidstoets opnieuw")
    route.toets(**althea.TOETS)
    plan(route, "Patrouilles, trainingen en een reactiemacht.", {b.today().year + 1: 9_000_000})
    inform(route, althea.renewal, "1-10-2027", "De missie wacht niet (fictief).", TK="29 521, nr. 494")


def finish(route: Route) -> None:
    """Uitvoering to Afgesloten: ending letter, evaluation, promise, lesson, and the money of both Rondes."""
    route.held("naar_evaluatie", "Stel het laatste voortgangsverslag vast")
    route.report(b.VOORTGANG)
    route.held("naar_evaluatie", "Leg vast wie over het einde van de inzet besloot.")
    end = "De ministers van BZ en Defensie; de inzet eindigt op 31 december 2027 (fictief)."
    route.register("einde-besloten", tekst=end)
    route.register("transitiestrategie", tekst="De taken gaan over naar de lokale autoriteiten (fictief).")
    route.held("naar_evaluatie", "Stel de beëindigingsbrief op en stel die vast.")
    route.letter("beeindiging", "Einde van de bijdrage aan EUFOR Althea", althea.renewal)
    route.send("beeindiging", althea.NAMES)
    route.step("naar_evaluatie")

    route.product("evaluatie", {**b.EVALUATIE, "militair": "De compagnie voerde haar taken uit."})
    route.adopt("evaluatie")
    promise = route.promise("De Kamer krijgt een brief over de veteranen.", "DEF")
    route.held("afsluiten", "Doe de open toezegging af, of draag die over.", "behandelaar DEF")
    route.settle(promise, "behandelaar-def", "Brief verzonden op 20 november.")
    route.lesson("De nulmeting begon te laat.", "Begin met meten voordat de eerste mensen vertrekken.")
    route.waits("secretariaat", "Leg vast wanneer de eindevaluatie aan de Kamer is gestuurd.")
    route.register("evaluatie-verzonden", "secretariaat", kenmerk="BZ-2028-501 (fictief)")
    route.held("afsluiten", "Plan de postmissiebeoordeling")
    route.register("postmissie", uitkomst="gepland", op="31-12-2032")
    route.settle_money()
    route.held("afsluiten", "Wacht tot het BIV-geld is afgerekend.", "BIV-beheerder")
    route.waits("biv-beheerder", "Reken het toegekende BIV-geld af.")
    route.settle_money(1)
    route.step("afsluiten")


@pytest.mark.django_db
@pytest.mark.pdf
def test_althea_from_orientatie_to_closed(cast):
    route, year = Route(Walker(cast)), b.today().year
    prepare(route)
    difference = {"verschil": "De indicatie was ruw (fictief)."}
    plan(route, "Patrouilles en training.", {year: 6_500_000, year + 1: 14_250_000}, **difference)
    inform(route, althea.letter, "1-10-2027", EK="29 521, BA")
    renew(route)
    finish(route)

    dossier = route.dossier
    assert (dossier.phase, dossier.status) == ("evaluatie", "afgesloten")
    assert list(Move.objects.filter(dossier=dossier).values_list("ronde__number", "target_phase")) == [
        (1, "analyse"), (1, "handelingsopties"), (1, "planning"), (1, "uitvoering"), (1, "planning"),
        (2, "uitvoering"), (2, "evaluatie"), (2, "evaluatie"),
    ]  # fmt: skip
    assert len(Move.objects.get(dossier=dossier, step="naar_planning").besluit_ids) == 3
    for crossing in Move.objects.filter(dossier=dossier, step=TO_UITVOERING):
        letters = 2 if crossing.ronde.number == 1 else 1  # the kennisgeving belongs to the first Ronde
        rests_on = len(crossing.version_ids), len(crossing.conclusie_ids), len(crossing.beslissing_ids)
        assert rests_on == (letters + 1, 1, 3)
        assert len(crossing.vastlegging_ids) == 3
        rondes = DocumentVersion.objects.filter(pk__in=crossing.version_ids).values_list("document__ronde", flat=True)
        assert set(rondes) == {crossing.ronde_id}
    assert first_broken() is None
    assert Event.objects.filter(dossier=dossier).count() > 90
    assert "Dit dossier is afgesloten." in route.page(TEAMLEIDER, "dossier").text
    printed(route)


def printed(route: Route) -> None:
    """The worker makes every PDF; three of them are tagged, Dutch and carry their title."""
    outbox.drain()
    route.list_files(althea.BESPROKEN, althea.ACTIE)
    assert not Rendering.objects.exclude(state="gereed").exists()
    titles = {"kennisgeving": "Kennisgevingsbrief", "artikel-100": "Artikel 100-brief", "evaluatie": "Eindevaluatie"}
    for kind, title in titles.items():
        version = DocumentVersion.objects.filter(document__dossier=route.dossier, document__kind=kind).latest("id")
        answer = route.walker.client("auditor").get(f"/versies/{version.pk}/pdf/")
        assert answer["Content-Type"] == "application/pdf"
        with pikepdf.open(BytesIO(answer.content)) as pdf:
            assert str(pdf.Root.Lang) == "nl"
            assert bool(pdf.Root.MarkInfo.Marked)
            assert title in str(pdf.docinfo["/Title"])
            assert len(pdf.pages) >= 1
