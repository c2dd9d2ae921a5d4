"""Sorting amounts into the few classes a map can show."""

import pytest

from tests.cast import Cast
from waywarden.arrangements.register import classes
from waywarden.county.places.models import Area
from waywarden.county.services.models import Quantity, Service

# No database: areas and quantities are looked at, never saved.


def held(*amounts: int, unit: str = "m2", **facts: object) -> dict[int, Quantity]:
    """Give as many places as there are amounts, each with its amount in whole units."""
    service = Service(code="DPS01", unit=unit)
    return {
        pk: Quantity(
            area=Area(pk=pk, name=f"Place {pk}", kind="parish"),
            service=service,
            amount_milli=amount * 1000,
            unit=unit,
            **({"is_estimate": False} | facts),
        )
        for pk, amount in enumerate(amounts, start=1)
    }


def fills(scale: classes.Scale, quantities: dict[int, Quantity]) -> list[str]:
    """Say which fill each place gets."""
    return [scale.of(quantity.area)[0] for quantity in quantities.values()]


def test_eight_places_fall_into_four_classes_of_two() -> None:
    quantities = held(10, 20, 30, 40, 50, 60, 70, 80)

    scale = classes.scale_of(quantities)

    # The breaks stand at the third, fifth and seventh amount: 30, 50 and 70.
    assert scale is not None
    assert scale.breaks == (30_000, 50_000, 70_000)
    assert fills(scale, quantities) == [
        *["seq-2"] * 2,
        *["seq-3"] * 2,
        *["seq-4"] * 2,
        *["seq-5"] * 2,
    ]


def test_an_amount_at_a_break_belongs_to_the_class_above_it() -> None:
    quantities = held(10, 20, 30, 40)

    scale = classes.scale_of(quantities)

    assert scale is not None
    assert scale.breaks == (20_000, 30_000, 40_000)
    assert fills(scale, quantities) == ["seq-2", "seq-3", "seq-4", "seq-5"]


def test_a_measured_nought_has_a_fill_of_its_own() -> None:
    quantities = held(0, 10, 20, 30, 40)

    scale = classes.scale_of(quantities)

    assert scale is not None
    assert fills(scale, quantities)[0] == classes.NONE


@pytest.mark.parametrize(
    "amounts", [(), (1,), (1, 2, 3), (5, 5, 5, 5, 5, 5), (0, 0, 0, 0), (1, 1, 2, 2, 3, 3)]
)
def test_too_few_different_amounts_make_no_scale(amounts: tuple[int, ...]) -> None:
    assert classes.scale_of(held(*amounts)) is None


def test_amounts_that_round_to_the_same_break_make_no_scale() -> None:
    # To two figures, 1001, 1002 and 1003 are all 1,000.
    assert classes.scale_of(held(1000, 1001, 1002, 1003)) is None


def test_a_place_of_which_nothing_is_known_is_not_shown_as_nought() -> None:
    scale = classes.scale_of(held(10, 20, 30, 40))

    assert scale is not None
    assert scale.of(Area(pk=99, name="Elsewhere", kind="parish")) == (classes.UNKNOWN, "not known")


def test_a_place_without_a_parish_says_so_unless_its_amount_is_known() -> None:
    quantities = held(10, 20, 30, 40)
    quantities[4].area.kind = "unparished"
    scale = classes.scale_of(quantities)

    assert scale is not None
    assert scale.of(Area(pk=99, name="Town", kind="unparished")) == (
        classes.UNPARISHED,
        "no parish",
    )
    assert scale.of(quantities[4].area)[0] == "seq-5"


def test_the_key_explains_every_fill_a_map_can_show() -> None:
    quantities = held(0, 1000, 20_000, 30_000, 40_000)
    scale = classes.scale_of(quantities)

    assert scale is not None
    explained = dict(scale.keys())
    shown = {*fills(scale, quantities), classes.UNPARISHED, classes.UNKNOWN}
    assert len(explained) == len(set(explained))
    assert shown - {classes.NONE} <= set(explained)


def test_the_key_explains_the_fill_of_a_measured_nought() -> None:
    quantities = held(0, 1000, 20_000, 30_000, 40_000)
    scale = classes.scale_of(quantities)

    assert scale is not None
    assert classes.NONE in dict(scale.keys())


def test_the_finding_names_the_place_with_the_most_and_says_when_that_is_an_estimate() -> None:
    measured = classes.scale_of(held(10, 20, 30, 40))
    ends = {"is_estimate": True, "low_milli": 1, "high_milli": 99_000}
    estimated = classes.scale_of(held(10, 20, 30, 40, **ends))

    assert measured is not None
    assert estimated is not None
    assert measured.finding == "Place 4 has the most."
    assert estimated.finding == "Place 4 is estimated to have the most."
    assert not measured.is_estimate
    assert estimated.is_estimate


def test_one_estimate_among_measured_amounts_makes_the_map_one_of_estimates() -> None:
    quantities = held(10, 20, 30, 40)
    quantities[2].is_estimate = True

    scale = classes.scale_of(quantities)

    assert scale is not None
    assert scale.is_estimate


def test_an_estimate_is_said_as_a_range_that_calls_itself_one() -> None:
    (estimate,) = held(5, is_estimate=True, low_milli=1_200_000, high_milli=3_400_000).values()
    (measured,) = held(1234).values()

    assert classes.said(estimate) == "1,200 to 3,400 m², estimate"
    assert classes.said(measured) == "1,234 m²"


@pytest.mark.django_db
def test_a_map_of_the_cast_shows_each_place_in_its_class(cast: Cast) -> None:
    known = cast.places[:4]
    cast.record(*(cast.quantity(area, "HDG", 100 * n) for n, area in enumerate(known, start=1)))
    quantities = {q.area_id: q for q in Quantity.objects.current()}

    scale = classes.scale_of(quantities)

    assert scale is not None
    assert [scale.of(area)[0] for area in known] == ["seq-2", "seq-3", "seq-4", "seq-5"]
    assert scale.of(cast.wychbourne)[0] == classes.UNKNOWN
