"""England as a plan of one service: every parish there is, and every district by itself.

Where the parishes are and how large they are is real, as of about May 2014.
What they want done, and what it costs, is not: nobody has counted it. It is
MODELLED from the area alone, on the scale of the made-up counties of
`benchmarks.instances`, so that only time and gaps are to be read from these
plans, and no cost of any place.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.spatial import cKDTree

from benchmarks.instances import ROAD_FACTOR
from waywarden import data
from waywarden.data.tables import EnglishParish
from waywarden.planner.location import Location

#: Each parish could be led by so many of its nearest, itself the first.
REACH = 30
#: As in the made-up counties, what a lead could take on: so much at least, or times its own work.
LEAST_CAPACITY, CAPACITY = 300.0, 2.5
SEED = 1


def whole() -> Location:
    """Return one service of all parishes of England as one problem: 10,498 councils."""
    return _location(data.english_parishes())


def by_district() -> dict[str, Location]:
    """Return one service of each district or unitary council of England, by its present name."""
    names = {authority.code: authority.name for authority in data.authorities()}
    parishes: dict[str, list[EnglishParish]] = {}
    for parish in data.english_parishes():
        parishes.setdefault(names[parish.district_code], []).append(parish)
    return {name: _location(parishes[name]) for name in sorted(parishes)}


def modelled_demand(parish: EnglishParish) -> int:
    """Return what a parish is taken to want: the root of its hectares, a whole number.

    Half of England's parishes have under 800 hectares, and so are taken to want
    under 28, as a council of 545 people does in the made-up counties.
    """
    return max(1, round((parish.extent_milli / 1_000) ** 0.5))


def _location(parishes: Sequence[EnglishParish]) -> Location:
    """Return one service in which every parish could lead its nearest and nobody goes alone."""
    points = np.array([(one.position.easting, one.position.northing) for one in parishes]) / 1_000
    demands = np.array([modelled_demand(one) for one in parishes], dtype=np.float64)
    draw, size = np.random.default_rng(SEED), len(parishes)
    setups = 4_000 + 25 * np.sqrt(demands) * draw.uniform(0.8, 1.2, size)
    units = draw.uniform(18, 26, size)
    reach = min(REACH, size)
    far, sites = cKDTree(points).query(points, k=reach)
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
        capacities=np.round(np.maximum(LEAST_CAPACITY, CAPACITY * demands)),
        setups=np.round(setups),
        leads=np.arange(size),
        homes=np.full(size, -1),
        alone=np.full(size, np.inf),
    )
