"""What a solver found, how long it took, and how that is written down."""

from __future__ import annotations

import math
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

#: What is written to a result: numbers, words, lists and tables of them.
Figures = dict[str, Any]


@dataclass
class Spent:
    """The time a piece of work took: of all threads and programs it started, and on the clock."""

    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0


@contextmanager
def timed() -> Iterator[Spent]:
    """Measure what is done within; the figures stand once it is left."""
    spent, cpu, wall = Spent(), cpu_seconds(), time.perf_counter()
    try:
        yield spent
    finally:
        spent.cpu_seconds = cpu_seconds() - cpu
        spent.wall_seconds = time.perf_counter() - wall


def cpu_seconds() -> float:
    """Return the processor time of this process and of the programs it has waited for."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def megabytes() -> float:
    """Return the most memory this process, or a program it has waited for, ever held."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(one.ru_maxrss for one in used) / 1024


@dataclass(frozen=True)
class Answer:
    """A plan somebody found: its cost, what it is proven against, and the time it took.

    ``cost`` is infinite where nothing was found, ``bound`` minus infinite where
    nothing was proven.
    """

    cost: float
    bound: float
    spent: Spent
    status: str = "done"
    more: Figures = field(default_factory=dict)

    @property
    def gap_percent(self) -> float:
        """The most by which any plan could be cheaper; endless where nothing is known."""
        if not (math.isfinite(self.cost) and math.isfinite(self.bound)):
            return math.inf
        if self.cost <= 0:
            return 0.0
        return max(0.0, 100 * (self.cost - self.bound) / self.cost)

    def figures(self) -> Figures:
        """Return what is written down; what is not known is None."""
        known = {"cost": self.cost, "bound": self.bound, "gap_percent": self.gap_percent}
        kept = {name: _known(value) for name, value in known.items()}
        return {**kept, **asdict(self.spent), "status": self.status, **self.more}


def _known(value: float) -> float | None:
    """Return a number, or None for one that is endless or none."""
    return value if math.isfinite(value) else None
