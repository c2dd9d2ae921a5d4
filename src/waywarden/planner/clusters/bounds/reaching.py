"""Which leads reach which councils, and by what way."""

import numpy as np
from scipy.spatial import cKDTree

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.sharing import Sharing


def within_reach(sharing: Sharing, rows: Ints, leads: Ints) -> tuple[Ints, Ints, Floats]:
    """Return which of some councils are within the limit of which leads, and the way between.

    ``rows`` and ``leads`` are rows of the sharing; the answer counts in these
    two, and stands by council, and then by lead.
    """
    if not len(leads) or not len(rows):
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, np.zeros(0)
    if sharing.table_km.size:
        return _in_table(sharing, rows, leads)
    points = np.stack([sharing.east_km, sharing.north_km], axis=1)
    ends, found = _near(points[rows], points[leads], _straight_limit(sharing))
    away = points[rows[ends]] - points[leads[found]]
    road = sharing.road_factor * np.sqrt(away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1])
    near = road <= sharing.limit_km
    return ends[near], found[near], road[near]


def _in_table(sharing: Sharing, rows: Ints, leads: Ints) -> tuple[Ints, Ints, Floats]:
    road = sharing.table_km[np.ix_(leads, rows)].T
    ends, found = np.nonzero(np.isfinite(road) & (road <= sharing.limit_km))
    return ends.astype(np.int64), found.astype(np.int64), road[ends, found]


def _near(points: Floats, leading: Floats, radius: float) -> tuple[Ints, Ints]:
    """Return pairs of a point and a lead no further apart than the radius, by point, by lead."""
    if np.isinf(radius):
        ends = np.repeat(np.arange(len(points)), len(leading))
        return ends, np.tile(np.arange(len(leading)), len(points))
    found = cKDTree(leading).query_ball_point(points, radius, return_sorted=True)
    counts = np.array([len(near) for near in found])
    return np.repeat(np.arange(len(points)), counts), np.concatenate(found).astype(np.int64)


def _straight_limit(sharing: Sharing) -> float:
    """Return a straight distance, if anything too long, that no arc is longer than."""
    if sharing.road_factor <= 0 or np.isinf(sharing.limit_km):
        return float("inf")
    return sharing.limit_km / sharing.road_factor * (1 + 1e-6) + 1e-6
