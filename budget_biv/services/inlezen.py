"""Ceilings of later years from a CSV: read and judged as a whole before anything is stored."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from budget_biv.models import Category, Ceiling, Fund
from budget_biv.models.fund import HIGHEST
from cases import access, audit
from cases.exceptions import NotPossible
from cases.forms.velden import heel_getal
from cases.models import User
from cases.rights import Act

COLUMNS = ("jaar", "categorie", "bedrag", "waarvan_oda", "bron")
MOST_ROWS, MOST_BYTES = 500, 200_000
LAST_YEAR = 2100


@dataclass(frozen=True)
class Row:
    """A line of the file as typed, what it means, and every reason why it cannot be stored."""

    number: int
    typed: tuple[str, ...]
    year: int | None
    category: Category | None
    amount: int | None
    oda: int | None
    source: str
    errors: tuple[str, ...]


def decode(content: bytes) -> str:
    """The text of a file; raises NotPossible for one that is too big or no UTF-8."""
    if len(content) > MOST_BYTES:
        raise NotPossible(f"Het bestand is te groot. Lees ten hoogste {MOST_ROWS} regels tegelijk in.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotPossible("Het bestand is niet in UTF-8. Kies bij het opslaan ‘CSV UTF-8’.") from error


def read(text: str, fund: Fund) -> list[Row]:
    """Every row with its errors; raises NotPossible when the file as a whole cannot be read. Stores nothing."""
    if "\x00" in text:
        raise NotPossible("Het bestand is geen CSV. Sla het werkblad op als ‘CSV UTF-8’.")
    lines = text.splitlines()
    if len(lines) > MOST_ROWS + 1:
        raise NotPossible(f"Het bestand heeft te veel regels. Lees ten hoogste {MOST_ROWS} regels tegelijk in.")
    try:
        table = [
            row for row in csv.reader(io.StringIO(text), delimiter=";", strict=True) if any(c.strip() for c in row)
        ]
    except csv.Error as error:
        raise NotPossible("Het bestand is geen CSV met puntkomma’s. Kijk de aanhalingstekens na.") from error
    if not table or tuple(c.strip().lower() for c in table[0]) != COLUMNS:
        raise NotPossible(f"De eerste regel moet precies deze kolommen hebben: {';'.join(COLUMNS)}.")
    if len(table) < 2:
        raise NotPossible("Het bestand heeft geen regels onder de kolommen.")
    known = {c.code: c for c in fund.categories.all()}
    taken = set(Ceiling.objects.filter(fund=fund).values_list("year", flat=True))
    rows = [_row(number, tuple(row), fund, known, taken) for number, row in enumerate(table[1:], 2)]
    return _with_doubles(rows)


def _row(number: int, typed: tuple[str, ...], fund: Fund, known: dict[str, Category], taken: set[int]) -> Row:
    if len(typed) != len(COLUMNS):
        wrong = f"Deze regel heeft {len(typed)} kolommen in plaats van {len(COLUMNS)}."
        return Row(number, typed, None, None, None, None, "", (wrong,))
    jaar, categorie, bedrag, oda, bron = (c.strip() for c in typed)
    errors: list[str] = []
    year = int(jaar) if jaar.isascii() and jaar.isdecimal() and len(jaar) == 4 else None
    if year is None or year > LAST_YEAR:
        errors.append("Vul een jaar in van vier cijfers, bijvoorbeeld 2030.")
    elif not fund.holds(year):
        errors.append(f"Het fonds bestaat niet in {year}.")
    elif year in taken:
        errors.append(f"Voor {year} staan al plafonds vast. Verschuif geld met een besluit.")
    category = known.get(categorie)
    if categorie and category is None:
        errors.append(
            f"De categorie {categorie} bestaat niet. Kies uit {', '.join(known)}, of laat leeg voor het hele jaar."
        )
    amount = _amount(bedrag, "bedrag", errors)
    part = _amount(oda, "waarvan_oda", errors) if oda else None
    if amount is not None and part is not None and part > amount:
        errors.append("Het ODA-deel is hoger dan het bedrag.")
    if not bron or len(bron) > 200:
        errors.append("Noem de bron, in ten hoogste 200 tekens.")
    return Row(number, typed, year, category, amount, part, bron, tuple(errors))


def _amount(text: str, column: str, errors: list[str]) -> int | None:
    """Whole euros as people write them; an error when it is not clear."""
    value = heel_getal(text)
    if value is None or not 0 <= value <= HIGHEST:
        errors.append(f"Vul bij {column} hele euro’s in tussen 0 en 10 miljard, bijvoorbeeld 4.500.000.")
        return None
    return value


def _with_doubles(rows: list[Row]) -> list[Row]:
    """The same year and category twice, or a year as a whole beside its categories, is an error on each of those rows."""
    count = Counter((r.year, r.category) for r in rows if r.year)
    whole = {r.year for r in rows if r.year and r.category is None and len(r.typed) == len(COLUMNS)}
    found = []
    for r in rows:
        extra = []
        if r.year and count[r.year, r.category] > 1:
            extra.append(f"{r.year} staat twee keer in het bestand voor {r.category or 'het hele jaar'}.")
        if r.year in whole and r.category:
            extra.append(f"{r.year} heeft een bedrag voor het hele jaar en ook per categorie. Kies één van beide.")
        found.append(Row(r.number, r.typed, r.year, r.category, r.amount, r.oda, r.source, (*r.errors, *extra)))
    return found


@transaction.atomic
def import_ceilings(*, fund: Fund, text: str, by: User) -> int:
    """Stores the ceilings of a file that has no error at all; returns how many. Reads the text again: a page cannot be trusted."""
    allowed = access.require(by, Act.BIV_BEHEREN, None, fund.manager)
    Fund.objects.select_for_update(no_key=True).get(pk=fund.pk)
    rows = read(text, fund)
    wrong = [f"Regel {r.number}: {error}" for r in rows for error in r.errors]
    if wrong:
        raise NotPossible(*wrong[:20])
    try:
        with transaction.atomic():
            Ceiling.objects.bulk_create(_ceilings(fund, rows))
    except IntegrityError as error:
        raise NotPossible("Een van deze jaren is intussen door een ander ingelezen.") from error
    years = sorted({r.year for r in rows if r.year})
    audit.record(
        "biv", f"BIV-plafonds ingelezen: {', '.join(map(str, years))}", by=by, allowed=allowed, obj=f"fonds:{fund.pk}",
        data={"regels": [list(r.typed) for r in rows]},
    )  # fmt: skip
    return len(rows)


def _ceilings(fund: Fund, rows: Sequence[Row]) -> list[Ceiling]:
    return [
        Ceiling(fund=fund, year=r.year, category=r.category, amount=r.amount, oda_amount=r.oda, source=r.source)
        for r in rows
    ]
