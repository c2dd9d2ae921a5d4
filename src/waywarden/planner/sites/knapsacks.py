"""What a site is worth when councils pay prices to be served: a knapsack of their gains.

Source of the core: E. Balas and E. Zemel, An algorithm for large zero-one
knapsack problems, Operations Research 28 (1980).
"""

import math
from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Flags, Floats, Ints
from waywarden.planner.compiling import compiled_in_place, compiled_within
from waywarden.planner.sites.grounds import Ground, rows_of

#: A knapsack is filled in at most so many steps; a finer one is rounded so that it only gains room.
STEPS = 2000


class Field(NamedTuple):
    """The arcs of a `Ground` by site, those to homes left out, with what each site has left."""

    starts: Ints  # M + 1
    councils: Ints  # A, ascending within a site
    costs: Floats  # A
    demands: Floats  # N
    rooms: Floats  # M, its home's demand taken off
    places: Ints  # M: how many more may join
    setups: Floats  # M, the cost of serving its home included
    homes: Ints  # M
    leads: Ints  # M


class Desk(NamedTuple):
    """Room to work on one knapsack; nothing on it outlives the site."""

    arcs: Ints
    gains: Floats
    weights: Floats
    keys: Floats
    order: Ints
    inside: Flags  # whether a thing is in the whole knapsack
    parts: Floats  # how much of a thing is in the knapsack chosen in the end
    core: Ints
    best: Floats  # steps + 1
    kept: Flags  # core x (steps + 1)


def field_of(ground: Ground) -> Field:
    """Sort the arcs by site."""
    rows = rows_of(ground.starts)
    away = ground.homes[ground.sites] != rows
    rows, sites, costs = rows[away], ground.sites[away], ground.costs[away]
    order = np.argsort(sites, kind="stable")
    has_home = ground.homes >= 0
    taken = np.where(has_home, ground.demands[ground.homes], 0.0)
    return Field(
        starts=np.searchsorted(sites[order], np.arange(len(ground.rooms) + 1)).astype(np.int64),
        councils=rows[order].astype(np.int64),
        costs=costs[order],
        demands=ground.demands,
        rooms=ground.rooms - taken,
        # How many councils fit beside the home, if each is but one member.
        places=ground.most_members - np.where(has_home, ground.sizes[ground.homes], 0),
        setups=ground.setups + ground.home_costs,
        homes=ground.homes,
        leads=ground.leads,
    )


def desk_for(field: Field) -> Desk:
    """Return a desk as large as the site with the most arcs needs."""
    return desk_of(int(np.diff(field.starts).max(initial=0)) + 1)


def desk_of(size: int, steps: int = STEPS) -> Desk:
    """Return a desk on which so many things can be laid, and weighed in up to so many steps."""
    return Desk(
        arcs=np.zeros(size, dtype=np.int64),
        gains=np.zeros(size),
        weights=np.zeros(size),
        keys=np.zeros(size),
        order=np.zeros(size, dtype=np.int64),
        inside=np.zeros(size, dtype=np.bool_),
        parts=np.zeros(size),
        core=np.zeros(size, dtype=np.int64),
        best=np.zeros(steps + 1),
        kept=np.zeros((size, steps + 1), dtype=np.bool_),
    )


@compiled_within
def rank(keys: Floats, count: int, order: Ints) -> None:
    """Write the order of the first ``count`` keys, the least first (D. L. Shell, 1959)."""
    for thing in range(count):
        order[thing] = thing
    gap = 1
    while gap < count // 4:
        gap = 4 * gap + 1
    while gap > 0:
        for place in range(gap, count):
            thing, spot = order[place], place
            while spot >= gap and keys[order[spot - gap]] > keys[thing]:
                order[spot] = order[spot - gap]
                spot -= gap
            order[spot] = thing
        gap //= 4


