"""Read a table a council sends, CSV or workbook, into rows that keep their numbers.

The row of headings is found though lines of title stand above it. Whatever cannot
be read is refused with one sentence that says what to do.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from waywarden.fabric.tables.cells import decimal_milli, iso_date, quoted, whole
from waywarden.fabric.tables.delimited import Line, lines_of_text
from waywarden.fabric.tables.limits import MOST_BYTES
from waywarden.fabric.tables.problems import CellRefused, Problem, UnreadableTable
from waywarden.fabric.tables.workbooks import is_workbook, worksheets

__all__ = [
    "CellRefused",
    "Problem",
    "Row",
    "Sheet",
    "UnreadableTable",
    "decimal_milli",
    "iso_date",
    "key_of",
    "quoted",
    "read_table",
    "whole",
]

LINES_SEARCHED = 20
OTHER_KINDS = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"<": "a web page or a map file",
    b"{": "a map or data file",
    b"[": "a map or data file",
}


@dataclass(frozen=True)
class Row:
    """One row: the number the sender sees beside it, and its cells by the key of their heading."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, heading: str) -> str:
        """The cell under a heading; empty where the table has no such column."""
        return self.cells.get(key_of(heading), "")


@dataclass(frozen=True)
class Sheet:
    """A table as read: headings as written, rows, and what is wrong with the shape of rows."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = field(default=())

    @property
    def keys(self) -> tuple[str, ...]:
        """The headings as rows are asked by them."""
        return tuple(key_of(heading) for heading in self.headings)


def key_of(heading: str) -> str:
    """A heading without what people write differently: capitals, blanks, hyphens, brackets.

    >>> key_of("Amount (m²)"), key_of(" Stated-on ")
    ('amount_m2', 'stated_on')
    """
    plain = unicodedata.normalize("NFKC", heading).casefold()
    return re.sub(r"[\W_]+", "_", plain).strip("_")


def read_table(source: Path | str | bytes, *, wanted: Sequence[str] = ()) -> Sheet:
    """Read a file, or its bytes; `wanted` are the headings that must be there."""
    content = source if isinstance(source, bytes) else content_of(Path(source))
    refuse_wrong_size(len(content))
    if is_workbook(content):
        candidates = [sheet.lines for sheet in worksheets(content)]
    else:
        refuse_other_kinds(content)
        candidates = [lines_of_text(content)]
    return sheet_of(chosen(candidates, wanted), wanted)


def content_of(path: Path) -> bytes:
    """The bytes of a file, its size checked first."""
    if not path.exists():
        raise UnreadableTable(f"There is no file {path}. Check its name and folder.")
    if not path.is_file():
        raise UnreadableTable(f"{path} is not a file. Give the name of a CSV or Excel file.")
    try:
        refuse_wrong_size(path.stat().st_size)
        return path.read_bytes()
    except OSError:
        raise UnreadableTable(f"The file {path} may not be read. Check its permissions.") from None


def refuse_wrong_size(size: int) -> None:
    """Refuse an empty file, and one larger than any table we could want."""
    if size == 0:
        raise UnreadableTable("This file is empty. Send one with a row of headings and rows below.")
    if size > MOST_BYTES:
        raise UnreadableTable(
            f"This file has {size / 1_000_000:,.1f} MB; a table may have "
            f"{MOST_BYTES // 1_000_000} MB. Send it in smaller parts."
        )


def refuse_other_kinds(content: bytes) -> None:
    """Refuse what is plainly no table, by how it begins and not by what it is called."""
    start = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    for beginning, kind in OTHER_KINDS.items():
        if start.startswith(beginning):
            raise UnreadableTable(
                f"This looks like {kind}, not a table. Send a CSV file or an Excel workbook "
                "(.xlsx, .xls or .ods)."
            )


def chosen(candidates: Sequence[list[Line]], wanted: Sequence[str]) -> list[Line]:
    """The first worksheet that has the headings wanted; failing that, the first with anything."""
    filled = [lines for lines in candidates if lines]
    if not filled:
        raise UnreadableTable("This table is empty. Send one with headings and rows below.")
    fitting = [lines for lines in filled if heading_line(lines, wanted) is not None]
    return (fitting or filled)[0]


def heading_line(lines: list[Line], wanted: Sequence[str]) -> int | None:
    """Which of the first lines holds the headings; None when none holds those wanted."""
    first = [cells for _, cells in lines[:LINES_SEARCHED]]
    if wanted:
        keys = {key_of(heading) for heading in wanted}
        return next((i for i, cells in enumerate(first) if keys <= set(map(key_of, cells))), None)
    # A title fills a cell or two; headings fill about as many as most rows below.
    filled = [sum(1 for cell in cells if cell) for cells in first]
    usual = max(filled, key=lambda count: (filled.count(count), count))
    return next(i for i, count in enumerate(filled) if count * 3 > usual * 2)


def sheet_of(lines: list[Line], wanted: Sequence[str]) -> Sheet:
    """Put every cell under its heading."""
    at = heading_line(lines, wanted)
    if at is None:
        raise UnreadableTable(why_no_headings(lines, wanted))
    headings = lines[at][1]
    refuse_twins(headings)
    below = lines[at + 1 :]
    if not below:
        raise UnreadableTable("This table has headings but no rows below them. Fill it in first.")
    keys = [key_of(heading) for heading in headings]
    return Sheet(
        headings=tuple(heading for heading in headings if key_of(heading)),
        rows=tuple(row_of(number, cells, keys) for number, cells in below),
        problems=tuple(stray for number, cells in below for stray in strays(number, cells, keys)),
    )


def row_of(number: int, cells: list[str], keys: list[str]) -> Row:
    """One row by its headings; cells left off at its end are empty."""
    padded = cells + [""] * (len(keys) - len(cells))
    return Row(number, {key: cell for key, cell in zip(keys, padded, strict=False) if key})


def strays(number: int, cells: list[str], keys: list[str]) -> list[Problem]:
    """Say when a row has something under no heading: a comma inside a value does that."""
    padded = keys + [""] * (len(cells) - len(keys))
    stray = [cell for key, cell in zip(padded, cells, strict=False) if cell and not key]
    if not stray:
        return []
    sentence = (
        f"{quoted(stray[0])} stands under no heading. Is there a comma inside a value? "
        "Put quotation marks about the value, or give the column a heading."
    )
    return [Problem(number, "", sentence)]


def refuse_twins(headings: list[str]) -> None:
    """Refuse two columns with one heading: which of them was meant?"""
    seen: set[str] = set()
    for heading in headings:
        key = key_of(heading)
        if key and key in seen:
            raise UnreadableTable(
                f"Two columns are headed {quoted(heading)}. Rename or remove one of them."
            )
        seen.add(key)


def why_no_headings(lines: list[Line], wanted: Sequence[str]) -> str:
    """Say which headings are missing, from the line that has most of them."""
    first = [set(map(key_of, cells)) for _, cells in lines[:LINES_SEARCHED]]
    missing = min(([h for h in wanted if key_of(h) not in keys] for keys in first), key=len)
    return (
        f"We found no column headed {' or '.join(quoted(heading) for heading in missing)}. "
        f"The table needs a row with the headings {', '.join(wanted)}."
    )
