"""The ledger, several years, ambition against means, and their exports: the same numbers, and never a leak."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from budget_biv.models import Aanvraag, Ceiling, Fund
from budget_biv.selectors import year_overview
from tests import builders as b
from tests.cases.pages import session, text

pytestmark = pytest.mark.django_db
YEAR = b.today().year


@pytest.fixture
def fund(db) -> Fund:
    values = {"start": 2026, "chapter": "X", "article": "1", "source": "proef", "manager": b.ministry("DEF")}
    found = Fund.objects.create(name="Proeffonds", **values)
    for year in (YEAR, YEAR + 1):
        Ceiling.objects.create(fund=found, year=year, category=b.category(found), amount=1_000_000, source="proef")
    return found


@pytest.fixture
def money(cast, fund) -> None:
    """Two dossiers with money; the second one only BZ and the deciders see."""
    for title, ministries, amount in (("=Mali", ("BZ", "AZ"), 111_000), ("Niger", ("BZ",), 222_000)):
        d = b.make_dossier(cast, title=title, ministries=ministries)
        b.reserve_money(cast, b.ask_money(cast, d, {YEAR: amount, YEAR + 1: 1_000}, fund=fund))


def page(cast, who: str, name: str, query: str = "") -> str:
    response = session(cast[who]).get(reverse(name, args=[YEAR]) + query)
    assert response.status_code == 200
    return text(response)


def export(cast, who: str, what: str, form: str, query: str = ""):
    response = session(cast[who]).get(reverse("biv_export", args=[YEAR, what, form]) + query)
    assert response.status_code == 200
    return response


def rows(response) -> list[list[str]]:
    """A CSV as its cells."""
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_the_ledger_filters_by_the_address(cast, money):
    whole = page(cast, "behandelaar-bz", "biv_mutaties")
    assert whole.count("€\xa0111.000") == 2 and "Voorgesteld → Gereserveerd" in whole
    assert whole.count("=Mali") == 1  # said once, above both rows
    reserved = page(cast, "behandelaar-bz", "biv_mutaties", "?soort=reserveren")
    assert reserved.count("€\xa0111.000") == 1
    assert "€\xa0111.000" not in page(cast, "behandelaar-bz", "biv_mutaties", "?rekening=toegekend")
    assert "€\xa0111.000" not in page(cast, "behandelaar-bz", "biv_mutaties", "?oda=oda")
    assert "Geen mutaties gevonden." in page(cast, "behandelaar-bz", "biv_mutaties", "?dossier=1999-0001")
    assert "€\xa0111.000" in page(cast, "behandelaar-bz", "biv_mutaties", "?soort=onzin")


def test_the_ledger_shows_the_rest_as_one_line_and_only_without_a_narrow_filter(cast, money):
    seen = page(cast, "buitenstaander", "biv_mutaties")
    assert "=Mali" in seen and "Niger" not in seen
    assert seen.count("<b>Overige</b>") == 1 and "€\xa0222.000" in seen
    for query in ("?soort=reserveren", "?rekening=gereserveerd", "?dossier=2026-0001"):
        narrow = page(cast, "buitenstaander", "biv_mutaties", query)
        assert "<b>Overige</b>" not in narrow and "222.000" not in narrow


@pytest.mark.parametrize("what", ["jaar", "mutaties", "ambitie"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_has_the_numbers_of_the_page_and_no_hidden_name(cast, money, what, form):
    response = export(cast, "buitenstaander", what, form)
    if form == "csv":
        cells = [cell for row in rows(response) for cell in row]
    else:
        book = load_workbook(io.BytesIO(response.content))
        found = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in found if cell.data_type == "f"]
        cells = ["" if cell.value is None else str(cell.value) for cell in found]
    assert not any("Niger" in cell for cell in cells)
    assert "Overige (dossiers die u niet kunt openen)" in cells
    assert "'=Mali" in cells and "=Mali" not in cells
    assert "222000" in cells and "111000" in cells


def test_the_year_export_adds_up(cast, money):
    found = rows(export(cast, "behandelaar-bz", "jaar", "csv"))
    total = next(row for row in found if row and row[0] == "Totaal")
    assert total == ["Totaal", "1000000", "0", "333000", "0", "667000"]
    dossiers = [row for row in found if len(row) == 7 and row[6].isdecimal()]
    assert sum(int(row[6]) for row in dossiers) == 333_000
    assert [row[0] for row in rows(export(cast, "auditor", "meerjarig", "csv"))[2:]] == [str(YEAR), str(YEAR + 1)]


def test_what_is_hidden_is_the_same_on_every_page_also_after_the_last(cast, fund, money):
    """Sabotage: give a page without rows sums of nothing; then it counts what its reader may see among the rest."""
    found = [year_overview(fund, YEAR, cast["buitenstaander"], page=number, size=1) for number in (1, 2)]
    assert [[row.dossier.title for row in one.rows] for one in found] == [["=Mali"], []]
    assert {one.other.niet for one in found} == {222_000}


def test_an_unknown_export_is_not_found(cast, money):
    client = session(cast["auditor"])
    for what, form in (("jaar", "pdf"), ("onzin", "csv")):
        assert client.get(reverse("biv_export", args=[YEAR, what, form])).status_code == 404


def test_several_years(cast, money):
    seen = page(cast, "behandelaar-bz", "biv_meerjarig")
    assert "667.000" in seen and "998.000" in seen
    assert reverse("biv_jaar", args=[YEAR + 1]) in seen


def test_ambition_against_means(cast, fund, money):
    d = b.make_dossier(cast, title="Tsjaad")
    b.ask_money(cast, d, {YEAR: 900_000}, fund=fund)
    seen = page(cast, "behandelaar-bz", "biv_ambitie")
    assert "Tsjaad" in seen and "1.233.000" in seen and "−233.000" in seen
    less = page(cast, "buitenstaander", "biv_ambitie")
    assert "Tsjaad" not in less and "1.122.000" in less and "1.233.000" in less


def test_the_money_of_a_dossier_as_a_file(cast, money):
    """The numbers of the page; no text becomes a formula; who may not read the dossier learns nothing."""
    asked = Aanvraag.objects.get(ronde__dossier__title="=Mali")
    number = asked.ronde.dossier.number
    url = reverse("budget_export", args=[number, asked.pk, "csv"])
    reader = session(cast["behandelaar-bz"])
    assert url in text(reader.get(reverse("budget", args=[number])))
    found = rows(reader.get(url))
    assert found[2:5] == [
        [str(YEAR), "111000", "0", "0", "0", "0"],
        [str(YEAR + 1), "1000", "0", "0", "0", "0"],
        ["Totaal", "112000", "0", "0", "0", "0"],
    ]
    booked = found[found.index(["Mutaties"]) + 2 :]
    assert {tuple(row[5:8]) for row in booked} >= {("Voorgesteld", "Gereserveerd", "111000")}
    assert all(not cell.startswith("=") for row in booked for cell in row)
    book = load_workbook(io.BytesIO(reader.get(url.replace(".csv", ".xlsx")).content))
    assert book.sheetnames == ["Raming en realisatie", "Gevraagd", "Mutaties"]
    assert reader.get(url.replace(".csv", ".pdf")).status_code == 404
    assert session(cast["behandelaar-def"]).get(url).status_code == 404