@compiled_in_place
def weigh_all(
    field: Field,
    prices: Floats,
    exact: bool,
    every: bool,
    worths: Floats,
    taken: Floats,
    best: Ints,
    desk: Desk,
) -> None:
    """Write what each site is worth at given prices, how far it uses its arcs, each lead's best."""
    best[:] = -1
    for site in range(len(worths)):
        worths[site] = worth(field, prices, site, exact, every, taken, desk)
        rival = best[field.leads[site]]
        if rival < 0 or worths[site] < worths[rival]:
            best[field.leads[site]] = site


@compiled_within
def worth(
    field: Field, prices: Floats, site: int, exact: bool, every: bool, taken: Floats, desk: Desk
) -> float:
    """Return a lower bound on the cost of opening a site, less what those it serves pay.

    ``taken`` receives the part of each of its arcs that is used. Where the
    bound is not below nought it may be left rough, unless ``every`` one counts.
    """
    count, gained, wanted = _gather(field, prices, site, taken, desk)
    base: float = field.setups[site]
    if field.homes[site] >= 0:
        base -= prices[field.homes[site]]
    if base == math.inf or (base - gained >= 0.0 and not every):
        return base - gained
    room, places = field.rooms[site], field.places[site]
    desk.parts[:count] = 1.0
    if wanted > room:
        gained = fill(desk, count, room, exact, -math.inf if every else base)
    if count > places:
        gained = _fewest(desk, count, places, gained)
    for thing in range(count):
        taken[desk.arcs[thing]] = desk.parts[thing]
    return base - gained


@compiled_within
def _gather(
    field: Field, prices: Floats, site: int, taken: Floats, desk: Desk
) -> tuple[int, float, float]:
    """Lay the councils that gain by joining on the desk; return how many, their gain and demand."""
    count, gained, wanted = 0, 0.0, 0.0
    for arc in range(field.starts[site], field.starts[site + 1]):
        taken[arc] = 0.0
        council = field.councils[arc]
        gain = prices[council] - field.costs[arc]
        if gain > 0.0:
            desk.arcs[count] = arc
            desk.gains[count] = gain
            desk.weights[count] = field.demands[council]
            gained += gain
            wanted += field.demands[council]
            count += 1
    return count, gained, wanted


@compiled_within
def fill(desk: Desk, count: int, room: float, exact: bool, base: float) -> float:
    """Return at least what a knapsack can gain, the last thing taken in part, or whole if exact."""
    for thing in range(count):
        weight = desk.weights[thing]
        desk.keys[thing] = -desk.gains[thing] / weight if weight > 0.0 else -math.inf
    rank(desk.keys, count, desk.order)
    left, gained, spot = room, 0.0, 0
    while spot < count and desk.weights[desk.order[spot]] <= left:
        left -= desk.weights[desk.order[spot]]
        gained += desk.gains[desk.order[spot]]
        spot += 1
    if spot == count:
        return gained
    breaking = desk.order[spot]
    part = left / desk.weights[breaking]
    relaxed: float = gained + part * desk.gains[breaking]
    if exact and base < relaxed:
        whole = _fill_whole(desk, count, spot, left, gained, relaxed)
        for thing in range(count):
            desk.parts[thing] = 1.0 if desk.inside[thing] else 0.0
        return min(whole, relaxed)
    for place in range(spot, count):
        desk.parts[desk.order[place]] = 0.0
    desk.parts[breaking] = part
    return relaxed


@compiled_within
def _fill_whole(
    desk: Desk, count: int, spot: int, left: float, gained: float, relaxed: float
) -> float:
    """Return at least the most that a knapsack of whole things can gain.

    The things before ``spot`` in the order fit and gain ``gained``. One that
    could change sides only at a loss larger than the greedy filling stands
    below the relaxed one keeps its side; the rest are the core.
    """
    greedy = _fill_greedily(desk, count, spot, left, gained)
    breaking = desk.order[spot]
    price = desk.gains[breaking] / desk.weights[breaking]
    fixed, room, cores = 0.0, left, 0
    for place in range(count):
        thing = desk.order[place]
        gain, weight = desk.gains[thing], desk.weights[thing]
        if abs(gain - price * weight) <= relaxed - greedy:
            desk.core[cores] = thing
            cores += 1
            if place < spot:
                room += weight
        elif place < spot:
            fixed += gain
    best = fixed + _fill_core(desk, cores, room)
    if best <= greedy:
        return greedy
    for place in range(count):
        desk.inside[desk.order[place]] = place < spot
    _unpack(desk, cores, room)
    return best


