"""The outline of several areas together, as of the parishes of a cluster. Pure."""

from collections.abc import Iterable, Sequence

import shapely
from shapely.geometry import mapping

from waywarden.fabric.maps.drawing import Polygon, Ring, polygons_of

# In degrees, about 30 m: modelled cells of two districts do not quite meet.
GAP = 0.0003
# What is smaller than this, in square degrees (some two hectares), is a sliver between cells.
SLIVER = 2e-6


def together(areas: Iterable[Sequence[Polygon]]) -> list[Polygon]:
    """Return the polygons of some areas made one, without the slivers between them."""
    pieces = [
        shapely.Polygon(polygon[0], polygon[1:]) for area in areas for polygon in area if polygon
    ]
    if not pieces:
        return []
    wide = shapely.union_all(shapely.buffer(pieces, GAP, join_style="mitre"))
    whole = shapely.buffer(wide, -GAP, join_style="mitre")
    outlines = [_without_slivers(polygon) for polygon in polygons_of(mapping(whole))]
    # A crumb of a cell cut off at the county's edge would be a blot, not an outline.
    return [line for line in outlines if _is_large(line[0])] or outlines


def _is_large(ring: Ring) -> bool:
    return bool(shapely.Polygon(ring).area > SLIVER)


def _without_slivers(polygon: Polygon) -> Polygon:
    outer, *holes = polygon
    return [outer, *(hole for hole in holes if _is_large(hole))]
