"""Which place a point is in, from the boundaries held in memory."""

from dataclasses import dataclass
from datetime import date

from shapely import STRtree
from shapely.geometry import Point, shape

from waywarden.county.places import queries
from waywarden.county.places.models import Area, Boundary, Postcode
from waywarden.fabric.journal import queries as journal


@dataclass(frozen=True)
class Found:
    """Where a point lies.

    ``likely`` is the place whose boundary holds the point. ``choices`` are the
    places a person should choose between: while the boundaries are modelled,
    the likely one first and then its neighbours; with real boundaries, only
    what holds the point. Both are empty outside every boundary.
    """

    likely: Area | None
    choices: tuple[Area, ...]
    is_approximate: bool


_trees: dict[tuple[int, date, str], tuple[STRtree, list[Boundary]]] = {}


def place_at(longitude: float, latitude: float, *, county: Area, on: date) -> Found:
    """Find the place of a county that a point is in on a day."""
    tree, boundaries = _tree(county, on)
    point = Point(longitude, latitude)
    holding = [boundaries[i] for i in sorted(tree.query(point, predicate="intersects"))]
    # Where only some places have real boundaries, a modelled cell beside them may overlap them.
    real = [boundary for boundary in holding if not boundary.boundary_set.is_approximate]
    holding = real or holding
    if not holding:
        return Found(None, (), is_approximate=False)
    likely = holding[0].area
    places = {boundary.area_id: boundary.area for boundary in holding}
    is_approximate = any(boundary.boundary_set.is_approximate for boundary in holding)
    if is_approximate:
        places |= {area.pk: area for area in queries.neighbouring_places(likely)}
    return Found(likely, tuple(places.values()), is_approximate)


def postcode_at(text: str) -> Postcode | None:
    """Return where a postcode is, when the operator has loaded postcodes and it is among them."""
    return Postcode.objects.filter(code="".join(text.upper().split())).first()


def _tree(county: Area, on: date) -> tuple[STRtree, list[Boundary]]:
    """Return the search tree of a county's places, made again after anything was recorded."""
    key = (county.pk, on, journal.version())
    if key not in _trees:
        if len(_trees) >= 4:
            _trees.clear()
        boundaries = queries.boundaries_of(queries.places_of(county, on=on), on=on)
        _trees[key] = STRtree([shape(boundary.geometry) for boundary in boundaries]), boundaries
    return _trees[key]
