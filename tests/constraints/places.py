"""Rules about areas, their boundaries and figures, and who holds which tier there."""

from typing import Any

from tests.cast import Cast, boundary_set, square
from tests.constraints.breaking import (
    ENDS_FIRST,
    READ,
    UNSOURCED,
    UNSURE,
    Break,
    Whole,
    once,
    twice,
)
from waywarden.county.places.models import (
    Area,
    AreaCode,
    AreaName,
    Boundary,
    BoundarySet,
    Jurisdiction,
    Measure,
    Neighbour,
)
from waywarden.county.surveying import boundary_of


def area(cast: Cast, **facts: Any) -> dict[str, Any]:
    return {"key": "an-area", "kind": "parish", "name": "An area"} | facts


def area_code(cast: Cast) -> dict[str, Any]:
    return {"area": cast.coldbrook, "code": "E04000001", "source": "Read"}


def bounds(cast: Cast) -> dict[str, Any]:
    shape = boundary_of(cast.coldbrook, square(0, 0))
    box = {name: getattr(shape, name) for name in ("min_lon", "min_lat", "max_lon", "max_lat")}
    held = BoundarySet.objects.filter(name="other").first()
    if held is None:
        held = boundary_set("other")
        held.save()
    return {"area": cast.coldbrook, "boundary_set": held, "geometry": shape.geometry} | box


def upside_down(cast: Cast) -> dict[str, Any]:
    return bounds(cast) | {"min_lat": 52.0, "max_lat": 51.0}


def pair(cast: Cast) -> dict[str, Any]:
    a, b = sorted((cast.wychbourne, cast.unparished_ward), key=lambda area: area.pk)
    return {"a": a, "b": b, "distance_m": 1, "is_modelled": True, "source": "Read"}


def pair_turned_round(cast: Cast) -> dict[str, Any]:
    there = pair(cast)
    return there | {"a": there["b"], "b": there["a"]}


def holds(cast: Cast) -> dict[str, Any]:
    return {"body": cast.coldbrook_council, "area": cast.little_haye, "tier": "parish"}


def population(cast: Cast) -> dict[str, Any]:
    counted = {"kind": "population", "value": 9, "reference": "2021", "is_modelled": False}
    return {"area": cast.coldbrook} | counted | READ


def shapes(cast: Cast) -> dict[str, Any]:
    given = {"source": "Read", "licence": "None", "is_approximate": False}
    return {"name": "a set", "fingerprint": "the same"} | given


BROKEN: dict[str, Break] = {
    "area_ends_after_it_starts": once(Area, lambda cast: area(cast) | ENDS_FIRST),
    "an_area_is_somewhere_on_earth": once(
        Area, lambda cast: area(cast, latitude=91.0, longitude=0.0)
    ),
    "areacode_ends_after_it_starts": once(AreaCode, lambda cast: area_code(cast) | ENDS_FIRST),
    "an_area_has_each_code_once": twice(AreaCode, area_code),
    "an_area_has_each_name_once": twice(
        AreaName, lambda cast: {"area": cast.coldbrook, "name": "Cold Brook", "source": "Read"}
    ),
    "boundaryset_ends_after_it_starts": once(BoundarySet, lambda cast: shapes(cast) | ENDS_FIRST),
    "boundary_ends_after_it_starts": once(Boundary, lambda cast: bounds(cast) | ENDS_FIRST),
    "a_set_bounds_each_area_once": twice(Boundary, bounds),
    "a_bounding_box_is_the_right_way_round": once(Boundary, upside_down),
    "each_pair_of_neighbours_once": twice(Neighbour, pair),
    "neighbours_are_two_areas_in_order": once(Neighbour, pair_turned_round),
    "jurisdiction_ends_after_it_starts": once(Jurisdiction, lambda cast: holds(cast) | ENDS_FIRST),
    "a_body_holds_a_tier_of_an_area_once": twice(Jurisdiction, holds),
    "measure_names_its_source": once(Measure, lambda cast: population(cast) | UNSOURCED),
    "measure_has_a_known_confidence": once(Measure, lambda cast: population(cast) | UNSURE),
    "an_area_has_each_measure_once": twice(Measure, population),
    "Area.key": twice(Area, area),
    "BoundarySet.fingerprint": twice(BoundarySet, shapes),
}
HALF_SAID: dict[str, Break] = {
    "a latitude without a longitude": once(Area, lambda c: area(c, latitude=51.0)),
    "a longitude without a latitude": once(Area, lambda c: area(c, longitude=-1.0)),
    "a negative population": once(Measure, lambda c: population(c) | {"value": -1}),
}
WHOLE: list[Whole] = [
    (Area, area),
    (AreaCode, area_code),
    (BoundarySet, shapes),
    (Boundary, bounds),
    (Neighbour, pair),
    (Jurisdiction, holds),
    (Measure, population),
]
