"""The front door: choose the method for the shape asked, run it, and write down the plan."""

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Event, Lock
from typing import TypeVar

from waywarden.planner import describing
from waywarden.planner.checking import is_whole
from waywarden.planner.clusters.annealing import best_grouping
from waywarden.planner.clusters.relaxing import (
    ServiceLocation,
    SharedBound,
    location_of,
    shared_bound,
)
from waywarden.planner.councils import Infeasible, Service
from waywarden.planner.feasibility import refuse_hopeless
from waywarden.planner.location import Location
from waywarden.planner.plans import Plan
from waywarden.planner.problems import Problem
from waywarden.planner.sharing import Sharing, sharing_of
from waywarden.planner.sites.bounding import bound_of
from waywarden.planner.sites.locating import Located, best_location

SHARED, PER_SERVICE = "shared", "per_service"
SHAPES = (SHARED, PER_SERVICE)

#: Told the stage, the share of the whole that is done, the best cost so far and the bound so far.
Progress = Callable[[str, float, float, float], None]

Answer = TypeVar("Answer")
Other = TypeVar("Other")


@dataclass(frozen=True)
class Effort:
    """How long to try, counted in moves and rounds, never in seconds: so plans repeat.

    ``shared_moves`` are tried on shared clusters, ``service_moves`` on each
    service, in a county of up to 400 councils; in a larger one they grow with
    it. ``relaxed_rounds`` and ``exact_rounds`` raise each bound, the latter
    with whole knapsacks.
    """

    shared_moves: int
    service_moves: int
    relaxed_rounds: int
    exact_rounds: int


COUNTY = 400

EFFORTS = {
    "quick": Effort(300_000, 10_000, 80, 40),
    "standard": Effort(2_500_000, 60_000, 120, 120),
    "careful": Effort(10_000_000, 300_000, 200, 150),
}


def _silent(stage: str, done: float, cost: float, bound: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class _Run:
    """What one run was asked for."""

    effort: Effort
    seed: int
    threads: int
    progress: Progress
    stop: Event | None
    telling: Lock = field(default_factory=Lock)
    proven: dict[str, float] = field(default_factory=dict)
    parts: dict[int, tuple[float, float, float]] = field(default_factory=dict)

    def report(self, stage: str, done: float, cost: float, bound: float) -> None:
        """Pass on how far it is; threads take turns."""
        with self.telling:
            self.progress(stage, done, cost, bound)

    def searched(self, done: float, cost: float) -> None:
        """Pass on how far the search for shared clusters is, and the bound once it is proven."""
        self.report("search", done, cost, self.proven.get("bound", -math.inf))

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
    plan can exist, ValueError for a shape, effort, seed or number of threads
    there is not, and TypeError for what is no problem.
    """
    run = _Run(_effort(effort), _seed(seed), _threads(threads), progress, stop)
    if isinstance(problem, Location):
        return describing.of_location(problem, _located(problem, run, run.report), seed=seed)
    if not isinstance(problem, Problem):
        raise TypeError(f"A {type(problem).__name__} is no problem. Give a Problem or a Location.")
    if shape not in SHAPES:
        raise ValueError(f"There is no shape {shape!r}. Choose one of {', '.join(SHAPES)}.")
    sharing = sharing_of(problem)
    refuse_hopeless(problem, sharing, is_shared=shape == SHARED)
    planned = _shared if shape == SHARED else _per_service
    return planned(problem, sharing, run)


def _effort(asked: str | Effort) -> Effort:
    if isinstance(asked, Effort):
        return asked
    if not isinstance(asked, str) or asked not in EFFORTS:
        raise ValueError(f"There is no effort {asked!r}. Choose one of {', '.join(EFFORTS)}.")
    return EFFORTS[asked]


def _seed(asked: int) -> int:
    if not is_whole(asked) or asked < 0:
        raise ValueError(f"The seed is {asked!r}. Give a whole number of at least 0.")
    return int(asked)


def _threads(asked: int) -> int:
    if not is_whole(asked) or asked < 1:
        raise ValueError(f"The threads are {asked!r}. Give a whole number of at least 1.")
    return int(asked)


def _shared(problem: Problem, sharing: Sharing, run: _Run) -> Plan:
    """Search for shared clusters on one thread while the other proves the bound."""
    search = partial(
        best_grouping,
        sharing,
        moves=_for_size(run.effort.shared_moves, len(sharing.takes_part)),
        rng_seed=run.seed,
        progress=run.searched,
        stop=run.stop,
        names=[council.name for council in problem.councils],
    )

    def prove() -> SharedBound:
        bound = shared_bound(
            sharing,
            relaxed_rounds=run.effort.relaxed_rounds,
            exact_rounds=run.effort.exact_rounds,
            bound_of=bound_of,
        )
        run.proven["bound"] = bound.value
        return bound

    labels, bound = run.both(search, prove)
    return describing.of_grouping(problem, sharing, labels, bound, seed=run.seed)


def _per_service(problem: Problem, sharing: Sharing, run: _Run) -> Plan:
    """Plan each service by itself."""
    places = [location_of(sharing, service, 1.0) for service in range(len(problem.services))]
    services = enumerate(zip(problem.services, places, strict=True))
    jobs = [
        partial(_one_of_several, service, place, run, run.part(number, len(places)))
        for number, (service, place) in services
    ]
    return describing.of_services(problem, places, run.together(jobs), seed=run.seed)


def _one_of_several(
    service: Service, place: ServiceLocation, run: _Run, progress: Progress
) -> Located:
    try:
        found = _located(place.location, run, progress)
    except Infeasible as reason:
        raise Infeasible(
            f"Service {service.key}, counting only councils that take part in it: {reason}"
        ) from reason
    progress("search", 1.0, found.cost, found.bound)
    return found


def _for_size(moves: int, councils: int) -> int:
    return moves * max(COUNTY, councils) // COUNTY


def _located(location: Location, run: _Run, progress: Progress) -> Located:
    return best_location(
        location,
        moves=_for_size(run.effort.service_moves, len(location.demands)),
        relaxed_rounds=run.effort.relaxed_rounds,
        exact_rounds=run.effort.exact_rounds,
        rng_seed=run.seed,
        progress=progress,
        stop=run.stop,
    )
