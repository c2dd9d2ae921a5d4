"""Finds stable shares of each service by itself, for whichever shape its clusters have."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Event
from typing import NamedTuple

import numpy as np

from waywarden.planner.answers.plans import ONLY_SERVICE
from waywarden.planner.clusters.bounds.relaxing import location_of, shared_bound
from waywarden.planner.councils import Infeasible, Willingness
from waywarden.planner.location import Location
from waywarden.planner.problems import Problem
from waywarden.planner.shares.county.steadying import steady_shares
from waywarden.planner.sharing import Sharing
from waywarden.planner.sites.grounds import rows_of

#: Told the share of the work that is done, the total so far and what none can exceed.
Progress = Callable[[float, float, float], None]
ByService = dict[tuple[str, str], float]


class Part(NamedTuple):
    """What was found of one service, by (council key, service key)."""

    shares: ByService
    ceiling: float
    rounds: int
    groups: int


@dataclass(frozen=True)
class Wishes:
    """What was asked for, and whom to tell; ``part`` of the work is to find these shares."""

    rounds: int
    tolerance: float
    threads: int
    progress: Progress
    stop: Event | None
    part: float = 1.0

    @property
    def is_stopped(self) -> bool:
        """Whether somebody asked to stop."""
        return self.stop is not None and self.stop.is_set()

    def find(
        self, location: Location, keys: Sequence[str], service: str, *, number: int, count: int
    ) -> Part:
        """Find stable shares of one service, the one of this number of so many."""

        def tell(done: float, total: float, ceiling: float) -> None:
            self.progress(self.part * (number + done) / count, total, ceiling)

        found = steady_shares(
            location, rounds=self.rounds, tolerance=self.tolerance, tell=tell, stop=self.stop
        )
        shares = {
            (key, service): float(share) for key, share in zip(keys, found.shares, strict=True)
        }
        return Part(shares, found.ceiling, found.rounds, found.groups)


def of_location(location: Location, hired: bool, wishes: Wishes) -> Part:
    """Find stable shares of the one service; how many sites are to be open binds only the plan."""
    rows = rows_of(location.starts)
    kept = (location.homes[location.sites] >= 0) | hired
    starts = np.searchsorted(rows[kept], np.arange(len(location.starts)))
    sites, costs = location.sites[kept], location.costs[kept]
    free = replace(location, opened=0, starts=starts, sites=sites, costs=costs)
    keys = [str(row) for row in range(len(location.demands))]
    return wishes.find(free, keys, ONLY_SERVICE, number=0, count=1)


def service_by_service(problem: Problem, sharing: Sharing, wishes: Wishes) -> list[Part]:
    """Find stable shares of each service by itself, its clusters bearing their own running."""
    shared = np.flatnonzero(sharing.takes_part.any(axis=0))
    places = {int(column): location_of(sharing, int(column)) for column in shared}
    return [
        _part(problem, sharing, column, place.location, wishes) for column, place in places.items()
    ]


def in_shared_clusters(problem: Problem, sharing: Sharing, wishes: Wishes) -> list[Part]:
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
    parts: list[Part] = []

    def find(location: Location, **rounds: int) -> _Value:
        parts.append(_part(problem, sharing, int(next(shared)), location, wishes))
        return _Value(parts[-1].ceiling)

    shared_bound(sharing, relaxed_rounds=0, exact_rounds=0, bound_of=find)
    return parts


class _Value(NamedTuple):
    """What the bound on a service asks for."""

    value: float


def _part(
    problem: Problem, sharing: Sharing, column: int, location: Location, wishes: Wishes
) -> Part:
    keys = [problem.councils[row].key for row in np.flatnonzero(sharing.takes_part[:, column])]
    service = problem.services[column].key
    count = len(problem.services)
    try:
        return wishes.find(location, keys, service, number=column, count=count)
    except Infeasible as reason:
        raise Infeasible(
            f"Service {service}, counting only councils that take part in it: {reason}"
        ) from reason


def going_alone(problem: Problem, sharing: Sharing) -> ByService:
    """Return what councils pay for services that they have delivered but do not share."""
    return {
        (council.key, service.key): float(sharing.alone[row, column])
        for row, council in enumerate(problem.councils)
        for column, service in enumerate(problem.services)
        if problem.willingness(council, service.key) is Willingness.ALONE
    }
