"""A list as a page shows it: filtered, sorted and cut into pages by its address alone. Pure.

Each column is declared once: it says how it is sorted, filtered, added up and
shown. The address holds all that was asked, so a bookmark is a saved filter.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any, Generic, Literal
from urllib.parse import parse_qsl, urlencode

from waywarden.fabric.tables.columns import Column, T, text_of

SORT, PAGE, ROWS = "sort", "page", "rows"
SIZES = (25, 100, 500)
MOST_LETTERS = 100
NUMBERS = ("whole number", "thousandths", "pence", "number")


class Unasked(ValueError):
    """An address asks what a list does not know; the message says what it knows."""


@dataclass(frozen=True)
class Listed(Column[T]):
    """A column of a list on a page.

    ``starts`` says what comes first when a reader first sorts by it; blank
    where it is not sorted by. ``cell`` writes it as people read it, ``leads``
    gives the address a cell leads to, and ``adds_up`` writes the sum of a column.
    """

    heading: str = ""
    cell: Callable[[T], object] | None = None
    leads: Callable[[T], str] | None = None
    starts: Literal["least", "most", ""] = "least"
    filtered: Literal["text", "choice", ""] = ""
    adds_up: Callable[[int], str] | None = None
    is_wide: bool = False

    @property
    def is_number(self) -> bool:
        return self.type in NUMBERS

    @property
    def css(self) -> str:
        """Return the classes of its cells."""
        return " ".join(["n"] * self.is_number + ["ww-wide"] * self.is_wide)

    def shown(self, row: T) -> object:
        """Return what a page shows of a row."""
        return self.cell(row) if self.cell else text_of(self, row) or "Not known"

    def total(self, rows: Iterable[T]) -> str:
        """Add up what is known; blank where a column is not added up."""
        if self.adds_up is None or self.value is None:
            return ""
        return self.adds_up(sum(value for row in rows if (value := self.value(row)) is not None))


@dataclass(frozen=True)
class Button:
    """A cell that is pressed: where its form goes, its words, and what they are about."""

    action: str
    words: str
    about: str


#: What a cell shows where others of its column are pressed.
NOTHING_TO_PRESS = "–"


@dataclass(frozen=True)
class Head:
    """The head of a column: its words, where it leads to sort, and how it is sorted now."""

    words: str
    css: str
    address: str
    sorted: str


@dataclass(frozen=True)
class Step:
    """One link to another page or size of a list; without an address it is where we are."""

    words: str
    address: str = ""


class ListPage(Generic[T]):
    """A list as its address asks for it.

    ``carried`` is what the room itself asked in the same address, such as a
    district, to stand in every link. Rows that are ordered as usual already, such
    as `Stored` ones, are read whole only to be filtered or sorted otherwise, if
    ``known`` gives what they may be filtered by. Raises `Unasked` for what makes no sense.
    """

    def __init__(
        self,
        columns: Sequence[Listed[T]],
        rows: Sequence[T],
        asked: Mapping[str, str],
        *,
        what: str = "rows",
        carried: Mapping[str, str] | None = None,
        usual_sort: str = "",
        usual_rows: int = 100,
        anchor: str = "list",
        is_ordered: bool = False,
        known: Mapping[str, Callable[[], Iterable[str]]] | None = None,
    ) -> None:
        self.columns, self.everything, self.what = columns, rows, what
        self.carried, self.anchor = dict(carried or {}), anchor
        self._ordered, self._known = is_ordered, known or {}
        self._usual_sort, self._usual_rows = usual_sort or columns[0].name, usual_rows
        self.filters = {
            column.name: text
            for column in columns
            if column.filtered and (text := _plain(asked.get(column.name, "")))
        }
        self.sort = asked.get(SORT, "") or self._usual_sort
        self._column = self._sorted_by(self.sort)
        self.size = _whole(asked.get(ROWS, ""), ROWS, usual_rows, most=SIZES[-1])
        self.number = min(_whole(asked.get(PAGE, ""), PAGE, 1), self.pages)

    def _sorted_by(self, sort: str) -> Listed[T]:
        offered = {column.name: column for column in self.columns if column.starts}
        found = offered.get(sort.removeprefix("-"))
        if found is None:
            raise Unasked(f"Sort the {self.what} by one of these: {', '.join(offered)}")
        return found

    # The rows.

    @property
    def is_descending(self) -> bool:
        """Whether the most comes first."""
        return (self._column.starts == "most") != self.sort.startswith("-")

    @cached_property
    def found(self) -> Sequence[T]:
        """Every row the filter keeps, in order: what the downloads hold."""
        if self._ordered and not self.filters and self.sort == self._usual_sort:
            return self.everything
        asked = [(column, self.filters.get(column.name, "")) for column in self.columns]
        wanted = [(column, text.casefold()) for column, text in asked if text]
        kept = [row for row in self.everything if all(_fits(c, row, text) for c, text in wanted)]
        known = [row for row in kept if self._value(self._column, row) is not None]
        unknown = [row for row in kept if self._value(self._column, row) is None]
        known.sort(key=lambda row: _key(self._value(self._column, row)), reverse=self.is_descending)
        return known + unknown

    @staticmethod
    def _value(column: Listed[T], row: T) -> Any:
        return column.value(row) if column.value else None

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.found) // self.size))

    @cached_property
    def rows(self) -> Sequence[T]:
        """The rows of this page."""
        return self.found[(self.number - 1) * self.size : self.number * self.size]

    # What the page shows.

    @property
    def lines(self) -> list[tuple[object, str, list[tuple[str, object]]]]:
        """Each row: what heads it, where that leads, and its cells after their opening tags."""
        first, *others = self.columns
        openings = [(_opening(column), column) for column in others]
        return [
            (
                first.shown(row),
                first.leads(row) if first.leads else "",
                [(opening, column.shown(row)) for opening, column in openings],
            )
            for row in self.rows
        ]

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    @property
    def sortable(self) -> list[Head]:
        """The heads a list can be sorted by."""
        return [head for head in self.heads if head.address]

    def _head(self, column: Listed[T]) -> Head:
        words = column.heading or column.name
        if not column.starts:
            return Head(words, column.css, "", "")
        if column is not self._column:
            return Head(words, column.css, self.address(sort=column.name), "")
        turned = column.name if self.sort.startswith("-") else f"-{column.name}"
        way = "descending" if self.is_descending else "ascending"
        return Head(words, column.css, self.address(sort=turned), way)

    @property
    def totals(self) -> list[tuple[str, str]]:
        """The last line: an opening tag and a sum for each column after the first; or nothing."""
        if not any(column.adds_up for column in self.columns) or len(self.found) < 2:
            return []
        return [(_opening(column), column.total(self.found)) for column in self.columns[1:]]

    @property
    def said(self) -> str:
        """Say how many rows there are, and which of them this page shows."""
        what = self.what.removesuffix("s") if len(self.found) == 1 else self.what
        many = f"{len(self.found):,} {what}"
        if len(self.found) != len(self.everything):
            many = f"{len(self.found):,} of {len(self.everything):,} {self.what}"
        if self.pages == 1:
            return many
        first = (self.number - 1) * self.size + 1
        return f"{many}, {first:,} to {first + len(self.rows) - 1:,} shown"

    @property
    def order(self) -> str:
        """Say by what the rows are sorted."""
        return f"sorted by {(self._column.heading or self._column.name).lower()}" + (
            ", most first" if self.is_descending and self._column.is_number else ""
        )

    @cached_property
    def choices(self) -> dict[str, list[str]]:
        """What each column that is filtered by choice may be."""
        asked = [column for column in self.columns if column.filtered == "choice"]
        return {column.name: sorted(set(filter(None, self._texts(column)))) for column in asked}

    def _texts(self, column: Listed[T]) -> Iterable[str]:
        if column.name in self._known:
            return self._known[column.name]()
        return (text_of(column, row) for row in self.everything)

    # Addresses.

    def query(self, **other: str) -> str:
        """Return the whole question as a query string; what is usual is left out."""
        asked = self.carried | self.filters
        asked |= {SORT: self.sort, ROWS: str(self.size), PAGE: ""} | other
        usual = {SORT: self._usual_sort, ROWS: str(self._usual_rows), PAGE: "1"}
        kept = {name: text for name, text in asked.items() if text and usual.get(name) != text}
        return urlencode(kept)

    def address(self, **other: str) -> str:
        """Return where a link to another order, page or size leads."""
        return f"?{self.query(**other)}#{self.anchor}"

    @property
    def of_downloads(self) -> str:
        """The question of the files that hold the rows of all pages."""
        query = self.query(rows=str(self._usual_rows))
        return f"?{query}" if query else ""

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form that filters sends along unchanged."""
        usual = {SORT: self._usual_sort, ROWS: str(self._usual_rows)}
        both = {SORT: self.sort, ROWS: str(self.size)}
        return [(name, text) for name, text in both.items() if usual[name] != text]

    @property
    def steps(self) -> list[Step]:
        """Links to the other pages: the first, the last and those about this one."""
        near = {1, self.pages, *range(self.number - 1, self.number + 2)}
        there = sorted(number for number in near if 1 <= number <= self.pages)
        return [
            Step(str(n), "" if n == self.number else self.address(page=str(n))) for n in there
        ] * (self.pages > 1)

    @property
    def sizes(self) -> list[Step]:
        """Links to more or fewer rows on a page, where there are enough rows to choose."""
        offered = [size for size in SIZES if size < len(self.found)]
        offered = [*offered, SIZES[-1]] if offered and SIZES[-1] not in offered else offered
        return [
            Step(str(size), "" if size == self.size else self.address(rows=str(size)))
            for size in offered
        ]


def asked_in_words(query: str) -> str:
    """Say a query string as a note beside a table does.

    >>> asked_in_words("district=cherwell&sort=-hectares"), asked_in_words("")
    ('district: cherwell; sort: -hectares', 'nothing is filtered')
    """
    return "; ".join(f"{name}: {text}" for name, text in parse_qsl(query)) or "nothing is filtered"


def _fits(column: Listed[T], row: T, wanted: str) -> bool:
    text = text_of(column, row).casefold()
    return wanted == text if column.filtered == "choice" else wanted in text


def _opening(column: Listed[T]) -> str:
    css = f' class="{column.css}"' if column.css else ""
    return f'<td role="cell" data-label="{escape(column.heading or column.name)}"{css}>'


def _key(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _plain(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable()).strip()[:MOST_LETTERS]


def _whole(text: str, name: str, usual: int, most: int = 10**6) -> int:
    """Read a page or size from an address."""
    if not text:
        return usual
    if not re.fullmatch(r"[0-9]{1,7}", text) or not 1 <= int(text) <= most:
        raise Unasked(f"Ask for {name} by a number from 1 to {most:,}")
    return int(text)
