"""Read CSV as councils send it: in the encodings and with the separators of Excel."""

import csv
import io
from collections import Counter

from waywarden.fabric.tables.limits import MOST_COLUMNS, MOST_ROWS
from waywarden.fabric.tables.problems import UnreadableTable

SEPARATORS = ",;\t"
SAMPLE_LINES = 50
Line = tuple[int, list[str]]


def lines_of_text(content: bytes) -> list[Line]:
    """Every row with something in it, numbered as a spreadsheet numbers it."""
    text = decoded(content)
    separator = separator_of(text)
    lines = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for number, cells in enumerate(reader, start=1):
            refuse_too_large(number, cells)
            if any(cell.strip() for cell in cells):
                lines.append((number, [cell.strip() for cell in cells]))
    except csv.Error as error:
        raise UnreadableTable(why_csv_failed(error)) from None
    return lines


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, with or without its mark, or the Windows encoding of old Excel."""
    if b"\0" in content:
        raise UnreadableTable(
            "This file holds characters that no table has. Open it in a spreadsheet and save it "
            "as 'CSV UTF-8'."
        )
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable(
        "The letters of this file cannot be read. Open it in a spreadsheet and save it as "
        "'CSV UTF-8'."
    )


def separator_of(text: str) -> str:
    """Comma, semicolon or tab: the one that cuts the most of the first lines alike."""
    sample = [line for line in text[:200_000].splitlines()[:SAMPLE_LINES] if line.strip()]

    def cells_cut_alike(separator: str) -> int:
        widths = Counter(line.count(separator) for line in sample)
        return max((cuts * lines for cuts, lines in widths.items()), default=0)

    return max(SEPARATORS, key=cells_cut_alike)


def refuse_too_large(number: int, cells: list[str]) -> None:
    """Refuse a table longer or wider than any we could want."""
    if number > MOST_ROWS:
        raise UnreadableTable(
            f"This table has more than {MOST_ROWS:,} rows. Send it in smaller parts."
        )
    if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
        raise UnreadableTable(
            f"Row {number} has {len(cells):,} columns; a table may have {MOST_COLUMNS}. "
            "Remove the columns that are not asked for."
        )


def why_csv_failed(error: csv.Error) -> str:
    """Say what the csv module found wrong, in words that help."""
    if "field larger" in str(error):
        return "One cell of this table is longer than a page of text. Shorten it."
    return (
        "A quotation mark in this file is opened and not closed. "
        'Look for a single " and remove it, or save the file again from a spreadsheet.'
    )
