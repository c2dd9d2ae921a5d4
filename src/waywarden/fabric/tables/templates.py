"""Make workbooks to fill in, without the web."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from waywarden.fabric.tables.columns import Column, T, safe

# Excel keeps no more in one cell, and refuses these characters in a workbook.
MOST_LETTERS = 32_000
NOT_IN_WORKBOOKS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def template_workbook(
    columns: Sequence[Column[T]],
    *,
    notes: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[str]] = (),
) -> bytes:
    """An Excel workbook to fill in: its headings, rows already known, and a sheet of notes."""
    headings = [column.name for column in columns]
    beside = [[heading, text] for heading, text in notes]
    return workbook_of({"Fill in": (headings, rows), "Notes": (None, beside)})


def workbook_of(
    sheets: Mapping[str, tuple[Sequence[str] | None, Iterable[Sequence[str]]]],
) -> bytes:
    """An Excel workbook of these sheets by name: headings that stay in sight, if any, and rows."""
    workbook = Workbook(write_only=True)
    for name, (headings, rows) in sheets.items():
        sheet = workbook.create_sheet(name)
        if headings is not None:
            sheet.freeze_panes = "A2"
            add_row(sheet, headings, bold=True)
        for row in rows:
            add_row(sheet, row)
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
