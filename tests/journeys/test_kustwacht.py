"""A dossier that stops after its kennisgeving: the Kamer, which was told of the inquiry, hears its outcome first."""

import pytest

from cases.models import DocumentVersion
from cases.selectors.audit import first_broken
from phases.process.models import Move
from tests import builders as b
from tests.journeys import kustwacht
from tests.journeys.advice import SMO
from tests.journeys.base import PENVOERDER, TEAMLEIDER
from tests.journeys.meetings import working_day
from tests.journeys.route import Route
from tests.journeys.walker import Walker

NOT_YET = "Stel de brief over de negatieve uitkomst op en stel die vast."


def advise(route: Route, version: DocumentVersion) -> None:
    """Taken back and offered again; kept for the next meeting, brought forward by the secretary, and turned down."""
    first = route.offer(version)
    route.says("Wacht op de conclusie van de SMO over de signaalbeoordeling.", "voorzitter SMO")
    route.withdraw(first, kustwacht.INGETROKKEN)
    route.held("naar_analyse", "Bied de signaalbeoordeling aan de SMO aan.")
    offer, later = route.offer(version), working_day()
    for code in SMO:
        route.position(offer, code, strekking="akkoord")
    route.plan_meeting(later)
    route.keep(offer, kustwacht.AANGEHOUDEN, later)
    route.held("naar_analyse", "aangehouden", "voorzitter SMO")
    route.bring_forward(later)
    route.conclude(offer, oordeel="negatief", tekst=kustwacht.NEGATIEF)
    assert kustwacht.AANGEHOUDEN in route.page(PENVOERDER, "dossier_smo").text


def begin(route: Route) -> None:
    """The SMO advises negatively on the signal; both ministers, shown that advice, decide otherwise; the Kamer is told."""
    route.open_dossier(kustwacht.DOSSIER)
    route.product("signaal", b.SIGNAAL)
    route.toets(**kustwacht.TOETS)
    route.working_group("DEF")
    version = route.adopt("signaal")
    advise(route, version)
    negative = (
        "De conclusie van de SMO over de signaalbeoordeling is: negatief. Leg dat advies voor aan de bewindspersonen"
    )
    route.held("naar_analyse", negative)
    url = route.page("gemachtigde-bz", "besluiten").action("Registreer besluit", f"/{version.pk}/")
    assert kustwacht.NEGATIEF in route.walker.open("gemachtigde-bz", url).text
    route.ministers(version, ("BZ",), toelichting=kustwacht.TOCH)
    route.held("naar_analyse", negative)
    route.ministers(version, ("DEF",), toelichting=kustwacht.TOCH)
    route.held("naar_analyse", "Stel de kennisgevingsbrief op en stel die vast.")
    route.letter("kennisgeving", "Kennisgeving onderzoek kustwachtmissie (fictief)", kustwacht.text)
    route.send("kennisgeving", kustwacht.NAMES)
    route.step("naar_analyse")


def turn_down(route: Route) -> None:
    """The assessment says no: stopping is held, for whoever tries it, until the letter is away."""
    route.product("analyse", {**b.ANALYSE, "wenselijkheid": "nee"})
    route.adopt("analyse")
    route.held("naar_handelingsopties", "De beoordeling zegt dat betrokkenheid niet gewenst is. Stop het dossier")
    words = {"outcome": "niet-haalbaar", "reason": kustwacht.REDEN}
    assert "Stop het dossier" in route.page(TEAMLEIDER, "stappen").text
    route.waits(PENVOERDER, NOT_YET)
    route.refused("stoppen", NOT_YET, TEAMLEIDER, **words)
    route.letter("negatieve-uitkomst", "Uitkomst van het onderzoek (fictief)", kustwacht.text)
    route.refused("stoppen", "Wacht op de ondertekening van de brief over de negatieve uitkomst.", TEAMLEIDER, **words)
    route.send("negatieve-uitkomst", kustwacht.NAMES)
    route.waits(TEAMLEIDER, "Stop het dossier, of laat de beoordeling herzien.")


@pytest.mark.django_db
def test_a_dossier_stops_after_its_kennisgeving_once_the_kamer_knows(cast):
    route = Route(Walker(cast))
    begin(route)
    turn_down(route)
    route.stop("niet-haalbaar", kustwacht.REDEN)

    dossier = route.dossier
    assert (dossier.phase, dossier.status) == ("analyse", "gestopt")
    move = Move.objects.get(dossier=dossier, step="stoppen")
    assert (move.outcome, len(move.version_ids)) == ("niet-haalbaar", 1)
    assert len(Move.objects.get(dossier=dossier, step="naar_analyse").besluit_ids) == 2
    said = route.page(PENVOERDER, "dossier").now
    assert said[0] == "Dit dossier is gestopt: bijdrage niet haalbaar."
    assert kustwacht.REDEN in said[1]
    assert first_broken() is None
