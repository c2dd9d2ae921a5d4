"""A problem as arrays, for the loops: one service as a location problem, or all of them shared."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from waywarden.planner.problems import Council, Problem, Willingness, Work

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True)
class Location:
    """One service: single-source capacitated facility location, with going alone.

    N councils, M sites, A arcs. A site is one candidate lead delivering in one
    way; of the sites of one lead at most one is open. Arcs lie by council:
    those of council j are ``starts[j]`` to ``starts[j + 1]``, each with the
    site that could serve it (ascending) and the cost of that. The demand a
    site serves may not exceed its capacity. A site that is open serves its own
    council, ``homes``, or has none (-1). ``alone`` is the cost of not being
    served at all, infinite where a council must be. Where ``opened`` is not
    nought, exactly so many sites are open.
    """

    starts: Ints  # N + 1
    sites: Ints  # A
    costs: Floats  # A
    demands: Floats  # N
    capacities: Floats  # M
    setups: Floats  # M
    leads: Ints  # M
    homes: Ints  # M
    alone: Floats  # N
    opened: int = 0
    #: The most councils one site may serve, its own included; 0 is no limit.
    most_members: int = 0


@dataclass(frozen=True)
class Sharing:
    """All services at once, for shared clusters: N councils, S services, K delivery models.

    Led by council i in way k, service s costs a cluster of at least two
    ``setup + unit x sum(work) + call_out x sum(visits) + travel x sum(way x
    trips)``, the sums over its members that take part in s, ``way`` being the
    kilometres by road from i; i must take part and no member may be further
    than ``limit_km``; the sum of ``peak`` may not exceed ``capacity``. A way
    that is not open to a council has infinite set-up. A cluster in which
    nobody takes part in s has no cost for s. Running a cluster of n costs
    ``per_cluster + n x per_member``. A council by itself costs its ``alone``.
    """

    east_km: Floats  # N
    north_km: Floats  # N
    takes_part: Flags  # N x S
    work: Floats  # N x S, nought where it does not take part; so are the next three
    peak: Floats
    visits: Floats
    trips: Floats
    alone: Floats  # N x S
    setup: Floats  # N x S x K
    unit: Floats
    call_out: Floats
    travel: Floats  # money a kilometre by road, there and back; nought if it does not travel
    capacity: Floats
    limit_km: float
    road_factor: float
    neighbour_starts: Ints  # N + 1: the neighbours of council j, ascending
    neighbours: Ints
    is_contiguous: bool
    per_cluster: float
    per_member: float
    most_members: int

    @property
    def joins(self) -> Flags:
        """Which councils could be in a cluster at all: those that take part in some service."""
        return np.asarray(self.takes_part.any(axis=1))


JOINING = (Willingness.LEAD, Willingness.JOIN)


def sharing_of(problem: Problem) -> Sharing:
    """Turn a problem into arrays, in the order of its councils and services."""
    shape = len(problem.councils), len(problem.services)
    deepest = max((len(w.models) for c in problem.councils for w in c.work.values()), default=0)
    plain = {name: np.zeros(shape) for name in ("work", "peak", "visits", "trips", "alone")}
    ways = {
        name: np.zeros((*shape, max(deepest, 1)))
        for name in ("unit", "call_out", "travel", "capacity")
    }
    ways["setup"] = np.full((*shape, max(deepest, 1)), np.inf)
    takes_part = np.zeros(shape, dtype=np.bool_)
    for row, council in enumerate(problem.councils):
        for column, service in enumerate(problem.services):
            will = problem.willingness(council, service.key)
            if will is Willingness.NO:
                continue
            work = council.work[service.key]
            plain["alone"][row, column] = alone_cost(work)
            if will in JOINING:
                takes_part[row, column] = True
                for name in ("work", "peak", "visits", "trips"):
                    plain[name][row, column] = getattr(work, name)
            if will is Willingness.LEAD:
                _write_ways(ways, (row, column), work, problem)
    starts, near = _graph(problem)
    return Sharing(
        east_km=np.array([council.east_km for council in problem.councils], dtype=np.float64),
        north_km=np.array([council.north_km for council in problem.councils], dtype=np.float64),
        takes_part=takes_part,
        **plain,
        **ways,
        limit_km=problem.travel_limit_km,
        road_factor=problem.road_factor,
        neighbour_starts=starts,
        neighbours=near,
        is_contiguous=problem.neighbours is not None,
        per_cluster=problem.per_cluster,
        per_member=problem.per_member,
        most_members=problem.most_members,
    )


def alone_cost(work: Work) -> float:
    """Return the cheapest way without a cluster; infinite where there is none."""
    return min((option.cost for option in work.outside), default=float("inf"))


def _write_ways(ways: dict[str, Floats], at: tuple[int, int], work: Work, problem: Problem) -> None:
    for depth, model in enumerate(work.models):
        ways["setup"][*at, depth] = model.setup
        ways["unit"][*at, depth] = model.unit_cost
        ways["call_out"][*at, depth] = model.call_out
        ways["travel"][*at, depth] = 2 * problem.cost_per_km if model.travels else 0.0
        ways["capacity"][*at, depth] = model.capacity


def _graph(problem: Problem, nearest: int = 10) -> tuple[Ints, Ints]:
    """Return who is next to whom, as given, or else each council's nearest ones."""
    pairs = problem.neighbours
    place = {council.key: row for row, council in enumerate(problem.councils)}
    if pairs is None:
        ends = _nearest(problem.councils, nearest)
    else:
        ends = np.array([[place[a], place[b]] for a, b in pairs], dtype=np.int64).reshape(-1, 2)
    ends = ends[ends[:, 0] != ends[:, 1]]
    both = np.concatenate([ends, ends[:, ::-1]])
    size = len(problem.councils)
    graph = csr_array((np.ones(len(both)), (both[:, 0], both[:, 1])), shape=(size, size))
    graph.sum_duplicates()
    graph.sort_indices()
    return graph.indptr.astype(np.int64), graph.indices.astype(np.int64)


def _nearest(councils: tuple[Council, ...], count: int) -> Ints:
    points = np.array([(council.east_km, council.north_km) for council in councils])
    within = min(count + 1, len(points))
    _, found = cKDTree(points).query(points, k=within)
    found = np.asarray(found).reshape(len(points), within)
    rows = np.repeat(np.arange(len(points)), within)
    return np.stack([rows, found.ravel()], axis=1).astype(np.int64)
