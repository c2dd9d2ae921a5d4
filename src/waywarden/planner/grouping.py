"""Which council is in which cluster, kept up as councils come and go.

For each council it is kept how far it would travel as the lead of the cluster
it is in, service by service, and for each cluster the sums of its work: all
that `weigh` needs.
"""

from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.compiling import compiled
from waywarden.planner.terms import NOBODY, Terms, road_km

# The places of `Grouping.tally`.
FREE, OVERLOADED, STAMP = range(3)


class Grouping(NamedTuple):
    """Which council is in which cluster, and what follows from it.

    Clusters are numbered 0 to N - 1, most of them empty; the members of one
    stand in a ring from ``first`` on. ``travel`` and ``far`` are of each council
    as the lead of its own cluster: kilometres times trips, and how many members
    are out of its reach. ``cost`` is a cluster's without any price of overload,
    ``excess`` its overload in money; ``total`` sums both.
    """

    cluster: Ints
    size: Ints
    first: Ints
    after: Ints
    before: Ints
    sums: Floats
    travel: Floats
    far: Floats
    cost: Floats
    excess: Floats
    total: Floats
    free: Ints
    tally: Ints


def nobody_grouped(terms: Terms) -> Grouping:
    """Return the grouping in which every council is by itself."""
    councils, services = terms.trips.shape
    alone = np.arange(councils, dtype=np.int64)
    return Grouping(
        cluster=alone.copy(),
        size=np.ones(councils, dtype=np.int64),
        first=alone.copy(),
        after=alone.copy(),
        before=alone.copy(),
        sums=terms.amounts.copy(),
        travel=np.zeros((councils, services)),
        far=np.zeros((councils, services)),
        cost=terms.single.copy(),
        excess=np.zeros(councils),
        total=np.array([terms.single.sum(), 0.0]),
        free=np.zeros(councils, dtype=np.int64),
        tally=np.zeros(3, dtype=np.int64),
    )


@compiled
def count_journey(
    terms: Terms, travel: Floats, far: Floats, lead: int, member: int, sign: float
) -> None:
    """Add one member to a lead's travel, or with a sign of -1 take it off again."""
    road = road_km(terms, lead, member)
    if road > terms.limit_km:
        for service in range(far.size):
            far[service] += sign * terms.takes_part[member, service]
    else:
        way = sign * road
        for service in range(travel.size):
            travel[service] += way * terms.trips[member, service]


@compiled
def link(grouping: Grouping, council: int, label: int) -> None:
    """Put a council last in the ring of a cluster, whose sums and cost are then out of date."""
    if grouping.size[label] == 0:
        grouping.first[label] = council
        grouping.after[council] = council
        grouping.before[council] = council
    else:
        first = grouping.first[label]
        last = grouping.before[first]
        grouping.after[last] = council
        grouping.before[council] = last
        grouping.after[council] = first
        grouping.before[first] = council
    grouping.size[label] += 1
    grouping.cluster[council] = label


@compiled
def unlink(grouping: Grouping, council: int) -> None:
    """Take a council out of its cluster's ring, whose sums and cost are then out of date."""
    label = grouping.cluster[council]
    before, after = grouping.before[council], grouping.after[council]
    grouping.after[before] = after
    grouping.before[after] = before
    if grouping.first[label] == council:
        grouping.first[label] = after
    grouping.size[label] -= 1
    grouping.cluster[council] = NOBODY


@compiled
def enter(terms: Terms, grouping: Grouping, council: int, label: int) -> None:
    """Put a council last in a cluster, and bring sums and travel up to date."""
    travel, far = grouping.travel[council], grouping.far[council]
    travel[:] = 0.0
    far[:] = 0.0
    sums = grouping.sums[label]
    if grouping.size[label] == 0:
        sums[:] = 0.0
    member = grouping.first[label]
    for _ in range(grouping.size[label]):
        count_journey(terms, grouping.travel[member], grouping.far[member], member, council, 1.0)
        count_journey(terms, travel, far, council, member, 1.0)
        member = grouping.after[member]
    for kind in range(4):
        for service in range(travel.size):
            sums[kind, service] += terms.amounts[council, kind, service]
    link(grouping, council, label)


@compiled
def settle(terms: Terms, grouping: Grouping, label: int) -> None:
    """Bring the sums and travel of a cluster up to date, from nothing, in the order of its ring."""
    sums = grouping.sums[label]
    sums[:] = 0.0
    member = grouping.first[label]
    for _ in range(grouping.size[label]):
        travel, far = grouping.travel[member], grouping.far[member]
        travel[:] = 0.0
        far[:] = 0.0
        other = grouping.first[label]
        for _ in range(grouping.size[label]):
            if other != member:
                count_journey(terms, travel, far, member, other, 1.0)
            other = grouping.after[other]
        for kind in range(4):
            for service in range(travel.size):
                sums[kind, service] += terms.amounts[member, kind, service]
        member = grouping.after[member]
