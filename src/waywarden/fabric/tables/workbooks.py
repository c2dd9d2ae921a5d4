"""Read Excel and OpenDocument workbooks, without trusting them."""

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from waywarden.fabric.tables import limits
from waywarden.fabric.tables.delimited import Line
from waywarden.fabric.tables.problems import UnreadableTable

ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
READER = Path(__file__).with_name("open_workbook.py")
DAMAGED = (
    "This workbook cannot be opened: it may be damaged or have a password. "
    "Open it, save it again as .xlsx without a password, and send that."
)
NO_READER = (
    "Workbooks are read only where the web extra is installed: pip install 'waywarden[web]'. "
    "Or save each sheet as a CSV file, and give those."
)
TOO_LARGE = (
    "This workbook is too large to read safely. Copy the one table that is wanted into a new "
    "workbook, and send that."
)


@dataclass(frozen=True)
class Worksheet:
    """One worksheet: its name, and its rows numbered as the sender sees them."""

    name: str
    lines: list[Line]


def is_workbook(content: bytes) -> bool:
    """Whether a file begins as workbooks do, whatever it is called."""
    return content.startswith((ZIP, OLD_EXCEL))


def worksheets(content: bytes) -> list[Worksheet]:
    """Every worksheet that has something in it."""
    if find_spec("python_calamine") is None:
        raise UnreadableTable(NO_READER)
    if content.startswith(ZIP):
        refuse_strange_zip(content)
    answer = opened(content)
    if "too_large" in answer:
        name, rows, columns = answer["too_large"]
        raise UnreadableTable(
            f"The sheet '{name}' has {rows:,} rows and {columns:,} columns; a table may have "
            f"{limits.MOST_ROWS:,} rows and {limits.MOST_COLUMNS} columns. Remove what is not "
            "asked for, and anything far below or beside the table."
        )
    return [worksheet(sheet) for sheet in answer["sheets"]]


def worksheet(sheet: dict[str, Any]) -> Worksheet:
    """Number the rows of one sheet, leaving out the empty ones."""
    numbered = enumerate(sheet["rows"], start=sheet["first_row"])
    return Worksheet(sheet["name"], [(number, cells) for number, cells in numbered if any(cells)])


def refuse_strange_zip(content: bytes) -> None:
    """Refuse, before unpacking anything, what is no workbook or would unpack to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            files = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise UnreadableTable(DAMAGED) from None
    if len(files) > limits.MOST_FILES_IN_WORKBOOK:
        raise UnreadableTable(TOO_LARGE)
    if sum(file.file_size for file in files) > limits.MOST_UNPACKED_BYTES:
        raise UnreadableTable(TOO_LARGE)
    if not {"xl/workbook.xml", "content.xml"} & {file.filename for file in files}:
        raise UnreadableTable(
            "This is not a table but another kind of file. Send a CSV file or an Excel workbook "
            "(.xlsx, .xls or .ods)."
        )


def opened(content: bytes) -> dict[str, Any]:
    """What the reader found, run beside us so that a hostile workbook can only harm itself."""
    bounds = (
        limits.MOST_ROWS,
        limits.MOST_COLUMNS,
        limits.MOST_MEMORY_BYTES,
        limits.MOST_SECONDS,
    )
    command = [sys.executable, "-I", str(READER), *(str(bound) for bound in bounds)]
    try:
        ran = subprocess.run(  # noqa: S603 - our own file, and numbers
            command, input=content, capture_output=True, timeout=limits.MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise UnreadableTable(TOO_LARGE) from None
    # Killed by a signal, or out of memory: the workbook asked for more than it may have.
    if ran.returncode < 0 or b"MemoryError" in ran.stderr:
        raise UnreadableTable(TOO_LARGE)
    if ran.returncode:
        raise UnreadableTable(DAMAGED)
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer
