"""Opens a county's spreadsheet: a workbook, or a folder or zip file of CSV files."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from waywarden.data.names import did_you_mean, nearest, shown
from waywarden.fabric.tables import limits
from waywarden.fabric.tables.delimited import Line, lines_of_text
from waywarden.fabric.tables.problems import UnreadableTable
from waywarden.fabric.tables.reading import Sheet, content_of, key_of, refuse_other_kinds, sheet_of
from waywarden.fabric.tables.workbooks import is_workbook, worksheets
from waywarden.planning.own.columns import EXAMPLE, SHEETS, OwnSheet

#: The sheet of a blank spreadsheet that explains the others, and is not read.
ABOUT = "about"


@dataclass(frozen=True)
class Complaint:
    """What is wrong, and where: the sheet, the row as a spreadsheet numbers it, the column.

    >>> print(Complaint("work", 5, "quantity", "'lots' is not a number."))
    Sheet work, row 5, quantity: 'lots' is not a number.
    """

    sheet: str
    row: int | None
    column: str
    sentence: str

    def __str__(self) -> str:
        where = f"Sheet {self.sheet}" + (f", row {self.row}" if self.row else "")
        return f"{where}{f', {self.column}' if self.column else ''}: {self.sentence}"


def sheets_of(path: Path) -> tuple[dict[str, Sheet], list[Complaint]]:
    """Return the sheets of a file or folder by name, examples left out, and what is wrong.

    Raises `UnreadableTable` where it cannot be opened at all.
    """
    found = _lines_of(path)
    sheets: dict[str, Sheet] = {}
    complaints = list(_strange_names(found))
    for wanted in SHEETS:
        lines = found.get(wanted.name, [])
        if len(lines) < 2 and not wanted.is_needed:
            continue
        try:
            if not lines:
                raise UnreadableTable(f"There is no such sheet, or it is empty. {wanted.meaning}")
            sheets[wanted.name] = _without_examples(sheet_of(lines, wanted.needed), wanted)
        except UnreadableTable as error:
            complaints.append(Complaint(wanted.name, None, "", error.sentence))
    for name, sheet in sheets.items():
        complaints += [Complaint(name, p.row_number, p.column, p.sentence) for p in sheet.problems]
        complaints += _strange_columns(name, sheet)
    return sheets, complaints


def _lines_of(path: Path) -> dict[str, list[Line]]:
    """Return the lines of every sheet by its name in small letters."""
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix.lower() == ".csv")
        if not files:
            raise UnreadableTable(f"There is no CSV file in the folder {path}.")
        return dict(_table(file.name, content_of(file)) for file in files)
    content = content_of(path)
    if packed := _packed_tables(content):
        return dict(_table(name, table) for name, table in packed.items())
    if is_workbook(content):
        return {key_of(sheet.name): sheet.lines for sheet in worksheets(content)}
    refuse_other_kinds(content)
    raise UnreadableTable(
        f"{path} is one table. Give a workbook, or a folder or zip file with a CSV file for each "
        f"sheet: {', '.join(f'{sheet.name}.csv' for sheet in SHEETS if sheet.is_needed)}."
    )


def _table(name: str, content: bytes) -> tuple[str, list[Line]]:
    try:
        return key_of(PurePosixPath(name).stem), lines_of_text(content) if content else []
    except UnreadableTable as error:
        raise UnreadableTable(f"{shown(name)}: {error.sentence}") from None


def _packed_tables(content: bytes) -> dict[str, bytes]:
    """Return the CSV files in a zip file; none where it is none, or a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            files = [file for file in packed.infolist() if file.filename.lower().endswith(".csv")]
            size = sum(file.file_size for file in files)
            if len(files) > limits.MOST_FILES_IN_WORKBOOK or size > limits.MOST_UNPACKED_BYTES:
                raise UnreadableTable("This zip file is too large to read. Keep the sheets alone.")
            return {PurePosixPath(file.filename).name: packed.read(file) for file in files}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError):
        return {}


def _without_examples(sheet: Sheet, wanted: OwnSheet) -> Sheet:
    """Return a sheet without its example rows. Raises `UnreadableTable` where it has no other."""
    rows = tuple(row for row in sheet.rows if key_of(row[EXAMPLE]) != EXAMPLE)
    if not rows and wanted.is_needed:
        raise UnreadableTable(
            f"All its rows are examples. Write your own, or clear the word in the column {EXAMPLE}."
        )
    kept = {row.number for row in rows}
    return replace(
        sheet, rows=rows, problems=tuple(p for p in sheet.problems if p.row_number in kept)
    )


def _strange_names(found: Mapping[str, list[Line]]) -> Iterable[Complaint]:
    """Ask about a sheet whose name is nearly one of ours; others are let be."""
    names = [sheet.name for sheet in SHEETS]
    for name in found:
        asked = did_you_mean(nearest(name, names))
        if name not in (*names, ABOUT) and asked:
            yield Complaint(shown(name), None, "", f"No sheet has this name. {asked}")


def _strange_columns(name: str, sheet: Sheet) -> Iterable[Complaint]:
    [wanted] = [one for one in SHEETS if one.name == name]
    known = [EXAMPLE, *(column.name for column in wanted.columns)]
    for heading in sheet.headings:
        if key_of(heading) not in {key_of(one) for one in known}:
            asked = did_you_mean(nearest(heading, known)) or f"Its columns are {', '.join(known)}."
            yield Complaint(name, None, shown(heading), f"No column has this heading. {asked}")
