"""The SMO advises, and those who decide do so: ministers, the Ministerraad, or hoog ambtelijk."""

from datetime import timedelta
from typing import Any

from django.core.management import call_command

from cases.models import DocumentVersion
from phases.process.gates import PRODUCT_NAMES
from phases.smo.models import Aanbieding
from tests import builders as b
from tests.journeys.base import PENVOERDER, Base

SMO = ("BZ", "BHOS", "DEF", "JENV", "AZ")


def meeting_day() -> str:
    return b.meeting().day.isoformat()


class Advice(Base):
    """From offering a version to a confirmed decision about it."""

    until = ""  # the term of a written round; without one a paper goes to the meeting of today

    def offer(self, version: DocumentVersion, soort: str = "advies") -> Aanbieding:
        url = self.page(PENVOERDER, "dossier_smo").action("Bied aan de SMO aan", f"/{version.pk}/")
        when = {"vergadering": "schriftelijk", "termijn": self.until} if self.until else {"vergadering": meeting_day()}
        self.walker.press(PENVOERDER, url, "Bied aan", soort=soort, **when)
        return Aanbieding.objects.filter(version=version).latest("id")

    def advise(self, version: DocumentVersion, soort: str = "advies", **conclusion: str) -> None:
        """Offered, every ministry its position, and the chair concludes; positive unless said otherwise."""
        offer, name = self.offer(version, soort), PRODUCT_NAMES[version.document.kind]
        how = " (schriftelijke ronde)" if self.until else ""
        self.waits("smo-az", f"Geef het standpunt van AZ over {name}{how}.")
        for code in SMO:
            self.position(offer, code, strekking="akkoord")
        self.conclude(offer, **conclusion)

    def position(self, offer: Aanbieding, code: str, by: str = "", **values: Any) -> None:
        """By the member of the SMO, or by whoever sits in for that member."""
        self.walker.press(by or f"smo-{code.lower()}", self.url("standpunt", offer.pk), "Controleer", **values)

    def sits_in(self, who: str, member: str) -> None:
        """From today on somebody sits in for a member of the SMO. No page arranges this: the beheerder does it with a command."""
        call_command("plaatsvervanger", who, member, tot=b.today() + timedelta(days=7))

    def conclude(self, offer: Aanbieding, **values: str) -> None:
        name = PRODUCT_NAMES[offer.version.document.kind]
        self.waits("voorzitter-smo", f"Leg de conclusie van de SMO vast over {name}.")
        given = {"oordeel": "positief", "tekst": "De SMO adviseert positief (fictief).", **values}
        if offer.version.document.kind == "analyse":
            given.setdefault("doorgeleiding", "samen")
        self.walker.press("voorzitter-smo", self.url("conclusie", offer.pk), "Controleer", **given)

    def meet_condition(self, kind: str, how: str) -> None:
        """The penvoerder handles the condition of the SMO, and the secretary confirms it."""
        url = self.page(PENVOERDER, "dossier_smo").link("Handel af")
        self.walker.press(PENVOERDER, url, "Handel de voorwaarde af", tekst=how, done_on=self.today)
        name = PRODUCT_NAMES[kind]
        self.says(
            f"Wacht tot de secretaris van de SMO de afgehandelde voorwaarden over {name} bevestigt.", "secretaris SMO"
        )
        self.waits("secretaris-smo", f"Bevestig de afgehandelde voorwaarden van de SMO over {name}.")
        url = self.page("secretaris-smo", "dossier_smo").link("Controleer voorwaarde")
        self.walker.press("secretaris-smo", url, "Leg de controle vast", voldaan="ja")

    def decide(self, version: DocumentVersion, orgaan: str, registers: str, confirms: str, **values: str) -> None:
        """A decision registered by one and confirmed by another, on the page to which the overview leads."""
        url = self.page(registers, "besluiten").action("Registreer besluit", f"/{version.pk}/")
        given = {"orgaan": orgaan, "uitkomst": "akkoord", "besluit_op": self.today, "kenmerk": "Nota 2026-12", **values}
        self.walker.press(registers, url, "Controleer", **given)
        self.waits(confirms, f"Bevestig het geregistreerde besluit over {PRODUCT_NAMES[version.document.kind]}.")
        check = self.page(confirms, "besluiten").link("Controleer en bevestig")
        self.walker.press(confirms, check, "Bevestig besluit")

    def ministers(self, version: DocumentVersion, codes: tuple[str, ...], **values: str) -> None:
        """Each of these ministers decides the same, by the own gemachtigden."""
        for code in codes:
            who = f"gemachtigde-{code.lower()}"
            self.decide(version, "bewindspersonen", who, f"{who}-2", **values)

    def choose(self, version: DocumentVersion, codes: tuple[str, ...], **values: str) -> None:
        """The same about the options, which wait on each of these ministers."""
        self.waits(f"gemachtigde-{codes[-1].lower()}", "Leg de keuze voor een handelingsoptie vast.")
        self.ministers(version, codes, **values)
