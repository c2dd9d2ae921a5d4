"""Two or three clusters dissolved and grown again, into as many, one fewer or one more.

Shifts and swaps seldom change how many clusters there are; this does.
"""

import math
from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.compiling import compiled
from waywarden.planner.grouping import FREE, Grouping, enter, unlink
from waywarden.planner.moving import give_free, note, take_free
from waywarden.planner.terms import NEVER, NOBODY, Terms
from waywarden.planner.weighing import Desk, weigh

#: Of a dissolved council whose turn it could be, how many are looked at before one is placed.
LOOKED_AT = 3

#: How often a council not yet taken is looked for to start a cluster from.
TRIES = 20


class Soil(NamedTuple):
    """Room for what is dissolved: councils, their old clusters, and these with what they cost."""

    councils: Ints
    was_in: Ints
    labels: Ints
    costs: Floats
    excesses: Floats


def soil_for(terms: Terms) -> Soil:
    """Return room for three clusters of the largest size."""
    most = 3 * terms.most_members
    return Soil(
        councils=np.zeros(most, dtype=np.int64),
        was_in=np.zeros(most, dtype=np.int64),
        labels=np.zeros(4, dtype=np.int64),
        costs=np.zeros(4),
        excesses=np.zeros(4),
    )


@compiled
def regrow(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    soil: Soil,
    one: int,
    other: int,
    price: float,
    allowed: float,
    rng: np.random.Generator,
) -> bool:
    """Dissolve two neighbouring clusters or three and grow them anew, if that is worth it."""
    soil.labels[0], soil.labels[1] = one, other
    clusters = _add_third(terms, grouping, soil, rng)
    wanted = clusters + _change_of_number(rng)
    if wanted > clusters and grouping.tally[FREE] == 0:
        return False
    before = grouping.total[0] + price * grouping.total[1]
    councils = _dissolve(grouping, soil, clusters)
    if wanted > clusters:
        soil.labels[clusters] = take_free(grouping)
    grown = councils >= wanted and _grow(terms, grouping, desk, soil, councils, wanted, price, rng)
    if grown and grouping.total[0] + price * grouping.total[1] - before <= allowed:
        for place in range(max(wanted, clusters)):
            if grouping.size[soil.labels[place]] == 0:
                give_free(grouping, soil.labels[place])
        return True
    _restore(terms, grouping, soil, councils, clusters, wanted)
    if wanted > clusters:
        give_free(grouping, soil.labels[clusters])
    return False


@compiled
def _change_of_number(rng: np.random.Generator) -> int:
    chance = rng.random()
    if chance < 0.2:
        return -1
    return 1 if chance < 0.4 else 0


@compiled
def _add_third(terms: Terms, grouping: Grouping, soil: Soil, rng: np.random.Generator) -> int:
    """Write down a third cluster half of the time, one next to the second, and count them."""
    if rng.random() < 0.5:
        return 2
    member = grouping.first[soil.labels[1]]
    for _ in range(int(rng.random() * grouping.size[soil.labels[1]])):
        member = grouping.after[member]
    start, end = terms.starts[member], terms.starts[member + 1]
    third = grouping.cluster[terms.near[start + int(rng.random() * (end - start))]]
    if third in (soil.labels[0], soil.labels[1]):
        return 2
    soil.labels[2] = third
    return 3


@compiled
def _dissolve(grouping: Grouping, soil: Soil, clusters: int) -> int:
    """Take the clusters' councils out, and count them."""
    councils = 0
    for place in range(clusters):
        label = soil.labels[place]
        soil.costs[place], soil.excesses[place] = grouping.cost[label], grouping.excess[label]
        for _ in range(grouping.size[label]):
            council = grouping.first[label]
            soil.councils[councils], soil.was_in[councils] = council, label
            councils += 1
            unlink(grouping, council)
        note(grouping, label, 0.0, 0.0)
    return councils


