"""Results gathered for a bar, and the tables and verdicts made of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from benchmarks.answers import Figures
from benchmarks.results import Result

NOT_MEASURED = "Not measured yet."
UNKNOWN = "–"
#: Costs that differ by less, as a part of them, are the same.
SAME = 1e-6
#: What is meant where a step or a question does not say it; `ANY` is all there are.
USUAL = {"solver": "waywarden", "effort": "standard"}
ANY = "any"


@dataclass(frozen=True)
class Table:
    """Rows of words under headings; the first column is of names."""

    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]


@dataclass(frozen=True)
class Section:
    """A bar: what is asked, whether it is met, and the figures."""

    key: str
    title: str
    asked: str
    verdict: str
    tables: tuple[Table, ...] = ()
    words: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ask:
    """One thing a bar asks: a measured figure of at most so much, in some unit."""

    what: str
    measured: float | None
    at_most: float
    unit: str = ""
    digits: int = 2

    @property
    def is_met(self) -> bool:
        """Whether it was measured and is enough."""
        return self.measured is not None and self.measured <= self.at_most

    @property
    def words(self) -> str:
        """What was measured, beside what was asked."""
        if self.measured is None:
            return f"{self.what}: not measured"
        if self.is_met:
            return f"{self.what}: {self._written(self.measured, self.digits)}"
        over = self.measured - self.at_most
        # So many digits that what is missed never reads as met.
        digits = max(self.digits, -math.floor(math.log10(over)))
        said, by = self._written(self.measured, digits), self._written(over, digits)
        return f"**{self.what}: {said}, which is {by} over**"

    def _written(self, value: float, digits: int) -> str:
        how = ".1e" if 0 < self.at_most <= SAME else f",.{digits}f"
        return f"{value:{how}}{self.unit}".replace("-", "−")


def verdict(*asks: Ask) -> str:
    """Say whether all is met, and what was measured of each thing asked."""
    if all(ask.measured is None for ask in asks):
        return NOT_MEASURED
    is_missed = any(not ask.is_met for ask in asks if ask.measured is not None)
    is_whole = all(ask.measured is not None for ask in asks)
    said = "Not met" if is_missed else "Met" if is_whole else "Met as far as it is measured"
    return f"{said}. {'; '.join(ask.words for ask in asks)}."


@dataclass(frozen=True)
class Found:
    """Some results, to be picked from."""

    results: Sequence[Result]
    steps: int = 0

    def of(self, bar: str, **options: Any) -> Found:
        """Return those of a bar with these options: ours at the usual effort, if none is named."""
        return Found([one for one in self.results if one.bar == bar and _has(one, options)])

    def finished(self) -> Found:
        """Return those that came to their end."""
        return Found([one for one in self.results if one.is_finished])

    def values(self, name: str) -> list[float]:
        """Return a figure of each that has it."""
        found = (one.figures.get(name) for one in self.results)
        return [value for value in found if value is not None]

    def median(self, name: str) -> float | None:
        """Return the median of a figure; None where nobody has it."""
        return median(self.values(name)) if self.values(name) else None

    def most(self, name: str) -> float | None:
        """Return the largest of a figure; None where nobody has it."""
        return max(self.values(name), default=None)

    @property
    def megabytes(self) -> float | None:
        """The most memory any of them held."""
        return max((one.megabytes for one in self.results), default=None)

    def __iter__(self) -> Iterator[Result]:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)


def _has(one: Result, options: dict[str, Any]) -> bool:
    wanted = {**USUAL, **options}
    held = {**USUAL, **one.options}
    return all(value in (ANY, held.get(name)) for name, value in wanted.items())


def best_within(found: Found, bar: str, seconds: float) -> Found:
    """Return our results of a bar at the effort that proves most within so many CPU seconds.

    Where none ends in time, those of the one that comes nearest.
    """
    efforts = {one.options.get("effort", USUAL["effort"]) for one in found.of(bar, effort=ANY)}
    runs = [found.of(bar, effort=effort) for effort in sorted(efforts)]
    known = [one for one in runs if one.median("cpu_seconds") is not None]
    timely = [one for one in known if (one.median("cpu_seconds") or 0.0) <= seconds]
    if timely:
        return min(timely, key=lambda one: one.median("gap_percent") or 0.0)
    return min(known, key=lambda one: one.median("cpu_seconds") or 0.0, default=found.of(bar))


def instance(one: Result) -> tuple[tuple[str, Any], ...]:
    """Return what says which problem a result is of, whoever planned it and how long."""
    apart = ("solver", "seconds", "effort", "reach")
    return tuple(sorted((name, value) for name, value in one.options.items() if name not in apart))


def ratios(ours: Found, theirs: Found, name: str) -> list[float]:
    """Return our figure as a part of theirs, for each problem both have planned."""
    by_instance = {instance(one): one.figures.get(name) for one in theirs.finished()}
    pairs = ((one.figures.get(name), by_instance.get(instance(one))) for one in ours.finished())
    return [our / their for our, their in pairs if our is not None and their]


def best_costs(found: Iterable[Result]) -> dict[tuple[tuple[str, Any], ...], float]:
    """Return the least cost anybody found, by problem."""
    best: dict[tuple[tuple[str, Any], ...], float] = {}
    for one in found:
        cost = one.figures.get("cost")
        if cost is not None:
            best[instance(one)] = min(cost, best.get(instance(one), float("inf")))
    return best


def number(value: float | None, digits: int = 2, unit: str = "") -> str:
    """Write a figure, or a dash where there is none."""
    return UNKNOWN if value is None else f"{value:,.{digits}f}{unit}"


@dataclass
class Rows:
    """A table as it is filled: columns are a heading and how to write a figure."""

    headings: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, *cells: str) -> None:
        """Add a row."""
        self.rows.append(cells)

    @property
    def table(self) -> tuple[Table, ...]:
        """The table, or none where it has no rows."""
        return (Table(self.headings, self.rows),) if self.rows else ()


Judge = Callable[[Figures], bool]
