"""Write a table as an Excel workbook: real numbers and dates, and nothing that runs. Pure."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from waywarden.fabric.tables.columns import Column, T, decimal_text, safe, text_of
from waywarden.fabric.tables.templates import MOST_LETTERS, NOT_IN_WORKBOOKS, add_row

#: Excel keeps fifteen figures of a number; a longer one is kept as text.
MOST_OF_A_NUMBER = 10**15
FORMATS = {"pence": "#,##0.00", "date": "yyyy-mm-dd"}


def write_workbook(
    columns: Sequence[Column[T]], rows: Iterable[T], *, notes: Sequence[tuple[str, str]]
) -> bytes:
    """The table as a workbook: headings that stay in sight, and a sheet of notes behind it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Table")
    sheet.freeze_panes = "A2"
    add_row(sheet, [column.name for column in columns], bold=True)
    cells = [_cell(sheet, column) for column in columns]
    for row in rows:
        for cell, column in zip(cells, columns, strict=True):
            _fill(cell, column, row)
        sheet.append(cells)
    beside = book.create_sheet("Notes")
    for line in notes:
        add_row(beside, line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: WriteOnlyWorksheet, column: Column[T]) -> Any:
    """One cell, used for every row of a column: each row is written before the next is read."""
    cell = WriteOnlyCell(sheet)
    if column.type in FORMATS:
        cell.number_format = FORMATS[column.type]
    return cell


def _fill(cell: Any, column: Column[T], row: T) -> None:
    value = column.value(row) if column.value else None
    number = None if value is None else _number(column, value)
    if value is None:
        cell.value = None
    elif number is not None:
        cell.value = number
    elif column.type == "date":
        cell.value = value
    else:
        text = NOT_IN_WORKBOOKS.sub(" ", text_of(column, row))[:MOST_LETTERS]
        cell.value, cell.data_type = safe(text), "s"


def _number(column: Column[T], value: Any) -> int | Decimal | None:
    """The value as a number a spreadsheet can add up; none where it is text or too long."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= MOST_OF_A_NUMBER:
        return None
    places = {"thousandths": 3, "pence": 2}.get(column.type)
    if places:
        return Decimal(decimal_text(value, places))
    return value if column.type in ("whole number", "number") else None
