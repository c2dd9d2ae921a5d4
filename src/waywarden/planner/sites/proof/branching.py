"""Proves small problems of one service to the end: a tree of smaller ones, each bounded.

Where the relaxed answers cannot agree whether a site is open, or whether it
serves a council, both are tried; what cannot hold a cheaper plan is dropped.
Source: K. Holmberg, M. Ronnqvist and D. Yuan, An exact algorithm for the
capacitated facility location problems with single sourcing, European Journal
of Operational Research 113 (1999).
"""

import heapq
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Flags, Floats, Ints
from waywarden.planner.location import Location
from waywarden.planner.sites.billing import bill, breaches
from waywarden.planner.sites.grounds import BOUNDLESS, Ground, ground_of, rows_of
from waywarden.planner.sites.proof.bounding import Bound, Climb
from waywarden.planner.sites.proof.thinning import ALIKE, thinned

#: Exact rounds that each smaller problem is bounded with, and the pace they begin at.
ROUNDS, PACE = 20, 1.0
#: A round counts for so much less than the one after it when leanings are averaged.
FADING = 0.95
#: A site open in less than this part of the late rounds, or more than the rest, is as good as told.
UNDECIDED = 0.05

#: As many smaller problems as allowed are tried where no more than these arcs are left, fewer
#: where there are more, and none beyond these, or where there were more than so many before.
FEW_ARCS, MANY_ARCS, MOST_ARCS = 1_500, 6_000, 100_000

#: Told after each smaller problem how many are done, the bound and the best cost; True stops.
Watch = Callable[[int, float, float], bool]


@dataclass(frozen=True)
class Branched:
    """The best plan known after branching, its cost, and what no plan can cost less than.

    Without a plan the cost is infinite, and so is the bound where there is none at all.
    """

    plan: Ints | None
    cost: float
    bound: float


class _Part(NamedTuple):
    """A part of all plans: those of a ground, set-ups already paid for aside."""

    bound: float
    number: int
    ground: Ground
    paid: float
    prices: Floats
    split: tuple[int, int]  # a council or -1, and a site


def nodes_worth(location: Location, bound: Bound, cost: float, nodes: int) -> int:
    """Return how many smaller problems to try of those allowed: none where a problem is large.

    The more arcs a plan cheaper than a cost could use, the longer each takes.
    """
    if len(location.sites) > MOST_ARCS:
        return 0
    arcs = len(thinned(ground_of(location), bound, cost).sites)
    return nodes * FEW_ARCS**2 // max(FEW_ARCS, arcs) ** 2 if arcs <= MANY_ARCS else 0


def branched(
    location: Location, bound: Bound, plan: Ints | None, *, nodes: int, watch: Watch | None = None
) -> Branched:
    """Look for a cheaper plan than one that keeps the rules, in at most so many smaller problems.

    Where no plan is known yet, look for any.
    """
    tree = _Tree(location, plan, np.inf if plan is None else bill(location, plan))
    climb = Climb(ground_of(location), prices=bound.prices, pace=PACE, covering=True)
    tree.weigh(climb, 0.0)
    for _ in range(0, nodes, 2):
        if not tree.parts or tree.bound >= tree.cost:
            break
        tree.split_the_worst()
        if watch is not None and watch(tree.weighed, max(bound.value, tree.bound), tree.cost):
            break
    return Branched(tree.plan, tree.cost, max(bound.value, tree.bound))


@dataclass
class _Tree:
    """The parts that could still hold a cheaper plan than the best known."""

    location: Location
    plan: Ints | None
    cost: float
    parts: list[_Part] = field(default_factory=list)
    weighed: int = 0
    step: float = field(init=False)

    def __post_init__(self) -> None:
        self.step = least_step(self.location)

    @property
    def bound(self) -> float:
        """What no plan can cost less than."""
        if self.parts and self.parts[0].bound <= self.wanted:
            return self.parts[0].bound
        return self.cost

    @property
    def wanted(self) -> float:
        """What a plan may cost at most to be cheaper than the best."""
        if math.isinf(self.cost):
            return self.cost
        hair = ALIKE * (1 + abs(self.cost))
        return self.cost - self.step + hair if self.step else self.cost - hair

    def split_the_worst(self) -> None:
        """Take the part of the lowest bound and weigh its two halves."""
        part = heapq.heappop(self.parts)
        for ground, paid in _halves(part):
            if not _is_hopeless(ground):
                prices = np.minimum(part.prices, ground.alone)
                climb = Climb(ground, prices=prices, pace=PACE, covering=True)
                self.weigh(climb, part.paid + paid)

    def weigh(self, climb: Climb, paid: float) -> None:
        """Bound a part, keep what plan it yields, and keep the part if it could hold a better."""
        self.weighed += 1
        leanings = _Leanings(climb)
        climb.rise(ROUNDS, exact=True, aim=self.cost - paid, watch=leanings.note)
        bound = climb.bound()
        self._consider(bound.start)
        if bound.value + paid > self.wanted:
            return
        ground = thinned(climb.ground, bound, self.wanted - paid)
        if _is_hopeless(ground):
            return
        split = leanings.split(ground)
        if split is None:
            self._consider(_only_plan(ground))
            return
        part = _Part(bound.value + paid, self.weighed, ground, paid, bound.prices, split)
        heapq.heappush(self.parts, part)

    def _consider(self, plan: Ints) -> None:
        if not any(breaches(self.location, plan)):
            cost = bill(self.location, plan)
            if cost < self.cost:
                self.plan, self.cost = plan, cost


