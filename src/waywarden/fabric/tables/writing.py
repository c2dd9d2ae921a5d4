"""Answer with tables as files to download, and make workbooks to fill in."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from waywarden.fabric.tables.columns import Column, T, safe, write_csv

# Excel keeps no more in one cell, and refuses these characters in a workbook.
MOST_LETTERS = 32_000
NOT_IN_WORKBOOKS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def csv_response(filename: str, columns: Sequence[Column[T]], rows: Iterable[T]) -> HttpResponse:
    """The table as a file to download."""
    response = HttpResponse(write_csv(columns, rows), content_type="text/csv; charset=utf-8")
    disposition = content_disposition_header(as_attachment=True, filename=filename)
    response["Content-Disposition"] = disposition or "attachment"
    return response


def notes(
    columns: Sequence[Column[T]], *, source: str, licence: str, made_on: date, shows: str = ""
) -> list[tuple[str, str]]:
    """What should stand beside a table, in a sheet of its own; never inside its CSV."""
    about = [("Source", source), ("Licence", licence), ("Made on", made_on.isoformat())]
    about += [("Shows", shows)] if shows else []
    return about + [(column.name, f"{column.meaning} ({column.type})") for column in columns]


def template_workbook(
    columns: Sequence[Column[T]],
    *,
    notes: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[str]] = (),
) -> bytes:
    """An Excel workbook to fill in: its headings, rows already known, and a sheet of notes."""
    workbook = Workbook(write_only=True)
    table = workbook.create_sheet("Fill in")
    table.freeze_panes = "A2"
    add_row(table, [column.name for column in columns], bold=True)
    for row in rows:
        add_row(table, row)
    beside = workbook.create_sheet("Notes")
    for heading, text in notes:
        add_row(beside, [heading, text])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def add_row(sheet: WriteOnlyWorksheet, texts: Sequence[str], *, bold: bool = False) -> None:
    """Add a row of plain text: typed as text, so that no cell can be a formula."""
    cells = []
    for text in texts:
        cell = WriteOnlyCell(sheet, value=safe(NOT_IN_WORKBOOKS.sub(" ", text)[:MOST_LETTERS]))
        cell.data_type = "s"
        cell.font = Font(bold=bold)
        cells.append(cell)
    sheet.append(cells)
