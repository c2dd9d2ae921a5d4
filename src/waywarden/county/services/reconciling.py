"""Holding the rows of a table against the totals that the table itself gives."""

from collections.abc import Callable
from dataclasses import dataclass, field

from waywarden.county.services.measuring import unit_named
from waywarden.county.services.models import Service
from waywarden.data.names import plain
from waywarden.fabric.common.wording import amount, number
from waywarden.fabric.tables.cells import decimal_milli, quoted
from waywarden.fabric.tables.problems import CellRefused, Problem
from waywarden.fabric.tables.reading import Row

TOTALS = frozenset({"total", "totals", "grand total", "sum", "all places", "overall total"})


def is_total(row: Row) -> bool:
    """Whether a row adds up others instead of speaking of a place."""
    return plain(row["place"]) in TOTALS


@dataclass(frozen=True)
class Said:
    """What a row of a place says: as it is written, and in the unit its service is counted in."""

    number: int
    #: None where the service is not one we know: it may be any.
    service: Service | None
    unit: str
    written_milli: int | None
    #: None where it cannot be counted, such as a length without its swathe.
    counted_milli: int | None

    @property
    def is_turned(self) -> bool:
        """Whether it is written in another unit than it is counted in."""
        return self.service is not None and self.unit != self.service.unit

    def written_in(self, unit: str) -> int:
        """Return what it adds to a total of what is written in a unit."""
        return (self.written_milli or 0) if self.unit == unit else 0

    def counted_in(self, unit: str) -> int:
        """Return what it adds to a total of what is counted in a unit."""
        in_it = self.service is not None and self.service.unit == unit
        return (self.counted_milli or 0) if in_it else 0

    def is_lost_to(self, unit: str) -> bool:
        """Whether it belongs into a total in a unit and cannot be counted."""
        return self.written_milli is None or (
            self.counted_milli is None and self.written_in(unit) == 0
        )


@dataclass
class Totals:
    """What rows say, service by service, and what the table says they add up to."""

    _rows: list[Said] = field(default_factory=list)
    _totals: list[tuple[Row, Service | None]] = field(default_factory=list)
    agreed: list[str] = field(default_factory=list)

    def add(self, row: Row, service: Service | None, counted_milli: int | None) -> None:
        """Count a row of a place."""
        written = _read(row)
        counted = counted_milli if written is not None else None
        self._rows.append(Said(row.number, service, unit_named(row["unit"]), written, counted))

    def say(self, row: Row, service: Service | None) -> None:
        """Keep a row of totals, of one service or of all, for when all rows are counted."""
        self._totals.append((row, service))

    def problems(self) -> list[Problem]:
        """Say where a total and its rows differ; what agrees is in ``agreed``."""
        return [problem for row, of in self._totals if (problem := self._compared(row, of))]

    def _compared(self, row: Row, service: Service | None) -> Problem | None:
        try:
            said = decimal_milli(row["amount"])
        except CellRefused as refused:
            return Problem(row.number, "amount", refused.sentence)
        rows = [each for each in self._rows if service in (None, each.service)]
        unit = unit_named(row["unit"]) or _only_unit(rows, service)
        if not unit:
            return Problem(row.number, "unit", "Say in which unit it adds up: its rows have many.")
        total = Total(row, service, unit, said, rows, [r for r in self._rows if not r.service])
        if agreement := total.agreement:
            self.agreed.append(agreement)
            return None
        return Problem(row.number, "amount", total.difference)


@dataclass(frozen=True)
class Total:
    """One total of the table, with the rows it is about."""

    row: Row
    service: Service | None
    unit: str
    said_milli: int
    rows: list[Said]
    of_no_service: list[Said]

    @property
    def about(self) -> str:
        """The total as the table gives it."""
        if not self.row["unit"]:
            return amount(self.said_milli, self.unit)
        return f"{number(self.said_milli)} {self.row['unit']}"

    @property
    def of(self) -> str:
        return f" of {self.service.name.lower()}" if self.service else ""

    def _sum(self, of: Callable[[Said, str], int]) -> int:
        return sum(of(row, self.unit) for row in self.rows)

    @property
    def agreement(self) -> str:
        """Say how the rows make the total; blank where they do not."""
        written, counted = self._sum(Said.written_in), self._sum(Said.counted_in)
        turned = [r for r in self.rows if r.is_turned and r.counted_in(self.unit)]
        if self.said_milli == counted and turned:
            many = "a length" if len(turned) == 1 else f"{len(turned)} lengths"
            return (
                f"The rows{self.of} add up to the file’s own total, {self.about}, with "
                f"{many} counted by the swathe."
            )
        if self.said_milli != written:
            return ""
        if turned:
            return (
                f"The rows{self.of} written in {self.row['unit'] or self.unit} add up to the "
                f"file’s own total, {self.about}. With the lengths counted by their swathe they "
                f"are {amount(counted, self.unit)}."
            )
        return f"The rows{self.of} add up to the file’s own total, {self.about}."

    @property
    def difference(self) -> str:
        """Say what the rows make instead."""
        written = self._sum(Said.written_in)
        turned = sum(row.counted_in(self.unit) for row in self.rows if row.is_turned)
        counted = turned + sum(row.written_in(self.unit) for row in self.rows if not row.is_turned)
        sums = number(written)
        if turned and counted != written:
            sums += f", or {number(counted)} with lengths counted by their swathe"
        lost = [r for r in (*self.rows, *self.of_no_service) if r.is_lost_to(self.unit)]
        unread = f" Row {lost[0].number} could not be counted." if lost else ""
        return (
            f"The file’s own total is {quoted(self.about)[1:-1]}, but its rows{self.of} add up to "
            f"{sums}. Is a row missing, or counted twice?{unread}"
        )


def _read(row: Row) -> int | None:
    try:
        return decimal_milli(row["amount"])
    except CellRefused:
        return None


def _only_unit(rows: list[Said], service: Service | None) -> str:
    """Return the unit of a total that names none: the one in which all its rows are written."""
    units = {row.unit for row in rows}
    if len(units) == 1:
        return units.pop()
    return service.unit if service else ""
