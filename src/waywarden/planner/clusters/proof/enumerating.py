"""The clusters of one root, enumerated: which costs least beside what its members would pay.

Councils stand in an order of falling capacity. The root of a cluster is its
first member, so that every cluster has one. Clusters that hang together grow
from the root by one council next to them at a time, who is in or out: in each
branch one is taken in, in the next it is ruled out, so that each cluster is
come by once. A branch is given up where `completing` shows that nothing in it
can come below a threshold, or when the nodes are spent; what it could have come
to at the least then counts into the bound, which therefore always holds.
"""

from dataclasses import dataclass

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.clusters.proof.completing import (
    least_joining,
    note,
    note_joining,
    put_in_order,
    weigh_joining,
)
from waywarden.planner.clusters.proof.costing import exact_cost
from waywarden.planner.clusters.proof.surveying import (
    ANYONE,
    CAPACITY,
    HARDLY,
    PEAK,
    PER_CLUSTER,
    PER_MEMBER,
    SETUP,
    TAKES,
    County,
    Land,
    land_for,
    survey,
)
from waywarden.planner.clusters.proof.trees import (
    BEGUN,
    BEST,
    BOUND,
    COST,
    FOUND,
    FREE,
    FRONTIER,
    FRONTIERS,
    IN,
    NEXT,
    NODES,
    OUT,
    OWN,
    PEAKS,
    RELAXED,
    SIZE,
    STATE,
    TAKERS,
    VALUE,
    Tree,
    tree_for,
)
from waywarden.planner.clusters.terms import NEVER
from waywarden.planner.compiling import compiled_in_place, compiled_within


@dataclass(frozen=True)
class Priced:
    """What is known of the clusters of one root, their cost less what their members pay.

    ``best`` is the least met, the root alone included, and ``bound`` what none
    of them is below; it is at most nought. ``found`` are clusters met that are
    worth having: their rows and cost. ``relaxed`` is what the bound is of, where
    no such cluster was met: rows, parts of them, and cost.
    """

    best: float
    bound: float
    nodes: int
    found: tuple[tuple[Ints, float], ...]
    relaxed: tuple[Ints, Floats, float] | None

    @property
    def is_exact(self) -> bool:
        """Whether no cluster of this root can be worth more than one that was met."""
        return self.relaxed is None


class Enumerator:
    """Prices one root after another, in room of its own: one for each thread."""

    def __init__(self, county: County, *, keep: int = 30) -> None:
        self._county = county
        self._land = land_for(county)
        self._tree = tree_for(county, self._land, keep)

    def price(self, root: int, multipliers: Floats, *, threshold: float, nodes: int) -> Priced:
        """Return what is known of a root's clusters at these multipliers after so many nodes.

        Clusters are looked for whose cost less the multipliers of their members
        is below the threshold; they are those worth having. With a threshold of
        nought or less, only those that compete with the best one are.
        """
        land, tree = self._land, self._tree
        enumerate_root(self._county, land, tree, root, multipliers, threshold, nodes)
        best, bound, spent, found, noted = tree.answer
        relaxed = None
        if noted and bound < min(best, 0.0) - 1e-9 * (abs(best) + 1.0):
            rows = land.rows[tree.relaxed[: int(noted), 0].astype(np.int64)]
            parts = tree.relaxed[: int(noted), 1].copy()
            relaxed = rows, parts, float(bound + parts @ multipliers[rows])
        return Priced(float(best), float(bound), int(spent), self._found(int(found)), relaxed)

    def _found(self, count: int) -> tuple[tuple[Ints, float], ...]:
        tree = self._tree
        order = np.argsort(tree.found[:count, VALUE], kind="stable")
        return tuple(
            (np.sort(tree.found_rows[at, : int(tree.found[at, SIZE])]), float(tree.found[at, COST]))
            for at in order
        )


@compiled_in_place
def enumerate_root(
    county: County,
    land: Land,
    tree: Tree,
    root: int,
    multipliers: Floats,
    threshold: float,
    nodes: int,
) -> None:
    """Grow all clusters of a root that could come below the threshold, within so many nodes."""
    count = survey(county, land, root)
    size = _plant(county, land, tree, root, multipliers, count)
    answer = tree.answer
    while size > 0:
        if _is_done(tree, size, threshold, land, answer[NODES] >= nodes):
            for at in range(tree.counts[size, NEXT]):
                tree.marks[STATE, tree.orders[size, FRONTIER, at]] = FREE
            size -= 1
            if size > 0:
                tree.marks[STATE, tree.orders[size, FRONTIER, tree.counts[size, NEXT]]] = OUT
                tree.counts[size, NEXT] += 1
            continue
        x = tree.orders[size, FRONTIER, tree.counts[size, NEXT]]
        least = _take_in(land, tree, size, x)
        size += 1
        answer[NODES] += 1
        tree.counts[size, NEXT] = tree.counts[size, FRONTIERS] = 0
        tree.rows[size - 1] = land.rows[x]
        if tree.fixed[size, OWN] + least < _worth_having(tree, threshold):
            _keep(county, tree, size, multipliers, threshold)
        if size < tree.members.size:
            _look_ahead(land, tree, size, count)
    answer[BOUND] = min(answer[BOUND], answer[BEST])