@compiled
def _restore(
    terms: Terms, grouping: Grouping, soil: Soil, councils: int, clusters: int, wanted: int
) -> None:
    """Put every council back where it was."""
    for place in range(councils):
        if grouping.cluster[soil.councils[place]] >= 0:
            unlink(grouping, soil.councils[place])
    for place in range(councils):
        enter(terms, grouping, soil.councils[place], soil.was_in[place])
    for place in range(clusters):
        note(grouping, soil.labels[place], soil.costs[place], soil.excesses[place])
    for place in range(clusters, wanted):
        note(grouping, soil.labels[place], 0.0, 0.0)


@compiled
def _grow(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    soil: Soil,
    councils: int,
    wanted: int,
    price: float,
    rng: np.random.Generator,
) -> bool:
    """Start clusters from councils drawn by lot and place the others one by one, if they fit."""
    loose = councils
    for place in range(wanted):
        seed = _draw_loose(grouping, soil, councils, rng)
        if seed >= 0:
            enter(terms, grouping, seed, soil.labels[place])
            note(grouping, soil.labels[place], terms.single[seed], 0.0)
            loose -= 1
    while loose > 0:
        if not _place_next(terms, grouping, desk, soil, councils, wanted, price, rng):
            return False
        loose -= 1
    return True


@compiled
def _draw_loose(
    grouping: Grouping, soil: Soil, councils: int, rng: np.random.Generator
) -> int:
    for _ in range(TRIES):
        council = soil.councils[int(rng.random() * councils)]
        if grouping.cluster[council] < 0:
            return council
    return NOBODY


@compiled
def _place_next(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    soil: Soil,
    councils: int,
    wanted: int,
    price: float,
    rng: np.random.Generator,
) -> bool:
    """Of a few councils, place the one that would lose the most by waiting; tell if one fits."""
    start = int(rng.random() * councils)
    most_urgent, chosen, chosen_label = math.inf, NOBODY, NOBODY
    looked_at = 0
    for place in range(councils):
        council = soil.councils[(start + place) % councils]
        if grouping.cluster[council] >= 0:
            continue
        label, urgency = _cheapest_cluster(
            terms, grouping, desk, soil, council, wanted, price, rng
        )
        if label < 0:
            continue
        if urgency < most_urgent:
            most_urgent, chosen, chosen_label = urgency, council, label
        looked_at += 1
        if looked_at == LOOKED_AT:
            break
    if chosen < 0:
        return False
    desk.entering[0] = chosen
    cost, excess = weigh(terms, grouping, desk, chosen_label, NOBODY, 1, price)
    enter(terms, grouping, chosen, chosen_label)
    note(grouping, chosen_label, cost, excess)
    return True


@compiled
def _cheapest_cluster(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    soil: Soil,
    council: int,
    wanted: int,
    price: float,
    rng: np.random.Generator,
) -> tuple[int, float]:
    """Return where a council fits best, and what that costs less what the next best place costs."""
    chosen, least, next_least = NOBODY, math.inf, math.inf
    desk.entering[0] = council
    for place in range(wanted):
        label = soil.labels[place]
        size = grouping.size[label]
        if size == 0 or size >= terms.most_members or not _may_touch(terms, grouping, council, label):
            continue
        cost, excess = weigh(terms, grouping, desk, label, NOBODY, 1, price)
        if cost >= 0.5 * NEVER:
            continue
        dearer = cost - grouping.cost[label] + price * (excess - grouping.excess[label])
        dearer *= 1.0 + 0.1 * rng.random()
        if dearer < least:
            chosen, least, next_least = label, dearer, least
        elif dearer < next_least:
            next_least = dearer
    waiting = min(next_least, least + 0.25 * abs(terms.single[council]))
    return chosen, least - waiting


@compiled
def _may_touch(terms: Terms, grouping: Grouping, council: int, label: int) -> bool:
    if not terms.is_contiguous:
        return True
    for edge in range(terms.starts[council], terms.starts[council + 1]):
        if grouping.cluster[terms.near[edge]] == label:
            return True
    return False
