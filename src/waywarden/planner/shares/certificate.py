"""Shares over a whole county that no group could better, and the grant that they leave to find."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Event
from typing import NamedTuple, Protocol

import numpy as np

from waywarden.planner.clusters.relaxing import location_of, shared_bound
from waywarden.planner.councils import Infeasible, Willingness
from waywarden.planner.location import Location
from waywarden.planner.plans import ONLY_SERVICE, SHARED
from waywarden.planner.problems import Problem
from waywarden.planner.shares.objecting import (
    Objection,
    free_of_rules,
    objections_at,
    objections_in,
)
from waywarden.planner.shares.steadying import steady_shares
from waywarden.planner.sharing import Sharing, sharing_of
from waywarden.planner.sites.grounds import rows_of

#: Told the share of the work that is done, the total so far and what none can exceed.
Progress = Callable[[float, float, float], None]
ByService = Mapping[tuple[str, str], float]


class Costed(Protocol):
    """A plan, or what is known of one: its shape, and what it costs all councils together."""

    @property
    def shape(self) -> str:
        """Whether its clusters share all services, or each service has its own."""

    @property
    def cost(self) -> float:
        """What it costs a year."""


def _silent(done: float, total: float, ceiling: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class StableShares:
    """Shares of all councils such that no group would be better off in a cluster of its own.

    ``by_service`` are yearly shares by (council key, service key), the latter
    empty where only their sum over all services is known; ``ceiling`` is what
    no stable shares can sum to more than. Planned service by service, no group
    is better off with a cluster of its own in any one service; in shared
    clusters, in none that shares all its services. Where
    nobody is ``hired``, groups have none but their members to lead them.
    Shares may be negative: a council so useful to others as a lead that they
    would rather pay it than lose it. ``cost`` is that of the plan. ``rounds``
    were needed, in which ``groups`` were found that kept shares from rising.
    """

    problem: Problem | Location
    shape: str
    hired: bool
    by_service: ByService
    ceiling: float
    cost: float
    tolerance: float
    rounds: int
    groups: int

    @cached_property
    def shares(self) -> dict[str, float]:
        """What each council pays a year, by its key; nought for one that wants no service."""
        return {
            key: math.fsum(self.by_service.get((key, one), 0.0) for one in (*self._services, ""))
            for key in self._keys
        }

    @property
    def _keys(self) -> list[str]:
        if isinstance(self.problem, Location):
            return [str(row) for row in range(len(self.problem.demands))]
        return [council.key for council in self.problem.councils]

    @property
    def _services(self) -> list[str]:
        if isinstance(self.problem, Location):
            return [ONLY_SERVICE]
        return [service.key for service in self.problem.services]

    @cached_property
    def total(self) -> float:
        """What the shares recover of the plan's cost."""
        return math.fsum(self.by_service.values())

    @property
    def grant(self) -> float:
        """What is then left to find: with so much from outside, the plan is stable."""
        return max(0.0, self.cost - self.total)

    @property
    def least_grant(self) -> float:
        """What no smaller grant than could make the plan stable."""
        return max(0.0, self.cost - self.ceiling)

    @property
    def is_exact(self) -> bool:
        """Whether the grant is the smallest there is, to within the tolerance of the cost."""
        return self.grant - self.least_grant <= self.tolerance * abs(self.cost)

    @property
    def words(self) -> str:
        """Say in a sentence what grant makes the plan stable."""
        if self.grant <= self.tolerance * abs(self.cost):
            return (
                "No grant is needed: shares that leave no group of councils better off in a "
                "cluster of its own pay for the whole plan."
            )
        at_most = "" if self.is_exact else "at most "
        return (
            f"With a grant of {at_most}{self.grant:,.0f} a year no group of councils would be "
            f"better off in a cluster of its own; shares then pay {self.total:,.0f} of the plan's "
            f"{self.cost:,.0f}."
        )

    def check(self, groups: Sequence[Sequence[str]]) -> list[Objection]:
        """Return which of some groups, by council keys, would be better off by themselves.

        Empty where the certificate holds, as it should for any groups at all.
        Each is priced by itself, in another way than the shares were found.
        Raises KeyError for a council there is not.
        """
        if isinstance(self.problem, Location):
            found = objections_at(self.problem, self.by_service, groups, hired=self.hired)
        else:
            found = objections_in(
                self.problem, self.shape, self.by_service, groups, hired=self.hired
            )
        return list(found)


