"""The money of the BIV: asked, reserved, granted, spent and settled."""

from budget_biv.models import Aanvraag, Category
from cases.templatetags.notatie import euro
from tests.journeys.base import PENVOERDER, Base

BEHEERDER = "biv-beheerder"
Line = tuple[int, str, str, int] | tuple[int, str, str, int, str]
PARTS = ("jaar", "categorie", "oda", "bedrag", "soort")


def _euros(amount: int) -> str:
    """As a reader sees it, with an ordinary space."""
    return " ".join(euro(amount).split())


class Money(Base):
    """A line is (year, code of the category, ODA flag, whole euros), with "naijl" behind it for the tail."""

    @property
    def request(self) -> Aanvraag:
        return self.dossier.rondes.latest("number").aanvragen.latest("number")

    def ask(self, lines: list[Line], **words: str) -> None:
        """One line per year × category × ODA; more lines come with their own button."""
        page = self.walker.open(PENVOERDER, self.url("budget_aanvragen"))
        while f"bedrag_{len(lines)}" not in page.form_with("Controleer")[0].fields:
            page = self.walker.submit(PENVOERDER, page, "Voeg regels toe", {})
        fields = {"is_relevant": "ja", "draagt_bij": "ja", **words}
        known = dict(Category.objects.values_list("code", "pk"))
        for number, (year, code, oda, amount, *tail) in enumerate(lines, 1):
            answers = (str(year), str(known[code]), oda, str(amount), tail[0] if tail else "inzet")
            fields |= {f"{part}_{number}": answer for part, answer in zip(PARTS, answers, strict=True)}
        page = self.walker.confirm(PENVOERDER, self.walker.submit(PENVOERDER, page, "Controleer", fields))
        assert _euros(sum(line[3] for line in lines)) in page.text, page.text[:1500]

    def reserve(self) -> None:
        """The BIV-beheerder, once the SMO advised."""
        self.waits(BEHEERDER, "Reserveer het gevraagde BIV-geld.")
        url = self.page(BEHEERDER, "budget").link("Bekijk en reserveer")
        self.walker.press(BEHEERDER, url, "Reserveer")

    def grant(self, codes: tuple[str, ...], part: dict[str, int] | None = None) -> None:
        """Each minister who must, by the own gemachtigde; the last one grants. The first fills in a `part`, by label."""
        for code in codes:
            who = f"gemachtigde-{code.lower()}"
            self.waits(who, f"Leg het BIV-besluit van {code} vast.")
            page = self.walker.open(who, self.page(who, "budget").link("Leg besluit vast"))
            words, given = "Akkoord met het hele bedrag", {}
            if part and code == codes[0]:
                words = "Akkoord met een deel"
                given = {page.field(f"Toegekend deel: {label}"): str(amount) for label, amount in part.items()}
            elif part:
                words = f"Akkoord met het deel dat {codes[0]} vastlegde: {_euros(sum(part.values()))}"
            given |= {"uitkomst": page.option(words), "decided_on": self.today}
            self.walker.confirm(who, self.walker.submit(who, page, "Controleer", given))
        assert "Toegekend" in self.page(PENVOERDER, "budget").text

    def book(self, soort: str, amounts: dict[str, int], reason: str) -> None:
        """Verplichten or realiseren; `amounts` by the label of the line, such as "2027, Nazorg, Niet-ODA"."""
        buttons = {"verplichten": "Leg verplichting vast", "realiseren": "Leg uitgave vast"}
        page = self.walker.open(BEHEERDER, self.page(BEHEERDER, "budget").link(buttons[soort]))
        fields = {page.field(label): str(amount) for label, amount in amounts.items()}
        values = {**fields, "reason": reason, "occurred_on": self.today}
        page = self.walker.confirm(BEHEERDER, self.walker.submit(BEHEERDER, page, "Controleer", values))
        assert page.status == 200, page.text[:1500]

    def settle_money(self, *rondes: int) -> None:
        """The BIV-beheerder closes the books of this Ronde, or of earlier ones, where the page of the budget leads to them."""
        for ronde in rondes or (self.dossier.ronde_number,):
            page = self.page(BEHEERDER, "budget")
            if ronde != self.dossier.ronde_number:
                page = self.walker.open(BEHEERDER, page.link(f"Ronde {ronde}"))
            url = page.link("Reken af")
            reason = "Jaarverslag (fictief)."
            self.walker.press(BEHEERDER, url, "Controleer", reason=reason, occurred_on=self.today)
