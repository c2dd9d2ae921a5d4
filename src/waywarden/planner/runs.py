"""One run of the planner: what was asked for, how far it is, and on which threads."""

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import TypeVar

from waywarden.planner.beginning import Start
from waywarden.planner.efforts import Effort

#: Told the stage, the share of the whole that is done, the best cost so far and the bound so far.
Progress = Callable[[str, float, float, float], None]

Answer = TypeVar("Answer")
Other = TypeVar("Other")


@dataclass(frozen=True)
class Run:
    """What one run was asked for."""

    effort: Effort
    seed: int
    threads: int
    progress: Progress
    stop: Event | None
    start: Start | None = None
    telling: Lock = field(default_factory=Lock)
    proven: dict[str, float] = field(default_factory=dict)
    parts: dict[int, tuple[float, float, float]] = field(default_factory=dict)

    @property
    def is_stopped(self) -> bool:
        """Whether somebody asked to stop."""
        return self.stop is not None and self.stop.is_set()

    def report(self, stage: str, done: float, cost: float, bound: float) -> None:
        """Pass on how far it is; threads take turns."""
        with self.telling:
            self.progress(stage, done, cost, bound)

    def searched(self, part: float, done: float, cost: float) -> None:
        """Pass on how far the search for shared clusters is, the first part of the whole."""
        self.proven["cost"] = cost
        self.report("search", part * done, cost, self.proven.get("bound", -math.inf))

    def proved(self, part: float, done: float, bound: float) -> None:
        """Pass on how far the proof of shared clusters is, the last part; the bound never falls."""
        self.proven["bound"] = max(bound, self.proven["bound"])
        cost = self.proven.get("cost", math.inf)
        self.report("proof", 1 - part + part * done, cost, self.proven["bound"])

    def part(self, number: int, count: int) -> Progress:
        """Return what to tell of one of several parts, so that all of them run from 0 to 1 once."""

        def tell(stage: str, done: float, cost: float, bound: float) -> None:
            self.parts[number] = (done, cost, bound)
            whole = len(self.parts) == count
            shares, costs, bounds = zip(*self.parts.values(), strict=True)
            self.report(
                stage,
                sum(shares) / count,
                sum(costs) if whole else math.inf,
                sum(bounds) if whole else -math.inf,
            )

        return tell

    def both(self, one: Callable[[], Answer], other: Callable[[], Other]) -> tuple[Answer, Other]:
        """Run two jobs, beside each other where two threads are allowed."""
        if self.threads == 1:
            return one(), other()
        with ThreadPoolExecutor(1) as pool:
            beside = pool.submit(other)
            return one(), beside.result()

    def together(self, jobs: Sequence[Callable[[], Answer]]) -> list[Answer]:
        """Run jobs on the threads allowed; the answers are in the order of the jobs."""
        if self.threads == 1:
            return [job() for job in jobs]
        with ThreadPoolExecutor(self.threads) as pool:
            return list(pool.map(lambda job: job(), jobs))
