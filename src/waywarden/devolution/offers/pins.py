"""Where the pin of a dispute lies: in the county, and how far from the place it is about."""

from dataclasses import dataclass
from datetime import date

from shapely.geometry import Point, shape

from waywarden.county.places import queries
from waywarden.county.places.lookup import place_at
from waywarden.county.places.models import Area
from waywarden.rules.grid_reference import Square


@dataclass(frozen=True)
class Lies:
    """Where a pin lies; neither is known where no boundary is held."""

    #: Whether it is in the county.
    is_in_county: bool | None
    #: How many metres it is outside the place; nought within.
    metres_off: int | None


def lies(pin: Square, area: Area, *, on: date) -> Lies:
    """Say where a pin lies against the boundaries held on a day."""
    return Lies(_is_in_county(pin, area, on), _metres_off(pin, area, on))


def _is_in_county(pin: Square, area: Area, on: date) -> bool | None:
    county = area.county
    if county is None or not queries.boundaries_of(queries.places_of(county, on=on), on=on):
        return None
    from waywarden.county.official.grid import to_degrees

    longitude, latitude = to_degrees(*pin.middle)
    return place_at(longitude, latitude, county=county, on=on).likely is not None


def _metres_off(pin: Square, area: Area, on: date) -> int | None:
    bounds = queries.boundaries_of([area], on=on)
    if not bounds:
        return None
    # Loaded only where a pin is looked at: it takes a moment.
    from waywarden.county.official.grid import shape_in_metres

    middle = Point(*pin.middle)
    return int(min(shape_in_metres(shape(each.geometry)).distance(middle) for each in bounds))
