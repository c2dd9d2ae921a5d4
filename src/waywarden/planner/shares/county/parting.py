"""What every group of a cluster's members would pay if it went by itself as best it could."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from waywarden.planner.arrays import Flags, Floats, Ints
from waywarden.planner.clusters.terms import TOLERANCE
from waywarden.planner.compiling import compiled_in_place
from waywarden.planner.councils import Infeasible
from waywarden.planner.problems import Problem
from waywarden.planner.shares.games import subset_sums
from waywarden.planner.sharing import Sharing, sharing_of

#: So many members every group of them is priced, in every way of parting it.
MOST_MEMBERS = 14


@dataclass(frozen=True)
class ClusterGame:
    """The yearly cost of every group of some councils, as `share_costs` and `core_excess` ask it.

    ``players`` are the councils' keys; ``costs`` has the cost of the group
    whose bits say who of them is in it, 2^n in all. Call it with any keys of
    theirs.
    """

    players: tuple[str, ...]
    costs: Floats

    def __call__(self, group: Iterable[str]) -> float:
        """Return what a group would pay by itself; nobody pays nothing."""
        return float(self.costs[sum(1 << self.players.index(key) for key in set(group))])


def cluster_game(
    problem: Problem,
    members: Sequence[str],
    *,
    services: Sequence[str] | None = None,
    whole: float | None = None,
    touching: bool = True,
) -> ClusterGame:
    """Return what every group of a cluster's members, by keys, would pay by itself.

    A group goes as best it can: in clusters of its own, which share all of the
    ``services`` (by key; without them all of the problem's), or alone, however
    that parts it most cheaply. Its clusters keep the limits on travel, size,
    capacity and will, hang together where there are neighbours, keep apart who
    may not be in one, and may hire a provider. What ties or locks members to
    one another or to a lead binds the plan, and not those who would leave it.
    Services that a council has delivered but does not share are left out:
    they cost it the same wherever it goes.

    With one service a council may be a cluster of one, as where plans are made
    service by service. There clusters need not hang together: say that groups
    need not by ``touching=False``. ``whole`` is what all members pay together, if that is
    given: the cost of their cluster in the plan, which other rules may have
    made dearer than it need be.

    Raises `Infeasible` for more than `MOST_MEMBERS` councils, and where one of
    them could not go alone: then groups with it may have no cost.
    """
    rows = _rows(problem, members)
    near = problem.neighbours if touching else None
    free = replace(problem, together=(), locks={}, neighbours=near)
    sharing = _of_services(sharing_of(free), problem, services)
    _refuse_bound(problem, sharing, rows)
    costs = _as_one(sharing, rows)
    _part_as_best(costs)
    if whole is not None:
        costs[-1] = whole
    return ClusterGame(tuple(members), costs)


def _rows(problem: Problem, members: Sequence[str]) -> Ints:
    if not 1 <= len(members) <= MOST_MEMBERS:
        raise Infeasible(
            f"{len(members)} members have been given, and every group of them is to be priced. "
            f"Give from 1 to {MOST_MEMBERS}."
        )
    if len(set(members)) < len(members):
        raise Infeasible("A member is named twice. Name each once.")
    place = {council.key: row for row, council in enumerate(problem.councils)}
    return np.array([place[problem.council(key).key] for key in members], dtype=np.int64)


def _of_services(sharing: Sharing, problem: Problem, services: Sequence[str] | None) -> Sharing:
    """Return the sharing with nobody taking part in services that are not asked for."""
    known = [service.key for service in problem.services]
    asked = known if services is None else services
    for key in asked:
        if key not in known:
            raise Infeasible(f"There is no service {key}. The services are {', '.join(known)}.")
    return replace(sharing, takes_part=sharing.takes_part & np.isin(known, list(asked)))


def _refuse_bound(problem: Problem, sharing: Sharing, rows: Ints) -> None:
    for row in rows:
        endless = sharing.takes_part[row] & np.isinf(sharing.alone[row])
        for column in np.flatnonzero(endless)[:1]:
            raise Infeasible(
                f"{problem.councils[row].name} has no way to have {problem.services[column].name} "
                "without a cluster, so that groups with it may have no cost by themselves. Give "
                "it an outside option."
            )


def _as_one(sharing: Sharing, rows: Ints) -> Floats:
    """Return the cost of each group as one cluster, or of a council by itself; infinite if none."""
    count = len(rows)
    numbers = np.arange(1 << count)
    sizes = subset_sums(np.ones(count))
    costs = sharing.per_cluster + sizes * sharing.per_member
    for service in np.flatnonzero(sharing.takes_part[rows].any(axis=0)):
        costs = costs + _led(sharing, rows, int(service), numbers)
    costs[~_may_cluster(sharing, rows, numbers, sizes)] = math.inf
    alone = np.where(sharing.takes_part, sharing.alone, 0.0)[rows].sum(axis=1)
    is_one_service = np.count_nonzero(sharing.takes_part.any(axis=0)) == 1
    singles = 1 << np.arange(count)
    costs[singles] = np.minimum(alone, costs[singles]) if is_one_service else alone
    costs[0] = 0.0
    return costs


def _led(sharing: Sharing, rows: Ints, service: int, numbers: Ints) -> Floats:
    """Return what one service costs each group under its best lead; infinite where none can."""
    takes_part = sharing.takes_part[rows, service]
    served = numbers & _number(takes_part)
    peak = subset_sums(sharing.peak[rows, service])
    cheapest = np.where(served == 0, 0.0, math.inf)
    for lead, own in _leads(sharing, rows, service):
        road = sharing.road_km(lead, rows)
        is_near = (road <= sharing.limit_km) & np.isfinite(road)
        road = np.where(takes_part & is_near, road, 0.0)
        near = _number(is_near | ~takes_part)
        can_be = ((numbers & own) == own) & ((served & ~near) == 0) & (served != 0)
        for way in np.flatnonzero(np.isfinite(sharing.setup[lead, service])):
            at = lead, service, way
            each = (
                sharing.unit[at] * sharing.work[rows, service]
                + sharing.call_out[at] * sharing.visits[rows, service]
                + sharing.travel[at] * road * sharing.trips[rows, service]
            )
            cost = sharing.setup[at] + subset_sums(np.where(takes_part, each, 0.0))
            cost[~can_be | (peak > sharing.capacity[at] * (1 + TOLERANCE))] = math.inf
            cheapest = np.minimum(cheapest, cost)
    return cheapest


def _leads(sharing: Sharing, rows: Ints, service: int) -> Iterator[tuple[int, int]]:
    """Give who could lead a service, with the number of itself in a group: none of a provider."""
    for place, row in enumerate(rows):
        if sharing.takes_part[row, service]:
            yield int(row), 1 << place
    yield from ((lead, 0) for lead in range(len(sharing.takes_part), len(sharing.setup)))


def _number(chosen: Flags) -> int:
    return sum(1 << place for place in np.flatnonzero(chosen).tolist())


def _may_cluster(sharing: Sharing, rows: Ints, numbers: Ints, sizes: Floats) -> Flags:
    """Say which groups are few enough, all willing, none kept apart, and hang together."""
    may = sizes <= sharing.most_members
    may &= (numbers & ~_number(sharing.joins[rows])) == 0
    for place, row in enumerate(rows):
        barred = _number(np.isin(rows, sharing.apart.of(int(row))))
        may &= ((numbers >> place & 1) == 0) | ((numbers & barred) == 0)
    return may & _hang_together(sharing, rows, numbers) if sharing.is_contiguous else may


def _hang_together(sharing: Sharing, rows: Ints, numbers: Ints) -> Flags:
    """Say which groups can be walked through from their first member without leaving them."""
    near = [_number(np.isin(rows, sharing.neighbours.of(int(row)))) for row in rows]
    reached = numbers & -numbers
    for _ in rows:
        for place, beside in enumerate(near):
            reached |= np.where(reached >> place & 1, numbers & beside, 0)
    return np.asarray(reached == numbers)


@compiled_in_place
def _part_as_best(costs: Floats) -> None:
    """Lower the cost of each group, in place, to that of the cheapest way of parting it.

    Every group smaller in number is done before. Of two parts one holds the
    first member: it goes through these, from the whole group downwards.
    """
    for group in range(1, len(costs)):
        others = group & (group - 1)
        first = group ^ others
        joined = others
        best = costs[group]
        while joined > 0:
            joined = (joined - 1) & others
            together = costs[first | joined] + costs[group ^ first ^ joined]
            if together < best:
                best = together
        costs[group] = best