def stable_shares(
    problem: Problem | Location,
    plan: Costed,
    *,
    hired: bool = True,
    rounds: int = 400,
    tolerance: float = 1e-4,
    proven: Sequence[float] | None = None,
    progress: Progress = _silent,
    stop: Event | None = None,
) -> StableShares:
    """Return the largest shares found that no group could better, and the grant a plan then needs.

    For a plan made service by service, or of a `Location`, the total comes
    within the tolerance, a part of it, of the largest there is if the rounds
    suffice; ``ceiling`` says how near. For shared clusters it is the sum of
    what is stable in each service with the cost of running clusters split
    among them, and the largest may be more, so that the grant is "at most".
    ``proven`` are shares by council, in their order, already proven stable for
    shared clusters, as by pricing all of them: they are taken if they sum to more.

    Groups are held to the limits on travel, size, capacity and will, and to
    who may not be in one cluster with whom; where there are such, the grant is
    "at most" too. They are not held to what binds the plan: ties, locks, a
    number of leads to be open, or touching one another. Where ``hired`` is false they
    have no lead but a member; a plan that hires may then cost less than stable
    shares could recover, and they are lowered to what it costs.

    The shares are stable even where ``stop`` breaks the search off. Raises
    `Infeasible` where a council can neither be alone nor in a group.
    """
    run, cost = _Run(rounds, tolerance, progress, stop), float(plan.cost)
    apart: ByService = {}
    if isinstance(problem, Location):
        parts = [_of_location(problem, hired, run)]
    else:
        sharing = sharing_of(free_of_rules(problem, hired=hired))
        find = _in_shared_clusters if plan.shape == SHARED else _service_by_service
        parts, apart = find(problem, sharing, run), _going_alone(problem, sharing)
    found: ByService = {place: share for part in parts for place, share in part.shares.items()}
    if proven is not None and math.fsum(proven) > math.fsum([*found.values(), *apart.values()]):
        apart, found = {}, _by_council(problem, plan.shape, proven)
    ceiling = _ceiling(problem, plan.shape, parts)
    return StableShares(
        problem=problem,
        shape=plan.shape,
        hired=hired,
        by_service={**apart, **_lowered(found, cost - math.fsum(apart.values()))},
        ceiling=min(cost, ceiling + math.fsum(apart.values())),
        cost=cost,
        tolerance=tolerance,
        rounds=sum(part.rounds for part in parts),
        groups=sum(part.groups for part in parts),
    )


def _by_council(
    problem: Problem | Location, shape: str, shares: Sequence[float]
) -> dict[tuple[str, str], float]:
    if isinstance(problem, Location) or shape != SHARED:
        raise ValueError("Only shares for shared clusters are proven council by council.")
    keys = [council.key for council in problem.councils]
    return {(key, ""): float(share) for key, share in zip(keys, shares, strict=True)}


def _ceiling(problem: Problem | Location, shape: str, parts: "Sequence[_Part]") -> float:
    """Return what no stable shares can sum to more than, but for going alone; endless if unknown.

    It is known where the groups looked at are just those that might leave.
    """
    is_known = shape != SHARED and not len(problem.apart)
    if isinstance(problem, Location):
        # Who stands for several is held to the size of groups as if for one.
        is_known = is_known and not (problem.sizes > 1).any()
    return math.fsum(part.ceiling for part in parts) if is_known else math.inf


class _Part(NamedTuple):
    """What was found of one service, by (council key, service key)."""

    shares: dict[tuple[str, str], float]
    ceiling: float
    rounds: int
    groups: int


