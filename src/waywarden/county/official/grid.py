"""Between longitude and latitude and the British National Grid.

Without the Ordnance Survey's own correction table, which is not shipped with
pyproj, positions are right to about five metres.
"""

from functools import cache
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

DEGREES, GRID = "EPSG:4326", "EPSG:27700"
# The grid's own extent, in metres east and north of its false origin.
MOST_EAST, MOST_NORTH = 700_000, 1_300_000
# What England lies within, with a little sea.
ENGLAND = (-6.6, 49.7, 2.1, 56.0)


@cache
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def to_degrees(east: Any, north: Any) -> tuple[Any, Any]:
    """Return longitudes and latitudes of eastings and northings, single or in arrays."""
    longitude, latitude = _transformer(GRID, DEGREES).transform(east, north)
    return longitude, latitude


def to_metres(longitude: Any, latitude: Any) -> tuple[Any, Any]:
    """Return eastings and northings of longitudes and latitudes, single or in arrays."""
    east, north = _transformer(DEGREES, GRID).transform(longitude, latitude)
    return east, north


def shape_in_degrees(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape drawn on the grid as one in longitude and latitude."""
    return shapely.transform(shape, lambda points: np.column_stack(to_degrees(*points.T)))


def shape_in_metres(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape in longitude and latitude as one drawn on the grid."""
    return shapely.transform(shape, lambda points: np.column_stack(to_metres(*points.T)))


def is_in_degrees(x: float, y: float) -> bool:
    """Say whether a pair of numbers can be a longitude and a latitude."""
    return abs(x) <= 180 and abs(y) <= 90


def is_on_grid(x: float, y: float) -> bool:
    """Say whether a pair of numbers can be an easting and a northing."""
    return 0 <= x <= MOST_EAST and 0 <= y <= MOST_NORTH
