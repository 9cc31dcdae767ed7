"""Writing: the products of the phases, and how each becomes vastgesteld."""

from datetime import timedelta
from typing import Any

from cases.models import DocumentVersion
from cases.templatetags.notatie import datum
from phases.process.gates import PRODUCT_NAMES
from tests import builders as b
from tests.journeys.base import PENVOERDER, Base


class Papers(Base):
    """The papers of a dossier, by the penvoerder and the ministries that take part."""

    def toets(self, **answers: str) -> None:
        self.walker.press(PENVOERDER, self.url("toets"), "Leg de toets vast", **answers)

    def product(self, name: str, values: dict[str, Any], page: str = "") -> None:
        values = {k: v for k, v in values.items() if v not in (None, "", False)}
        values = {k: "on" if v is True else v for k, v in values.items()}
        self.walker.press(PENVOERDER, self.url(page or name), "Opslaan", **values)

    def options(self, nota: dict[str, Any], options: list[dict[str, Any]]) -> None:
        self.product("opties", nota)
        for option in options:
            self.walker.press(PENVOERDER, self.url("optie_nieuw"), "Voeg toe als nieuwe optie", **option)

    def adopt(self, kind: str) -> DocumentVersion:
        """Put forward, initialled by each participating ministry's teamleider, adopted; every time by its own button."""
        document = self.dossier.documents.filter(kind=kind, ronde__number=self.dossier.ronde_number).latest("id")
        url = self.url("document", document.pk)
        self.walker.press(PENVOERDER, url, "Leg voor ter paraaf")
        codes = [p.ministry.code for p in self.dossier.participations.select_related("ministry")]
        name = PRODUCT_NAMES.get(kind, "het voortgangsverslag")
        self.waits(f"teamleider-{codes[-1].lower()}", f"Parafeer {name} namens {codes[-1]}.")
        for code in codes:
            leader = f"teamleider-{code.lower()}"
            self.walker.press(leader, self.walker.open(leader, url).link("Lees en parafeer"), f"Parafeer namens {code}")
        self.walker.press(PENVOERDER, self.walker.open(PENVOERDER, url).link("Stel vast"), "Stel vast")
        version = document.versions.latest("number")
        assert version.status == "vastgesteld"
        return version

    def working_group(self, *codes: str) -> None:
        """The penvoerder names a contact for each other ministry."""
        for code in codes:
            contact = f"{code}:{self.walker.cast[f'behandelaar-{code.lower()}'].pk}"
            self.walker.press(PENVOERDER, self.url("deelname"), "Laat deelnemen", ministry=code, contact=contact)

    def contribute(self, code: str, text: str, soort: str = "inbreng") -> None:
        """A ministry brings something in for the analysis, on its own page."""
        who = f"behandelaar-{code.lower()}"
        self.waits(who, f"Geef de inbreng van {code} voor de analyse.")
        self.walker.press(who, self.url("inbreng", code), "Leg de inbreng vast", soort=soort, tekst=text)

    def set_aside(self, gate: str, reason: str, holder: str) -> None:
        """The penvoerder asks to set a gate aside and says who catches up; the teamleider grants it."""
        until = datum(b.today() + timedelta(days=60))
        values = {"gate": gate, "reason": reason, "until": until, "holder": holder, "term": until}
        self.walker.press(PENVOERDER, self.url("afwijkingen"), "Vraag de afwijking", **values)
        self.waits("teamleider-bz", "Beoordeel de gevraagde afwijking.")
        page = self.page("teamleider-bz", "afwijkingen")
        self.walker.press("teamleider-bz", page.link("Beoordeel de afwijking"), "Verleen de afwijking")

    def declare(self, soort: str, name: str, reason: str, holder: str, agree: tuple[str, ...]) -> None:
        """The penvoerder asks for a declaration; each who must agree has it as a task, and it holds after the last."""
        until = datum(b.today() + timedelta(days=60))
        values = {"soort": soort, "reason": reason, "until": until, "holder": holder, "term": until}
        self.walker.press(PENVOERDER, self.url("verklaring_nieuw"), "Controleer de verklaring", **values)
        for who in agree:
            self.waits(who, f"Beoordeel de verklaring: {name}.")
            page = self.page(who, "afwijkingen")
            assert "Van kracht" not in page.text
            self.walker.press(who, page.link(name), "Ga akkoord")
        assert "Van kracht" in self.page(PENVOERDER, "afwijkingen").text

    def catch_up(self, code: str, task: str, text: str) -> None:
        """What was set aside is done after all, by the ministry that took it on."""
        who = f"behandelaar-{code.lower()}"
        self.waits(who, task)
        page = self.page(who, "afwijkingen")
        self.walker.press(who, page.link(f"{code}, uiterlijk"), "Meld dat dit is ingehaald", tekst=text)

    def deviate(self, reason: str, **answers: str) -> None:
        """A toets that deviates from its answers: the step waits on the teamleider of the penvoerder."""
        self.toets(**answers, afwijken="on", override_reason=reason)
        self.waits("teamleider-bz", "Bevestig de uitkomst van de toets voor artikel 100.")
        page = self.walker.press("teamleider-bz", self.url("toets"), "Bevestig de uitkomst")
        assert "De uitkomst is bevestigd" in page.text or "Bevestigd door" in page.text

    def register(self, soort: str, who: str = PENVOERDER, **values: str) -> None:
        """A fact with a date, on its own page."""
        self.walker.press(who, self.url("vastlegging", soort), "Controleer", **{"op": self.today, **values})

    def indicator(self, **values: str) -> None:
        self.walker.press(PENVOERDER, self.url("indicatoren"), "Voeg indicator toe", **values)

    def report(self, values: dict[str, Any]) -> None:
        """The last progress report."""
        self.product("voortgang", {**values, "laatste": True}, page="voortgang_nieuw")
        self.adopt("voortgang")

    def lesson(self, lesson: str, advice: str) -> None:
        self.walker.press(PENVOERDER, self.url("lessen"), "Leg les vast", les=lesson, aanbeveling=advice)
