"""Writes a blank spreadsheet to fill in: sheets with example rows, and one that explains them."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from waywarden.fabric.tables.columns import BYTE_ORDER_MARK, safe
from waywarden.planning.facts import CannotPlan
from waywarden.planning.own.columns import EXAMPLE, SETTING_MEANINGS, SHEETS, OwnSheet
from waywarden.planning.own.sheets import ABOUT
from waywarden.planning.papers.filing import write_files

Rows = list[list[str]]


def write_blank(path: Path) -> None:
    """Write a blank spreadsheet: a workbook to a path ending in .xlsx, else a folder of CSV files.

    Raises `CannotPlan` where something is there already, or nothing can be
    written.
    """
    suffix = path.suffix.lower()
    if suffix not in ("", ".xlsx"):
        raise CannotPlan(
            f"A blank spreadsheet is .xlsx, or a folder of CSV files, and not {suffix}. Name one "
            "of these."
        )
    if suffix == ".xlsx":
        _write_workbook(path)
        return
    files = {f"{name}.csv": _csv(headings, rows) for name, headings, rows in _tables()}
    for name in files:
        _refuse_there(path / name)
    write_files(path, files)


def _write_workbook(path: Path) -> None:
    try:
        from waywarden.fabric.tables.templates import workbook_of
    except ImportError as error:
        raise CannotPlan(
            "Workbooks are written only where the web extra is installed: pip install "
            "'waywarden[web]'. Or name a folder, for CSV files."
        ) from error
    _refuse_there(path)
    content = workbook_of({name: (headings, rows) for name, headings, rows in _tables()})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise CannotPlan(f"{path} could not be written: {error.strerror}.") from error


def _refuse_there(path: Path) -> None:
    if path.exists():
        raise CannotPlan(f"{path} is there already, and is left as it is. Name another.")


def _tables() -> Iterator[tuple[str, list[str], Rows]]:
    yield ABOUT, ["sheet", "column", "needed", "what it means"], list(_explained())
    for sheet in SHEETS:
        headings = [EXAMPLE, *(column.name for column in sheet.columns)]
        yield sheet.name, headings, [[EXAMPLE, *row] for row in sheet.examples]


def _explained() -> Iterator[list[str]]:
    yield [
        "every sheet",
        EXAMPLE,
        "no",
        f"Rows with the word {EXAMPLE} here are not read. They are made up: write your own rows "
        "below, and delete them when you like",
    ]
    for sheet in SHEETS:
        yield [sheet.name, "", _yes(sheet.is_needed), sheet.meaning]
        yield from _columns(sheet)
    for name, meaning in SETTING_MEANINGS.items():
        yield ["settings", f"value of {name}", "no", meaning]


def _columns(sheet: OwnSheet) -> Iterator[list[str]]:
    for column in sheet.columns:
        yield [sheet.name, column.name, _yes(column.is_needed), column.meaning]


def _yes(is_needed: bool) -> str:
    return "yes" if is_needed else "no"


def _csv(headings: list[str], rows: Rows) -> str:
    out = io.StringIO(newline="")
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([[safe(cell) for cell in row] for row in (headings, *rows)])
    return out.getvalue()
