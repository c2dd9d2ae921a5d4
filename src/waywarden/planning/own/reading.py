"""Reads the cells of a county's spreadsheet, and keeps what is wrong with each."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from waywarden.data.names import did_you_mean, nearest, plain, shown
from waywarden.fabric.tables.cells import CellRefused, parts_of_number, quoted
from waywarden.fabric.tables.reading import Row, Sheet
from waywarden.planning.own.sheets import Complaint

T = TypeVar("T")
#: What a workbook shows where a formula goes wrong.
ERRORS = ("#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#N/A", "#NULL!", "#NUM!")
EMPTY = "It is empty, or a formula whose value was not saved"
#: Work spread evenly has a twelfth of the year's in every month: 8.3 percent.
LEAST_PEAK_PERCENT = 8
ANSWERS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


@dataclass
class Reader:
    """Reads cells and collects what is wrong, so that all of it can be said at once."""

    sheets: Mapping[str, Sheet]
    complaints: list[Complaint] = field(default_factory=list)

    def rows(self, sheet: str) -> Iterator["Cells"]:
        """Return the rows of a sheet, none where it has none."""
        for row in self.sheets[sheet].rows if sheet in self.sheets else ():
            yield Cells(self, sheet, row)

    def refuse(self, sheet: str, row: int | None, column: str, sentence: str) -> None:
        """Keep what is wrong somewhere."""
        self.complaints.append(Complaint(sheet, row, column, sentence))


@dataclass(frozen=True)
class Cells:
    """One row; what is wrong with a cell is kept, and read as ``None``."""

    reader: Reader
    sheet: str
    row: Row

    def refuse(self, column: str, sentence: str) -> None:
        """Keep what is wrong in a cell."""
        self.reader.refuse(self.sheet, self.row.number, column, sentence)

    def _read(self, column: str, read: Callable[[str], T], blank: T | None) -> T | None:
        text = self.row[column].strip()
        if text.upper() in ERRORS:
            self.refuse(column, f"The formula gives {quoted(text)}. Mend it, or write the value.")
            return None
        if not text and blank is not None:
            return blank
        try:
            return read(text)
        except CellRefused as error:
            self.refuse(column, error.sentence)
            return None

    def words(self, column: str, blank: str | None = None) -> str | None:
        """Read a name or another text; it must be there unless ``blank`` says what it is then."""
        return self._read(column, _words, blank)

    def amount(self, column: str, blank: float | None = None) -> float | None:
        """Read a number, nought or more."""
        return self._read(column, amount, blank)

    def yes(self, column: str, *, blank: bool) -> bool | None:
        """Read a yes or no."""
        return self._read(column, _yes, blank)

    def one_of(self, column: str, choices: Sequence[str], blank: str | None = None) -> str | None:
        """Read one of some words."""

        def read(text: str) -> str:
            found = [choice for choice in choices if plain(choice) == plain(text)]
            if not found:
                raise CellRefused(f"{quoted(text)} is none of {', '.join(choices)}.")
            return found[0]

        return self._read(column, read, blank)

    def name(self, column: str, names: Mapping[str, str], blank: str | None = None) -> str | None:
        """Read a name that another sheet has given; ``names`` are by their plain form."""

        def read(text: str) -> str:
            found = names.get(plain(_words(text)))
            if found is None:
                asked = did_you_mean(nearest(text, names.values()))
                raise CellRefused(f"{quoted(text)} is not known. {asked}".strip())
            return found

        return self._read(column, read, blank)


def amount(text: str) -> float:
    """Read a number, nought or more, with any decimals.

    >>> amount("1,234.5"), amount("0.0216")
    (1234.5, 0.0216)
    """
    if not text:
        raise CellRefused(f"{EMPTY}: write a number.")
    whole, decimals = parts_of_number(text)
    return float(f"{whole}.{decimals or '0'}")


def percent(text: str) -> float:
    """Read a percentage, with its sign or without, as a part of one.

    >>> percent("50 %"), percent("12.5")
    (0.5, 0.125)
    """
    part = amount(text.removesuffix("%").strip()) / 100
    if part > 1:
        raise CellRefused(f"{quoted(text)} is more than all: write a percentage of at most 100.")
    return part


def peak_share(text: str, *, has_work: bool) -> float:
    """Read the percentage of a year's work in the busiest month, as a part of one.

    A workbook keeps a cell shown as 50% as 0.5, which cannot be told from half
    a percent: no busiest month has so little of any work.
    """
    part = percent(text)
    if not has_work or 100 * part >= LEAST_PEAK_PERCENT:
        return part
    if 0 < part <= 0.01:
        given = text.removesuffix("%").strip()
        raise CellRefused(
            f"Is {quoted(text)} {10_000 * part:g} percent, or {100 * part:g}? A cell shown as a "
            f"percentage holds {quoted(given)}. Format the column as numbers and write "
            f"{10_000 * part:g} for {10_000 * part:g} percent."
        )
    raise CellRefused(
        f"{quoted(text)} is too little: the busiest month has at least {LEAST_PEAK_PERCENT} "
        "percent of a year’s work, even where every month has as much."
    )


def _words(text: str) -> str:
    if not text:
        raise CellRefused(f"{EMPTY}: write the value.")
    return shown(text, 200)


def _yes(text: str) -> bool:
    if text.casefold() not in ANSWERS:
        raise CellRefused(f"{quoted(text)} is neither yes nor no.")
    return ANSWERS[text.casefold()]


def endless(found: float | None) -> float:
    """Return a limit, or no limit where none was read."""
    return math.inf if found is None else found
