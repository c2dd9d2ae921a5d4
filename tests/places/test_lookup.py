"""Which place a point is in: the likely one and its neighbours, until real shapes are loaded."""

from datetime import date

import pytest

from tests.cast import (
    ABOUT,
    ADA,
    DAY,
    SIDE,
    SOUTH,
    SQUARES,
    WEST,
    Cast,
    boundary_set,
    middle,
    square,
)
from waywarden.county.places import actions, lookup
from waywarden.county.places.models import Area, Postcode
from waywarden.county.surveying import boundary_of

pytestmark = pytest.mark.django_db


def at(cast: Cast, longitude: float, latitude: float, on: date = DAY) -> lookup.Found:
    """Look a point up."""
    return lookup.place_at(longitude, latitude, county=cast.county, on=on)


def load_real(cast: Cast) -> None:
    """Load official boundaries for every place."""
    real = boundary_set("official", is_approximate=False, starts_on=DAY)
    shapes = [boundary_of(getattr(cast, role), square(*where)) for role, where in SQUARES.items()]
    actions.record_boundaries(of=ABOUT, boundary_set=real, boundaries=shapes, by=ADA, today=DAY)


@pytest.mark.parametrize("role", SQUARES)
def test_the_middle_of_a_place_is_in_that_place(cast: Cast, role: str) -> None:
    found = at(cast, *middle(role))

    assert found.likely == getattr(cast, role)
    assert found.choices[0] == found.likely


def test_modelled_shapes_offer_the_likely_place_and_its_neighbours_as_a_choice(cast: Cast) -> None:
    found = at(cast, *middle("coldbrook"))

    assert found.is_approximate
    assert set(found.choices) == {
        cast.coldbrook,
        cast.wychbourne,
        cast.marl_green,
        cast.unparished_ward,
    }


def test_real_shapes_leave_no_choice(cast: Cast) -> None:
    load_real(cast)

    found = at(cast, *middle("coldbrook"))

    assert not found.is_approximate
    assert found.choices == (cast.coldbrook,)


def test_a_point_on_the_line_between_two_real_places_offers_both(cast: Cast) -> None:
    load_real(cast)

    found = at(cast, WEST + SIDE, SOUTH + SIDE / 2)

    assert set(found.choices) == {cast.wychbourne, cast.coldbrook}


@pytest.mark.parametrize("point", [(0.0, 0.0), (WEST - 1, SOUTH), (180.0, 90.0), (1e300, 1e300)])
def test_a_point_outside_every_place_is_in_none(cast: Cast, point: tuple[float, float]) -> None:
    found = at(cast, *point)

    assert found.likely is None
    assert found.choices == ()


@pytest.mark.parametrize("nonsense", [float("nan"), float("inf"), float("-inf")])
def test_a_point_that_is_no_number_is_in_no_place(cast: Cast, nonsense: float) -> None:
    assert at(cast, nonsense, SOUTH).likely is None
    assert at(cast, WEST, nonsense).likely is None


def test_boundaries_loaded_later_count_at_once(cast: Cast) -> None:
    assert at(cast, *middle("coldbrook")).is_approximate

    load_real(cast)

    assert not at(cast, *middle("coldbrook")).is_approximate
    assert at(cast, *middle("coldbrook"), on=date(2026, 3, 31)).is_approximate


def test_a_county_without_boundaries_has_no_place_for_any_point(cast: Cast) -> None:
    other = Area.objects.create(key="bare", name="Bare", kind="county")

    assert lookup.place_at(WEST, SOUTH, county=other, on=DAY).likely is None


@pytest.mark.parametrize("typed", ["OX10 9PP", "ox109pp", " ox10  9pp "])
def test_a_postcode_is_found_however_it_is_typed(cast: Cast, typed: str) -> None:
    held = Postcode.objects.create(code="OX109PP", latitude=SOUTH, longitude=WEST, source="A list")

    assert lookup.postcode_at(typed) == held
    assert lookup.postcode_at("OX10 9PQ") is None
