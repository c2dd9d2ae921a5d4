"""What a cluster costs, and would cost with councils coming and going.

A cluster that gains or loses a council is priced in as many steps as it has
members, times services and ways, whatever the number of councils.
"""

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.clusters.searching.breaching import bar, rules_broken
from waywarden.planner.clusters.searching.desk import (
    CHEAPEST,
    ENTERING,
    LEAVING,
    NEWCOMERS,
    OVERLOAD,
    Desk,
)
from waywarden.planner.clusters.searching.grouping import (
    AFTER,
    BY_ROAD,
    FAR,
    FIRST,
    OVERLOADED,
    SIZE,
    Grouping,
    count_journey,
    note,
    row_of_provider,
)
from waywarden.planner.clusters.terms import (
    CALL_OUT,
    CAPACITY,
    DEPTH,
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
from waywarden.planner.compiling import compiled_in_place, compiled_within


@compiled_in_place
def reprice(terms: Terms, grouping: Grouping, desk: Desk, price: float) -> None:
    """Weigh every cluster anew at a price of overload, and sum up anew."""
    grouping.tally[OVERLOADED] = 0
    for label in range(grouping.bill.shape[0]):
        grouping.bill[label] = 0.0
    for label in range(grouping.cluster.size):
        if grouping.clusters[label, SIZE] > 0:
            rate(terms, grouping, desk, label, price)


@compiled_within
def rate(terms: Terms, grouping: Grouping, desk: Desk, label: int, price: float) -> None:
    """Weigh a cluster as it stands and note it; an empty one costs nothing."""
    desk.change[LEAVING] = NOBODY
    desk.change[ENTERING] = 0
    cost, excess = weigh(terms, grouping, desk, label, price)
    note(grouping, label, cost, excess)


@compiled_in_place
def weigh(
    terms: Terms, grouping: Grouping, desk: Desk, label: int, price: float
) -> tuple[float, float]:
    """Return cost and excess of a cluster with the change asked for on the desk.

    Each service is led by whoever does it at the least cost, overload counting
    ``price`` times its rate; where nobody can lead it, all of it counts so. So
    does every rule the cluster breaks.
    """
    change, ring = desk.change, grouping.ring
    last = NEWCOMERS + change[ENTERING]
    size, first = grouping.clusters[label, SIZE], grouping.clusters[label, FIRST]
    members = size + last - NEWCOMERS - (1 if change[LEAVING] >= 0 else 0)
    broken = 0.0
    if terms.has_rules:
        broken = terms.breach * rules_broken(terms, grouping, desk, label)
    if members <= 1:
        return _cost_of_one(terms.places, ring, change, first, members), broken
    _sum_up(terms.amounts, grouping.sums, change, desk.sums, label)
    _let_nobody_lead(terms.unled, desk.sums, desk.least, price)
    member = first
    for _ in range(size):
        if member != change[LEAVING] and terms.edges[member, DEPTH] > 0:
            _try_member(terms, grouping, desk, member, price)
        member = ring[member, AFTER]
    for place in range(NEWCOMERS, last):
        if terms.edges[change[place], DEPTH] > 0:
            _try_newcomer(terms, grouping, desk, place, label, price)
    for provider in range(terms.ways.shape[0] - terms.amounts.shape[0]):
        _try_provider(terms, grouping, desk, provider, label, price)
    coordination = terms.per_cluster + members * terms.per_member
    cost, excess = _priced(desk.sums, desk.least, coordination, price)
    return cost, excess + broken


@compiled_within
def _let_nobody_lead(unled: Floats, sums: Floats, least: Floats, price: float) -> None:
    """Begin with every service led by nobody, which is all overload."""
    for service in range(least.shape[1]):
        least[OVERLOAD, service] = unled[service] * sums[TAKING_PART, service]
        least[CHEAPEST, service] = price * least[OVERLOAD, service]


@compiled_within
def _try_member(terms: Terms, grouping: Grouping, desk: Desk, member: int, price: float) -> None:
    """Let a council that stays lead every service it does at less than the least so far."""
    change, reach = desk.change, grouping.reach
    ground = terms.places, terms.table, terms.amounts
    spare = reach.shape[0] - 1
    _start_reach(reach, member, 1.0)
    if change[LEAVING] >= 0:
        count_journey(ground, reach, spare, member, change[LEAVING], -1.0)
    for place in range(NEWCOMERS, NEWCOMERS + change[ENTERING]):
        count_journey(ground, reach, spare, member, change[place], 1.0)
    if terms.has_rules:
        bar(desk.must, reach, spare, member)
    depth = terms.edges[member, DEPTH]
    _try_lead(terms.ways, reach, desk.sums, desk.least, member, depth, price)


@compiled_within
def _try_newcomer(
    terms: Terms, grouping: Grouping, desk: Desk, place: int, label: int, price: float
) -> None:
    """Let a council that enters lead every service it does at less than the least so far."""
    change, reach, ring = desk.change, grouping.reach, grouping.ring
    ground = terms.places, terms.table, terms.amounts
    newcomer, spare = change[place], reach.shape[0] - 1
    _start_reach(reach, newcomer, 0.0)
    member = grouping.clusters[label, FIRST]
    for _ in range(grouping.clusters[label, SIZE]):
        if member != change[LEAVING]:
            count_journey(ground, reach, spare, newcomer, member, 1.0)
        member = ring[member, AFTER]
    for other in range(NEWCOMERS, NEWCOMERS + change[ENTERING]):
        if other != place:
            count_journey(ground, reach, spare, newcomer, change[other], 1.0)
    if terms.has_rules:
        bar(desk.must, reach, spare, newcomer)
    depth = terms.edges[newcomer, DEPTH]
    _try_lead(terms.ways, reach, desk.sums, desk.least, newcomer, depth, price)


@compiled_within
def _try_provider(
    terms: Terms, grouping: Grouping, desk: Desk, provider: int, label: int, price: float
) -> None:
    """Let a provider lead every service it does at less than the least so far."""
    change, reach = desk.change, grouping.reach
    ground = terms.places, terms.table, terms.amounts
    lead, spare = terms.amounts.shape[0] + provider, reach.shape[0] - 1
    _start_reach(reach, row_of_provider(terms, provider, label), 1.0)
    if change[LEAVING] >= 0:
        count_journey(ground, reach, spare, lead, change[LEAVING], -1.0)
    for place in range(NEWCOMERS, NEWCOMERS + change[ENTERING]):
        count_journey(ground, reach, spare, lead, change[place], 1.0)
    if terms.has_rules:
        bar(desk.must, reach, spare, lead)
    depth = terms.edges[lead, DEPTH]
    _try_lead(terms.ways, reach, desk.sums, desk.least, lead, depth, price)


@compiled_within
def _cost_of_one(places: Floats, ring: Ints, change: Ints, first: int, members: int) -> float:
    if members == 0:
        return 0.0
    if change[ENTERING] == 1:
        first = change[NEWCOMERS]
    elif first == change[LEAVING]:
        first = ring[first, AFTER]
    single: float = places[first, SINGLE]
    return single


@compiled_within
def _sum_up(amounts: Floats, known: Floats, change: Ints, sums: Floats, label: int) -> None:
    """Sum up the work of the changed cluster."""
    leaving, last = change[LEAVING], NEWCOMERS + change[ENTERING]
    for service in range(sums.shape[1]):
        for kind in range(sums.shape[0]):
            amount = known[label, kind, service]
            if leaving >= 0:
                amount -= amounts[leaving, kind, service]
            for place in range(NEWCOMERS, last):
                amount += amounts[change[place], kind, service]
            sums[kind, service] = amount


@compiled_within
def _start_reach(reach: Floats, row: int, part: float) -> None:
    """Start reckoning how far a lead travels from what is known already, or from nothing."""
    spare = reach.shape[0] - 1
    for service in range(reach.shape[2]):
        reach[spare, BY_ROAD, service] = part * reach[row, BY_ROAD, service]
        reach[spare, FAR, service] = part * reach[row, FAR, service]


@compiled_within
def _try_lead(
    ways: Floats,
    reach: Floats,
    sums: Floats,
    least: Floats,
    lead: int,
    depth: int,
    price: float,
) -> None:
    """Let a council lead every service it does at less than the least so far."""
    spare = reach.shape[0] - 1
    for service in range(least.shape[1]):
        if reach[spare, FAR, service] > 0.5:
            continue
        cheapest, overload = least[CHEAPEST, service], least[OVERLOAD, service]
        for way in range(depth):
            cost = ways[lead, service, way, SETUP]
            cost += ways[lead, service, way, UNIT] * sums[WORK, service]
            cost += ways[lead, service, way, CALL_OUT] * sums[VISITS, service]
            cost += ways[lead, service, way, TRAVEL] * reach[spare, BY_ROAD, service]
            if cost < cheapest:
                over = max(0.0, sums[PEAK, service] - ways[lead, service, way, CAPACITY])
                over *= ways[lead, service, way, RATE]
                if cost + price * over < cheapest:
                    cheapest, overload = cost + price * over, over
        least[CHEAPEST, service], least[OVERLOAD, service] = cheapest, overload


@compiled_within
def _priced(sums: Floats, least: Floats, coordination: float, price: float) -> tuple[float, float]:
    cost, excess = coordination, 0.0
    for service in range(least.shape[1]):
        if sums[TAKING_PART, service] > 0.5:
            over = least[OVERLOAD, service]
            cost += least[CHEAPEST, service] - price * over
            excess += over
    return cost, excess
