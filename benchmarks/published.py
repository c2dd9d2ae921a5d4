"""Makes location problems in the manner of published ones, for want of the published ones.

Nothing here is a published problem, and no figure found on one says anything
of the published sets. Each maker says what it has from a paper and what is our
own choosing. They are written as text in the published forms (`writing.py`)
and read again, so that reading is tried as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from waywarden.planner.arrays import Floats


@dataclass(frozen=True)
class Plain:
    """A location problem in which any of M sites may serve any of N councils."""

    costs: Floats  # M x N: all of a council's demand
    demands: Floats  # N
    capacities: Floats  # M
    setups: Floats  # M

    @property
    def per_unit(self) -> Floats:
        """The cost of a unit of each council's demand from each site, M x N."""
        return np.asarray(self.costs / self.demands)


@dataclass(frozen=True)
class Median:
    """A capacitated p-median: so many of N places serve all of them."""

    points: Floats  # N x 2
    demands: Floats  # N
    capacities: Floats  # N
    opened: int


@dataclass(frozen=True)
class Recipe:
    """What the problems of one of Holmberg's four sets look like."""

    sites: int
    councils: int
    capacity: tuple[int, int]
    setup: tuple[int, int]


#: The sizes of the four sets. What lies between which figures is ours.
HOLMBERG = {
    "first": Recipe(10, 50, (100, 500), (300, 700)),
    "second": Recipe(20, 50, (100, 300), (300, 700)),
    "third": Recipe(30, 150, (200, 600), (300, 700)),
    "fourth": Recipe(30, 200, (300, 800), (500, 1500)),
}
SIDE = 200
DEMAND = (10, 50)


def holmberg(name: str, seed: int) -> Plain:
    """Return a problem in the manner of K. Holmberg, M. Ronnqvist and D. Yuan (1999).

    European Journal of Operational Research 113(3), 544-559. From the paper:
    10 to 30 sites and 50 to 200 customers, drawn uniformly, each served by one
    site. Ours: the intervals drawn from, costs of half a pound per unit of
    demand over a square of 200, and capacities that hold at least 1.3 times
    the demand.
    """
    recipe, draw = HOLMBERG[name], np.random.default_rng([seed, recipe_number(name)])
    sites = draw.uniform(10, SIDE, (recipe.sites, 2))
    councils = draw.uniform(10, SIDE, (recipe.councils, 2))
    demands = _whole(draw, DEMAND, recipe.councils)
    capacities = _whole(draw, recipe.capacity, recipe.sites)
    enough = max(1.0, 1.3 * demands.sum() / capacities.sum())
    far = _distances(sites, councils)
    return Plain(
        costs=np.round(0.05 * far * demands),
        demands=demands,
        capacities=np.ceil(enough * capacities),
        setups=_whole(draw, recipe.setup, recipe.sites),
    )


def recipe_number(name: str) -> int:
    """Return the place of a set among the four, from nought."""
    return list(HOLMBERG).index(name)


def cap(sites: int, councils: int, seed: int) -> Plain:
    """Return a problem in the manner of the OR-Library's ``cap`` files.

    J. E. Beasley, European Journal of Operational Research 33 (1988), 314-325,
    and the warehouses of A. Kuehn and M. Hamburger (1963) before them. From
    these: all sites have one capacity, and set-ups are alike but for one site
    that costs nothing. Ours: every figure.
    """
    draw = np.random.default_rng(seed)
    far = _distances(draw.uniform(0, 1000, (sites, 2)), draw.uniform(0, 1000, (councils, 2)))
    demands = _whole(draw, (5, 400), councils)
    capacity = np.ceil(max(2.5 * demands.sum() / sites, 2 * demands.max()))
    setups = np.full(sites, 7500.0)
    setups[draw.integers(sites)] = 0.0
    return Plain(np.round(0.02 * far * demands, 2), demands, np.full(sites, capacity), setups)


def tbed(size: int, ratio: float, seed: int) -> Plain:
    """Return a problem in the manner of Test Bed 1 of P. Avella and M. Boccia (2009).

    Computational Optimization and Applications 43(1), 39-65, by the procedure
    of G. Cornuejols, R. Sridharan and J. Thizy (1991), European Journal of
    Operational Research 50(3), 280-297. From these: as many sites as
    customers, both uniform in a unit square; a unit of demand costs ten times
    the distance; demands of 5 to 35; capacities of 10 to 160, then scaled to
    ``ratio`` (5, 10, 15 or 20) times the demand; set-ups U(0, 90) + U(100, 110)
    times the root of the capacity. Ours: that set-ups follow the capacity
    before it is scaled, that figures are rounded as they are, and the draw.
    """
    draw = np.random.default_rng(seed)
    far = _distances(draw.random((size, 2)), draw.random((size, 2)))
    demands, capacities = _whole(draw, (5, 35), size), _whole(draw, (10, 160), size)
    setups = draw.uniform(0, 90, size) + draw.uniform(100, 110, size) * np.sqrt(capacities)
    capacities = np.round(capacities * ratio * demands.sum() / capacities.sum())
    # A customer larger than every site could be served by none.
    capacities = np.maximum(capacities, demands.max())
    return Plain(np.round(10 * far, 4) * demands, demands, capacities, np.round(setups))


def median(size: int, opened: int, seed: int, *, fullness: float = 0.8) -> Median:
    """Return a capacitated p-median in the manner of L. Lorena and E. Senne (2004).

    Computers and Operations Research 31(6), 863-876. From the paper: 3,038
    places of which 600 to 1,000 are opened, all of one capacity, the demand
    over ``fullness`` times their number, rounded up. Ours: the positions, half
    of them in clumps (theirs are the holes of a circuit board, which are not
    to hand), and demands of 1 to 100.
    """
    draw, side = np.random.default_rng(seed), 4000.0
    centres = draw.uniform(0, side, (max(3, size // 40), 2))
    clumped = centres[draw.integers(0, len(centres), size)] + draw.normal(0, 60, (size, 2))
    spread = draw.uniform(0, side, (size, 2))
    points = np.where(draw.random(size)[:, None] < 0.5, clumped, spread)
    demands = _whole(draw, (1, 100), size)
    capacity = max(np.ceil(demands.sum() / (fullness * opened)), demands.max())
    points = np.round(np.clip(points, 0, side))
    return Median(points, demands, np.full(size, capacity), opened)


def _whole(draw: np.random.Generator, between: Sequence[int], count: int) -> Floats:
    """Draw whole numbers, both ends included."""
    return draw.integers(between[0], between[1] + 1, count).astype(np.float64)


def _distances(places: Floats, others: Floats) -> Floats:
    east, north = (places[:, None, axis] - others[None, :, axis] for axis in (0, 1))
    return np.asarray(np.hypot(east, north))
