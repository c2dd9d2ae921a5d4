"""Which places touch, from their real shapes."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from waywarden.county.official.grid import shape_in_metres, to_metres
from waywarden.county.places.models import Area, Neighbour

# Two drawings of one edge may differ by their rounding; two places that meet at
# a corner share no edge.
CLOSE_M, SHORTEST_EDGE_M = 1, 5
LEAST_OVERLAP_M2 = 10_000


@dataclass(frozen=True)
class Touching:
    """The pairs of places that share an edge, and those that overlap by a hectare or more."""

    pairs: list[Neighbour]
    overlaps: list[str]


def touching(shapes: Mapping[Area, BaseGeometry], *, source: str) -> Touching:
    """Find the places that share an edge, measured in metres on the British National Grid."""
    areas = sorted(shapes, key=lambda area: area.pk)
    drawn = [shape_in_metres(shapes[area]) for area in areas]
    wide = [shape.buffer(CLOSE_M, quad_segs=2) for shape in drawn]
    centres = [_centre(area, shape) for area, shape in zip(areas, drawn, strict=True)]
    found = Touching([], [])
    for i, j in sorted(zip(*STRtree(wide).query(wide, predicate="intersects"), strict=True)):
        if i >= j:
            continue
        edge = _edge(drawn[i], wide[j])
        if edge >= SHORTEST_EDGE_M:
            found.pairs.append(
                Neighbour(
                    a=areas[i],
                    b=areas[j],
                    distance_m=round(
                        hypot(centres[i][0] - centres[j][0], centres[i][1] - centres[j][1])
                    ),
                    shared_edge_m=round(edge),
                    is_modelled=False,
                    source=source,
                )
            )
        if drawn[i].intersection(drawn[j]).area >= LEAST_OVERLAP_M2:
            found.overlaps.append(f"{areas[i]} and {areas[j]}")
    return found


def _edge(shape: BaseGeometry, beside: BaseGeometry) -> float:
    """Return how many metres of one shape's outline run along another."""
    near = shapely.clip_by_rect(shape.boundary, *beside.bounds)
    return float(near.intersection(beside).length)


def _centre(area: Area, shape: BaseGeometry) -> tuple[float, float]:
    if area.longitude is None or area.latitude is None:
        return shape.centroid.x, shape.centroid.y
    east, north = to_metres(area.longitude, area.latitude)
    return east, north