@compiled_within
def _fill_greedily(desk: Desk, count: int, spot: int, left: float, gained: float) -> float:
    """Put in what still fits after the first thing that does not; return the gain."""
    for place in range(count):
        thing = desk.order[place]
        is_inside = place < spot
        if place > spot and desk.weights[thing] <= left:
            left -= desk.weights[thing]
            gained += desk.gains[thing]
            is_inside = True
        desk.inside[thing] = is_inside
    return gained


@compiled_within
def _unit(desk: Desk, cores: int, room: float) -> float:
    """Return the step in which the core is weighed: one if all is whole and small enough."""
    most = len(desk.best) - 1
    if math.floor(room) <= most:
        is_whole = True
        for place in range(cores):
            weight = desk.weights[desk.core[place]]
            is_whole = is_whole and weight == math.floor(weight)
        if is_whole:
            return 1.0
    return room / most


@compiled_within
def _in_steps(weight: float, unit: float) -> int:
    """Return a weight in whole steps, rounded down so that nothing that fits is shut out."""
    if unit == 1.0 or weight == 0.0:
        return int(weight)
    return int(weight / unit * (1.0 - 1e-12))


@compiled_within
def _fill_core(desk: Desk, cores: int, room: float) -> float:
    """Fill the room with the core by dynamic programming; return the most it can gain."""
    unit = _unit(desk, cores, room)
    steps = math.floor(room) if unit == 1.0 else len(desk.best) - 1
    desk.best[: steps + 1] = 0.0
    for place in range(cores):
        thing = desk.core[place]
        gain = desk.gains[thing]
        desk.kept[place, : steps + 1] = False
        if desk.weights[thing] > room:
            continue
        weight = _in_steps(desk.weights[thing], unit)
        for filled in range(steps, weight - 1, -1):
            with_it = desk.best[filled - weight] + gain
            if with_it > desk.best[filled]:
                desk.best[filled] = with_it
                desk.kept[place, filled] = True
    best: float = desk.best[steps]
    return best


@compiled_within
def _unpack(desk: Desk, cores: int, room: float) -> None:
    """Mark what of the core is in the best filling."""
    unit = _unit(desk, cores, room)
    filled = math.floor(room) if unit == 1.0 else len(desk.best) - 1
    for place in range(cores - 1, -1, -1):
        thing = desk.core[place]
        desk.inside[thing] = desk.kept[place, filled]
        if desk.kept[place, filled]:
            filled -= _in_steps(desk.weights[thing], unit)


@compiled_within
def _fewest(desk: Desk, count: int, places: int, gained: float) -> float:
    """Return the lesser of a gain and that of the best ``places`` things, whatever they weigh."""
    for thing in range(count):
        desk.keys[thing] = -desk.gains[thing]
    rank(desk.keys, count, desk.order)
    best = 0.0
    for place in range(places):
        best += desk.gains[desk.order[place]]
    if gained <= best:
        return gained
    for place in range(count):
        desk.parts[desk.order[place]] = 1.0 if place < places else 0.0
    return best


@compiled_within
def add_thing(gain: float, weight: int, steps: int, without: Floats, best: Floats) -> None:
    """Write the most that some things and one more gain in each room."""
    for room in range(steps + 1):
        best[room] = without[room]
        if room >= weight and without[room - weight] + gain > best[room]:
            best[room] = without[room - weight] + gain


@compiled_within
def most_shared(before: Floats, after: Floats, room: int) -> float:
    """Return the most that the things on both sides gain in a room shared between them."""
    best = 0.0
    for part in range(room + 1):
        best = max(best, before[part] + after[room - part])
    return best
