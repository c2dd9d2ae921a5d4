"""What no plan of one service can cost less than: a Lagrangian bound.

Every council is offered to the sites at a price; each lead then serves those
that gain it most, whoever else does so too. Prices rise where nobody serves a
council and fall where several do. Source: K. Holmberg, M. Ronnqvist and
D. Yuan, An exact algorithm for the capacitated facility location problems
with single sourcing, European Journal of Operational Research 113 (1999).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.compiling import compiled_in_place
from waywarden.planner.location import Location
from waywarden.planner.sites.grounds import BOUNDLESS, Ground, ground_of, rows_of
from waywarden.planner.sites.knapsacks import Desk, Field, desk_for, field_of, weigh_all
from waywarden.planner.sites.proof import covering
from waywarden.planner.sites.searching.repairing import Repairer

#: What floating point could have added to a bound, as a part of it.
ROUNDING = 1e-9
#: Called between rounds with the rounds done, the bound and the best cost; to stop, return True.
Watch = Callable[[int, float, float], bool]


@dataclass(frozen=True)
class Bound:
    """A proven bound with what led to it.

    ``value`` is what no plan can cost less than; ``prices`` are what each
    council paid in the best round; ``worths`` what each site then was worth,
    below nought where opening pays; ``start`` is the cheapest plan met on the
    way (the site of each council, or -1) and ``start_cost`` its cost, infinite
    where it leaves someone unserved.
    """

    value: float
    prices: Floats
    worths: Floats
    start: Ints
    start_cost: float


def bound_of(location: Location, *, relaxed_rounds: int, exact_rounds: int) -> Bound:
    """Return a proven lower bound on every plan of one service.

    Knapsacks are filled with parts of things in the relaxed rounds and with
    whole ones in the exact rounds, which lift the bound past that of linear
    programming. Raises `Infeasible` where it is plain that no plan exists.
    """
    ground = ground_of(location)
    climb = Climb(ground)
    climb.rise(relaxed_rounds, exact=False)
    climb.rise(exact_rounds, exact=True)
    return climb.bound()


@dataclass
class Climb:
    """A climb to better prices, which may be broken off and taken up again.

    It begins at ``prices`` where some are given. After a round, ``chosen`` are
    the sites it opened and ``taken`` how far each site, open or not, would use
    the arcs of ``by_site``. With ``covering``, enough sites open for everyone
    who must be served where leads are few.
    """

    ground: Ground
    repairs_every: int = 5
    prices: Floats = field(default_factory=lambda: np.zeros(0))
    pace: float = 1.5
    covering: bool = False
    by_site: Field = field(init=False)
    _desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        ground = self.ground
        self.by_site = field_of(ground)
        self._desk = desk_for(self.by_site)
        self.taken = np.zeros(len(self.by_site.costs))
        self._worths = np.zeros(len(ground.rooms))
        self._best_of_lead = np.zeros(ground.leads.max(initial=-1) + 1, dtype=np.int64)
        is_covered = self.covering and covering.is_covered(ground)
        self._cover = covering.Cover(ground) if is_covered else None
        self._repairer = Repairer(ground, self.by_site, self._desk)
        self.chosen = np.zeros(0, dtype=np.int64)
        if len(self.prices) != len(ground.alone):
            self.prices = first_prices(ground)
        self.best_prices = self.prices.copy()
        self.best_worths = self._worths.copy()
        self.best = -math.inf
        self.rounds = 0

    @property
    def start_cost(self) -> float:
        """The cost of the cheapest plan met so far."""
        return self._repairer.cost

    def bound(self) -> Bound:
        """Return the best bound so far."""
        value = self.best - ROUNDING * (1.0 + abs(self.best))
        repairer = self._repairer
        return Bound(value, self.best_prices, self.best_worths, repairer.site_of, repairer.cost)

    def consider(self, plan: Ints) -> None:
        """Start from a plan, the site of each council or -1, unless a cheaper one is met."""
        self._repairer.consider(plan)

    def rise(
        self, rounds: int, *, exact: bool, aim: float = math.inf, watch: Watch | None = None
    ) -> None:
        """Climb for so many rounds, towards the cost of the cheapest plan known."""
        self.prices = self.best_prices.copy()
        self.pace = max(self.pace, 0.3) if exact else self.pace
        way, stalled = np.zeros_like(self.prices), 0
        for _ in range(rounds):
            value, short = self._relax(exact)
            stalled = 0 if value > self.best + 1e-5 * abs(self.best) else stalled + 1
            self._keep(value)
            self._repair()
            if watch is not None and watch(self.rounds, self.best, self.start_cost):
                return
            if stalled >= 6:
                self.pace, stalled, self.prices = self.pace * 0.7, 0, self.best_prices.copy()
            way = 0.3 * way + short
            way[(self.prices >= self.ground.alone) & (way > 0)] = 0.0
            length = float(way @ way)
            target = min(aim, self.start_cost, self.best + 0.02 * abs(self.best) + 1.0)
            if length < 1e-9 or self.pace < 2e-3 or target - self.best <= ROUNDING * abs(target):
                return
            stride = self.pace * (target - value) / length
            self.prices = np.minimum(self.prices + stride * way, self.ground.alone)

    def _relax(self, exact: bool) -> tuple[float, Floats]:
        """Return the bound at the prices, and how far each council is from being served once."""
        ground, worths = self.ground, self._worths
        is_counted = ground.most_open < BOUNDLESS
        every = is_counted or self._cover is not None
        best, desk = self._best_of_lead, self._desk
        weigh_all(self.by_site, self.prices, exact, every, worths, self.taken, best, desk)
        if self._cover is not None:
            self.chosen = best[self._cover.opened(worths[best])]
        elif is_counted:
            order = np.argsort(worths[best], kind="stable")
            self.chosen = best[order[: ground.most_open]]
        else:
            self.chosen = best[worths[best] < 0]
        served = np.zeros(len(ground.demands))
        count_served(self.by_site, self.chosen, self.taken, served)
        is_alone = self.prices >= ground.alone
        served[is_alone] = np.maximum(1.0, served[is_alone])
        self.rounds += 1
        return float(self.prices.sum() + worths[self.chosen].sum()), 1.0 - served

    def _keep(self, value: float) -> None:
        if value > self.best:
            self.best = value
            self.best_prices = self.prices.copy()
            self.best_worths = self._worths.copy()

    def _repair(self) -> None:
        if self.rounds % self.repairs_every == 0:
            self._repairer.repair(self.chosen, self.taken)


def first_prices(ground: Ground) -> Floats:
    """Return what each council's cheapest site would ask, its set-up shared by demand; or alone.

    Where a number of open sites is asked for, a set-up says little of what
    opening is worth: each council then pays what serving it would cost the
    site that is as far down its list as there are councils to a site.
    """
    rows = rows_of(ground.starts)
    prices = ground.alone.copy()
    if ground.most_open < BOUNDLESS:
        by_cost = ground.costs[np.lexsort((ground.costs, rows))]
        share = -(-len(prices) // ground.most_open)
        last = np.minimum(ground.starts[:-1] + share, ground.starts[1:]) - 1
        reached = np.flatnonzero(np.diff(ground.starts) > 0)
        prices[reached] = np.minimum(prices[reached], by_cost[last[reached]])
        return prices
    full = np.minimum(ground.demands[rows] / ground.rooms[ground.sites], 1.0)
    asked = ground.costs + ground.setups[ground.sites] * full
    np.minimum.at(prices, rows, asked)
    return prices


@compiled_in_place
def count_served(field: Field, chosen: Ints, taken: Floats, served: Floats) -> None:
    """Add up how often the chosen sites serve each council."""
    for site in chosen:
        if field.homes[site] >= 0:
            served[field.homes[site]] += 1.0
        for arc in range(field.starts[site], field.starts[site + 1]):
            served[field.councils[arc]] += taken[arc]
