"""Run in a process of its own: open a workbook on standard input, write its cells as JSON.

A workbook of five kilobytes with one cell in its last corner makes the reader ask
for 500 GB and abort the process it runs in. So it runs here, with a limit on memory
and time, and what aborts is this process and not the site. It is started by its
file name, and imports nothing of ours.
"""

import io
import json
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from python_calamine import CalamineWorkbook


def sheets(content: bytes, most_rows: int, most_columns: int) -> dict[str, Any]:
    """Every worksheet with something in it: the number of its first row, and its cells as text."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    found = []
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.start is None or sheet.end is None:
            continue
        height, width = sheet.end[0] + 1, sheet.end[1] + 1
        if height > most_rows or width > most_columns:
            return {"too_large": [name, height, width]}
        rows = [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]
        found.append({"name": name, "first_row": sheet.start[0] + 1, "rows": rows})
    return {"sheets": found}


def cell_text(value: object) -> str:
    """A cell as its reader sees it: numbers without the noise of floats, dates year first.

    >>> cell_text(500.0), cell_text(0.1 + 0.2), cell_text(1e15), cell_text(True)
    ('500', '0.3', '1000000000000000', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def number_text(value: float) -> str:
    """A float in the fifteen figures a spreadsheet keeps, without an exponent."""
    text = f"{Decimal(f'{value:.15g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def limit(most_memory_bytes: int, most_seconds: int) -> None:
    """Bound what this process may use, where the system can."""
    try:
        import resource  # absent on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most_memory_bytes, most_memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    rows, columns, memory, seconds = (int(argument) for argument in sys.argv[1:])
    limit(memory, seconds)
    json.dump(sheets(sys.stdin.buffer.read(), rows, columns), sys.stdout)
