"""Leaves out of a location problem what no plan cheaper than the best known could use.

If the bound with a council served by a site comes to more than the best plan
costs, no better plan serves it so. Source: the reduction tests of K. Holmberg,
M. Ronnqvist and D. Yuan, An exact algorithm for the capacitated facility
location problems with single sourcing, European Journal of Operational
Research 113 (1999), here with whole knapsacks.
"""

import math

import numpy as np

from waywarden.planner.arrays import Floats
from waywarden.planner.compiling import compiled_in_place, compiled_within
from waywarden.planner.sites.grounds import BOUNDLESS, Ground, rows_of
from waywarden.planner.sites.knapsacks import STEPS, Field, add_thing, field_of, most_shared
from waywarden.planner.sites.proof.bounding import Bound
from waywarden.planner.sites.proof.covering import Cover, is_covered

#: Two costs that differ by less than this part of them are the same.
ALIKE = 1e-9


def thinned(ground: Ground, bound: Bound, cost: float) -> Ground:
    """Return a ground that holds every plan cheaper than ``cost``, with fewer arcs and sites.

    A council that would cost too much alone can no longer be so.
    """
    limit = (cost + 1) * (1 + ALIKE) - 1
    beside = float(bound.prices.sum()) + beside_each(ground, bound.worths)
    closed = beside + bound.worths > limit
    keep = ~closed[ground.sites] & (_least_worths(ground, bound) + beside[ground.sites] <= limit)
    rows = rows_of(ground.starts)[keep]
    starts = np.searchsorted(rows, np.arange(len(ground.alone) + 1))
    return ground._replace(
        starts=starts.astype(np.int64),
        sites=ground.sites[keep],
        costs=ground.costs[keep],
        setups=np.where(closed, np.inf, ground.setups),
        alone=np.where(ground.alone - bound.prices > limit - bound.value, np.inf, ground.alone),
    )


def beside_each(ground: Ground, worths: Floats) -> Floats:
    """Return what the sites that open beside each open one are worth together at least."""
    of_lead = np.full(ground.leads.max(initial=-1) + 1, np.inf)
    np.minimum.at(of_lead, ground.leads, worths)
    if is_covered(ground):
        beside = Cover(ground).least_beside(of_lead)
    elif ground.most_open < BOUNDLESS:
        ranked = np.sort(of_lead)[: ground.most_open]
        beside = ranked.sum() - np.minimum(of_lead, ranked[-1])
    else:
        beside = np.minimum(of_lead, 0.0).sum() - np.minimum(of_lead, 0.0)
    return np.asarray(beside[ground.leads])


def _least_worths(ground: Ground, bound: Bound) -> Floats:
    """Return for each arc what its site is worth at least if it serves that council."""
    field = field_of(ground)
    most = int(np.diff(field.starts).max(initial=0)) + 1
    tables = np.zeros((2, most + 1, STEPS + 1))
    worths = np.zeros(len(field.costs))
    weigh_joining(field, bound.prices, tables, worths)
    away = np.flatnonzero(ground.homes[ground.sites] != rows_of(ground.starts))
    least = np.full(len(ground.sites), -np.inf)
    least[away[np.argsort(ground.sites[away], kind="stable")]] = worths
    return least


@compiled_in_place
def weigh_joining(field: Field, prices: Floats, tables: Floats, worths: Floats) -> None:
    """Write for each arc what its site is worth at least if it must serve that council."""
    for site in range(len(field.rooms)):
        if field.setups[site] == math.inf:
            continue
        base: float = field.setups[site]
        if field.homes[site] >= 0:
            base -= prices[field.homes[site]]
        unit, steps = _measure(field, site)
        before, after = tables[0], tables[1]
        _fill_both_ways(field, prices, site, unit, steps, before, after)
        for arc in range(field.starts[site], field.starts[site + 1]):
            thing = arc - field.starts[site]
            left = steps - _weight(field, arc, unit)
            gain = prices[field.councils[arc]] - field.costs[arc]
            most = most_shared(before[thing], after[thing + 1], left)
            worths[arc] = base - gain - most if left >= 0 else math.inf


@compiled_within
def _measure(field: Field, site: int) -> tuple[float, int]:
    """Return the step in which a site's room is measured and how many there are."""
    wanted, is_whole = 0.0, True
    for arc in range(field.starts[site], field.starts[site + 1]):
        demand = field.demands[field.councils[arc]]
        wanted += demand
        is_whole = is_whole and demand == math.floor(demand)
    room = min(field.rooms[site], wanted)
    if is_whole and room < STEPS + 1.0:
        return 1.0, math.floor(room)
    return room / STEPS, STEPS


@compiled_within
def _weight(field: Field, arc: int, unit: float) -> int:
    """Return the demand of an arc in whole steps, rounded down so that nothing is shut out."""
    demand = field.demands[field.councils[arc]]
    if unit == 1.0:
        return int(demand)
    return min(STEPS, int(demand / unit * (1.0 - 1e-12))) if demand > 0.0 else 0


@compiled_within
def _fill_both_ways(
    field: Field, prices: Floats, site: int, unit: float, steps: int, before: Floats, after: Floats
) -> None:
    """Write the most that the things before each one, and from each one on, gain in any room."""
    first, last = field.starts[site], field.starts[site + 1]
    before[0, : steps + 1] = 0.0
    after[last - first, : steps + 1] = 0.0
    for arc in range(first, last):
        gain = prices[field.councils[arc]] - field.costs[arc]
        weight = _weight(field, arc, unit)
        add_thing(gain, weight, steps, before[arc - first], before[arc - first + 1])
    for arc in range(last - 1, first - 1, -1):
        gain = prices[field.councils[arc]] - field.costs[arc]
        weight = _weight(field, arc, unit)
        add_thing(gain, weight, steps, after[arc - first + 1], after[arc - first])
