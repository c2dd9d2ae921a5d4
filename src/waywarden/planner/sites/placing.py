"""Who is served where while a plan is sought: councils are placed and taken up one by one.

Every change between `begin` and now can be undone in time that depends only on
how much changed.
"""

import math
from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.compiling import compiled_within
from waywarden.planner.sites.grounds import Ground

ALONE, NOWHERE = -1, -2
#: In place of a council.
NOBODY = -1
#: Places in the tally of a `Standing`.
OPEN, TOUCHED, TURN = 0, 1, 2
#: The least difference in cost that counts as one.
LEAST = 1e-7


class Standing(NamedTuple):
    """Where everyone stands: N councils, M sites, L leads. The arrays change as councils move.

    ``first``, ``after`` and ``before`` chain the members of each site. The
    journal holds who was taken up in this turn, and where from.
    """

    site_of: Ints  # N: a site, ALONE or NOWHERE
    paying: Floats  # N: what its service costs now, without set-ups
    loads: Floats  # M
    members: Ints  # M: how many; a site is open while there are any
    crowds: Ints  # M: how many they count for
    first: Ints  # M
    after: Ints  # N
    before: Ints  # N
    open_site: Ints  # L, -1 where no site of the lead is open
    touched: Ints  # N: the journal
    came_from: Ints  # N
    had_paid: Floats  # N
    stamps: Ints  # N
    tally: Ints


def nobody_placed(ground: Ground) -> Standing:
    """Return a standing in which no council is placed yet."""
    size, places = len(ground.demands), len(ground.rooms)
    return Standing(
        site_of=np.full(size, NOWHERE),
        paying=np.zeros(size),
        loads=np.zeros(places),
        members=np.zeros(places, dtype=np.int64),
        crowds=np.zeros(places, dtype=np.int64),
        first=np.full(places, -1),
        after=np.full(size, -1),
        before=np.full(size, -1),
        open_site=np.full(ground.leads.max(initial=-1) + 1, -1),
        touched=np.zeros(size, dtype=np.int64),
        came_from=np.zeros(size, dtype=np.int64),
        had_paid=np.zeros(size),
        stamps=np.zeros(size, dtype=np.int64),
        tally=np.zeros(3, dtype=np.int64),
    )


@compiled_within
def cost_between(ground: Ground, council: int, site: int) -> float:
    """Return what it costs a site to serve a council; infinite where it cannot."""
    low, high = ground.starts[council], ground.starts[council + 1]
    end = high
    while low < high:
        middle = (low + high) // 2
        if ground.sites[middle] < site:
            low = middle + 1
        else:
            high = middle
    if low < end and ground.sites[low] == site:
        cost: float = ground.costs[low]
        return cost
    return math.inf


@compiled_within
def begin(standing: Standing) -> None:
    """Open a new turn: what changes from here can be undone together."""
    standing.tally[TOUCHED] = 0
    standing.tally[TURN] += 1


@compiled_within
def _note(standing: Standing, council: int) -> None:
    """Write into the journal where a council stood when the turn began."""
    if standing.stamps[council] != standing.tally[TURN]:
        standing.stamps[council] = standing.tally[TURN]
        line = standing.tally[TOUCHED]
        standing.touched[line] = council
        standing.came_from[line] = standing.site_of[council]
        standing.had_paid[line] = standing.paying[council]
        standing.tally[TOUCHED] = line + 1


@compiled_within
def place(ground: Ground, standing: Standing, council: int, site: int, cost: float) -> float:
    """Put a council that stands nowhere under a site, or alone; return what that adds."""
    standing.site_of[council] = site
    standing.paying[council] = cost
    if site == ALONE:
        return cost
    added = cost
    if standing.members[site] == 0:
        added += ground.setups[site]
        standing.open_site[ground.leads[site]] = site
        standing.tally[OPEN] += 1
    standing.loads[site] += ground.demands[council]
    standing.members[site] += 1
    standing.crowds[site] += ground.sizes[council]
    head = standing.first[site]
    standing.after[council] = head
    standing.before[council] = -1
    if head >= 0:
        standing.before[head] = council
    standing.first[site] = council
    return added


@compiled_within
def lift(ground: Ground, standing: Standing, council: int) -> float:
    """Take a council up, and close its site if it was the last; return what that adds."""
    _note(standing, council)
    site = standing.site_of[council]
    added: float = -standing.paying[council]
    standing.site_of[council] = NOWHERE
    if site < 0:
        return added
    back, ahead = standing.before[council], standing.after[council]
    if back >= 0:
        standing.after[back] = ahead
    else:
        standing.first[site] = ahead
    if ahead >= 0:
        standing.before[ahead] = back
    standing.loads[site] -= ground.demands[council]
    standing.members[site] -= 1
    standing.crowds[site] -= ground.sizes[council]
    if standing.members[site] == 0:
        standing.loads[site] = 0.0
        standing.open_site[ground.leads[site]] = -1
        standing.tally[OPEN] -= 1
        added -= ground.setups[site]
    return added


