"""The numbers of a text file, each with its line, packed by gzip or not."""

import gzip
import math
import zlib
from dataclasses import dataclass
from pathlib import Path
from reprlib import repr as shortened

import numpy as np

from waywarden.planner.arrays import Flags, Floats, Ints

#: What every file packed by gzip begins with.
PACKED = b"\x1f\x8b"

#: What old systems fill up a file with, or end it by.
PADDING = "\0\x1a"


@dataclass(frozen=True)
class TextFile:
    """The numbers of a file, the line of each, and how many stand on each line that has any.

    The first two are the sizes of what follows.
    """

    name: str
    values: Floats
    line_of: Ints
    lines: tuple[int, ...]
    last_line: int

    @property
    def sizes(self) -> tuple[int, int]:
        """The two sizes the file begins with."""
        sizes = self.values[:2]
        if len(sizes) < 2 or any(size < 1 or size != math.floor(size) for size in sizes):
            raise ValueError(f"{self.name} does not begin with two whole numbers, the sizes.")
        return int(sizes[0]), int(sizes[1])

    @property
    def rest(self) -> Floats:
        """The numbers after the sizes."""
        return self.values[2:]

    @property
    def begins_with_pairs(self) -> bool:
        """Whether a line of two numbers follows for each of the first size, and more after them."""
        many, _ = self.sizes
        return len(self.lines) > 1 + many and set(self.lines[1 : 1 + many]) == {2}

    def wrong_length(self, needed: str) -> ValueError:
        """Return the complaint about a file that is too short or too long."""
        return ValueError(
            f"{self.name} ends at line {self.last_line} with {len(self.values)} numbers. {needed}"
        )

    def refuse_negative(self, is_amount: Flags) -> None:
        """Raise `ValueError` for the first amount after the sizes that is less than nought."""
        for place in np.flatnonzero(is_amount & (self.rest < 0))[:1] + 2:
            raise ValueError(
                f"{self.name}, line {self.line_of[place]}: {self.values[place]:g} is less than "
                "nought. Put a number of at least 0 in its place."
            )


def numbers_of(path: Path) -> TextFile:
    """Return the numbers of a file.

    Raises `ValueError` with the line of what is no number, or where the file is
    damaged, and `OSError` naming what is no file that can be read.
    """
    values: list[float] = []
    lines: list[int] = []
    line_of: list[int] = []
    number = 0
    for number, line in enumerate(_text(path).splitlines(), 1):
        words = [word for one in line.split() if (word := one.strip(PADDING))]
        values += [_number(word, f"{path.name}, line {number}") for word in words]
        lines += [len(words)] if words else []
        line_of += [number] * len(words)
    places = np.array(line_of, dtype=np.int64)
    return TextFile(path.name, np.array(values, dtype=np.float64), places, tuple(lines), number)


def _text(path: Path) -> str:
    try:
        held = path.read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(f"There is no file {path}. Give the path of one.") from None
    except OSError as error:
        reason = "It is a folder" if path.is_dir() else f"{error.strerror}"
        raise OSError(f"{path} cannot be read: {reason}. Give the path of a file.") from None
    return _unpacked(held, path.name).decode("utf-8-sig", errors="replace")


def _unpacked(held: bytes, name: str) -> bytes:
    if not held.startswith(PACKED):
        return held
    try:
        return gzip.decompress(held)
    except (EOFError, OSError, zlib.error) as error:
        raise ValueError(
            f"{name} is packed by gzip, and damaged or cut short: {error}. Fetch it again."
        ) from None


def _number(word: str, where: str) -> float:
    try:
        value = float(word)
    except ValueError:
        raise ValueError(f"{where}: {shortened(word)} is not a number. Put one there.") from None
    if not math.isfinite(value):
        raise ValueError(f"{where}: {word[:20]} is no number to reckon with. Put one there.")
    return value
