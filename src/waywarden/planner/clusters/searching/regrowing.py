"""Two or three clusters dissolved and grown again, into as many, one fewer or one more.

Moves of single councils seldom change how many clusters there are; this does.
"""

import math
from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.clusters.searching.desk import Desk, exchange
from waywarden.planner.clusters.searching.grouping import (
    AFTER,
    COST,
    EXCESS,
    FIRST,
    FREE,
    SIZE,
    TOTAL,
    Grouping,
    enter,
    give_free,
    note,
    take_free,
    unlink,
)
from waywarden.planner.clusters.searching.weighing import rate, weigh
from waywarden.planner.clusters.terms import END, NOBODY, SINGLE, START, Terms
from waywarden.planner.compiling import compiled_within

#: How many of the councils whose turn it could be are looked at before one is placed.
LOOKED_AT = 3

#: How often a council not yet taken is looked for to start a cluster from.
TRIES = 20

#: In how many of ten there is one cluster fewer, and one more.
FEWER, MORE = 0.2, 0.2

#: At most so much of what a council pays alone counts as lost by its waiting.
LOST_BY_WAITING = 0.25


class Soil(NamedTuple):
    """Room for what is dissolved.

    Councils with their old clusters, and these clusters with what they cost;
    ``found`` is the cost and the excess where a council would fit best.
    """

    councils: Ints
    labels: Ints
    bills: Floats
    found: Floats


def soil_for(terms: Terms) -> Soil:
    """Return room for three clusters of the largest size."""
    return Soil(
        councils=np.zeros((3 * terms.most_members, 2), dtype=np.int64),
        labels=np.zeros(4, dtype=np.int64),
        bills=np.zeros((4, 2)),
        found=np.zeros(2),
    )


@compiled_within
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
    if wanted > clusters and grouping.tally[FREE] == NOBODY:
        return False
    before = total(grouping, price)
    councils = dissolve(grouping, soil, clusters)
    if wanted > clusters:
        soil.labels[clusters] = take_free(grouping)
    is_grown = councils >= wanted and _grow(
        terms, grouping, desk, soil, councils, wanted, price, rng
    )
    is_worth_it = is_grown and total(grouping, price) - before <= allowed
    if not is_worth_it:
        restore(terms, grouping, soil, councils, clusters, wanted)
    for place in range(max(wanted, clusters)):
        if grouping.clusters[soil.labels[place], SIZE] == 0:
            give_free(grouping, soil.labels[place])
    return is_worth_it


@compiled_within
def total(grouping: Grouping, price: float) -> float:
    """Return what all clusters cost, their excess priced in."""
    total: float = grouping.bill[TOTAL, COST] + price * grouping.bill[TOTAL, EXCESS]
    return total


@compiled_within
def _change_of_number(rng: np.random.Generator) -> int:
    chance = rng.random()
    if chance < FEWER:
        return -1
    return 1 if chance < FEWER + MORE else 0


@compiled_within
def _add_third(terms: Terms, grouping: Grouping, soil: Soil, rng: np.random.Generator) -> int:
    """Write down a third cluster half of the time, one next to the second, and count them."""
    if rng.random() < 0.5:
        return 2
    member = grouping.clusters[soil.labels[1], FIRST]
    for _ in range(int(rng.random() * grouping.clusters[soil.labels[1], SIZE])):
        member = grouping.ring[member, AFTER]
    start, end = terms.edges[member, START], terms.edges[member, END]
    third = grouping.cluster[terms.near[start + int(rng.random() * (end - start))]]
    if third in (soil.labels[0], soil.labels[1]):
        return 2
    soil.labels[2] = third
    return 3


