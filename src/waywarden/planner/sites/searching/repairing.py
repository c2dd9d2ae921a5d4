"""Makes a plan of one service out of a relaxed answer, and mends it by plain steps downhill."""

import math

import numpy as np

from waywarden.planner.arrays import Flags, Floats, Ints
from waywarden.planner.compiling import compiled_in_place, compiled_within
from waywarden.planner.sites.grounds import BOUNDLESS, Ground
from waywarden.planner.sites.knapsacks import Desk, Field, rank
from waywarden.planner.sites.placing import (
    ALONE,
    LEAST,
    NOWHERE,
    OPEN,
    TOUCHED,
    Standing,
    admits,
    begin,
    cost_between,
    leaving,
    lift,
    may_leave,
    may_open,
    nobody_placed,
    place,
    serve,
    shift,
    undo,
)

#: More than this part of a council served by a site counts as served by it.
NEARLY_WHOLE = 0.99
#: A repaired plan is gone over at most so many times.
PASSES = 6
#: So many times the dearest service is what leaving a council unserved counts for in the search.
DETERRENT = 20.0


def coaxed(ground: Ground) -> Ground:
    """Return a ground on which every standing has a cost, the forbidden ones a very high one.

    A council that must be served may stand alone at a deterrent cost; where a
    number of open sites is asked for, opening one saves what another would.
    """
    costs, setups = ground.costs, ground.setups[np.isfinite(ground.setups)]
    alone = ground.alone[np.isfinite(ground.alone)]
    dearest = sum(float(amounts.max(initial=0.0)) for amounts in (costs, setups, alone))
    deterrent = DETERRENT * (dearest + 1.0)
    return ground._replace(
        alone=np.where(np.isfinite(ground.alone), ground.alone, deterrent),
        setups=ground.setups - _saved_by_opening(ground, deterrent),
    )


def _saved_by_opening(ground: Ground, deterrent: float) -> float:
    """Return how much of a set-up is paid anyway, where so many sites must be open."""
    if ground.most_open == BOUNDLESS:
        return 0.0
    cheapest = np.full(ground.leads.max(initial=-1) + 1, np.inf)
    np.minimum.at(cheapest, ground.leads, np.where(ground.homes < 0, ground.setups, np.inf))
    return min(float(np.sort(cheapest)[ground.most_open - 1]), deterrent)


class Repairer:
    """Turns relaxed answers into plans and keeps the cheapest."""

    def __init__(self, ground: Ground, field: Field, desk: Desk) -> None:
        self._ground, self._field, self._desk = coaxed(ground), field, desk
        self._true_ground = ground
        self._standing = nobody_placed(ground)
        self._by_demand = np.argsort(-ground.demands, kind="stable").astype(np.int64)
        self.site_of: Ints = np.full(len(ground.demands), ALONE)
        self._cost = standing_cost(self._ground, self.site_of)

    @property
    def cost(self) -> float:
        """The cost of the cheapest plan; infinite while it leaves someone unserved."""
        return standing_cost(self._true_ground, self.site_of)

    def repair(self, chosen: Ints, taken: Floats) -> None:
        """Serve councils as the relaxed answer does where that can be, and mend the rest."""
        ground, standing = self._ground, self._standing
        clear(ground, standing)
        follow(ground, standing, self._field, chosen, taken)
        passes, field, desk = 0, self._field, self._desk
        while passes < PASSES and descend(ground, standing, field, desk, self._by_demand) < -LEAST:
            passes += 1
        self.consider(standing.site_of)

    def consider(self, site_of: Ints) -> None:
        """Keep a plan if it is cheaper than any so far."""
        cost = standing_cost(self._ground, site_of)
        if cost < self._cost - LEAST:
            self._cost, self.site_of = cost, site_of.copy()


def standing_cost(ground: Ground, site_of: Ints) -> float:
    """Return what a plan costs, added up from nothing."""
    return _added_up(ground, site_of, np.zeros(len(ground.rooms), dtype=np.bool_))


@compiled_in_place
def _added_up(ground: Ground, site_of: Ints, is_open: Flags) -> float:
    cost = 0.0
    for council in range(len(site_of)):
        site = site_of[council]
        if site < 0:
            cost += ground.alone[council]
        else:
            cost += cost_between(ground, council, site)
            if not is_open[site]:
                is_open[site] = True
                cost += ground.setups[site]
    return cost


@compiled_in_place
def clear(ground: Ground, standing: Standing) -> None:
    """Leave everyone nowhere and every site closed."""
    begin(standing)
    for council in range(len(standing.site_of)):
        if standing.site_of[council] != NOWHERE:
            lift(ground, standing, council)


@compiled_in_place
def stand(ground: Ground, standing: Standing, site_of: Ints) -> None:
    """Place everyone, who stands nowhere yet, as a plan says."""
    for council in range(len(site_of)):
        site = site_of[council]
        cost = ground.alone[council] if site < 0 else cost_between(ground, council, site)
        place(ground, standing, council, site, cost)


