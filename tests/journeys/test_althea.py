"""EUFOR Althea through all six phases over HTTP, with the right people, to three PDFs."""

from io import BytesIO

import pikepdf
import pytest

from cases.models import DocumentVersion, Event, Rendering
from cases.notifications import outbox, tasks
from cases.selectors.audit import first_broken
from phases.process.models import Move
from tests import builders as b
from tests.journeys import althea
from tests.journeys.route import Route
from tests.journeys.walker import Walker

assert tasks


def walk(route: Route) -> None:
    """The whole way. Where a gate is closed, the step is tried first and must be refused."""
    route.open_dossier()
    refused(route, "naar_analyse", "Stel de signaalbeoordeling op")
    route.product("signaal", b.SIGNAAL)
    route.toets()
    refused(route, "naar_analyse", "Noem een contactpersoon van DEF voor de werkgroep.")
    route.working_group("DEF")
    route.advise(route.adopt("signaal"))
    refused(route, "naar_analyse", "kennisgevingsbrief")
    route.letter("kennisgeving", althea.KENNISGEVING)
    route.send("kennisgeving")
    route.step("naar_analyse")

    route.product("analyse", b.ANALYSE)
    version = route.adopt("analyse")
    refused(route, "naar_handelingsopties", "Bied de analyse en beoordeling aan de SMO aan")
    route.advise(version)
    refused(route, "naar_handelingsopties", "Wacht op de inbreng van DEF voor de analyse.")
    route.contribute("DEF", "De compagnie kan vanaf oktober worden ingezet.")
    route.step("naar_handelingsopties")

    route.options()
    version = route.adopt("opties")
    route.advise(version)
    refused(route, "naar_planning", "Wacht op de keuze voor een handelingsoptie")
    choice = {"optie": "A", "mr_nodig": "ja", "mr_reden": "Het gaat om een militaire eenheid."}
    route.choose(version, ("BZ",), **choice)
    refused(route, "naar_planning", "Wacht op de keuze van de minister van DEF")
    route.choose(version, ("DEF",), **choice)
    refused(route, "naar_planning", "Wacht op het besluit van de Ministerraad over de gekozen optie")
    route.decide(version, "ministerraad", "secretariaat", "secretariaat-2", optie="A")
    refused(route, "naar_planning", "Doe de toepasselijkheidstoets opnieuw")
    route.toets()
    route.step("naar_planning")

    route.product("plan", b.PLAN)
    route.advise(route.adopt("plan"))
    refused(route, "naar_uitvoering", "Leg vast wanneer het Militair Advies is ontvangen.")
    route.register("operatieconcept", "behandelaar-def", **althea.GEGEVENS["operatieconcept"])
    route.register("militair-advies", "behandelaar-def", **althea.GEGEVENS["militair-advies"])
    route.register("communicatieplan", **althea.GEGEVENS["communicatieplan"])
    route.indicator(**althea.INDICATOR)
    route.money()
    refused(route, "naar_uitvoering", "artikel 100-brief")
    letter = route.letter("artikel-100", None)
    route.decide(letter, "ministerraad", "secretariaat", "secretariaat-2")
    route.send("artikel-100")
    refused(route, "naar_uitvoering", "Wacht tot de Kamer de artikel 100-brief heeft behandeld.")
    route.treat("commissiedebat", "Steun van een ruime meerderheid.")
    route.treat("afgerond", "De Kamer agendeert de brief niet opnieuw.")
    route.register("start-eenheid", op="1-10-2027")
    route.step("naar_uitvoering")

    refused(route, "naar_evaluatie", "Stel het laatste voortgangsverslag vast")
    route.walker.press("behandelaar-bz", route.url("voortgang_nieuw"), "Opslaan", **report())
    route.adopt("voortgang")
    refused(route, "naar_evaluatie", "Leg vast wie over het einde van de inzet besloot.")
    route.register("einde-besloten", tekst="De ministers van BZ en Defensie; de inzet eindigt op 31 december 2027.")
    route.register("transitiestrategie", tekst="De taken gaan over naar de lokale autoriteiten.")
    refused(route, "naar_evaluatie", "Stel de beëindigingsbrief op en stel die vast.")
    route.letter("beeindiging", None)
    route.send("beeindiging")
    route.step("naar_evaluatie")

    route.product("evaluatie", {**b.EVALUATIE, "militair": "De compagnie voerde haar taken uit."})
    route.adopt("evaluatie")
    promise = route.promise("De Kamer krijgt een brief over de veteranen.", "DEF")
    refused(route, "afsluiten", "Doe de open toezegging af, of draag die over.")
    route.settle(promise, "behandelaar-def", "Brief verzonden op 20 november.")
    route.lesson("De nulmeting begon te laat.", "Begin met meten voordat de eerste mensen vertrekken.")
    route.register("evaluatie-verzonden", "secretariaat", kenmerk="29 521, nr. 501")
    refused(route, "afsluiten", "Plan de postmissiebeoordeling")
    route.register("postmissie", uitkomst="gepland", op="31-12-2032")
    refused(route, "afsluiten", "Wacht tot het BIV-geld is afgerekend.")
    route.settle_money()
    route.step("afsluiten")


def report() -> dict[str, str]:
    return {**{k: v for k, v in b.VOORTGANG.items() if v and v is not True}, "laatste": "on"}


def refused(route: Route, step: str, reason: str) -> None:
    """The step page says why not, and pressing all the same changes nothing."""
    page = route.page("behandelaar-bz", "stap", step)
    assert reason in page.text, page.text[:1500]
    before = route.dossier.moves_made
    client = route.walker.client("behandelaar-bz")
    answers = {"seen_version": before, "csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    response = client.post(route.url("stap", step), answers)
    assert response.status_code == 422
    assert reason in response.content.decode()
    assert route.dossier.moves_made == before


@pytest.mark.django_db
@pytest.mark.pdf
def test_althea_from_orientatie_to_closed(cast):
    route = Route(Walker(cast))
    walk(route)
    dossier = route.dossier
    assert (dossier.phase, dossier.status) == ("evaluatie", "afgesloten")
    assert list(Move.objects.filter(dossier=dossier).values_list("target_phase", flat=True)) == [
        "analyse", "handelingsopties", "planning", "uitvoering", "evaluatie", "evaluatie",
    ]  # fmt: skip
    crossing = Move.objects.get(dossier=dossier, step="naar_uitvoering")
    assert (len(crossing.version_ids), len(crossing.conclusie_ids), len(crossing.beslissing_ids)) == (2, 1, 3)
    assert len(crossing.vastlegging_ids) == 3
    assert len(Move.objects.get(dossier=dossier, step="naar_planning").besluit_ids) == 3
    assert first_broken() is None
    assert Event.objects.filter(dossier=dossier).count() > 60

    outbox.drain()
    assert not Rendering.objects.exclude(state="gereed").exists()
    for kind, title in (
        ("kennisgeving", "Kennisgevingsbrief"),
        ("artikel-100", "Artikel 100-brief"),
        ("evaluatie", "Eindevaluatie"),
    ):
        version = DocumentVersion.objects.filter(document__dossier=dossier, document__kind=kind).latest("id")
        answer = route.walker.client("auditor").get(f"/versies/{version.pk}/pdf/")
        assert answer["Content-Type"] == "application/pdf"
        with pikepdf.open(BytesIO(answer.content)) as pdf:
            assert str(pdf.Root.Lang) == "nl"
            assert bool(pdf.Root.MarkInfo.Marked)
            assert title in str(pdf.docinfo["/Title"])
            assert len(pdf.pages) >= 1
