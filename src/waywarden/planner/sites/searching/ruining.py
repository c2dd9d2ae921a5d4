"""Ruin and recreate: neighbouring clusters are dissolved and rebuilt, thousands of times a second.

Source: G. Schrimpf, J. Schneider, H. Stamm-Wilbrandt and G. Dueck, Record
breaking optimization results using the ruin and recreate principle, Journal
of Computational Physics 159 (2000).
"""

import math
from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Flags, Floats, Ints
from waywarden.planner.compiling import compiled_in_place, compiled_within
from waywarden.planner.sites.grounds import Ground
from waywarden.planner.sites.knapsacks import rank
from waywarden.planner.sites.placing import (
    ALONE,
    LEAST,
    NOWHERE,
    OPEN,
    TOUCHED,
    TURN,
    Standing,
    admits,
    begin,
    cost_between,
    lift,
    may_open,
    serve,
    shift,
    undo,
)
from waywarden.planner.sites.searching.refining import refine

#: No more clusters are dissolved in a move once so many councils stand nowhere.
ENOUGH = 60
#: A cluster that could be dissolved is passed over so often.
SPARED = 0.25
#: So often a second lead is dropped or invited in a move that chooses leads.
AGAIN = 0.2
#: Places in the sums of a `Search`.
NOW, BEST = 0, 1


class Settings(NamedTuple):
    """How a search goes about it."""

    moves: int  # in all, from hot to cold
    hottest: float  # the rise in cost that is accepted as often as not, at first
    coldest: float  # and at last
    most_dissolved: int  # clusters in one move
    choosing: float  # the share of moves that choose leads first and members after
    swapping: bool  # whether members are swapped with neighbours
    hope: float  # the rise in cost that swaps might still win back
    least_open: int  # sites in a plan worth remembering
    most_open: int
    opening: float  # what a set-up here is dearer than it is
    straying: float  # what it is held to cost to be one site off the number asked for, squared


class Search(NamedTuple):
    """What a search remembers between moves: N councils, M sites."""

    near: Ints  # N x K: sites near each council, the best first, -1 where there are no more
    invited: Ints  # M: the turn in which a site may open
    recentred: Ints  # M: the turn in which a site was last considered
    keys: Floats  # N
    order: Ints  # N
    best: Ints  # N: the best plan
    changed: Ints  # N: who has moved since the best plan
    has_changed: Flags  # N
    sums: Floats  # the cost now and of the best plan
    counts: Ints  # how many have moved since the best plan


def search_from(near: Ints, standing: Standing, cost: float, settings: Settings) -> Search:
    """Return the memory of a search that starts from a standing of a known cost."""
    count = int(standing.tally[OPEN])
    is_right = settings.least_open <= count <= settings.most_open
    best = cost - settings.opening * count if is_right else math.inf
    size, places = len(standing.site_of), len(standing.loads)
    return Search(
        near=near,
        invited=np.zeros(places, dtype=np.int64),
        recentred=np.zeros(places, dtype=np.int64),
        keys=np.zeros(size),
        order=np.zeros(size, dtype=np.int64),
        best=standing.site_of.copy(),
        changed=np.zeros(size, dtype=np.int64),
        has_changed=np.zeros(size, dtype=np.bool_),
        sums=np.array([cost, best]),
        counts=np.zeros(1, dtype=np.int64),
    )


@compiled_in_place
def make_moves(
    ground: Ground,
    standing: Standing,
    search: Search,
    settings: Settings,
    first: int,
    last: int,
    rng: np.random.Generator,
) -> None:
    """Make the moves from ``first`` up to ``last``, cooling as they go."""
    cooling = math.log(settings.coldest / settings.hottest) / settings.moves
    for move in range(first, last):
        heat = settings.hottest * math.exp(cooling * move)
        limit = -heat * math.log(1.0 - rng.random())
        begin(standing)
        strayed = astray(standing, settings)
        added = try_move(ground, standing, search, settings, limit, rng)
        if added + astray(standing, settings) - strayed <= limit:
            accept(standing, search, settings, added)
        else:
            undo(ground, standing)


@compiled_within
def astray(standing: Standing, settings: Settings) -> float:
    """Return what being off the number of sites asked for is held to cost."""
    if settings.straying == 0.0:
        return 0.0
    off = float(standing.tally[OPEN] - settings.most_open)
    return settings.straying * off * off


@compiled_within
def try_move(
    ground: Ground,
    standing: Standing,
    search: Search,
    settings: Settings,
    limit: float,
    rng: np.random.Generator,
) -> float:
    """Dissolve some clusters and build others; return what that adds to the cost."""
    start = int(rng.random() * len(ground.demands))
    wanted = 1 + int(rng.random() * settings.most_dissolved)
    added = dissolve_around(ground, standing, search.near, start, wanted, rng)
    lifted = standing.tally[TOUCHED]
    is_choosing = rng.random() < settings.choosing
    if is_choosing:
        invite(ground, standing, search, rng)
    added += rebuild(ground, standing, search, lifted, is_choosing, rng)
    eased = ease(ground, standing, lifted)
    added += eased
    if eased < 0.0:
        added += ease(ground, standing, lifted)
    if added <= limit + settings.hope:
        added += refine(ground, standing, search.recentred, search.order, lifted, settings.swapping)
    return added


