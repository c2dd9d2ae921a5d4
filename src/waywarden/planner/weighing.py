"""What a cluster costs, and would cost with councils coming and going.

A cluster that gains or loses a council is priced in as many steps as it has
members, times services and ways, whatever the number of councils.
"""

from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.compiling import compiled
from waywarden.planner.grouping import (
    AFTER,
    BY_ROAD,
    FAR,
    FIRST,
    OVERLOADED,
    SIZE,
    Grouping,
    count_journey,
    note,
)
from waywarden.planner.terms import (
    CALL_OUT,
    CAPACITY,
    DEPTH,
    NEVER,
    NOBODY,
    PEAK,
    RATE,
    SETUP,
    SINGLE,
    TAKING_PART,
    TRAVEL,
    UNIT,
    VISITS,
    WORK,
    Terms,
)

# The places of `Desk.change`; from NEWCOMERS on stand those who enter.
LEAVING, ENTERING, NEWCOMERS = range(3)

# The rows of `Desk.least`.
CHEAPEST, OVERLOAD = range(2)


class Desk(NamedTuple):
    """Room to reckon in, so that nothing is fetched while the loops run.

    ``change`` is what a cluster is weighed with: who leaves it, if anybody, how
    many enter, and who they are.
    """

    change: Ints
    queue: Ints
    sums: Floats
    reach: Floats
    least: Floats


def desk_for(terms: Terms) -> Desk:
    """Return the room that reckoning with these terms needs."""
    services = terms.amounts.shape[2]
    change = np.zeros(NEWCOMERS + terms.most_members + 1, dtype=np.int64)
    change[LEAVING] = NOBODY
    return Desk(
        change=change,
        queue=np.zeros(terms.most_members + 2, dtype=np.int64),
        sums=np.zeros((4, services)),
        reach=np.zeros((2, services)),
        least=np.zeros((2, services)),
    )


@compiled
def exchange(desk: Desk, leaving: int, entering: int) -> None:
    """Ask for a cluster without one council and with another; either may be nobody."""
    desk.change[LEAVING] = leaving
    desk.change[ENTERING] = 1 if entering >= 0 else 0
    desk.change[NEWCOMERS] = entering


@compiled
def reprice(terms: Terms, grouping: Grouping, desk: Desk, price: float) -> None:
    """Weigh every cluster anew at a price of overload, and sum up anew."""
    desk.change[LEAVING] = NOBODY
    desk.change[ENTERING] = 0
    grouping.tally[OVERLOADED] = 0
    for label in range(grouping.bill.shape[0]):
        grouping.bill[label] = 0.0
    for label in range(grouping.cluster.size):
        if grouping.clusters[label, SIZE] > 0:
            cost, excess = weigh(terms, grouping, desk, label, price)
            note(grouping, label, cost, excess)


@compiled
def weigh(  # noqa: C901
    terms: Terms, grouping: Grouping, desk: Desk, label: int, price: float
) -> tuple[float, float]:
    """Return cost and excess of a cluster with the change asked for on the desk.

    Each service is led by whoever does it at the least cost, overload counting
    ``price`` times its rate. A cluster that nobody can lead costs never.
    """
    leaving, entering = desk.change[LEAVING], desk.change[ENTERING]
    size, first = grouping.clusters[label, SIZE], grouping.clusters[label, FIRST]
    members = size + entering - (1 if leaving >= 0 else 0)
    if members <= 1:
        return _cost_of_one(terms, grouping, desk, first, members), 0.0
    _sum_up(terms, desk, grouping.sums[label])
    member = first
    for _ in range(size):
        if member != leaving and terms.edges[member, DEPTH] > 0:
            _start_reach(desk, grouping.reach[member], 1.0)
            if leaving >= 0:
                count_journey(terms, desk.reach, member, leaving, -1.0)
            _try_lead(terms, desk, member, price)
        member = grouping.ring[member, AFTER]
    for place in range(NEWCOMERS, NEWCOMERS + entering):
        newcomer = desk.change[place]
        if terms.edges[newcomer, DEPTH] > 0:
            _start_reach(desk, desk.reach, 0.0)
            for _ in range(size):
                if member != leaving:
                    count_journey(terms, desk.reach, newcomer, member, 1.0)
                member = grouping.ring[member, AFTER]
            _try_lead(terms, desk, newcomer, price)
    return _priced(terms, desk, members, price)


@compiled
def _cost_of_one(terms: Terms, grouping: Grouping, desk: Desk, first: int, members: int) -> float:
    if members == 0:
        return 0.0
    if desk.change[ENTERING] == 1:
        first = desk.change[NEWCOMERS]
    elif first == desk.change[LEAVING]:
        first = grouping.ring[first, AFTER]
    return terms.councils[first, SINGLE]


@compiled
def _sum_up(terms: Terms, desk: Desk, sums: Floats) -> None:
    """Sum up the work of the changed cluster, and let nobody lead it yet."""
    leaving = desk.change[LEAVING]
    for service in range(sums.shape[1]):
        desk.least[CHEAPEST, service] = NEVER
        desk.least[OVERLOAD, service] = 0.0
        for kind in range(sums.shape[0]):
            amount = sums[kind, service]
            if leaving >= 0:
                amount -= terms.amounts[leaving, kind, service]
            for place in range(NEWCOMERS, NEWCOMERS + desk.change[ENTERING]):
                amount += terms.amounts[desk.change[place], kind, service]
            desk.sums[kind, service] = amount


@compiled
def _start_reach(desk: Desk, reach: Floats, part: float) -> None:
    """Start reckoning how far a lead travels from what is known already, or from nothing."""
    for service in range(reach.shape[1]):
        desk.reach[BY_ROAD, service] = part * reach[BY_ROAD, service]
        desk.reach[FAR, service] = part * reach[FAR, service]


@compiled
def _try_lead(terms: Terms, desk: Desk, lead: int, price: float) -> None:
    """Let a council lead every service it does at less than the least so far."""
    for place in range(NEWCOMERS, NEWCOMERS + desk.change[ENTERING]):
        if desk.change[place] != lead:
            count_journey(terms, desk.reach, lead, desk.change[place], 1.0)
    sums, reach, least = desk.sums, desk.reach, desk.least
    for depth in range(terms.edges[lead, DEPTH]):
        way = terms.ways[lead, depth]
        for service in range(sums.shape[1]):
            cost = way[SETUP, service] + way[UNIT, service] * sums[WORK, service]
            cost += way[CALL_OUT, service] * sums[VISITS, service]
            cost += way[TRAVEL, service] * reach[BY_ROAD, service] + NEVER * reach[FAR, service]
            over = max(0.0, sums[PEAK, service] - way[CAPACITY, service]) * way[RATE, service]
            cost += price * over
            is_less = cost < least[CHEAPEST, service]
            least[CHEAPEST, service] = cost if is_less else least[CHEAPEST, service]
            least[OVERLOAD, service] = over if is_less else least[OVERLOAD, service]


@compiled
def _priced(terms: Terms, desk: Desk, members: int, price: float) -> tuple[float, float]:
    cost = terms.per_cluster + members * terms.per_member
    excess = 0.0
    for service in range(desk.least.shape[1]):
        if desk.sums[TAKING_PART, service] > 0.5:
            over = desk.least[OVERLOAD, service]
            cost += desk.least[CHEAPEST, service] - price * over
            excess += over
    return cost, excess
