"""Where the pin of a dispute lies: in the county, and how far from the place it is about."""

from dataclasses import dataclass
from datetime import date

from shapely.geometry import box, shape

from waywarden.county.places import queries
from waywarden.county.places.lookup import place_at
from waywarden.county.places.models import Area
from waywarden.rules.grid_reference import Square

#: So many metres outside the place a pin may lie without a word.
FARTHEST_METRES = 500


@dataclass(frozen=True)
class Lies:
    """Where a pin lies; neither is known where no boundary is held."""

    #: Whether it is in the county.
    is_in_county: bool | None
    #: How many metres it is outside the place; nought within.
    metres_off: int | None


def lies(pin: Square, area: Area, *, on: date) -> Lies:
    """Say where a pin lies against the boundaries held on a day.

    The whole square counts that a grid reference names, and a place near it counts as in the
    county: a shape may be approximate, and what is disputed may lie on the edge.
    """
    metres_off = _metres_off(pin, area, on)
    is_near = metres_off is not None and metres_off <= FARTHEST_METRES
    return Lies(_is_in_county(pin, area, on, is_near=is_near), metres_off)


def _is_in_county(pin: Square, area: Area, on: date, *, is_near: bool) -> bool | None:
    county = area.county
    if county is None:
        return None
    if is_near:
        return True
    from waywarden.county.official.grid import to_degrees

    found = (to_degrees(*point) for point in (pin.middle, *pin.corners))
    if any(place_at(*where, county=county, on=on).likely is not None for where in found):
        return True
    there = queries.places_of(county, on=on)
    has_all = len(queries.boundaries_of(there, on=on)) >= len(there)
    return False if has_all else None


def _metres_off(pin: Square, area: Area, on: date) -> int | None:
    bounds = queries.boundaries_of([area], on=on)
    if not bounds:
        return None
    # Loaded only where a pin is looked at: it takes a moment.
    from waywarden.county.official.grid import shape_in_metres

    east, north = pin.easting, pin.northing
    square = box(east, north, east + pin.side, north + pin.side)
    return int(min(shape_in_metres(shape(each.geometry)).distance(square) for each in bounds))
