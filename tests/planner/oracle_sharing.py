"""Finds the best shared plan by trying every way of parting councils: for a handful of them.

It reckons in its own way, and shares no line with the planner.
"""

import itertools
import math
from dataclasses import replace
from functools import cache

import numpy as np

from waywarden.planner.sharing import Graph, Sharing, graph_of

NOBODY = -1


def cheapest_sharing(sharing):
    """Return the cost of the best plan, infinite where there is none."""
    councils = range(len(sharing.takes_part))
    price = {
        group: cost_of(sharing, group)
        for size in range(1, len(councils) + 1)
        for group in itertools.combinations(councils, size)
    }

    @cache
    def cheapest(left):
        if not left:
            return 0.0
        first, others = left[0], left[1:]
        return min(
            price[first, *joined] + cheapest(tuple(row for row in others if row not in joined))
            for size in range(len(others) + 1)
            for joined in itertools.combinations(others, size)
        )

    return cheapest(tuple(councils))


def cost_of_plan(sharing, labels):
    """Return what a plan costs, infinite where it breaks a rule."""
    return sum(
        cost_of(sharing, tuple(int(row) for row in np.flatnonzero(labels == label)))
        for label in np.unique(labels)
    )


def cost_of(sharing, group):
    """Return what a cluster costs, infinite where it breaks a rule."""
    if not keeps_pairs(sharing, group):
        return math.inf
    if len(group) == 1:
        is_locked = any(leads_asked_for(sharing, group, s) for s in services_of(sharing, group[0]))
        return math.inf if is_locked else float(sum(sharing.alone[group[0]]))
    if len(group) > sharing.most_members or not hangs_together(sharing, group):
        return math.inf
    cost = sharing.per_cluster + len(group) * sharing.per_member
    for service in range(sharing.takes_part.shape[1]):
        served = [row for row in group if sharing.takes_part[row, service]]
        cost += sum(sharing.alone[row, service] for row in group if row not in served)
        if served:
            cost += min(
                led_cost(sharing, service, served, lead, way)
                for lead in leads_for(sharing, service, served)
                for way in range(sharing.setup.shape[2])
            )
    return float(cost)


def keeps_pairs(sharing, group):
    """Say whether all who must be with a member are in its group, and none who must not be."""
    return all(
        set(sharing.together.of(row)) <= set(group) and not set(sharing.apart.of(row)) & set(group)
        for row in group
    )


def services_of(sharing, row):
    return [int(service) for service in np.flatnonzero(sharing.takes_part[row])]


def leads_asked_for(sharing, served, service):
    return {int(sharing.locked[row, service]) for row in served} - {-1}


def leads_for(sharing, service, served):
    """Return who may lead those served: one of them or a provider, and nobody but who is asked for.

    Nobody stands for no lead: what it costs has no end.
    """
    providers = range(len(sharing.takes_part), len(sharing.setup))
    asked_for = leads_asked_for(sharing, served, service)
    able = [row for row in (*served, *providers) if asked_for <= {row}]
    return able or [NOBODY]


def led_cost(sharing, service, served, lead, way):
    """Return what a service costs with this lead in this way."""
    if lead == NOBODY:
        return math.inf
    at = lead, service, way
    roads = [road(sharing, lead, row) for row in served]
    too_much = sum(sharing.peak[row, service] for row in served) > sharing.capacity[at] + 1e-7
    if max(roads) > sharing.limit_km or too_much:
        return math.inf
    cost = sharing.setup[at]
    for row, far in zip(served, roads, strict=True):
        cost += sharing.unit[at] * sharing.work[row, service]
        cost += sharing.call_out[at] * sharing.visits[row, service]
        cost += sharing.travel[at] * far * sharing.trips[row, service]
    return cost


def road(sharing, lead, row):
    """Return the way from a lead to a council, straight unless there is a table."""
    if len(sharing.table_km):
        return sharing.table_km[lead, row]
    return sharing.road_factor * straight(sharing, lead, row)


def straight(sharing, one, other):
    east = sharing.east_km[one] - sharing.east_km[other]
    north = sharing.north_km[one] - sharing.north_km[other]
    return math.sqrt(east**2 + north**2)


def hangs_together(sharing, group):
    """Say whether all are willing and, where that is asked, each can be reached from the first."""
    if not all(sharing.takes_part[row].any() for row in group):
        return False
    reached = {group[0]}
    for _ in group:
        reached |= {row for row in group if any(row in near(sharing, by) for by in reached)}
    return len(reached) == len(group) or not sharing.is_contiguous


def near(sharing, row):
    return set(sharing.neighbours.of(row))