@compiled_within
def ease(ground: Ground, standing: Standing, lifted: int) -> float:
    """Shift each council that was lifted to where it costs least; return what that adds."""
    added = 0.0
    for line in range(lifted):
        added += shift(ground, standing, standing.touched[line])
    return added


@compiled_within
def dissolve_around(
    ground: Ground,
    standing: Standing,
    near: Ints,
    start: int,
    wanted: int,
    rng: np.random.Generator,
) -> float:
    """Dissolve up to so many clusters near a council, with those alone between them."""
    added, dissolved = 0.0, 0
    if standing.site_of[start] == ALONE:
        added += lift(ground, standing, start)
    for site in near[start]:
        if site < 0 or dissolved >= wanted or standing.tally[TOUCHED] > ENOUGH:
            break
        if standing.members[site] == 0:
            seat = ground.seats[site]
            site = standing.site_of[seat]
            if site == ALONE:
                added += lift(ground, standing, seat)
        if site >= 0 and rng.random() >= SPARED:
            dissolved += 1
            while standing.members[site] > 0:
                added += lift(ground, standing, standing.first[site])
    return added


@compiled_within
def invite(ground: Ground, standing: Standing, search: Search, rng: np.random.Generator) -> None:
    """Let the dissolved sites open again, mostly but one, and often one that was closed."""
    lifted, turn = standing.tally[TOUCHED], standing.tally[TURN]
    if lifted == 0:
        return
    for line in range(lifted):
        if standing.came_from[line] >= 0:
            search.invited[standing.came_from[line]] = turn
    for _ in range(2 if rng.random() < AGAIN else 1):
        luck = rng.random()
        dropped = standing.came_from[int(rng.random() * lifted)]
        if luck < 0.75 and dropped >= 0:
            search.invited[dropped] = 0
        if luck > 0.35:
            _invite_another(standing, search, lifted, rng)


@compiled_within
def _invite_another(
    standing: Standing, search: Search, lifted: int, rng: np.random.Generator
) -> None:
    """Let one closed site near those who were lifted open."""
    for _ in range(4):
        council = standing.touched[int(rng.random() * lifted)]
        site = search.near[council, int(rng.random() * search.near.shape[1])]
        is_new = site >= 0 and search.invited[site] != standing.tally[TURN]
        if is_new and standing.members[site] == 0:
            search.invited[site] = standing.tally[TURN]
            break


@compiled_within
def rebuild(
    ground: Ground,
    standing: Standing,
    search: Search,
    lifted: int,
    is_choosing: bool,
    rng: np.random.Generator,
) -> float:
    """Place those who stand nowhere, mostly the larger first, with noise on the costs."""
    added = 0.0
    share, noise = 0.4 + 2.8 * rng.random(), 0.15 * rng.random()
    by_size = rng.random() < 0.67
    for line in range(lifted):
        weight = ground.demands[standing.touched[line]] if by_size else 1.0
        search.keys[line] = -weight * (1.0 + 0.5 * rng.random())
    rank(search.keys, lifted, search.order)
    for spot in range(lifted):
        council = standing.touched[search.order[spot]]
        if standing.site_of[council] == NOWHERE:
            site = _tempting(ground, standing, search, council, is_choosing, share, noise, rng)
            cost = ground.alone[council] if site < 0 else cost_between(ground, council, site)
            added += serve(ground, standing, council, site, cost)
    return added


@compiled_within
def _tempting(
    ground: Ground,
    standing: Standing,
    search: Search,
    council: int,
    is_choosing: bool,
    share: float,
    noise: float,
    rng: np.random.Generator,
) -> int:
    """Return the site that looks cheapest, set-up shared by demand, or ALONE."""
    best, best_site = ground.alone[council], ALONE
    demand, least = ground.demands[council], 1.0 - 0.5 * noise
    for arc in range(ground.starts[council], ground.starts[council + 1]):
        site, cost = ground.sites[arc], ground.costs[arc]
        is_closed = standing.members[site] == 0
        if cost * least >= best or (
            is_choosing and is_closed and search.invited[site] != standing.tally[TURN]
        ):
            continue
        looks = cost * (1.0 + noise * (rng.random() - 0.5))
        if is_closed and not is_choosing:
            looks += ground.setups[site] * min(1.0, share * demand / ground.rooms[site])
        if looks >= best:
            continue
        if is_closed:
            can_be = may_open(ground, standing, council, site)
        else:
            can_be = admits(ground, standing, council, site)
        if can_be:
            best, best_site = looks, site
    return best_site


@compiled_within
def accept(standing: Standing, search: Search, settings: Settings, added: float) -> None:
    """Keep a move, and remember the plan if it is the best yet."""
    search.sums[NOW] += added
    for line in range(standing.tally[TOUCHED]):
        council = standing.touched[line]
        if not search.has_changed[council]:
            search.has_changed[council] = True
            search.changed[search.counts[0]] = council
            search.counts[0] += 1
    cost = search.sums[NOW] - settings.opening * standing.tally[OPEN]
    is_right = settings.least_open <= standing.tally[OPEN] <= settings.most_open
    if is_right and cost < search.sums[BEST] - LEAST:
        search.sums[BEST] = cost
        for line in range(search.counts[0]):
            council = search.changed[line]
            search.best[council] = standing.site_of[council]
            search.has_changed[council] = False
        search.counts[0] = 0
