"""Which council is in which cluster, kept up as councils come and go.

For each council it is kept how far it would travel as the lead of the cluster
it is in, service by service, and for each cluster the sums of its work: all
that `weigh` needs.
"""

from typing import NamedTuple, TypeAlias

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.clusters.terms import (
    LIMIT,
    NOBODY,
    SINGLE,
    TAKING_PART,
    TRIPS,
    Terms,
    road_km,
)
from waywarden.planner.compiling import compiled_in_place, compiled_within

# The columns of `Grouping.ring`, by council, and of `Grouping.clusters`, by cluster.
AFTER, BEFORE, REACHED = range(3)
SIZE, FIRST = range(2)

# The places of `Grouping.tally`.
FREE, OVERLOADED, STAMP = range(3)

# The rows of `Grouping.reach`, and the columns of `Grouping.bill`.
BY_ROAD, FAR = range(2)
COST, EXCESS = range(2)

#: The row of the bill that sums it up.
TOTAL = -1


#: What a journey is reckoned from: the places, the table and the amounts of the terms.
Ground: TypeAlias = tuple[Floats, Floats, Floats]


class Grouping(NamedTuple):
    """Which council is in which cluster, and what follows from it.

    Clusters are numbered 0 to N - 1, most of them empty; the members of one
    stand in a ring from its first on, and the empty ones in a chain through
    that column. ``sums[k]`` are of cluster k what its members add to it.
    ``reach[j]`` is of council j as the lead of its own cluster: kilometres
    times trips, and how many members are too far. After the councils come the
    providers, as many rows for each cluster; the last row is to reckon in.
    ``bill`` is what each cluster costs without any price of overload, and its
    overload in money.
    """

    cluster: Ints
    ring: Ints
    clusters: Ints
    tally: Ints
    sums: Floats
    reach: Floats
    bill: Floats


def nobody_grouped(terms: Terms) -> Grouping:
    """Return the grouping in which every council is by itself."""
    councils, _, services = terms.amounts.shape
    alone = np.arange(councils, dtype=np.int64)
    single = terms.places[:councils, SINGLE]
    costs = np.append(single, single.sum())
    found = Grouping(
        cluster=alone.copy(),
        ring=np.stack([alone, alone, np.zeros_like(alone)], axis=1),
        clusters=np.stack([np.ones_like(alone), alone], axis=1),
        tally=np.array([NOBODY, 0, 0], dtype=np.int64),
        sums=terms.amounts[:, :TRIPS].copy(),
        reach=np.zeros((councils + councils * terms.providers + 1, 2, services)),
        bill=np.stack([costs, np.zeros_like(costs)], axis=1),
    )
    if terms.providers:
        # Who is by itself lies within the reach of the providers too.
        arrange(terms, found, alone)
    return found


@compiled_in_place
def arrange(terms: Terms, grouping: Grouping, cluster: Ints) -> None:
    """Put every council into the cluster of this number; what they cost is then out of date."""
    for label in range(cluster.size):
        grouping.clusters[label, SIZE] = 0
    for council in range(cluster.size):
        link(grouping, council, cluster[council])
    grouping.tally[FREE] = NOBODY
    for label in range(cluster.size):
        settle(terms, grouping, label)
        if grouping.clusters[label, SIZE] == 0:
            give_free(grouping, label)


@compiled_within
def give_free(grouping: Grouping, label: int) -> None:
    """Give back the number of a cluster that is now empty."""
    grouping.clusters[label, FIRST] = grouping.tally[FREE]
    grouping.tally[FREE] = label


@compiled_within
def take_free(grouping: Grouping) -> int:
    """Take the number of an empty cluster; there is one if any two councils share one."""
    label: int = grouping.tally[FREE]
    grouping.tally[FREE] = grouping.clusters[label, FIRST]
    return label


@compiled_within
def note(grouping: Grouping, label: int, cost: float, excess: float) -> None:
    """Write down what a cluster costs now, and carry it to the total."""
    bill, tally = grouping.bill, grouping.tally
    bill[TOTAL, COST] += cost - bill[label, COST]
    bill[TOTAL, EXCESS] += excess - bill[label, EXCESS]
    if bill[label, EXCESS] > 0.0:
        tally[OVERLOADED] -= 1
    if excess > 0.0:
        tally[OVERLOADED] += 1
    bill[label, COST] = cost
    bill[label, EXCESS] = excess


