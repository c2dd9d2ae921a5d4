"""The largest shares of one service that no group of councils could better by itself.

Shares are stable where they sum, over every group that one site could serve,
to at most what that would cost. The largest stable total is the optimum of a
linear program with a row for each group: the dual of the relaxed partition of
councils into groups, so that a plan can be paid for in full by stable shares
just where this relaxation has no gap. Rows are found as they are needed: who
gains most at a site is the knapsack of the Lagrangian bound.

Source: A. Caprara and A. N. Letchford, New techniques for cost sharing in
combinatorial optimization games, Mathematical Programming 124 (2010); the box
around the best shares so far is that of R. E. Marsten, W. W. Hogan and
J. W. Blankenship, The boxstep method for large-scale optimization, Operations
Research 23 (1975).
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Event

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.location import Location
from waywarden.planner.shares.county.mending import HAIR, mend
from waywarden.planner.shares.county.table import Rival, Table
from waywarden.planner.sites.grounds import Ground, ground_of
from waywarden.planner.sites.knapsacks import desk_for, field_of, weigh_all
from waywarden.planner.sites.proof.bounding import Climb
from waywarden.planner.telling import tell_nobody

#: Told the share of the work that is done, the total so far and what none can exceed.
Tell = Callable[[float, float, float], None]

#: The rounds of the bound from whose prices the shares start.
RELAXED_ROUNDS, EXACT_ROUNDS = 120, 60
#: How far shares may move from the best so far, as a part of them; and how much further
#: if need be, and how often.
BOX, WIDER, WIDEST = 0.02, 3.0, 16
#: How near the best so far the shares are at which new groups are sought.
NEARNESS = 0.8


@dataclass(frozen=True)
class Steady:
    """Stable shares of one service, by council, and what no stable shares can sum to more than.

    ``rounds`` were needed, in which ``groups`` that would have been better off
    were found.
    """

    shares: Floats
    ceiling: float
    rounds: int
    groups: int


def steady_shares(
    location: Location,
    *,
    rounds: int,
    tolerance: float,
    tell: Tell = tell_nobody,
    stop: Event | None = None,
) -> Steady:
    """Return stable shares of one service within a tolerance of the largest, as a part of them.

    They are stable whether or not the rounds suffice, or ``stop`` is set, to
    come so near. Every site may serve any number of groups. Raises
    `Infeasible` where a council can neither be alone nor served.
    """
    search = _Search(ground_of(location))
    search.start()
    done = 0
    while done < rounds and not (stop is not None and stop.is_set()):
        done += 1
        if search.is_done(tolerance):
            break
        tell(done / rounds, search.total, search.ceiling)
    tell(1.0, search.total, search.ceiling)
    return Steady(search.best, max(search.ceiling, search.total), done, len(search.table))


@dataclass
class _Search:
    """Shares that are stable, and groups that keep them from being larger."""

    ground: Ground
    table: Table = field(init=False)
    best: Floats = field(init=False)
    total: float = -math.inf
    ceiling: float = math.inf
    _widened: int = 0

    def __post_init__(self) -> None:
        self._field = field_of(self.ground)
        self._desk = desk_for(self._field)
        self._taken = np.zeros(len(self._field.costs))
        self._worths = np.zeros(len(self.ground.rooms))
        self._best_of_lead = np.zeros(self.ground.leads.max(initial=-1) + 1, dtype=np.int64)
        self.table = Table(len(self.ground.demands))

    def start(self) -> None:
        """Begin with the prices at which the bound on plans is best."""
        climb = Climb(self.ground)
        climb.rise(RELAXED_ROUNDS, exact=False)
        climb.rise(EXACT_ROUNDS, exact=True)
        self._try(climb.best_prices)
        self._box = BOX * (np.abs(self.best) + np.abs(self.best).mean())

    def is_done(self, tolerance: float) -> bool:
        """Look once for larger shares; return whether those found are near enough to the largest.

        Where whole things were rounded to fill a knapsack, the shares may be
        lowered for groups that are no groups; then there is no more to be done.
        """
        low, high = self.best - self._box, self.best + self._box
        asked, is_largest = self.table.largest(low, high, self.ground.alone)
        limit = math.fsum(asked)
        if is_largest:
            self.ceiling = min(self.ceiling, limit)
        new = self._try(NEARNESS * self.best + (1 - NEARNESS) * asked) or self._try(asked)
        is_over = not new or limit - self.total <= tolerance * abs(limit)
        if is_over and not is_largest and self._widened < WIDEST:
            self._box, self._widened = self._box * WIDER, self._widened + 1
            return False
        return is_over

    def _try(self, shares: Floats) -> int:
        """Mend some shares, keep them if they are the best; return how many groups were new."""
        gaining = self._gaining(shares)
        found = self.table.add(one for one in gaining if shares[one.members].sum() > one.cost)
        mended = shares.copy()
        mend(self._field, mended, self._taken, self._desk)
        total = math.fsum(mended)
        if total > self.total:
            self.best, self.total = mended, total
        return found

    def _gaining(self, shares: Floats) -> Iterator[Rival]:
        """Give, for each site where one may, the group that would gain the most at these shares."""
        sites, worths = self._field, self._worths
        best, desk = self._best_of_lead, self._desk
        weigh_all(sites, shares, True, False, worths, self._taken, best, desk)
        for site in np.flatnonzero(worths < -HAIR * (1.0 + sites.setups)):
            arcs = np.arange(sites.starts[site], sites.starts[site + 1])
            arcs = arcs[self._taken[arcs] > 0]
            arcs = self._fitting(int(site), arcs[np.argsort(-self._gains(arcs, shares))])
            members, home = sites.councils[arcs], sites.homes[site]
            if home >= 0:
                members = np.append(members, home)
            yield Rival(members, float(sites.setups[site] + sites.costs[arcs].sum()))

    def _gains(self, arcs: Ints, shares: Floats) -> Floats:
        councils = self._field.councils[arcs]
        return np.asarray(shares[councils] - self._field.costs[arcs])

    def _fitting(self, site: int, arcs: Ints) -> Ints:
        """Leave out who does not fit, in room or in number, those that gain least first."""
        loads = np.cumsum(self._field.demands[self._field.councils[arcs]])
        fitting = int(np.searchsorted(loads, self._field.rooms[site], side="right"))
        return arcs[: min(fitting, int(self._field.places[site]))]
