"""The copy of a spreadsheet beside the plan made from it: with both, the plan can be taken up."""

import io
import zipfile
from pathlib import Path

from waywarden.planning.facts import CannotPlan

#: What the copy is called, whatever its ending.
NAME = "made-from"
#: The same files make the same copy, whenever it is made: the first day that a zip file knows.
FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def copied(path: Path) -> tuple[str, bytes]:
    """Return a spreadsheet's copy: its name, and its bytes; of a folder, its CSV files zipped.

    Raises `CannotPlan` where it cannot be read.
    """
    try:
        if path.is_dir():
            return f"{NAME}.zip", _packed(path)
        return f"{NAME}{path.suffix.lower()}", path.read_bytes()
    except OSError as error:
        raise CannotPlan(f"{path} cannot be read again: {error.strerror}.") from error


def _packed(folder: Path) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(folder.iterdir()):
            if file.suffix.lower() == ".csv":
                packed.writestr(zipfile.ZipInfo(file.name, FIRST_DAY), file.read_bytes())
    return content.getvalue()


def copy_in(folder: Path) -> Path | None:
    """Return the copy that lies in the folder of a plan, if there is one."""
    return next(iter(copies_in(folder)), None)


def copies_in(folder: Path) -> list[Path]:
    """Return the copies in a folder: more than one only while one takes the other's place."""
    return sorted(file for file in folder.glob(f"{NAME}*") if file.stem == NAME)


def keep_only(name: str, folder: Path) -> None:
    """Take away copies of earlier spreadsheets, which had another ending."""
    for file in copies_in(folder):
        if file.name != name:
            file.unlink(missing_ok=True)
