"""A small county as somebody would write it into a spreadsheet, and how to write it down."""

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from waywarden.fabric.tables.templates import workbook_of

Rows = Sequence[Sequence[str]]

COUNCILS = (
    ("council", "easting", "northing", "can lead"),
    ("Wychbourne", "450000", "210000", "yes"),
    ("Coldbrook", "453000", "210000", ""),
    ("Marl Green", "456000", "210000", "no"),
)
WORK = (
    ("council", "service", "quantity", "visits", "peak share", "willingness", "cost alone"),
    ("Wychbourne", "Grass", "200", "2", "50%", "lead", "1,700"),
    ("Coldbrook", "Grass", "100", "2", "50", "join", "1300"),
    ("Marl Green", "Grass", "25", "2", "50", "", "1000"),
)
MODELS = (
    ("service", "name", "setup", "unit cost", "capacity"),
    ("Grass", "own staff", "1000", "1", "900"),
)
SETTINGS = (("setting", "value"), ("travel limit", "7"), ("road factor", "1"))
COUNTY: dict[str, Rows] = {
    "councils": COUNCILS,
    "work": WORK,
    "models": MODELS,
    "settings": SETTINGS,
}


def table(rows: Rows) -> str:
    """Write rows as CSV."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


def folder(path: Path, sheets: dict[str, Rows]) -> Path:
    """Write sheets as CSV files into a folder."""
    path.mkdir(exist_ok=True)
    for name, rows in sheets.items():
        (path / f"{name}.csv").write_text(table(rows), encoding="utf-8")
    return path


def packed(path: Path, sheets: dict[str, Rows]) -> Path:
    """Write sheets as CSV files in a zip file."""
    with zipfile.ZipFile(path, "w") as file:
        for name, rows in sheets.items():
            file.writestr(f"county/{name}.csv", table(rows))
    return path


def workbook(path: Path, sheets: dict[str, Rows]) -> Path:
    """Write sheets as a workbook."""
    path.write_bytes(workbook_of({name: (rows[0], rows[1:]) for name, rows in sheets.items()}))
    return path


def with_rows(sheet: str, *rows: Sequence[str]) -> dict[str, Rows]:
    """Return the county with more rows in one of its sheets."""
    return {**COUNTY, sheet: (*COUNTY[sheet], *rows)}