@compiled_within
def dissolve(grouping: Grouping, soil: Soil, clusters: int) -> int:
    """Take the clusters' councils out, and count them."""
    councils = 0
    for place in range(clusters):
        label = soil.labels[place]
        soil.bills[place, COST] = grouping.bill[label, COST]
        soil.bills[place, EXCESS] = grouping.bill[label, EXCESS]
        for _ in range(grouping.clusters[label, SIZE]):
            council = grouping.clusters[label, FIRST]
            soil.councils[councils, 0], soil.councils[councils, 1] = council, label
            councils += 1
            unlink(grouping, council)
        note(grouping, label, 0.0, 0.0)
    return councils


@compiled_within
def restore(
    terms: Terms, grouping: Grouping, soil: Soil, councils: int, clusters: int, wanted: int
) -> None:
    """Put every council back where it was."""
    for place in range(councils):
        if grouping.cluster[soil.councils[place, 0]] >= 0:
            unlink(grouping, soil.councils[place, 0])
    for place in range(councils):
        enter(terms, grouping, soil.councils[place, 0], soil.councils[place, 1])
    for place in range(clusters):
        note(grouping, soil.labels[place], soil.bills[place, COST], soil.bills[place, EXCESS])
    for place in range(clusters, wanted):
        note(grouping, soil.labels[place], 0.0, 0.0)


@compiled_within
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
    """Start clusters from councils drawn by lot and place the others one by one, if they fit.

    Next is placed, of a few councils, the one that would lose the most by waiting.
    """
    loose = councils - _sow(terms, grouping, desk, soil, councils, wanted, price, rng)
    while loose > 0:
        start = int(rng.random() * councils)
        most_urgent, chosen, label, looked_at = math.inf, NOBODY, NOBODY, 0
        cost, excess = 0.0, 0.0
        for place in range(councils):
            council = soil.councils[(start + place) % councils, 0]
            if grouping.cluster[council] >= 0:
                continue
            best, urgency = _cheapest_cluster(
                terms, grouping, desk, soil, council, wanted, price, rng
            )
            if best < 0:
                continue
            if urgency < most_urgent:
                most_urgent, chosen, label = urgency, council, best
                cost, excess = soil.found[COST], soil.found[EXCESS]
            looked_at += 1
            if looked_at == LOOKED_AT:
                break
        if chosen < 0:
            return False
        enter(terms, grouping, chosen, label)
        note(grouping, label, cost, excess)
        loose -= 1
    return True


@compiled_within
def _sow(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    soil: Soil,
    councils: int,
    wanted: int,
    price: float,
    rng: np.random.Generator,
) -> int:
    """Put one council drawn by lot into each cluster, and count those put."""
    sown = 0
    for place in range(wanted):
        for _ in range(TRIES):
            council = soil.councils[int(rng.random() * councils), 0]
            if grouping.cluster[council] < 0:
                enter(terms, grouping, council, soil.labels[place])
                rate(terms, grouping, desk, soil.labels[place], price)
                sown += 1
                break
    return sown


@compiled_within
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
    for place in range(wanted):
        label = soil.labels[place]
        if not _may_enter(terms, grouping, council, label):
            continue
        exchange(desk, NOBODY, council)
        cost, excess = weigh(terms, grouping, desk, label, price)
        bill = grouping.bill[label]
        more = cost - bill[COST] + price * (excess - bill[EXCESS])
        more *= 1.0 + 0.1 * rng.random()
        if more < least:
            chosen, least, next_least = label, more, least
            soil.found[COST], soil.found[EXCESS] = cost, excess
        elif more < next_least:
            next_least = more
    if chosen < 0:
        return NOBODY, math.inf
    most = least + LOST_BY_WAITING * terms.places[council, SINGLE]
    return chosen, least - min(next_least, most)


@compiled_within
def _may_enter(terms: Terms, grouping: Grouping, council: int, label: int) -> bool:
    size = grouping.clusters[label, SIZE]
    if size == 0 or size >= terms.most_members:
        return False
    if not terms.is_contiguous:
        return True
    for edge in range(terms.edges[council, START], terms.edges[council, END]):
        if grouping.cluster[terms.near[edge]] == label:
            return True
    return False
