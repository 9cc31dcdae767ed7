"""Tables for a spreadsheet: the rows of a page as CSV or XLSX, in which no text can become a formula."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from django.http import Http404, HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cel = str | int | None


@dataclass(frozen=True)
class Tabel:
    """A table, with the name that stands above it unless it is ""; a number stays a number, None is an empty cell."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cel]]


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _cel(value: Cel) -> Cel:
    return _safe(UNREADABLE.sub("", value)) if isinstance(value, str) else value


def response(form: str, name: str, tables: Sequence[Tabel]) -> HttpResponse:
    """The tables as a file, `form` is "csv" or "xlsx"; raises Http404 for any other."""
    if form not in ("csv", "xlsx"):
        raise Http404
    return as_xlsx(name, tables) if form == "xlsx" else as_csv(name, tables)


def as_csv(name: str, tables: Sequence[Tabel]) -> HttpResponse:
    """All tables in one file, below each other, as Dutch Excel reads it: semicolons and a byte order mark."""
    answer = _file(name, "csv", "text/csv; charset=utf-8")
    answer.write("\ufeff")
    writer = csv.writer(answer, delimiter=";")
    for number, table in enumerate(tables):
        writer.writerows([[]] if number else [])
        writer.writerows([[table.name], table.head] if table.name else [table.head])
        writer.writerows(["" if v is None else _cel(v) for v in row] for row in table.rows)
    return answer


def as_xlsx(name: str, tables: Sequence[Tabel]) -> HttpResponse:
    """A sheet per table; every text is written as text."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.name[:31])
        sheet.append([_bold(sheet, word) for word in table.head])
        for row in table.rows:
            sheet.append([_text(sheet, v) if isinstance(v, str) else v for v in row])
    stream = BytesIO()
    book.save(stream)
    answer = _file(name, "xlsx", XLSX)
    answer.write(stream.getvalue())
    return answer


def _text(sheet, value: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=_cel(value))
    cell.data_type = "s"
    return cell


def _bold(sheet, word: str) -> WriteOnlyCell:
    cell = _text(sheet, word)
    cell.font = Font(bold=True)
    return cell


def _file(name: str, extension: str, content_type: str) -> HttpResponse:
    answer = HttpResponse(content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return answer
