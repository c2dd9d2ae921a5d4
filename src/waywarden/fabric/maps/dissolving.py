"""The outline of several areas together, as of the parishes of a cluster. Pure."""

from collections.abc import Iterable, Sequence

import shapely
from shapely.geometry import mapping

from waywarden.fabric.maps.drawing import Polygon, polygons_of

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
    return [_without_slivers(polygon) for polygon in polygons_of(mapping(whole))]


def _without_slivers(polygon: Polygon) -> Polygon:
    outer, *holes = polygon
    return [outer, *(hole for hole in holes if shapely.Polygon(hole).area > SLIVER)]
