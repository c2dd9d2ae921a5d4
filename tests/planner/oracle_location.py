"""Finds the best plan of one service by trying every plan there is: for a handful of councils."""

from __future__ import annotations

import itertools
import math

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.location import Location


def cheapest_plan(location: Location) -> float:
    """Return the cost of the best plan, infinite where there is none."""
    places = [choices(location, council) for council in range(len(location.demands))]
    return min((cost_of(location, plan) for plan in itertools.product(*places)), default=math.inf)


def choices(location: Location, council: int) -> list[tuple[int, float]]:
    """Return where a council could be, with what that costs: -1 is alone."""
    arcs = range(location.starts[council], location.starts[council + 1])
    there = [(int(location.sites[arc]), float(location.costs[arc])) for arc in arcs]
    return [(-1, float(location.alone[council])), *there]


def cost_of(location: Location, plan: tuple[tuple[int, float], ...]) -> float:
    """Return what a plan costs, infinite where it breaks a rule."""
    members: dict[int, list[int]] = {}
    for council, (site, _) in enumerate(plan):
        if site >= 0:
            members.setdefault(site, []).append(council)
    if any(breaks_a_rule(location, site, served) for site, served in members.items()):
        return math.inf
    leads = [int(location.leads[site]) for site in members]
    if len(set(leads)) < len(leads):
        return math.inf
    spare = empty_sites(location, set(leads), len(members))
    return sum(cost for _, cost in plan) + sum(location.setups[site] for site in members) + spare


def breaks_a_rule(location: Location, site: int, served: list[int]) -> bool:
    """Say whether an open site leaves its home out, or serves too much, too many or enemies."""
    home = location.homes[site]
    sizes = location.sizes[served] if len(location.sizes) else np.ones(len(served))
    too_many = 0 < location.most_members < sum(sizes)
    # A hair's breadth: in decimal fractions 0.1 + 0.2 is more than 0.3.
    too_much = sum(location.demands[served]) > location.capacities[site] + 1e-9
    leaves_home_out = home >= 0 and home not in served
    keeps_apart = not any(set(served) & set(apart_from(location, council)) for council in served)
    return bool(too_many or too_much or leaves_home_out or not keeps_apart)


def apart_from(location: Location, council: int) -> list[int]:
    """Return those who are never at one site with a council."""
    if not len(location.apart):
        return []
    first, last = location.apart_starts[council : council + 2]
    return [int(other) for other in location.apart[first:last]]


def empty_sites(location: Location, leads: set[int], count: int) -> float:
    """Return the least cost of opening as many more sites as are asked for, serving nobody."""
    if not location.opened:
        return 0.0
    cheapest: dict[int, float] = {}
    for site, lead in enumerate(location.leads):
        if location.homes[site] < 0 and int(lead) not in leads:
            setup = float(location.setups[site])
            cheapest[int(lead)] = min(setup, cheapest.get(int(lead), math.inf))
    missing = location.opened - count
    if missing < 0 or missing > len(cheapest):
        return math.inf
    return sum(sorted(cheapest.values())[:missing])


def any_location(draw: np.random.Generator) -> Location:
    """Return a small problem of any kind: homes or none, several ways, tight or loose."""
    size, leads = int(draw.integers(1, 6)), int(draw.integers(1, 5))
    ways = draw.integers(1, 3, leads)
    lead_of = np.repeat(np.arange(leads), ways)[:6]
    places = len(lead_of)
    has_homes = draw.random() < 0.6
    seat_of = draw.permutation(max(size, leads))[:leads]
    homes = np.where(has_homes & (seat_of < size) & (draw.random(leads) < 0.9), seat_of, -1)[
        lead_of
    ]
    is_decimal = draw.random() < 0.4
    demands = draw.integers(0, 10, size) * (0.1 if is_decimal else 1.0)
    arcs = draw.random((size, places)) < draw.choice([0.5, 0.8, 1.0])
    rows, sites = np.nonzero(arcs)
    can_be_alone = draw.random() < 0.6
    alone = np.where(
        draw.random(size) < (1.0 if can_be_alone else 0.5), costs(draw, size, 90), np.inf
    )
    most = int(draw.choice([0, 0, 0, 1, 2, 3]))
    opened = int(draw.integers(1, leads + 1)) if draw.random() < 0.2 else 0
    apart_starts, apart = pairs(draw, size) if draw.random() < 0.3 else ([], [])
    return Location(
        starts=np.concatenate([[0], np.cumsum(arcs.sum(axis=1))]),
        sites=sites,
        costs=costs(draw, len(rows), 40),
        demands=demands,
        capacities=capacities(draw, places, demands),
        setups=costs(draw, places, 60),
        leads=lead_of,
        homes=homes,
        alone=alone,
        opened=opened,
        most_members=most,
        apart_starts=apart_starts,
        apart=apart,
        sizes=draw.integers(1, 3, size) if most and draw.random() < 0.5 else [],
    )


def pairs(draw: np.random.Generator, size: int) -> tuple[Ints, Ints]:
    """Return some pairs of councils that are to be apart, both ways round."""
    some = np.triu(draw.random((size, size)) < 0.4, 1)
    both = some | some.T
    return np.concatenate([[0], np.cumsum(both.sum(axis=1))]), np.nonzero(both)[1]


def costs(draw: np.random.Generator, count: int, most: int) -> Floats:
    """Return costs with pennies."""
    return np.round(draw.uniform(0, most, count), 2)


def capacities(draw: np.random.Generator, count: int, demands: Floats) -> Floats:
    """Return capacities from scant to plenty, some without an end."""
    total = demands.sum()
    found = np.round(draw.uniform(0.2, draw.choice([0.6, 1.2, 3.0]), count) * total, 1)
    return np.where(draw.random(count) < 0.1, np.inf, found)


def everyone_alone(location: Location) -> Ints:
    """Return the plan in which nobody joins."""
    return np.full(len(location.demands), -1)
