"""One service of a sharing as a location problem, in which tied councils are one."""

from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Flags, Floats, Ints
from waywarden.planner.clusters.bounds.reaching import within_reach
from waywarden.planner.clusters.terms import TOLERANCE
from waywarden.planner.clusters.tying import Ties
from waywarden.planner.location import Location
from waywarden.planner.sharing import Graph, Sharing


class ServiceLocation(NamedTuple):
    """One service as a location problem, and what its numbers stand for.

    Council j of ``location`` stands for the rows ``rows[j]`` of the sharing:
    one, or all that are in any case together. Site m is led by row ``leads[m]``
    of the sharing, a council or a provider, in way ``ways[m]``. Each site of a
    provider is a contract of its own. The homes of ``location`` are its
    councils; so are its leads, and those beyond them are contracts.
    """

    location: Location
    rows: tuple[Ints, ...]
    ways: Ints
    leads: Ints


class _Customers(NamedTuple):
    """Who is to be served: blocks of the councils that take part, and what they need."""

    members: Ints  # rows that take part, rising
    block_of: Ints  # by member, the number of its block
    demands: Floats  # by block; so are the next two
    sizes: Ints  # how many councils stand in a cluster with it
    heads: Ints  # what `Ties` calls it
    torn: Flags  # whether it must be apart from itself


class _Sites(NamedTuple):
    """Who could serve: row and way of each, its home if it has one, and the room it has."""

    leads: Ints
    ways: Ints
    homes: Ints
    rooms: Floats


def contracted(
    sharing: Sharing, service: int, ties: Ties, per_cluster: float, per_member: Floats
) -> ServiceLocation:
    """Return one service with the tied councils made one.

    ``per_cluster`` is added to each set-up, ``per_member`` (by row of the
    sharing) to the cost of serving each council.
    """
    customers = _customers(sharing, service, ties)
    sites = _sites(sharing, service, customers, ties)
    blocks, found, costs = _arcs(sharing, service, customers, sites, per_member)
    count = len(customers.demands)
    apart = _apart(customers, ties)
    location = Location(
        starts=np.searchsorted(blocks, np.arange(count + 1)).astype(np.int64),
        sites=found,
        costs=costs,
        demands=customers.demands,
        capacities=sites.rooms,
        setups=sharing.setup[sites.leads, service, sites.ways] + per_cluster,
        leads=np.where(sites.homes >= 0, sites.homes, count + np.arange(len(sites.homes))),
        homes=sites.homes,
        alone=_alone(sharing, service, customers, ties),
        most_members=sharing.most_members,
        apart_starts=apart.starts,
        apart=apart.others,
        sizes=customers.sizes,
    )
    order = np.argsort(customers.block_of, kind="stable")
    ends = np.cumsum(np.bincount(customers.block_of, minlength=count))
    rows = tuple(np.split(customers.members[order], ends[:-1])) if count else ()
    return ServiceLocation(location, rows, sites.ways, sites.leads)


def _customers(sharing: Sharing, service: int, ties: Ties) -> _Customers:
    members = np.flatnonzero(sharing.takes_part[:, service]).astype(np.int64)
    heads, block_of = np.unique(ties.block[members], return_inverse=True)
    demands = np.bincount(block_of, weights=sharing.peak[members, service], minlength=len(heads))
    return _Customers(
        members=members,
        block_of=block_of.astype(np.int64),
        demands=demands.astype(np.float64),
        sizes=ties.size[heads],
        heads=heads.astype(np.int64),
        torn=ties.torn[heads],
    )


def _alone(sharing: Sharing, service: int, customers: _Customers, ties: Ties) -> Floats:
    alone = np.zeros(len(customers.demands))
    alone[customers.block_of] = sharing.alone[customers.members, service]
    return np.where(ties.must_join[customers.heads], np.inf, alone)


def _apart(customers: _Customers, ties: Ties) -> Graph:
    """Return which blocks that take part are apart from which; nothing where none are."""
    pairs = ties.apart[np.isin(ties.apart, customers.heads).all(axis=1)]
    ends = np.searchsorted(customers.heads, pairs).astype(np.int64)
    places = np.arange(len(customers.heads) + 1 if len(ends) else 0)
    return Graph(np.searchsorted(ends[:, 0], places).astype(np.int64), ends[:, 1])


def _sites(sharing: Sharing, service: int, customers: _Customers, ties: Ties) -> _Sites:
    """Return the sites of councils, each with a home, and then those of providers."""
    own = customers.demands[customers.block_of]
    # No site can be asked for more than everything, so that no capacity need be endless.
    rooms = np.minimum(sharing.capacity[:, service], customers.demands.sum()) * (1 + TOLERANCE)
    is_open = np.isfinite(sharing.setup[:, service])
    at_home = is_open[customers.members] & (own[:, None] <= rooms[customers.members])
    places, ways = np.nonzero(at_home)
    leads = customers.members[places]
    hired, hired_ways = _contracts(sharing, service, customers, ties)
    leads, ways = np.concatenate([leads, hired]), np.concatenate([ways, hired_ways])
    homes = np.concatenate([customers.block_of[places], np.full(len(hired), -1)])
    return _Sites(leads, ways.astype(np.int64), homes.astype(np.int64), rooms[leads, ways])


