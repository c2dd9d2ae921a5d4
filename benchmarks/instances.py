"""Makes counties for the planner, of any size: many small councils, a few large, half in clumps.

Nothing in them is real: they have the density, the spread of sizes and the
costs that a county might have, and the same seed gives the same county.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.spatial import cKDTree

from waywarden.planner.arrays import Floats
from waywarden.planner.location import Location

#: Oxfordshire has about so many councils on so many square kilometres.
DENSITY = 320 / 2605
ROAD_FACTOR = 1.3
CLUMP_KM = 3.0
#: How many times its own work a lead could take on: the scarcer, the more alike the clusters.
TIGHTNESS = {"tight": 1.5, "middling": 2.5, "loose": 8.0}
LEAST_CAPACITY = {"tight": 180.0, "middling": 300.0, "loose": 960.0}


class County(NamedTuple):
    """Councils that do not exist: where they are and how large."""

    points: Floats  # N x 2, kilometres
    people: Floats  # N


def county(size: int, seed: int) -> County:
    """Return a county of so many councils."""
    draw = np.random.default_rng(seed)
    side = (size / DENSITY) ** 0.5
    centres = draw.uniform(0, side, (max(4, size // 25), 2))
    in_clump = draw.random(size) < 0.5
    clumped = centres[draw.integers(0, len(centres), size)] + draw.normal(0, CLUMP_KM, (size, 2))
    spread = draw.uniform(0, side, (size, 2))
    points = np.clip(np.where(in_clump[:, None], clumped, spread), 0, side)
    people = np.clip(np.exp(draw.normal(np.log(545), 1.2, size)), 40, 45_000)
    return County(points, people)


def location(size: int, seed: int, *, reach: int = 40, tightness: str = "middling") -> Location:
    """Return one service of a county: every council could lead its nearest ``reach``.

    A lead has no council of its own it must serve, and nobody goes alone: the
    plain problem of the literature, so that other solvers can be given it.
    """
    place, draw = county(size, seed), np.random.default_rng(seed + 1_000_000)
    demands = np.maximum(1, np.round(place.people**0.75 / 4))
    capacities = np.maximum(LEAST_CAPACITY[tightness], TIGHTNESS[tightness] * demands)
    setups = 4000 + 6 * np.sqrt(place.people) * draw.uniform(0.8, 1.2, size)
    units = draw.uniform(18, 26, size) * np.where(place.people > 4000, 0.9, 1.0)
    reach = min(reach, size)
    far, sites = cKDTree(place.points).query(place.points, k=reach)
    far, sites = np.reshape(far, (size, reach)), np.reshape(sites, (size, reach))
    order = np.argsort(sites, axis=1)
    sites = np.take_along_axis(sites, order, axis=1)
    far = np.take_along_axis(far, order, axis=1) * ROAD_FACTOR
    trips = 2 * 14 * 0.9 * far * (1 + demands[:, None] / 200)
    return Location(
        starts=np.arange(0, size * reach + 1, reach),
        sites=sites.ravel(),
        costs=np.round(units[sites] * demands[:, None] + trips, 2).ravel(),
        demands=demands,
        capacities=np.round(capacities),
        setups=np.round(setups),
        leads=np.arange(size),
        homes=np.full(size, -1),
        alone=np.full(size, np.inf),
    )
