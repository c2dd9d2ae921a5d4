"""The front door: choose the method for the shape asked, run it, and write down the plan."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from waywarden.planner.arrays import Location
from waywarden.planner.plans import Plan
from waywarden.planner.problems import Problem

SHARED, PER_SERVICE = "shared", "per_service"
SHAPES = (SHARED, PER_SERVICE)

#: Told the stage, the share of the whole that is done, the best cost so far and the bound so far.
Progress = Callable[[str, float, float, float], None]


@dataclass(frozen=True)
class Effort:
    """How long to try, counted in moves and rounds, never in seconds: so plans repeat.

    ``shared_moves`` are tried on shared clusters, ``service_moves`` on each
    service; ``relaxed_rounds`` and ``exact_rounds`` raise each bound, the
    latter with whole knapsacks.
    """

    shared_moves: int
    service_moves: int
    relaxed_rounds: int
    exact_rounds: int


EFFORTS = {
    "quick": Effort(300_000, 10_000, 80, 20),
    "standard": Effort(2_500_000, 60_000, 120, 60),
    "careful": Effort(10_000_000, 300_000, 200, 150),
}


def _silent(stage: str, done: float, cost: float, bound: float) -> None:
    """Tell nobody."""


def plan(
    problem: Problem | Location,
    *,
    shape: str = SHARED,
    effort: str | Effort = "standard",
    seed: int = 1,
    threads: int = 2,
    progress: Progress = _silent,
    stop: Event | None = None,
) -> Plan:
    """Return the best plan found within the effort, with a proven bound on every plan.

    The same problem, shape, effort and seed give the same plan, on any number
    of threads. When ``stop`` is set the best so far is returned. A `Location`
    is always planned as the one service it is. Raises `Infeasible` where no
    plan can exist.
    """
    raise NotImplementedError