@compiled_within
def undo(ground: Ground, standing: Standing) -> None:
    """Put everyone back to where the turn began."""
    for line in range(standing.tally[TOUCHED]):
        if standing.site_of[standing.touched[line]] != NOWHERE:
            lift(ground, standing, standing.touched[line])
    for line in range(standing.tally[TOUCHED]):
        council, site = standing.touched[line], standing.came_from[line]
        if site != NOWHERE:
            place(ground, standing, council, site, standing.had_paid[line])


@compiled_within
def admits(ground: Ground, standing: Standing, council: int, site: int) -> bool:
    """Say whether an open site has room for one more council."""
    fits = standing.loads[site] + ground.demands[council] <= ground.rooms[site]
    if not fits or standing.crowds[site] + ground.sizes[council] > ground.most_members:
        return False
    return not clashes(ground, standing, council, site, NOBODY)


@compiled_within
def clashes(ground: Ground, standing: Standing, council: int, site: int, leaver: int) -> bool:
    """Say whether a council must be apart from a member of a site other than one who leaves."""
    for line in range(ground.apart_starts[council], ground.apart_starts[council + 1]):
        other = ground.apart[line]
        if other != leaver and standing.site_of[other] == site:
            return True
    return False


@compiled_within
def may_leave(ground: Ground, standing: Standing, council: int) -> bool:
    """Say whether a council is free to go: a lead that serves others is not."""
    site = standing.site_of[council]
    return bool(site < 0 or ground.homes[site] != council or standing.members[site] == 1)


@compiled_within
def leaving(ground: Ground, standing: Standing, council: int) -> float:
    """Return what is saved when a council leaves, its site closing if it was the last."""
    site = standing.site_of[council]
    if site == NOWHERE:
        return 0.0
    saved: float = standing.paying[council]
    if site >= 0 and standing.members[site] == 1:
        saved += ground.setups[site]
    return saved


@compiled_within
def may_open(ground: Ground, standing: Standing, council: int, site: int) -> bool:
    """Say whether a closed site could open for a council, which would leave where it stands."""
    here = standing.site_of[council]
    makes_way = here >= 0 and standing.members[here] == 1
    if standing.tally[OPEN] - makes_way >= ground.most_open:
        return False
    rival = standing.open_site[ground.leads[site]]
    if rival >= 0 and not (makes_way and rival == here):
        return False
    home = ground.homes[site]
    return home < 0 or home == council or may_leave(ground, standing, home)


@compiled_within
def opening(ground: Ground, standing: Standing, council: int, site: int) -> float:
    """Return what opening a closed site for a council costs, its home being served at once."""
    added: float = ground.setups[site]
    home = ground.homes[site]
    if home < 0 or home == council:
        return added
    added += ground.home_costs[site] - leaving(ground, standing, home)
    here = standing.site_of[council]
    if here >= 0 and here == standing.site_of[home] and standing.members[here] == 2:
        added -= ground.setups[here]
    return added


@compiled_within
def serve(ground: Ground, standing: Standing, council: int, site: int, cost: float) -> float:
    """Place a council that stands nowhere, bringing home the site's home first if it opens."""
    added = 0.0
    if site >= 0 and standing.members[site] == 0:
        home = ground.homes[site]
        if home >= 0 and home != council:
            if standing.site_of[home] != NOWHERE:
                added += lift(ground, standing, home)
            added += place(ground, standing, home, site, ground.home_costs[site])
    return added + place(ground, standing, council, site, cost)


@compiled_within
def asked(ground: Ground, standing: Standing, council: int, site: int, cost: float) -> float:
    """Return what it costs that a site serves one more council, which it may have to open for."""
    if standing.members[site] > 0:
        return cost if admits(ground, standing, council, site) else math.inf
    if may_open(ground, standing, council, site):
        return cost + opening(ground, standing, council, site)
    return math.inf


@compiled_within
def shift(ground: Ground, standing: Standing, council: int) -> float:
    """Move a council to where the whole costs least; return what that adds, nought or less."""
    if not may_leave(ground, standing, council):
        return 0.0
    here, saved = standing.site_of[council], leaving(ground, standing, council)
    best, best_site, best_cost = -LEAST, NOWHERE, 0.0
    if here == NOWHERE:
        best = math.inf
    if here != ALONE and ground.alone[council] - saved < best:
        best, best_site, best_cost = ground.alone[council] - saved, ALONE, ground.alone[council]
    for arc in range(ground.starts[council], ground.starts[council + 1]):
        site, cost = ground.sites[arc], ground.costs[arc]
        if site != here and cost - saved < best:
            added = asked(ground, standing, council, site, cost) - saved
            if added < best:
                best, best_site, best_cost = added, site, cost
    if best_site == NOWHERE:
        return 0.0
    added = lift(ground, standing, council)
    return added + serve(ground, standing, council, best_site, best_cost)
