"""Letters to parliament, how it treats them, and what it is promised."""

from collections.abc import Callable

from cases.models import DocumentVersion
from phases.kamer.models import Briefsectie, Toezegging, Verzending
from phases.process.gates import PRODUCT_NAMES
from tests.journeys.base import PENVOERDER
from tests.journeys.papers import Papers

SECRETARIAAT = "secretariaat"


class Parliament(Papers):
    """What goes to the Tweede and the Eerste Kamer."""

    def letter(self, kind: str, subject: str, text: Callable[[str, str], str]) -> DocumentVersion:
        """Begun, every section written and marked ready, put forward, initialled, adopted. `text` of (code, title)."""
        self.walker.press(PENVOERDER, self.url("brief", kind), "Begin", betreft=subject)
        number = self.dossier.ronde_number
        here = {"brief__ronde__dossier": self.dossier, "brief__ronde__number": number, "brief__soort": kind}
        for section in Briefsectie.objects.filter(required=True, **here):
            url, words = self.url("brief_sectie", kind, section.code), text(section.code, section.title)
            self.walker.press(PENVOERDER, url, "Opslaan", text=words, ready="on")
        return self.adopt(kind)

    def send(self, kind: str, names: dict[str, str], **kamerstukken: str) -> DocumentVersion:
        """Signed by each minister in order, sent by the secretariaat; the Kamerstuk numbers that are known come back later."""
        name = PRODUCT_NAMES[kind]
        for code, minister in names.items():
            who = f"gemachtigde-{code.lower()}"
            self.waits(who, f"Leg de ondertekening van {name} vast.")
            url = self.url("ondertekenen", kind)
            self.walker.press(who, url, "Controleer", name=minister, signed_on=self.today)
        self.waits(SECRETARIAAT, f"Verzend {name}.")
        self.walker.press(SECRETARIAAT, self.url("verzenden", kind), "Controleer", sent_on=self.today)
        version = DocumentVersion.objects.filter(document__dossier=self.dossier, document__kind=kind).latest("id")
        assert version.status == "verzonden"
        self.number_letter(version, kamerstukken)
        return version

    def number_letter(self, version: DocumentVersion, kamerstukken: dict[str, str]) -> None:
        """Each chamber gives its own number, once."""
        self.waits(SECRETARIAAT, "Vul het Kamerstuknummer van de Tweede Kamer en de Eerste Kamer in.")
        rows = dict(Verzending.objects.filter(version__document=version.document).values_list("kamer", "pk"))
        for kamer, kamerstuk in kamerstukken.items():
            url = self.url("kamerstuk", version.document.kind, rows[kamer])
            self.walker.press(SECRETARIAAT, url, "Controleer", kamerstuk=kamerstuk)

    def treat(self, what: str, outcome: str) -> None:
        """A step of the treatment in parliament, by the secretariaat."""
        values = {"stap": what, "op": self.today, "uitkomst": outcome}
        self.walker.press(SECRETARIAAT, self.url("behandeling"), "Leg stap vast", **values)

    def promise(self, text: str, ministry: str) -> int:
        to = "Vaste commissie voor Defensie"
        values = {"tekst": text, "aan": to, "ministry": ministry, "gedaan_op": self.today}
        self.walker.press(SECRETARIAAT, self.url("toezeggingen"), "Leg toezegging vast", **values)
        return Toezegging.objects.latest("id").pk

    def settle(self, promise: int, who: str, how: str) -> None:
        self.waits(who, "Doe de toezegging aan de Kamer af, of draag die over.")
        values = {"hoe": "gedaan", "op": self.today, "toelichting": how}
        self.walker.press(who, self.url("toezegging", promise), "Controleer", **values)
