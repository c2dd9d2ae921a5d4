"""All services at once as arrays, for shared clusters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from waywarden.planner.arrays import Flags, Floats, Ints
from waywarden.planner.councils import Council, DeliveryModel, Willingness, Work, models_of
from waywarden.planner.problems import Pairs, Problem


class Graph(NamedTuple):
    """Who goes with whom: those of council j are ``others[starts[j] : starts[j + 1]]``, rising."""

    starts: Ints
    others: Ints

    def of(self, row: int) -> Ints:
        """Return those that go with one council."""
        return self.others[self.starts[row] : self.starts[row + 1]]


@dataclass(frozen=True)
class Sharing:
    """All services at once, for shared clusters: N councils, S services, K delivery models.

    There are L leads: the councils in their order, and after them the
    providers, who are members of no cluster. Led by i in way k, service s
    costs a cluster of at least two ``setup + unit x sum(work) + call_out x
    sum(visits) + travel x sum(way x trips)``, the sums over its members that
    take part in s, ``way`` being the kilometres from i (`road_km`). A lead that
    is a council must be a member that takes part; no member that takes part may
    be further than ``limit_km``; the sum of ``peak`` may not exceed
    ``capacity``. A way that is not open to a lead has infinite set-up. A
    cluster in which nobody takes part in s has no cost for s. Running a cluster
    of n costs ``per_cluster + n x per_member``. A council by itself costs its
    ``alone``.

    ``locked[j, s]`` is who must lead s in the cluster of council j, if j takes
    part in it (-1: no rule); a council so locked is in a cluster.
    ``together`` and ``apart`` are for each council those that must be, or must
    not be, in its cluster, both ways round.
    """

    east_km: Floats  # L
    north_km: Floats  # L
    takes_part: Flags  # N x S
    work: Floats  # N x S, nought where it does not take part; so are the next three
    peak: Floats
    visits: Floats
    trips: Floats
    alone: Floats  # N x S
    setup: Floats  # L x S x K
    unit: Floats
    call_out: Floats
    travel: Floats  # money a kilometre by road, there and back; nought if it does not travel
    capacity: Floats
    limit_km: float
    road_factor: float
    table_km: Floats  # L x N, the way from each lead to each council; 0 x 0 if by straight lines
    neighbours: Graph
    is_contiguous: bool
    per_cluster: float
    per_member: float
    most_members: int
    locked: Ints  # N x S
    together: Graph
    apart: Graph

    @property
    def joins(self) -> Flags:
        """Which councils could be in a cluster at all: those that take part in some service."""
        return np.asarray(self.takes_part.any(axis=1))

    @property
    def has_rules(self) -> bool:
        """Whether somebody is locked to a lead or tied to another council."""
        pairs = self.together.others.size + self.apart.others.size
        return bool(pairs or (self.locked >= 0).any())

    def road_km(self, lead: int, councils: Ints) -> Floats:
        """Return the way from a lead to each of some councils, by rows."""
        if self.table_km.size:
            return np.asarray(self.table_km[lead, councils])
        east = self.east_km[lead] - self.east_km[councils]
        north = self.north_km[lead] - self.north_km[councils]
        return np.asarray(self.road_factor * np.sqrt(east * east + north * north))


JOINING = (Willingness.LEAD, Willingness.JOIN)


def sharing_of(problem: Problem) -> Sharing:
    """Turn a problem into arrays, in the order of its councils, providers and services."""
    works = _works(problem)
    return Sharing(
        east_km=np.array([lead.east_km for lead in problem.leads], dtype=np.float64),
        north_km=np.array([lead.north_km for lead in problem.leads], dtype=np.float64),
        **works,
        takes_part=_takes_part(problem),
        **_ways(problem),
        limit_km=_limit(problem),
        road_factor=float(problem.road_factor),
        table_km=_table(problem),
        neighbours=_near(problem),
        is_contiguous=problem.neighbours is not None,
        per_cluster=float(problem.per_cluster),
        per_member=float(problem.per_member),
        most_members=int(problem.most_members),
        locked=_locked(problem),
        together=_pairs(problem, problem.together),
        apart=_pairs(problem, problem.apart),
    )


def _takes_part(problem: Problem) -> Flags:
    return np.array(
        [
            [problem.willingness(council, service.key) in JOINING for service in problem.services]
            for council in problem.councils
        ]
    )


def _works(problem: Problem) -> dict[str, Floats]:
    """Return what each council wants done of what it shares, and what it pays alone."""
    shape = len(problem.councils), len(problem.services)
    works = {name: np.zeros(shape) for name in ("work", "peak", "visits", "trips", "alone")}
    for row, council in enumerate(problem.councils):
        for column, service in enumerate(problem.services):
            will = problem.willingness(council, service.key)
            if will is Willingness.NO:
                continue
            work = council.work[service.key]
            works["alone"][row, column] = alone_cost(work)
            if will in JOINING:
                for name in ("work", "peak", "visits", "trips"):
                    works[name][row, column] = getattr(work, name)
    return works


def _ways(problem: Problem) -> dict[str, Floats]:
    """Return the terms on which each lead would deliver each service, in each way."""
    found = list(_models(problem))
    deepest = max((len(models) for *_, models in found), default=0)
    leads = len(problem.councils) + len(problem.providers)
    shape = leads, len(problem.services), max(deepest, 1)
    ways = {name: np.zeros(shape) for name in ("unit", "call_out", "travel", "capacity")}
    ways["setup"] = np.full(shape, np.inf)
    for row, column, models in found:
        for depth, model in enumerate(models):
            at = row, column, depth
            ways["setup"][at] = model.setup
            ways["unit"][at] = model.unit_cost
            ways["call_out"][at] = model.call_out
            ways["travel"][at] = 2 * float(problem.cost_per_km) if model.travels else 0.0
            ways["capacity"][at] = model.capacity
    return ways


def _models(problem: Problem) -> Iterator[tuple[int, int, Sequence[DeliveryModel]]]:
    """Return the models of those that would lead, by the rows of lead and service."""
    for column, service in enumerate(problem.services):
        for row, council in enumerate(problem.councils):
            if problem.willingness(council, service.key) is Willingness.LEAD:
                yield row, column, models_of(council, service.key)
        for row, provider in enumerate(problem.providers, len(problem.councils)):
            yield row, column, models_of(provider, service.key)


def _limit(problem: Problem) -> float:
    """Return the travel limit, or the longest way given: what is not given is never within it."""
    limit = float(problem.travel_limit_km)
    if problem.travel is None:
        return limit
    return min(limit, float(max(problem.travel.values(), default=0.0)))


def _table(problem: Problem) -> Floats:
    if problem.travel is None:
        return np.zeros((0, 0))
    return np.array(
        [
            [problem.distance_km(lead, council) for council in problem.councils]
            for lead in problem.leads
        ]
    )


def _locked(problem: Problem) -> Ints:
    rows = {lead.key: row for row, lead in enumerate(problem.leads)}
    services = {service.key: column for column, service in enumerate(problem.services)}
    locked = np.full((len(problem.councils), len(problem.services)), -1, dtype=np.int64)
    for (council, service), lead in problem.locks.items():
        locked[rows[council], services[service]] = rows[lead]
    return locked


def alone_cost(work: Work) -> float:
    """Return the cheapest way without a cluster; infinite where there is none."""
    return min((option.cost for option in work.outside), default=float("inf"))


def _near(problem: Problem, nearest: int = 10) -> Graph:
    """Return who is next to whom, as given, or else each council's nearest ones."""
    if problem.neighbours is not None:
        return _pairs(problem, problem.neighbours)
    return graph_of(_nearest(problem.councils, nearest), len(problem.councils))


def _pairs(problem: Problem, pairs: Pairs) -> Graph:
    place = {council.key: row for row, council in enumerate(problem.councils)}
    ends = np.array([[place[a], place[b]] for a, b in pairs], dtype=np.int64).reshape(-1, 2)
    return graph_of(ends, len(problem.councils))


def graph_of(ends: Ints, size: int) -> Graph:
    """Return pairs of rows both ways round, each once."""
    ends = ends[ends[:, 0] != ends[:, 1]]
    both = np.concatenate([ends, ends[:, ::-1]])
    graph = csr_array((np.ones(len(both)), (both[:, 0], both[:, 1])), shape=(size, size))
    graph.sum_duplicates()
    graph.sort_indices()
    return Graph(graph.indptr.astype(np.int64), graph.indices.astype(np.int64))


def _nearest(councils: tuple[Council, ...], count: int) -> Ints:
    points = np.array([(council.east_km, council.north_km) for council in councils])
    within = min(count + 1, len(points))
    _, found = cKDTree(points).query(points, k=within)
    found = np.asarray(found).reshape(len(points), within)
    rows = np.repeat(np.arange(len(points)), within)
    return np.stack([rows, found.ravel()], axis=1).astype(np.int64)
