"""A problem as arrays, for the loops: one service as a location problem, or all of them shared."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from waywarden.planner.problems import Council, Infeasible, Problem, Willingness, Work, is_whole

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
    nought, exactly so many sites are open. Lists become arrays. Raises
    `Infeasible`, with the council or site counted from one, where something
    makes no sense.
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

    def __post_init__(self) -> None:
        for name in ("starts", "sites", "leads", "homes"):
            object.__setattr__(self, name, _whole_numbers(name, getattr(self, name)))
        for name in AMOUNTS:
            object.__setattr__(self, name, _numbers(name, getattr(self, name)))
        for complaint in _senseless(self):
            raise Infeasible(complaint)


#: What each amount of a `Location` is of one council or site.
AMOUNTS = {
    "demands": "demand",
    "alone": "cost alone",
    "costs": "cost of being served",
    "capacities": "capacity",
    "setups": "set-up cost",
}
#: Those that may have no end.
ENDLESS = ("alone", "capacities")


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
        limit_km=float(problem.travel_limit_km),
        road_factor=float(problem.road_factor),
        neighbour_starts=starts,
        neighbours=near,
        is_contiguous=problem.neighbours is not None,
        per_cluster=float(problem.per_cluster),
        per_member=float(problem.per_member),
        most_members=int(problem.most_members),
    )


def alone_cost(work: Work) -> float:
    """Return the cheapest way without a cluster; infinite where there is none."""
    return min((option.cost for option in work.outside), default=float("inf"))


def _write_ways(ways: dict[str, Floats], at: tuple[int, int], work: Work, problem: Problem) -> None:
    for depth, model in enumerate(work.models):
        ways["setup"][*at, depth] = model.setup
        ways["unit"][*at, depth] = model.unit_cost
        ways["call_out"][*at, depth] = model.call_out
        ways["travel"][*at, depth] = 2 * float(problem.cost_per_km) if model.travels else 0.0
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


def _whole_numbers(name: str, given: object) -> Ints:
    found = _row(given, "iu")
    if found is None:
        raise Infeasible(f"{name} is not a row of whole numbers. Give a list of them.")
    return np.ascontiguousarray(found, dtype=np.int64)


def _numbers(name: str, given: object) -> Floats:
    found = _row(given, "iuf")
    if found is None:
        raise Infeasible(f"{name} is not a row of numbers. Give a list of them.")
    return np.ascontiguousarray(found, dtype=np.float64)


def _row(given: object, kinds: str) -> NDArray[np.generic] | None:
    """Return a list or array as an array, or None where it is not one row of these kinds."""
    try:
        found = np.asarray(given)
    except ValueError:
        return None
    is_row = found.ndim == 1 and (not found.size or found.dtype.kind in kinds)
    return found if is_row else None


def _senseless(location: Location) -> Iterator[str]:
    yield from _lengths(location)
    yield from _arcs(location)
    for name in AMOUNTS:
        yield from _amounts(location, name)
    yield from _sites(location)
    for name in ("opened", "most_members"):
        asked = getattr(location, name)
        if not is_whole(asked) or asked < 0:
            yield f"{name} is {asked!r}. Give a whole number of at least 0."
    if location.opened > len(location.setups):
        places = len(location.setups)
        yield f"{location.opened} sites are to be open, and there are {places}. Ask for fewer."


def _lengths(location: Location) -> Iterator[str]:
    councils, places = len(location.demands), len(location.capacities)
    wanted = {
        "starts": (councils + 1, "one more than there are demands"),
        "alone": (councils, "as many as demands"),
        "setups": (places, "as many as capacities"),
        "leads": (places, "as many as capacities"),
        "homes": (places, "as many as capacities"),
        "sites": (len(location.costs), "as many as costs"),
    }
    for name, (length, why) in wanted.items():
        held = len(getattr(location, name))
        if held != length:
            yield f"There are {held} {name}, and {length} are needed: {why}."


def _arcs(location: Location) -> Iterator[str]:
    starts, sites, places = location.starts, location.sites, len(location.setups)
    widths = np.diff(starts)
    for row in np.flatnonzero(widths < 0)[:1]:
        yield f"Council {row + 1}: its arcs end before they start. Let the starts rise."
    if starts[0] != 0 or starts[-1] != len(sites):
        yield (
            f"The starts go from {starts[0]} to {starts[-1]}. Let them rise from 0 to "
            f"{len(sites)}, the number of costs."
        )
    rows = np.repeat(np.arange(len(widths)), widths)
    for arc in np.flatnonzero((sites < 0) | (sites >= places))[:1]:
        yield (
            f"Council {rows[arc] + 1}: it could be served by site number {sites[arc]}, and there "
            f"are {places}, numbered from 0. Give one of these."
        )
    for arc in np.flatnonzero((np.diff(sites) <= 0) & (np.diff(rows) == 0))[:1]:
        yield (
            f"Council {rows[arc] + 1}: site number {sites[arc + 1]} comes after {sites[arc]}. "
            "Give each site once, in ascending order."
        )


def _amounts(location: Location, name: str) -> Iterator[str]:
    amounts: Floats = getattr(location, name)
    may_be_endless = name in ENDLESS
    wrong = ~(amounts >= 0) | (np.isinf(amounts) & (not may_be_endless))
    for place in np.flatnonzero(wrong)[:1]:
        where = f"Site {place + 1}" if name in ("capacities", "setups") else f"Council {place + 1}"
        if name == "costs":
            where = f"Council {np.searchsorted(location.starts, place, side='right')}"
        yield (
            f"{where}: its {AMOUNTS[name]} is {amounts[place]:g}. Give a number of at least 0"
            f"{', or inf for no end.' if may_be_endless else ' that has an end.'}"
        )


def _sites(location: Location) -> Iterator[str]:
    leads, homes, councils = location.leads, location.homes, len(location.demands)
    for site in np.flatnonzero(leads < 0)[:1]:
        yield f"Site {site + 1}: its lead is {leads[site]}. Number the leads from 0."
    for site in np.flatnonzero((homes < -1) | (homes >= councils))[:1]:
        yield (
            f"Site {site + 1}: its home is {homes[site]}, and there are {councils} councils, "
            "numbered from 0. Give one of these, or -1 for none."
        )