@dataclass(frozen=True)
class _Run:
    """What was asked for, and how far it is."""

    rounds: int
    tolerance: float
    progress: Progress
    stop: Event | None

    def part(
        self, location: Location, keys: Sequence[str], service: str, *, number: int, count: int
    ) -> _Part:
        """Find stable shares of one service, the one of this number of so many."""

        def tell(done: float, total: float, ceiling: float) -> None:
            self.progress((number + done) / count, total, ceiling)

        found = steady_shares(
            location, rounds=self.rounds, tolerance=self.tolerance, tell=tell, stop=self.stop
        )
        shares = {
            (key, service): float(share) for key, share in zip(keys, found.shares, strict=True)
        }
        return _Part(shares, found.ceiling, found.rounds, found.groups)


def _of_location(location: Location, hired: bool, run: _Run) -> _Part:
    """Find stable shares of the one service; how many sites are to be open binds only the plan."""
    rows = rows_of(location.starts)
    kept = (location.homes[location.sites] >= 0) | hired
    starts = np.searchsorted(rows[kept], np.arange(len(location.starts)))
    sites, costs = location.sites[kept], location.costs[kept]
    free = replace(location, opened=0, starts=starts, sites=sites, costs=costs)
    keys = [str(row) for row in range(len(location.demands))]
    return run.part(free, keys, ONLY_SERVICE, number=0, count=1)


def _service_by_service(problem: Problem, sharing: Sharing, run: _Run) -> list[_Part]:
    """Find stable shares of each service by itself, its clusters bearing their own running."""
    shared = np.flatnonzero(sharing.takes_part.any(axis=0))
    places = {int(column): location_of(sharing, int(column)) for column in shared}
    return [
        _part(problem, sharing, column, place.location, run) for column, place in places.items()
    ]


def _in_shared_clusters(problem: Problem, sharing: Sharing, run: _Run) -> list[_Part]:
    """Find shares of each service that are together stable for clusters that share them all.

    Why they are. Take a group and the services it would share. In each, those
    of it that take part are a group that a site could serve, so that by the
    shares of that service they pay at most what its lead would cost, with the
    service's part of the running of a cluster. Added up over the services, the
    group pays at most what the lead of each costs and, since these parts of the
    running sum to no more than the whole, the running: which is the cluster's
    cost. How the running is split is that of `shared_bound`, and this total is
    that bound with its sites free to serve any number of groups.
    """
    shared = iter(np.flatnonzero(sharing.takes_part.any(axis=0)))
    parts: list[_Part] = []

    def find(location: Location, **rounds: int) -> _Value:
        parts.append(_part(problem, sharing, int(next(shared)), location, run))
        return _Value(parts[-1].ceiling)

    shared_bound(sharing, relaxed_rounds=0, exact_rounds=0, bound_of=find)
    return parts


class _Value(NamedTuple):
    """What the bound on a service asks for."""

    value: float


def _part(problem: Problem, sharing: Sharing, column: int, location: Location, run: _Run) -> _Part:
    keys = [problem.councils[row].key for row in np.flatnonzero(sharing.takes_part[:, column])]
    service = problem.services[column].key
    count = len(problem.services)
    try:
        return run.part(location, keys, service, number=column, count=count)
    except Infeasible as reason:
        raise Infeasible(
            f"Service {service}, counting only councils that take part in it: {reason}"
        ) from reason


def _going_alone(problem: Problem, sharing: Sharing) -> ByService:
    """Return what councils pay for services that they have delivered but do not share."""
    return {
        (council.key, service.key): float(sharing.alone[row, column])
        for row, council in enumerate(problem.councils)
        for column, service in enumerate(problem.services)
        if problem.willingness(council, service.key) is Willingness.ALONE
    }


def _lowered(shares: ByService, cost: float) -> ByService:
    """Lower shares that recover more than there is to pay; lower ones are stable still."""
    total = math.fsum(shares.values())
    if total <= cost:
        return shares
    positive = math.fsum(share for share in shares.values() if share > 0)
    kept = 1.0 - (total - cost) / positive
    return {place: share * kept if share > 0 else share for place, share in shares.items()}