def _contracts(
    sharing: Sharing, service: int, customers: _Customers, ties: Ties
) -> tuple[Ints, Ints]:
    """Return a row and a way for each contract that a provider could be worth having for.

    Of two contracts in one way of a provider the cheaper is to have one, unless
    that has no room, too many members or two that must be apart. So of p pairs
    of contracts each is over the capacity or over the most members, which
    cannot be of more pairs than the demand and the councils within its reach
    are enough for; and there is one contract more at most for each council that
    is apart from another.
    """
    hired: list[Ints] = []
    councils, leads = len(sharing.takes_part), len(sharing.setup)
    for row in range(councils, leads):
        ends, _, _ = within_reach(sharing, customers.members, np.array([row]))
        near = np.unique(customers.block_of[ends])
        for way in np.flatnonzero(np.isfinite(sharing.setup[row, service])):
            room = sharing.capacity[row, service, way] * (1 + TOLERANCE)
            count = _count_of_contracts(sharing, customers, ties, near, room)
            hired.append(np.tile(np.array([row, way], dtype=np.int64), (count, 1)))
    every = np.concatenate([np.zeros((0, 2), dtype=np.int64), *hired])
    return every[:, 0], every[:, 1]


def _count_of_contracts(
    sharing: Sharing, customers: _Customers, ties: Ties, near: Ints, room: float
) -> int:
    near = near[customers.demands[near] <= room]
    demand = customers.demands[near].sum()
    overfull = max(0, int(np.ceil(demand / room)) - 1) if demand > 0 else 0
    crowded = int(customers.sizes[near].sum()) // (sharing.most_members + 1)
    split = int(np.isin(customers.heads[near], ties.apart).sum())
    return min(len(near), 2 * (overfull + crowded) + 1 + split)


def _arcs(
    sharing: Sharing, service: int, customers: _Customers, sites: _Sites, per_member: Floats
) -> tuple[Ints, Ints, Floats]:
    """Return the blocks and sites of which the one could serve the other, and what that costs."""
    ends, found, road = _arcs_of_members(sharing, customers, sites)
    rows = customers.members[ends]
    locked = sharing.locked[rows, service]
    keeps = (locked < 0) | (locked == sites.leads[found])
    ends, found, road, rows = ends[keeps], found[keeps], road[keeps], rows[keeps]
    terms = sites.leads[found], service, sites.ways[found]
    costs = _costs(sharing, rows, terms, road) + per_member[rows]
    place = customers.block_of[ends] * len(sites.leads) + found
    arcs, arc = np.unique(place, return_inverse=True)
    blocks, served_by = np.divmod(arcs, max(1, len(sites.leads)))
    reached = np.bincount(arc, minlength=len(arcs))
    whole = reached == np.bincount(customers.block_of)[blocks] if len(arcs) else reached > 0
    whole &= _fits(sharing, customers, sites, blocks, served_by)
    costs = np.bincount(arc, weights=costs, minlength=len(arcs))
    return blocks[whole], served_by[whole], costs[whole].astype(np.float64)


def _arcs_of_members(
    sharing: Sharing, customers: _Customers, sites: _Sites
) -> tuple[Ints, Ints, Floats]:
    """Return the members and sites within the limit, by member, and the way between them."""
    leading, first, held = np.unique(sites.leads, return_index=True, return_counts=True)
    ends, found, road = within_reach(sharing, customers.members, leading)
    counts = held[found]
    of_its_lead = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    places = np.repeat(first[found], counts) + of_its_lead
    return np.repeat(ends, counts), places.astype(np.int64), np.repeat(road, counts)


def _fits(
    sharing: Sharing, customers: _Customers, sites: _Sites, blocks: Ints, found: Ints
) -> Flags:
    """Tell whether a site has room for a block beside its home, in work and in councils."""
    homes = sites.homes[found]
    beside = (homes >= 0) & (homes != blocks)
    demands = customers.demands[blocks] + np.where(beside, customers.demands[homes], 0.0)
    sizes = customers.sizes[blocks] + np.where(beside, customers.sizes[homes], 0)
    fits = (demands <= sites.rooms[found]) & (sizes <= sharing.most_members)
    return np.asarray(fits & ~customers.torn[blocks])


def _costs(sharing: Sharing, rows: Ints, terms: tuple[Ints, int, Ints], road: Floats) -> Floats:
    """Return the cost of serving each row on its terms: lead, service and way."""
    service = terms[1]
    cost = sharing.unit[terms] * sharing.work[rows, service]
    cost = cost + sharing.call_out[terms] * sharing.visits[rows, service]
    travel = sharing.travel[terms] * road * sharing.trips[rows, service]
    return np.asarray(cost + travel, dtype=np.float64)