class _Leanings:
    """How the late rounds of a climb lean: how often each site is open and each arc used."""

    def __init__(self, climb: Climb) -> None:
        self._climb = climb
        self.is_open = np.full(len(climb.ground.rooms), 0.5)
        self.is_used = np.full(len(climb.taken), 0.5)
        self._sites = np.repeat(np.arange(len(self.is_open)), np.diff(climb.by_site.starts))

    def note(self, rounds: int, bound: float, cost: float) -> bool:
        """Add a round to the averages; never stop the climb."""
        climb = self._climb
        chosen = np.zeros(len(self.is_open))
        chosen[climb.chosen] = 1.0
        self.is_open += (1 - FADING) * (chosen - self.is_open)
        self.is_used += (1 - FADING) * (chosen[self._sites] * climb.taken - self.is_used)
        return False

    def split(self, ground: Ground) -> tuple[int, int] | None:
        """Return what divides the plans of a ground best, a site or an arc; None for one plan."""
        site = self._site(ground)
        if site >= 0 and UNDECIDED < self.is_open[site] < 1 - UNDECIDED:
            return -1, site
        arc = self._arc(ground)
        if arc is not None:
            return arc
        return (-1, site) if site >= 0 else None

    def _site(self, ground: Ground) -> int:
        """Return the unpaid site whose opening is most in doubt, or -1."""
        sites = np.unique(ground.sites[ground.setups[ground.sites] > 0])
        return int(sites[np.argmin(abs(self.is_open[sites] - 0.5))]) if len(sites) else -1

    def _arc(self, ground: Ground) -> tuple[int, int] | None:
        """Return the council and site whose arc is most in doubt, of councils with a choice."""
        places, councils = len(ground.rooms), self._climb.by_site.councils
        rows = rows_of(ground.starts)
        is_left = np.isin(councils * places + self._sites, rows * places + ground.sites)
        arcs = np.flatnonzero(is_left & (_options(ground) > 1)[councils])
        if not len(arcs):
            return None
        arc = arcs[np.argmin(abs(self.is_used[arcs] - 0.5))]
        return int(councils[arc]), int(self._sites[arc])


def _halves(part: _Part) -> Iterator[tuple[Ground, float]]:
    """Give the plans without a site or an arc, and those with it; and what the latter pay ahead.

    A site that is to open is paid for ahead, and then has no set-up: a plan
    without it only seems dearer than it is, and the other half has it.
    """
    ground, (council, site) = part.ground, part.split
    rows, sites = rows_of(ground.starts), ground.sites
    if council >= 0:
        is_arc = (rows == council) & (sites == site)
        yield _kept(ground, ~is_arc), 0.0
        alone = ground.alone.copy()
        alone[council] = np.inf
        yield _kept(ground, is_arc | (rows != council))._replace(alone=alone), 0.0
        return
    setup, setups = float(ground.setups[site]), ground.setups.copy()
    setups[site] = np.inf
    yield _kept(ground, sites != site)._replace(setups=setups), 0.0
    setups = ground.setups.copy()
    setups[site] = 0.0
    yield ground._replace(setups=setups), setup


def _kept(ground: Ground, keep: Flags) -> Ground:
    """Return a ground with some of its arcs."""
    rows = rows_of(ground.starts)[keep]
    starts = np.searchsorted(rows, np.arange(len(ground.alone) + 1))
    return ground._replace(starts=starts, sites=ground.sites[keep], costs=ground.costs[keep])


def _options(ground: Ground) -> Ints:
    """Return in how many ways each council could be served, alone being one."""
    return np.diff(ground.starts) + np.isfinite(ground.alone)


def _is_hopeless(ground: Ground) -> bool:
    """Say whether nothing is left to serve somebody, or too little to open as many as asked."""
    if (_options(ground) == 0).any():
        return True
    asked = ground.most_open if ground.most_open < BOUNDLESS else 0
    return asked > len(np.unique(ground.leads[np.isfinite(ground.setups)]))


def least_step(location: Location) -> float:
    """Return by how much two costs of plans differ at least if at all: one where all is whole."""
    costs = np.concatenate([location.costs, location.setups, location.alone])
    costs = costs[np.isfinite(costs)]
    return 1.0 if (costs == np.floor(costs)).all() else 0.0


def _only_plan(ground: Ground) -> Ints:
    """Return the plan of a ground in which nobody has a choice."""
    plan = np.full(len(ground.alone), -1, dtype=np.int64)
    plan[rows_of(ground.starts)] = ground.sites
    return plan