@compiled_in_place
def follow(ground: Ground, standing: Standing, field: Field, chosen: Ints, taken: Floats) -> None:
    """Serve councils by the sites a relaxed answer chose for them: the cheapest that has room."""
    for site in chosen:
        home = field.homes[site]
        if (
            home >= 0
            and standing.site_of[home] == NOWHERE
            and may_open(ground, standing, home, site)
        ):
            place(ground, standing, home, site, ground.home_costs[site])
    for site in chosen:
        for arc in range(field.starts[site], field.starts[site + 1]):
            if taken[arc] > NEARLY_WHOLE:
                _offer(ground, standing, field.councils[arc], site, field.costs[arc])


@compiled_within
def _offer(ground: Ground, standing: Standing, council: int, site: int, cost: float) -> None:
    """Serve a council by a site if that can be, and is cheaper than by another it has."""
    here = standing.site_of[council]
    if here >= 0 and (cost >= standing.paying[council] or not may_leave(ground, standing, council)):
        return
    if standing.members[site] > 0:
        can_be = admits(ground, standing, council, site)
    else:
        can_be = may_open(ground, standing, council, site)
    if can_be:
        if here >= 0:
            lift(ground, standing, council)
        serve(ground, standing, council, site, cost)


@compiled_in_place
def descend(ground: Ground, standing: Standing, field: Field, desk: Desk, order: Ints) -> float:
    """Shift every council, then open and close every site where that pays; return what it adds."""
    added = 0.0
    begin(standing)
    for council in order:
        added += shift(ground, standing, council)
    for site in range(len(ground.rooms)):
        if standing.members[site] == 0:
            added += try_opening(ground, standing, field, desk, site)
    for site in range(len(ground.rooms)):
        if standing.members[site] > 0:
            added += try_closing(ground, standing, site)
    return added


@compiled_within
def try_opening(ground: Ground, standing: Standing, field: Field, desk: Desk, site: int) -> float:
    """Open a closed site for all who gain by it, if together they do; return what that adds."""
    count, gained = _who_gain(ground, standing, field, desk, site)
    home = ground.homes[site]
    if not _may_open_now(ground, standing, site):
        return 0.0
    if ground.setups[site] + ground.home_costs[site] - gained >= _home_saving(standing, home):
        return 0.0
    begin(standing)
    added = 0.0
    if home >= 0:
        added = lift(ground, standing, home)
        added += serve(ground, standing, home, site, ground.home_costs[site])
    rank(desk.keys, count, desk.order)
    for spot in range(count):
        arc = desk.arcs[desk.order[spot]]
        council = field.councils[arc]
        fits = admits(ground, standing, council, site)
        if fits and may_leave(ground, standing, council):
            added += lift(ground, standing, council)
            added += place(ground, standing, council, site, field.costs[arc])
    if added >= -LEAST:
        undo(ground, standing)
        return 0.0
    return added


@compiled_within
def _may_open_now(ground: Ground, standing: Standing, site: int) -> bool:
    """Say whether a closed site could open with nobody but its home moving."""
    home = ground.homes[site]
    if home >= 0:
        is_free = may_leave(ground, standing, home)
        return is_free and may_open(ground, standing, home, site)
    is_rivalled = standing.open_site[ground.leads[site]] >= 0
    return not is_rivalled and standing.tally[OPEN] < ground.most_open


@compiled_within
def _home_saving(standing: Standing, home: int) -> float:
    """Return what a site's home pays now; nothing where a site has no home."""
    return standing.paying[home] if home >= 0 else 0.0


@compiled_within
def _who_gain(
    ground: Ground, standing: Standing, field: Field, desk: Desk, site: int
) -> tuple[int, float]:
    """Lay those who would pay less at a site on the desk; return how many, and the gain of all."""
    count, gained = 0, 0.0
    for arc in range(field.starts[site], field.starts[site + 1]):
        council = field.councils[arc]
        gain = leaving(ground, standing, council) - field.costs[arc]
        if gain > 0.0:
            weight = ground.demands[council]
            desk.arcs[count] = arc
            desk.keys[count] = -gain / weight if weight > 0.0 else -math.inf
            gained += gain
            count += 1
    return count, gained


@compiled_within
def try_closing(ground: Ground, standing: Standing, site: int) -> float:
    """Close a site if its members all pay less elsewhere; return what that adds."""
    begin(standing)
    added = 0.0
    while standing.members[site] > 0:
        added += lift(ground, standing, standing.first[site])
    for line in range(standing.tally[TOUCHED]):
        added += settle(ground, standing, standing.touched[line], site)
    if added >= -LEAST:
        undo(ground, standing)
        return 0.0
    return added


@compiled_within
def settle(ground: Ground, standing: Standing, council: int, shunned: int) -> float:
    """Place a council that stands nowhere in the cheapest open site, or alone."""
    best, best_site = ground.alone[council], ALONE
    for arc in range(ground.starts[council], ground.starts[council + 1]):
        site, cost = ground.sites[arc], ground.costs[arc]
        if cost < best and site != shunned and standing.members[site] > 0:
            fits = admits(ground, standing, council, site)
            best, best_site = (cost, site) if fits else (best, best_site)
    return place(ground, standing, council, best_site, best)