@compiled_within
def link(grouping: Grouping, council: int, label: int) -> None:
    """Put a council last in the ring of a cluster, whose sums are then out of date."""
    ring, clusters = grouping.ring, grouping.clusters
    if clusters[label, SIZE] == 0:
        clusters[label, FIRST] = council
        ring[council, BEFORE] = council
    first = clusters[label, FIRST]
    last = ring[first, BEFORE]
    ring[last, AFTER] = council
    ring[council, BEFORE] = last
    ring[council, AFTER] = first
    ring[first, BEFORE] = council
    clusters[label, SIZE] += 1
    grouping.cluster[council] = label


@compiled_within
def unlink(grouping: Grouping, council: int) -> None:
    """Take a council out of its cluster's ring, whose sums are then out of date."""
    ring, clusters = grouping.ring, grouping.clusters
    label = grouping.cluster[council]
    before, after = ring[council, BEFORE], ring[council, AFTER]
    ring[before, AFTER] = after
    ring[after, BEFORE] = before
    if clusters[label, FIRST] == council:
        clusters[label, FIRST] = after
    clusters[label, SIZE] -= 1
    grouping.cluster[council] = NOBODY


@compiled_within
def count_journey(
    ground: Ground, reach: Floats, row: int, lead: int, member: int, sign: float
) -> None:
    """Add one member to a lead's reach in this row, or with a sign of -1 take it off again."""
    places, table, amounts = ground
    road = road_km(places, table, lead, member)
    if road > places[lead, LIMIT]:
        for service in range(reach.shape[2]):
            reach[row, FAR, service] += sign * amounts[member, TAKING_PART, service]
    else:
        way = sign * road
        for service in range(reach.shape[2]):
            reach[row, BY_ROAD, service] += way * amounts[member, TRIPS, service]


@compiled_in_place
def enter(terms: Terms, grouping: Grouping, council: int, label: int) -> None:
    """Put a council last in a cluster, and bring its sums and reach up to date."""
    ground = terms.places, terms.table, terms.amounts
    amounts, reach, sums = terms.amounts, grouping.reach, grouping.sums
    members, member = grouping.clusters[label, SIZE], grouping.clusters[label, FIRST]
    for service in range(reach.shape[2]):
        reach[council, BY_ROAD, service] = 0.0
        reach[council, FAR, service] = 0.0
        for kind in range(sums.shape[1]):
            before = sums[label, kind, service] if members > 0 else 0.0
            sums[label, kind, service] = before + amounts[council, kind, service]
    for _ in range(members):
        count_journey(ground, reach, member, member, council, 1.0)
        count_journey(ground, reach, council, council, member, 1.0)
        member = grouping.ring[member, AFTER]
    for provider in range(terms.ways.shape[0] - terms.amounts.shape[0]):
        _come_within_reach(terms, grouping, provider, council, label)
    link(grouping, council, label)


@compiled_within
def _come_within_reach(
    terms: Terms, grouping: Grouping, provider: int, council: int, label: int
) -> None:
    """Count the journeys of a provider to a council that enters a cluster."""
    reach, row = grouping.reach, row_of_provider(terms, provider, label)
    if grouping.clusters[label, SIZE] == 0:
        for service in range(reach.shape[2]):
            reach[row, BY_ROAD, service] = 0.0
            reach[row, FAR, service] = 0.0
    ground = terms.places, terms.table, terms.amounts
    count_journey(ground, reach, row, terms.amounts.shape[0] + provider, council, 1.0)


@compiled_within
def row_of_provider(terms: Terms, provider: int, label: int) -> int:
    """Return the row of the reach where a provider's journeys to a cluster are counted."""
    councils = terms.amounts.shape[0]
    row: int = councils + label * (terms.ways.shape[0] - councils) + provider
    return row


@compiled_within
def settle(terms: Terms, grouping: Grouping, label: int) -> None:
    """Bring the sums and reach of a cluster up to date, from nothing, in the order of its ring."""
    members = grouping.clusters[label, SIZE]
    council = grouping.clusters[label, FIRST]
    grouping.clusters[label, SIZE] = 0
    for _ in range(members):
        after = grouping.ring[council, AFTER]
        enter(terms, grouping, council, label)
        council = after
