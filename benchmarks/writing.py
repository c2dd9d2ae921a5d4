"""Writes location problems as text in the published forms, for `waywarden.planner.read`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.published import Median, Plain


def as_cap(problem: Plain) -> str:
    """Write a problem as the OR-Library does: each demand, and then its costs."""
    head = _sites(problem)
    councils = zip(problem.demands, problem.costs.T, strict=True)
    return _lines([*head, *(row for demand, costs in councils for row in ([demand], costs))])


def as_holmberg(problem: Plain) -> str:
    """Write a problem as Holmberg's files are: all demands on a line, then costs site by site."""
    return _lines([*_sites(problem), problem.demands, *problem.costs])


def as_tbed(problem: Plain) -> str:
    """Write a problem as those of Test Bed 1: amounts first, costs per unit of demand."""
    amounts = (problem.demands, problem.capacities, problem.setups)
    return _lines([_size(problem), *amounts, *problem.per_unit])


def as_median(problem: Median) -> str:
    """Write a p-median: a position, a capacity and a demand on each line."""
    places = zip(problem.points, problem.capacities, problem.demands, strict=True)
    rows = ([*point, capacity, demand] for point, capacity, demand in places)
    return _lines([[len(problem.demands), problem.opened], *rows])


FORMS: dict[str, Callable[[Plain], str]] = {
    "cap": as_cap,
    "holmberg": as_holmberg,
    "tbed": as_tbed,
}


def kept(text: str, folder: Path, name: str) -> Path:
    """Write a text into a folder, and return where."""
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return path


def _size(problem: Plain) -> Iterable[float]:
    return problem.costs.shape


def _sites(problem: Plain) -> list[Iterable[float]]:
    return [_size(problem), *zip(problem.capacities, problem.setups, strict=True)]


def _lines(rows: Iterable[Iterable[float]]) -> str:
    return "".join(" ".join(f"{float(value):.12g}" for value in row) + "\n" for row in rows)
