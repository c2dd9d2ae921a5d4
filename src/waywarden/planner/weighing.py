"""What a cluster costs, and would cost with councils coming and going.

A cluster that gains or loses a council is priced in as many steps as it has
members, times services and ways, whatever the number of councils.
"""

from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.compiling import compiled
from waywarden.planner.grouping import Grouping, count_journey
from waywarden.planner.terms import (
    CALL_OUT,
    CAPACITY,
    NEVER,
    OVERLOAD,
    PEAK,
    SETUP,
    TAKING_PART,
    TRAVEL,
    UNIT,
    VISITS,
    WORK,
    Terms,
)


class Desk(NamedTuple):
    """Room to reckon in, so that nothing is fetched while the loops run."""

    sums: Floats
    travel: Floats
    far: Floats
    best: Floats
    excess: Floats
    entering: Ints
    reached: Ints
    queue: Ints


def desk_for(terms: Terms) -> Desk:
    """Return the room that reckoning with these terms needs."""
    councils, services = terms.trips.shape
    return Desk(
        sums=np.zeros((4, services)),
        travel=np.zeros(services),
        far=np.zeros(services),
        best=np.zeros(services),
        excess=np.zeros(services),
        entering=np.zeros(terms.most_members + 1, dtype=np.int64),
        reached=np.zeros(councils, dtype=np.int64),
        queue=np.zeros(terms.most_members + 1, dtype=np.int64),
    )


@compiled
def weigh(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    label: int,
    leaving: int,
    entering: int,
    price: float,
) -> tuple[float, float]:
    """Return cost and excess of a cluster without one council, with some others.

    ``leaving`` is a member or nobody; those who come are the first ``entering``
    of ``desk.entering``. Each service is led by whoever does it at the least
    cost, overload counting ``price`` times its rate. A cluster that nobody can
    lead costs never.
    """
    staying = grouping.size[label] - (1 if leaving >= 0 else 0)
    if staying + entering <= 1:
        return _cost_of_one(terms, grouping, desk, label, leaving, entering), 0.0
    _sum_up(terms, grouping, desk, label, leaving, entering)
    desk.best[:] = NEVER
    desk.excess[:] = 0.0
    member = grouping.first[label]
    for _ in range(grouping.size[label]):
        if member != leaving and terms.depth[member] > 0:
            desk.travel[:] = grouping.travel[member]
            desk.far[:] = grouping.far[member]
            if leaving >= 0:
                count_journey(terms, desk.travel, desk.far, member, leaving, -1.0)
            _try_lead(terms, desk, member, entering, price)
        member = grouping.after[member]
    for place in range(entering):
        _try_newcomer(terms, grouping, desk, label, leaving, entering, place, price)
    return _priced(terms, desk, staying + entering, price)


@compiled
def _cost_of_one(
    terms: Terms, grouping: Grouping, desk: Desk, label: int, leaving: int, entering: int
) -> float:
    if entering == 1:
        return terms.single[desk.entering[0]]
    if grouping.size[label] == (1 if leaving >= 0 else 0):
        return 0.0
    first = grouping.first[label]
    return terms.single[grouping.after[first] if first == leaving else first]


@compiled
def _sum_up(
    terms: Terms, grouping: Grouping, desk: Desk, label: int, leaving: int, entering: int
) -> None:
    for kind in range(4):
        for service in range(desk.best.size):
            amount = grouping.sums[label, kind, service]
            if leaving >= 0:
                amount -= terms.amounts[leaving, kind, service]
            for place in range(entering):
                amount += terms.amounts[desk.entering[place], kind, service]
            desk.sums[kind, service] = amount


@compiled
def _try_newcomer(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    label: int,
    leaving: int,
    entering: int,
    place: int,
    price: float,
) -> None:
    """Let one who enters lead."""
    newcomer = desk.entering[place]
    if terms.depth[newcomer] == 0:
        return
    desk.travel[:] = 0.0
    desk.far[:] = 0.0
    member = grouping.first[label]
    for _ in range(grouping.size[label]):
        if member != leaving:
            count_journey(terms, desk.travel, desk.far, newcomer, member, 1.0)
        member = grouping.after[member]
    _try_lead(terms, desk, newcomer, entering, price)


@compiled
def _try_lead(terms: Terms, desk: Desk, lead: int, entering: int, price: float) -> None:
    """Let a council lead every service it does at less than the best so far."""
    for place in range(entering):
        if desk.entering[place] != lead:
            count_journey(terms, desk.travel, desk.far, lead, desk.entering[place], 1.0)
    for way in range(terms.depth[lead]):
        _try_way(terms.ways[lead, way], desk.sums, desk.travel, desk.far, desk, price)


@compiled
def _try_way(
    way: Floats, sums: Floats, travel: Floats, far: Floats, desk: Desk, price: float
) -> None:
    best, excess = desk.best, desk.excess
    for service in range(best.size):
        cost = way[SETUP, service] + way[UNIT, service] * sums[WORK, service]
        cost += way[CALL_OUT, service] * sums[VISITS, service]
        cost += way[TRAVEL, service] * travel[service] + NEVER * far[service]
        over = max(0.0, sums[PEAK, service] - way[CAPACITY, service]) * way[OVERLOAD, service]
        cost += price * over
        is_better = cost < best[service]
        best[service] = cost if is_better else best[service]
        excess[service] = over if is_better else excess[service]


@compiled
def _priced(terms: Terms, desk: Desk, members: int, price: float) -> tuple[float, float]:
    cost = terms.per_cluster + members * terms.per_member
    excess = 0.0
    for service in range(desk.best.size):
        if desk.sums[TAKING_PART, service] > 0.5:
            cost += desk.best[service] - price * desk.excess[service]
            excess += desk.excess[service]
    return cost, excess
