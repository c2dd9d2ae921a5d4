"""Shared clusters with their services let go of one another: one location problem each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from scipy.spatial import cKDTree

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.clusters.terms import TOLERANCE
from waywarden.planner.location import Location
from waywarden.planner.sharing import Sharing


class Bound(Protocol):
    """What is proven of one service."""

    @property
    def value(self) -> float:
        """What no plan of the service can cost less than."""


class ServiceLocation(NamedTuple):
    """One service as a location problem, and what its numbers stand for.

    Council j of ``location`` is row ``rows[j]`` of the sharing, and its leads
    and homes count in these too; site m delivers in way ``ways[m]``.
    """

    location: Location
    rows: Ints
    ways: Ints


@dataclass(frozen=True)
class SharedBound:
    """What no shared plan can cost less than, and what it is the sum of.

    ``by_service`` are the bounds of the services, coordination included where
    councils share; ``apart`` what is spent whatever the plan, by councils on
    services they do not share.
    """

    by_service: Floats
    apart: float

    @property
    def value(self) -> float:
        """The least a plan could cost in a year."""
        return float(self.by_service.sum()) + self.apart


def location_of(
    sharing: Sharing, service: int, share_of_coordination: float = 1.0
) -> ServiceLocation:
    """Return one service by itself, over the councils that take part in it.

    A site is a council that can lead, in one of its ways; it reaches who is
    within the travel limit and fits beside its own work. Its set-up bears the
    share of running a cluster, each arc the share of a member; going alone
    bears none. With the whole share this is the problem of one service whose
    clusters are its own.
    """
    per_member = np.full(len(sharing.takes_part), share_of_coordination * sharing.per_member)
    return _location(sharing, service, share_of_coordination * sharing.per_cluster, per_member)


def shared_bound(
    sharing: Sharing,
    *,
    relaxed_rounds: int,
    exact_rounds: int,
    bound_of: Callable[..., Bound],
    shares: Floats | None = None,
) -> SharedBound:
    """Return a bound on the cost of every shared plan: the sum of bounds on its services.

    Why it holds. Take any shared plan and look at one service alone. A cluster
    of two or more in which somebody takes part has a lead that takes part, is
    within the limit of the others that do, and has the capacity for them: open
    that site and serve them from it, be it only the lead's own council. Whoever
    is in no cluster goes alone. So the plan gives every service a plan of its
    location problem. What these cost together is the plan's own cost, but for
    its coordination. Of that a cluster pays ``per_cluster`` once; the services
    are charged ``shares`` of it, which sum to 1, and those in which no member
    takes part are charged nothing. A member pays ``per_member`` once, and that
    is split over the services it takes part in. So the location problems never
    charge more than the plan does, and the sum of their optima, and so of
    bounds on these, is at most its cost.

    ``bound_of(location, relaxed_rounds=, exact_rounds=)`` bounds one service.
    """
    services = sharing.takes_part.shape[1]
    shares = np.full(services, 1.0 / services) if shares is None else shares
    members = _member_shares(sharing, shares)

    def bound(service: int) -> float:
        if not sharing.takes_part[:, service].any():
            return 0.0
        per_cluster = float(shares[service]) * sharing.per_cluster
        location = _location(sharing, service, per_cluster, members[:, service]).location
        rounds = {"relaxed_rounds": relaxed_rounds, "exact_rounds": exact_rounds}
        return float(bound_of(location, **rounds).value)

    by_service = np.array([bound(service) for service in range(services)])
    return SharedBound(by_service, apart=float(sharing.alone[~sharing.takes_part].sum()))


def _member_shares(sharing: Sharing, shares: Floats) -> Floats:
    """Return how much of ``per_member`` each council's services bear, shape N x S.

    In the proportions of the shares, over the services it takes part in.
    """
    weights = np.where(sharing.takes_part, np.maximum(shares, 1e-12), 0.0)
    whole = weights.sum(axis=1, keepdims=True)
    split = np.divide(weights, whole, out=np.zeros_like(weights), where=whole > 0)
    return np.asarray(split * sharing.per_member, dtype=np.float64)


def _location(
    sharing: Sharing, service: int, per_cluster: float, per_member: Floats
) -> ServiceLocation:
    rows = np.flatnonzero(sharing.takes_part[:, service])
    demands = sharing.peak[rows, service]
    setups = sharing.setup[rows, service]
    # No site can be asked for more than everything, so that no capacity need be endless.
    capacities = np.minimum(sharing.capacity[rows, service], demands.sum()) * (1 + TOLERANCE)
    leads, ways = np.nonzero(np.isfinite(setups) & (demands[:, None] <= capacities))
    room = capacities[leads, ways]
    ends, sites, road = _arcs(sharing, rows, leads)
    fits = (ends == leads[sites]) | (demands[ends] + demands[leads[sites]] <= room[sites])
    ends, sites, road = ends[fits], sites[fits], road[fits]
    location = Location(
        starts=np.searchsorted(ends, np.arange(len(rows) + 1)).astype(np.int64),
        sites=sites,
        costs=_costs(sharing, service, (rows[ends], rows[leads[sites]], ways[sites]), road)
        + per_member[rows[ends]],
        demands=demands,
        capacities=room,
        setups=setups[leads, ways] + per_cluster,
        leads=leads.astype(np.int64),
        homes=leads.astype(np.int64),
        alone=sharing.alone[rows, service],
        most_members=sharing.most_members,
    )
    return ServiceLocation(location, rows.astype(np.int64), ways.astype(np.int64))


def _costs(sharing: Sharing, service: int, arcs: tuple[Ints, Ints, Ints], road: Floats) -> Floats:
    """Return the cost of each arc: council, lead, way, and the kilometres between them."""
    ends, leads, ways = arcs
    unit, call_out, travel = (
        terms[leads, service, ways] for terms in (sharing.unit, sharing.call_out, sharing.travel)
    )
    cost = unit * sharing.work[ends, service] + call_out * sharing.visits[ends, service]
    return np.asarray(cost + travel * road * sharing.trips[ends, service], dtype=np.float64)


def _arcs(sharing: Sharing, rows: Ints, leads: Ints) -> tuple[Ints, Ints, Floats]:
    """Return the councils and sites within the limit, by council, and the way between them."""
    leading, first, open_ways = np.unique(leads, return_index=True, return_counts=True)
    if not len(leading):
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, np.zeros(0)
    points = np.stack([sharing.east_km[rows], sharing.north_km[rows]], axis=1)
    ends, found = _near(points, points[leading], _straight_limit(sharing))
    away = points[ends] - points[leading[found]]
    road = sharing.road_factor * np.sqrt(away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1])
    near = road <= sharing.limit_km
    ends, found, road = ends[near], found[near], road[near]
    ways = open_ways[found]
    of_its_lead = np.arange(ways.sum()) - np.repeat(np.cumsum(ways) - ways, ways)
    sites = np.repeat(first[found], ways) + of_its_lead
    return np.repeat(ends, ways), sites.astype(np.int64), np.repeat(road, ways)


def _near(points: Floats, leading: Floats, radius: float) -> tuple[Ints, Ints]:
    """Return pairs of a point and a lead no further apart than the radius, by point, by lead."""
    if np.isinf(radius):
        ends = np.repeat(np.arange(len(points)), len(leading))
        return ends, np.tile(np.arange(len(leading)), len(points))
    found = cKDTree(leading).query_ball_point(points, radius, return_sorted=True)
    counts = np.array([len(near) for near in found])
    return np.repeat(np.arange(len(points)), counts), np.concatenate(found).astype(np.int64)


def _straight_limit(sharing: Sharing) -> float:
    """Return a straight distance, if anything too long, that no arc is longer than."""
    if sharing.road_factor <= 0 or np.isinf(sharing.limit_km):
        return float("inf")
    return sharing.limit_km / sharing.road_factor * (1 + 1e-6) + 1e-6
