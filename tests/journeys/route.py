"""The route itself, step by step, for the test over HTTP. Every step is an act of one person on one page."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from budget_biv.models import Fund
from cases.models import DocumentVersion, Dossier
from cases.templatetags.notatie import datum
from phases.kamer.models import Briefsectie, Toezegging
from phases.smo.models import Aanbieding
from tests import builders as b
from tests.journeys import althea
from tests.journeys.walker import Page, Walker

PENVOERDER, SMO = "behandelaar-bz", ("BZ", "BHOS", "DEF", "JENV", "AZ")


@dataclass
class Route:
    """One dossier on its way; `number` is known once it is opened."""

    walker: Walker
    number: str = ""

    def url(self, name: str, *args: Any) -> str:
        return reverse(name, args=[self.number, *args])

    @property
    def dossier(self) -> Dossier:
        return Dossier.objects.get(number=self.number)

    def open_dossier(self) -> None:
        page = self.walker.press(PENVOERDER, reverse("dossier_nieuw"), "Ga verder", **althea.DOSSIER)
        page = self.walker._submit(PENVOERDER, page, "Open dossier", {})
        self.number = page.url.rstrip("/").split("/")[-1]
        assert "Wat moet er nu gebeuren?" in page.text

    def toets(self) -> None:
        self.walker.press(PENVOERDER, self.url("toets"), "Leg de toets vast", **althea.TOETS)

    def product(self, name: str, values: dict[str, Any]) -> None:
        values = {k: v for k, v in values.items() if v not in (None, "", False)}
        values = {k: "on" if v is True else v for k, v in values.items()}
        self.walker.press(PENVOERDER, self.url(name), "Opslaan", **values)

    def adopt(self, kind: str) -> DocumentVersion:
        """Put forward, initialled by each participating ministry's teamleider, adopted; every time by its own button."""
        document = self.dossier.documents.filter(kind=kind, ronde__number=self.dossier.ronde_number).latest("id")
        url = self.url("document", document.pk)
        self.walker.press(PENVOERDER, url, "Leg voor ter paraaf")
        for participation in self.dossier.participations.select_related("ministry"):
            code = participation.ministry.code
            leader = f"teamleider-{code.lower()}"
            self.walker.press(leader, self.walker.open(leader, url).link("Lees en parafeer"), f"Parafeer namens {code}")
        self.walker.press(PENVOERDER, self.walker.open(PENVOERDER, url).link("Stel vast"), "Stel vast")
        version = document.versions.latest("number")
        assert version.status == "vastgesteld"
        return version

    def advise(self, version: DocumentVersion) -> None:
        """Offered, every ministry its position, and the chair concludes."""
        offer_page = self.url("smo_aanbieden", version.pk)
        self.walker.press(PENVOERDER, offer_page, "Bied aan", vergadering=b.meeting().day.isoformat())
        offer = Aanbieding.objects.get(version=version)
        for code in SMO:
            self.walker.press(f"smo-{code.lower()}", self.url("standpunt", offer.pk), "Controleer", strekking="akkoord")
        values = {"oordeel": "positief", "tekst": "De SMO adviseert positief."}
        if version.document.kind == "analyse":
            values["doorgeleiding"] = "samen"
        self.walker.press("voorzitter-smo", self.url("conclusie", offer.pk), "Controleer", **values)

    def step(self, name: str) -> None:
        page = self.walker.press(PENVOERDER, self.url("stap", name), self._label(name))
        assert page.url.startswith(self.url("dossier")), page.text[:800]

    def _label(self, name: str) -> str:
        from phases.process.table import STEPS

        return STEPS[name].label

    def working_group(self, *codes: str) -> None:
        """The penvoerder names a contact for each other ministry."""
        for code in codes:
            contact = f"{code}:{self.walker.cast[f'behandelaar-{code.lower()}'].pk}"
            self.walker.press(PENVOERDER, self.url("deelname"), "Laat deelnemen", ministry=code, contact=contact)

    def contribute(self, code: str, text: str, soort: str = "inbreng") -> None:
        """A ministry brings something in for the analysis, on its own page."""
        who = f"behandelaar-{code.lower()}"
        self.walker.press(who, self.url("inbreng", code), "Leg de inbreng vast", soort=soort, tekst=text)

    def options(self) -> None:
        self.product("opties", b.NOTA)
        for option in althea.OPTIES:
            self.walker.press(PENVOERDER, self.url("optie_nieuw"), "Voeg toe als nieuwe optie", **option)

    def decide(self, version: DocumentVersion, orgaan: str, registers: str, confirms: str, **values: str) -> None:
        """A decision registered by one and confirmed by another, on the page to which the overview leads."""
        url = self.url("besluit_nieuw", version.pk) + f"?orgaan={orgaan}"
        day = datum(b.today())
        self.walker.press(registers, url, "Controleer", orgaan=orgaan, uitkomst="akkoord", besluit_op=day, **values)
        check = self.page(confirms, "besluiten").link("Controleer en bevestig")
        self.walker.press(confirms, check, "Bevestig besluit")

    def choose(self, version: DocumentVersion, codes: tuple[str, ...], **values: str) -> None:
        """Each of these ministers chooses the same option, by the own gemachtigden."""
        for code in codes:
            who = f"gemachtigde-{code.lower()}"
            self.decide(version, "bewindspersonen", who, f"{who}-2", **values)

    def letter(self, kind: str, texts: dict[str, str] | None) -> DocumentVersion:
        """Begun, every section written and marked ready, put forward, initialled, adopted."""
        self.walker.press(PENVOERDER, self.url("brief", kind), "Begin", betreft="Bijdrage aan EUFOR Althea")
        for section in Briefsectie.objects.filter(brief__ronde__dossier=self.dossier, brief__soort=kind, required=True):
            text = texts[section.code] if texts else althea.letter_text(section.title)
            self.walker.press(
                PENVOERDER, self.url("brief_sectie", kind, section.code), "Opslaan", text=text, ready="on"
            )
        return self.adopt(kind)

    def send(self, kind: str) -> DocumentVersion:
        """Signed by BZ, then by Defensie, sent by the secretariaat; the Kamerstuk number comes back."""
        day = datum(b.today())
        for code, name in (("bz", "C. Veldkamp"), ("def", "R. Brekelmans")):
            self.walker.press(
                f"gemachtigde-{code}", self.url("ondertekenen", kind), "Controleer", name=name, signed_on=day
            )
        self.walker.press("secretariaat", self.url("verzenden", kind), "Controleer", sent_on=day)
        version = DocumentVersion.objects.filter(document__dossier=self.dossier, document__kind=kind).latest("id")
        shipment = version.verzendingen.get(kamer="TK")
        self.walker.press(
            "secretariaat", self.url("kamerstuk", kind, shipment.pk), "Controleer", kamerstuk="29 521, nr. 494"
        )
        assert version.status == "verzonden"
        return version

    def register(self, soort: str, who: str = PENVOERDER, **values: str) -> None:
        """A fact with a date, on its own page."""
        self.walker.press(who, self.url("vastlegging", soort), "Controleer", **{"op": datum(b.today()), **values})

    def indicator(self, **values: str) -> None:
        self.walker.press(PENVOERDER, self.url("indicatoren"), "Voeg indicator toe", **values)

    def treat(self, what: str, outcome: str) -> None:
        """A step of the treatment in parliament, by the secretariaat."""
        values = {"stap": what, "op": datum(b.today()), "uitkomst": outcome}
        self.walker.press("secretariaat", self.url("behandeling"), "Leg stap vast", **values)

    def promise(self, text: str, ministry: str) -> int:
        values = {
            "tekst": text,
            "aan": "Vaste commissie voor Defensie",
            "ministry": ministry,
            "gedaan_op": datum(b.today()),
        }
        self.walker.press("secretariaat", self.url("toezeggingen"), "Leg toezegging vast", **values)
        return Toezegging.objects.latest("id").pk

    def settle(self, promise: int, who: str, how: str) -> None:
        values = {"hoe": "gedaan", "op": datum(b.today()), "toelichting": how}
        self.walker.press(who, self.url("toezegging", promise), "Controleer", **values)

    def lesson(self, lesson: str, advice: str) -> None:
        self.walker.press(PENVOERDER, self.url("lessen"), "Leg les vast", les=lesson, aanbeveling=advice)

    def money(self) -> None:
        """Asked by the penvoerder, reserved by the BIV-beheerder, decided by the three ministers."""
        year = b.today().year
        texts = {
            "relevantie": "Veiligheid is voorwaarde voor ontwikkeling.",
            "bijdrage": "Ondersteunt vredesafspraken.",
            "verschil": "De indicatie was ruw.",
        }
        fields = b.money_form(Fund.objects.get(), {year: "€ 6.500.000", year + 1: "14.250.000"}, **texts)
        known = self.walker.open(PENVOERDER, self.url("budget_aanvragen")).form_with("Controleer")[0].fields
        fields = {name: value for name, value in fields.items() if name in known}
        self.walker.press(PENVOERDER, self.url("budget_aanvragen"), "Controleer", **fields)
        request = self.dossier.rondes.latest("number").aanvragen.latest("number")
        self.walker.press("biv-beheerder", self.url("budget_reserveren", request.pk), "Reserveer")
        for code in ("bz", "bhos", "def"):
            url = self.url("budget_beslissen", request.pk)
            self.walker.press(f"gemachtigde-{code}", url, "Controleer", uitkomst="akkoord", decided_on=datum(b.today()))

    def settle_money(self) -> None:
        """The BIV-beheerder closes the books."""
        request = self.dossier.rondes.latest("number").aanvragen.latest("number")
        words = {"reason": "Jaarverslag.", "occurred_on": datum(b.today())}
        self.walker.press("biv-beheerder", self.url("budget_afrekenen", request.pk), "Controleer", **words)

    def page(self, who: str, name: str, *args: Any) -> Page:
        return self.walker.open(who, self.url(name, *args))