@compiled_within
def _plant(
    county: County, land: Land, tree: Tree, root: int, multipliers: Floats, count: int
) -> int:
    """Begin with the root alone; return 1, or 0 where it can be with nobody."""
    for x in range(count):
        tree.own[x] = county.rules[PER_MEMBER] - multipliers[land.rows[x]]
        tree.marks[STATE, x] = FREE
    tree.answer[BEST] = county.alone[root] - multipliers[root]
    tree.answer[BOUND], tree.answer[NODES] = 0.0, 1.0
    tree.answer[FOUND] = tree.answer[RELAXED] = 0.0
    tree.fixed[0, OWN] = county.rules[PER_CLUSTER]
    for service in range(land.lines_of.size):
        tree.sums[0, service, PEAKS] = tree.sums[0, service, TAKERS] = 0.0
        for line in range(land.lines_of[service]):
            tree.led[0, service, line] = land.lines[service, line, SETUP]
        for y in range(land.centre.size):
            tree.offers[0, service, y] = land.offers[service, y]
    tree.rows[0] = root
    _take_in(land, tree, 0, 0)
    tree.counts[1, NEXT] = tree.counts[1, FRONTIERS] = 0
    if tree.members.size == 1:
        return 0
    _look_ahead(land, tree, 1, count)
    return 1


@compiled_within
def _take_in(land: Land, tree: Tree, size: int, x: int) -> float:
    """Take a council into the cluster; return at the least what leading them then costs."""
    tree.members[size] = x
    tree.marks[STATE, x] = IN
    tree.fixed[size + 1, OWN] = tree.fixed[size, OWN] + tree.own[x]
    total = 0.0
    for service in range(land.lines_of.size):
        takes = land.amounts[TAKES, service, x]
        peak = tree.sums[size, service, PEAKS] + land.amounts[PEAK, service, x]
        takers = tree.sums[size, service, TAKERS] + takes
        tree.sums[size + 1, service, PEAKS], tree.sums[size + 1, service, TAKERS] = peak, takers
        for y in range(land.centre.size):
            reaches = takes == 0 or land.within[y, x] > 0
            tree.offers[size + 1, service, y] = tree.offers[size, service, y] if reaches else 0
        least = NEVER
        for line in range(land.lines_of[service]):
            cost = tree.led[size, service, line] + land.arcs[service, line, x]
            tree.led[size + 1, service, line] = cost
            lead = land.leads[service, line]
            is_here = lead == ANYONE or lead >= land.width[0] or tree.marks[STATE, lead] == IN
            if cost < least and is_here and land.lines[service, line, CAPACITY] >= peak:
                least = cost
        if takers > 0:
            total += least
    return total


@compiled_within
def _look_ahead(land: Land, tree: Tree, size: int, count: int) -> None:
    """Reckon what could join; where nobody can lead them, nobody is next in line."""
    least = weigh_joining(land, tree, size, count)
    if least < HARDLY:
        tree.fixed[size, BEGUN] = tree.fixed[size, OWN] + least
        put_in_order(land, tree, size, count)


@compiled_within
def _is_done(tree: Tree, size: int, threshold: float, land: Land, is_spent: bool) -> bool:
    """Tell whether nothing more is to be had of a cluster begun; note what it could come to."""
    at = tree.counts[size, NEXT]
    if at >= tree.counts[size, FRONTIERS]:
        return True
    x = tree.orders[size, FRONTIER, at]
    most = tree.members.size - size
    begun = tree.fixed[size, BEGUN]
    # Who joins, joins somebody next to the cluster: if all of these are dear, one is paid for.
    is_dear = tree.gains[size, x] > 0.0
    if is_dear:
        begun += tree.gains[size, x]
        most -= 1
    aim = _aim(tree, threshold)
    least = begun + least_joining(land, tree, size, most, -NEVER if is_spent else aim - begun)
    if least < aim and not is_spent:
        return False
    if least < tree.answer[BOUND]:
        tree.answer[BOUND] = least
        noted = 0
        for member in range(size):
            noted = note(tree, noted, tree.members[member], 1.0)
        if is_dear:
            noted = note(tree, noted, x, 1.0)
        tree.answer[RELAXED] = note_joining(land, tree, size, most, noted)
    return True


@compiled_within
def _aim(tree: Tree, threshold: float) -> float:
    """Return what a branch must promise to come below."""
    return threshold if threshold > 0.0 else min(threshold, 0.9 * tree.answer[BEST])


@compiled_within
def _worth_having(tree: Tree, threshold: float) -> float:
    best: float = tree.answer[BEST]
    return max(threshold, best)


@compiled_within
def _keep(county: County, tree: Tree, size: int, multipliers: Floats, threshold: float) -> None:
    """Price the cluster exactly, and write it down where it is worth having."""
    cost = exact_cost(county, tree.rows, size)
    value = cost
    for at in range(size):
        value -= multipliers[tree.rows[at]]
    if value < tree.answer[BEST]:
        tree.answer[BEST] = value
    place = _place_for(tree, value) if value < threshold else -1
    if place < 0:
        return
    tree.found[place, VALUE], tree.found[place, COST] = value, cost
    tree.found[place, SIZE] = size
    for at in range(size):
        tree.found_rows[place, at] = tree.rows[at]


@compiled_within
def _place_for(tree: Tree, value: float) -> int:
    """Return where to write a cluster down: a free place, or that of the worst; -1 for none."""
    place, room = int(tree.answer[FOUND]), tree.found.shape[0]
    if place < room:
        tree.answer[FOUND] += 1.0
        return place
    place = 0
    for at in range(1, room):
        if tree.found[at, VALUE] > tree.found[place, VALUE]:
            place = at
    return place if value < tree.found[place, VALUE] else -1