def made_up_sharing(seed, *, councils=6, services=2, ways=2, contiguous=True, **rules):
    """Return councils strewn at random: some do not take part, some may not lead; work is whole.

    Capacities are tight: a lead can seldom take in more than two or three others.
    """
    random = np.random.default_rng(seed)
    shape = councils, services
    takes_part = random.random(shape) < 0.85
    east, north = random.uniform(0, 10, (2, councils))
    work = random.integers(5, 60, shape) * takes_part.astype(float)
    setup = random.uniform(200, 900, (*shape, ways)) * np.array([1.0, 0.4, 0.2])[:ways]
    can_lead = random.random(shape) < 0.8
    setup[~(can_lead & takes_part)] = np.inf
    setup[random.random(setup.shape) < 0.1] = np.inf
    starts, neighbours = graph(east, north, links=2 if contiguous else 10)
    amounts = {
        "work": work,
        "peak": np.round(work / 2),
        "visits": random.integers(0, 5, shape) * takes_part.astype(float),
        "trips": random.integers(0, 8, shape) * takes_part.astype(float),
        "alone": random.uniform(400, 1400, shape) + 10 * work,
    }
    terms = {
        "setup": setup,
        "unit": random.uniform(5, 12, (*shape, ways)),
        "call_out": random.uniform(0, 9, (*shape, ways)),
        "travel": random.uniform(0, 3, (*shape, ways)) * (random.random((*shape, ways)) < 0.8),
        "capacity": random.integers(20, 90, (*shape, ways)).astype(float),
    }
    usual = {"limit_km": 9.0, "per_cluster": 120.0, "per_member": 25.0, "most_members": 5}
    return Sharing(
        east_km=east,
        north_km=north,
        takes_part=takes_part,
        neighbours=Graph(starts, neighbours),
        is_contiguous=contiguous,
        road_factor=1.3,
        **amounts,
        **terms,
        **no_rules(*takes_part.shape) | usual | rules,
    )


def no_rules(councils, services):
    """Return a sharing's rules where nobody is locked or tied, and ways are straight lines."""
    nobody = Graph(np.zeros(councils + 1, dtype=np.int64), np.zeros(0, dtype=np.int64))
    return {
        "table_km": np.zeros((0, 0)),
        "locked": np.full((councils, services), -1, dtype=np.int64),
        "together": nobody,
        "apart": nobody,
    }


def with_rules(sharing, seed, *, providers=1, table=True, locks=1, ties=1, quarrels=1):
    """Return a sharing with rules made up: providers, a table of ways, locks, and pairs.

    Locks are to a council that could lead or to a provider. Not every such
    sharing has a plan.
    """
    random = np.random.default_rng(seed)
    councils, services, ways = sharing.setup.shape
    more = {
        "east_km": random.uniform(0, 10, providers),
        "north_km": random.uniform(0, 10, providers),
        "setup": random.uniform(300, 900, (providers, services, ways)),
        "unit": random.uniform(4, 11, (providers, services, ways)),
        "call_out": random.uniform(0, 9, (providers, services, ways)),
        "travel": random.uniform(0, 2, (providers, services, ways)),
        "capacity": random.integers(40, 120, (providers, services, ways)).astype(float),
    }
    grown = {name: np.concatenate([getattr(sharing, name), rows]) for name, rows in more.items()}
    ruled = replace(sharing, **grown)
    return replace(
        ruled,
        table_km=ways_by_table(ruled, random) if table else sharing.table_km,
        locked=locked_at_random(ruled, locks, random),
        together=pairs_at_random(councils, ties, random),
        apart=pairs_at_random(councils, quarrels, random),
    )


def ways_by_table(sharing, random):
    """Return ways that are not the same there and back; some there are none of."""
    councils = len(sharing.takes_part)
    table = np.array(
        [
            [sharing.road_factor * straight(sharing, lead, row) for row in range(councils)]
            for lead in range(len(sharing.setup))
        ]
    )
    table *= random.uniform(0.7, 1.3, table.shape)
    table[random.random(table.shape) < 0.05] = np.inf
    np.fill_diagonal(table, 0.0)
    return table


def locked_at_random(sharing, locks, random):
    locked = np.full(sharing.takes_part.shape, NOBODY)
    for _ in range(locks):
        row, service = (int(random.integers(size)) for size in locked.shape)
        leads = np.flatnonzero(np.isfinite(sharing.setup[:, service]).any(axis=1))
        locked[row, service] = random.choice(leads)
    return locked


def pairs_at_random(councils, count, random):
    pairs = np.array([random.choice(councils, 2, replace=False) for _ in range(count)])
    return graph_of(pairs.reshape(-1, 2).astype(np.int64), councils)


def graph(east, north, links):
    """Return starts and neighbours: each with its nearest few, both ways."""
    away = np.hypot(east[:, None] - east, north[:, None] - north)
    touching = np.zeros(away.shape, dtype=bool)
    for row, order in enumerate(np.argsort(away, axis=1)):
        touching[row, order[1 : links + 1]] = True
    touching |= touching.T
    starts = np.concatenate([[0], np.cumsum(touching.sum(axis=1))])
    return starts.astype(np.int64), np.nonzero(touching)[1].astype(np.int64)
