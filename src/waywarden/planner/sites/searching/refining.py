"""Refines what a move rebuilt: members swap places with neighbours, clusters change their lead."""

from waywarden.planner.arrays import Ints
from waywarden.planner.compiling import compiled_within
from waywarden.planner.sites.grounds import Ground
from waywarden.planner.sites.placing import (
    LEAST,
    NOWHERE,
    TURN,
    Standing,
    clashes,
    cost_between,
    lift,
    place,
    serve,
)


@compiled_within
def refine(
    ground: Ground, standing: Standing, recentred: Ints, line_of: Ints, lifted: int, swapping: bool
) -> float:
    """Swap members with neighbours and find each cluster its best lead; return what that adds."""
    added = 0.0
    if swapping:
        for line in range(lifted):
            added += swap(ground, standing, standing.touched[line])
    for line in range(lifted):
        added += recentre(ground, standing, recentred, line_of, standing.touched[line])
    return added


@compiled_within
def swap(ground: Ground, standing: Standing, council: int) -> float:
    """Swap a council with a member of another cluster where that pays; return what it adds."""
    here = standing.site_of[council]
    if here < 0 or ground.homes[here] == council:
        return 0.0
    best, partner, cost_there, cost_here = -LEAST, -1, 0.0, 0.0
    demand = ground.demands[council]
    to_spare = ground.rooms[here] - standing.loads[here]
    for arc in range(ground.starts[council], ground.starts[council + 1]):
        site = ground.sites[arc]
        if site == here or standing.members[site] == 0:
            continue
        moved = ground.costs[arc] - standing.paying[council]
        spare = ground.rooms[site] - standing.loads[site]
        other = standing.first[site]
        while other >= 0:
            more = demand - ground.demands[other]
            if more <= spare and -more <= to_spare and moved - standing.paying[other] < best:
                cost = cost_between(ground, other, here)
                added = moved + cost - standing.paying[other]
                if added < best and may_swap(ground, standing, council, other):
                    best, partner = added, other
                    cost_there, cost_here = ground.costs[arc], cost
            other = standing.after[other]
    if partner < 0:
        return 0.0
    there = standing.site_of[partner]
    added = lift(ground, standing, council)
    added += lift(ground, standing, partner)
    added += place(ground, standing, council, there, cost_there)
    return added + place(ground, standing, partner, here, cost_here)


@compiled_within
def may_swap(ground: Ground, standing: Standing, council: int, other: int) -> bool:
    """Say whether a council may take the place of another that is free to leave it."""
    here, there = standing.site_of[council], standing.site_of[other]
    more = ground.sizes[council] - ground.sizes[other]
    if standing.crowds[there] + more > ground.most_members:
        return False
    if standing.crowds[here] - more > ground.most_members:
        return False
    if ground.homes[there] == other or clashes(ground, standing, council, there, other):
        return False
    return not clashes(ground, standing, other, here, council)


@compiled_within
def recentre(
    ground: Ground, standing: Standing, recentred: Ints, line_of: Ints, council: int
) -> float:
    """Give a council's cluster the best site seated at any of its members; return what it adds."""
    here = standing.site_of[council]
    if here < 0 or recentred[here] == standing.tally[TURN]:
        return 0.0
    recentred[here] = standing.tally[TURN]
    best, best_site = ground.setups[here] - LEAST, -1
    member = standing.first[here]
    while member >= 0:
        best += standing.paying[member]
        member = standing.after[member]
    member = standing.first[here]
    while member >= 0:
        for place_of in range(ground.seat_starts[member], ground.seat_starts[member + 1]):
            site = ground.seated[place_of]
            if _could_take_over(ground, standing, here, site):
                cost = _cost_under(ground, standing, here, site, best)
                if cost < best:
                    best, best_site = cost, site
        member = standing.after[member]
    if best_site < 0:
        return 0.0
    recentred[best_site] = standing.tally[TURN]
    return _take_over(ground, standing, line_of, here, best_site)


@compiled_within
def _could_take_over(ground: Ground, standing: Standing, here: int, site: int) -> bool:
    """Say whether a closed site could have all the members of an open one, which closes."""
    rival = standing.open_site[ground.leads[site]]
    is_free = standing.members[site] == 0 and (rival < 0 or rival == here)
    return bool(is_free and standing.loads[here] <= ground.rooms[site])


@compiled_within
def _cost_under(ground: Ground, standing: Standing, here: int, site: int, most: float) -> float:
    """Return what the members of an open site would cost under another, or more than ``most``."""
    cost: float = ground.setups[site]
    member = standing.first[here]
    while member >= 0 and cost < most:
        cost += cost_between(ground, member, site)
        member = standing.after[member]
    return cost


@compiled_within
def _take_over(ground: Ground, standing: Standing, line: Ints, here: int, site: int) -> float:
    """Move all the members of a site to another; return what that adds."""
    added, count = 0.0, 0
    while standing.members[here] > 0:
        line[count] = standing.first[here]
        added += lift(ground, standing, line[count])
        count += 1
    for spot in range(count):
        if standing.site_of[line[spot]] == NOWHERE:
            cost = cost_between(ground, line[spot], site)
            added += serve(ground, standing, line[spot], site, cost)
    return added
