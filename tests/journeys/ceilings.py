"""What the keeper of the BIV does beyond one request: ceilings of a later year from a file, and money to another year."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from budget_biv.services.inlezen import COLUMNS
from tests.journeys.base import PENVOERDER
from tests.journeys.money import BEHEERDER, Money
from tests.journeys.walker import Page


class Ceilings(Money):
    """By the BIV-beheerder, on the pages of the fund and of the budget of a dossier."""

    def read_ceilings(self, year: int, wrong: str, why: str, right: str) -> None:
        """A file with a row that is wrong is shown and not stored; a right one is shown first, and stored on the next button."""
        url = self.walker.open(BEHEERDER, reverse("biv")).link("Lees plafonds in uit een bestand")
        page = self._upload(url, wrong)
        assert (page.status, why in page.text) == (422, True), page.text[:1500]
        assert "Er is niets opgeslagen." in page.text
        page = self._upload(page.link("Kies een ander bestand"), right)
        assert "Er is nog niets opgeslagen" in page.text
        address = reverse("biv_jaar", args=[year])
        assert self.walker.client(BEHEERDER).get(address).status_code == 404, "nothing is stored yet"
        self.walker.submit(BEHEERDER, page, "Lees plafonds in", {})
        assert right.split(";")[-1] in self.walker.open("gemachtigde-def", address).text

    def _upload(self, url: str, rows: str) -> Page:
        text = "\r\n".join([";".join(COLUMNS), rows])
        file = SimpleUploadedFile("plafonds.csv", text.encode(), "text/csv")
        page = self.walker.open(BEHEERDER, url)
        return self.walker.submit(BEHEERDER, page, "Controleer het bestand", {"bestand": file})

    def years(self) -> list[str]:
        """The years to which granted money of this dossier can go now."""
        form, _ = self._shift_page().form_with("Controleer")
        return [year for year in form.inputs["naar"].value_options if year]

    def shift(self, line: str, amount: int, year: int, reason: str) -> None:
        """A kasschuif: a decision with its reason, that everybody reads beside the other bookings."""
        page = self._shift_page()
        values = {"van": page.option(line), "naar": str(year), "bedrag": str(amount), "reason": reason}
        page = self.walker.submit(BEHEERDER, page, "Controleer", {**values, "occurred_on": self.today})
        assert "Controleer de kasschuif" in page.text
        self.walker.confirm(BEHEERDER, page)
        read = self.page(PENVOERDER, "budget").text
        assert reason in read
        assert f"{year}, {line.split(', ')[1]}" in read

    def _shift_page(self) -> Page:
        return self.walker.open(BEHEERDER, self.page(BEHEERDER, "budget").link("Verschuif geld naar een ander jaar"))
