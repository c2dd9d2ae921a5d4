"""First estimates: the written rule, its anchor, its ranges and its cost."""

import doctest
from dataclasses import replace
from fractions import Fraction
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules import assumptions as written
from waywarden.rules import estimates
from waywarden.rules.assumptions import Anchor, Line, Prices, Rule, Spread, assumptions
from waywarden.rules.estimates import (
    CostBeside,
    Estimate,
    Place,
    combine,
    county_cost_of,
    estimates_of,
    rounded_down,
    rounded_up,
    scale_of,
)

NARROW = Spread(50, 200, "C", "for the test")
WIDE = Spread(25, 400, "C", "for the test")


def line(milli: int) -> Line:
    return Line(milli, "C", "for the test")


GRASS = Rule(
    service="DPS01",
    unit="m2",
    step_milli=1_000,
    per_person=line(7_000),
    per_hectare=line(500),
    fixed=line(2_000_000),
    anchor=None,
    range=NARROW,
    range_modelled=WIDE,
)
COLDBROOK = Place(population=500, extent_milli=800_500, population_is_modelled=False)
LITTLE_HAYE = Place(population=100, extent_milli=400_000, population_is_modelled=True)
PEOPLE = st.integers(min_value=0, max_value=200_000)
HECTARES = st.integers(min_value=0, max_value=20_000_000)


def only(rule: Rule, place: Place, scale: Fraction | None = None) -> Estimate | None:
    return estimates_of(rule, {"coldbrook": place}, scale=scale)["coldbrook"]


@pytest.mark.parametrize("module", [estimates, written])
def test_the_examples_in_the_docstrings_are_true(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_a_parish_is_estimated_by_its_people_its_area_and_what_every_village_has() -> None:
    # 7 m2 x 500 people = 3,500; 0.5 m2 x 800.5 ha = 400.25; and 2,000: 5,900.25 m2.
    # Its population is official: from half of that to twice.
    estimate = only(GRASS, COLDBROOK)

    assert estimate == Estimate(2_950_125, 5_900_250, 11_800_500, "m2", 1_000)


def test_a_modelled_population_makes_the_range_wider() -> None:
    # 700 + 200 + 2,000 = 2,900 m2: a quarter of it 725, four times 11,600.
    assert only(GRASS, LITTLE_HAYE) == Estimate(725_000, 2_900_000, 11_600_000, "m2", 1_000)


def test_a_rule_without_people_keeps_the_narrower_range() -> None:
    verge = replace(GRASS, per_person=None, fixed=None)

    # 0.5 x 400 ha = 200 m2.
    assert only(verge, LITTLE_HAYE) == Estimate(100_000, 200_000, 400_000, "m2", 1_000)


def test_what_is_not_known_is_not_estimated() -> None:
    assert only(GRASS, replace(COLDBROOK, population=None)) is None
    assert only(GRASS, replace(COLDBROOK, extent_milli=None)) is None


def test_an_area_not_known_does_no_harm_to_a_rule_that_needs_none() -> None:
    by_people = replace(GRASS, per_hectare=None)

    assert only(by_people, replace(COLDBROOK, extent_milli=None)) is not None


def anchored(milli: int) -> Rule:
    rule = replace(GRASS, per_hectare=None, fixed=None)
    return replace(rule, anchor=Anchor(milli, "A", "for the test", ("wychbourne", "coldbrook")))


def test_the_places_of_the_anchor_sum_to_what_was_published() -> None:
    # Weights 2 : 1 of 100,000 thousandths: 66,666.67 and 33,333.33, so the
    # thousandth left over goes to Wychbourne, cut the most.
    places = {
        "wychbourne": Place(200, None),
        "coldbrook": Place(100, None),
        "little haye": Place(50, None),
    }

    found = estimates_of(anchored(100_000), places)

    assert [e.expected_milli for e in found.values()] == [66_667, 33_333, 16_667]


def test_no_place_of_the_anchor_may_have_more_than_all_of_them() -> None:
    places = {"wychbourne": Place(200, None), "coldbrook": Place(100, None)}

    assert estimates_of(anchored(100_000), places)["wychbourne"].high_milli == 100_000


def test_without_the_whole_anchor_nothing_is_estimated() -> None:
    missing = {"wychbourne": Place(200, None)}
    unknown = missing | {"coldbrook": Place(None, None)}
    empty = {"wychbourne": Place(0, None), "coldbrook": Place(0, None)}

    for places in (missing, unknown, empty):
        assert scale_of(anchored(100_000), places) is None
        assert set(estimates_of(anchored(100_000), places).values()) == {None}


def test_another_county_may_be_given_the_scale_found_elsewhere() -> None:
    # 7 m2 x 100 people, doubled.
    estimate = only(anchored(100_000), Place(100, None), scale=Fraction(2))

    assert estimate.expected_milli == 1_400_000


def test_an_estimate_always_says_that_it_is_one() -> None:
    assert str(Estimate(2_950_125, 5_900_250, 11_800_500, "m2")) == ("estimate: 2,900 to 12,000 m²")
    assert str(Estimate(1_230, 2_000, 3_450, "km", step_milli=100)) == "estimate: 1.2 to 3.5 km"
    assert str(Estimate(400, 900, 1_100, "sign")) == "estimate: 0 to 2 signs"


def test_an_estimate_is_published_rounded_outward() -> None:
    whole = Estimate(1_635_310_000, 4_655_395_000, 10_249_600_000, "m2")

    published = whole.published

    assert (published.low_milli, published.high_milli) == (1_600_000_000, 11_000_000_000)
    assert published.expected_milli == whole.expected_milli


def test_estimates_are_summed_and_those_not_known_are_counted() -> None:
    total = combine([only(GRASS, COLDBROOK), None, only(GRASS, LITTLE_HAYE)])

    # 2,950.125 + 725 · 5,900.25 + 2,900 · 11,800.5 + 11,600
    assert total.estimate == Estimate(3_675_125, 8_800_250, 23_400_500, "m2")
    assert (total.counted, total.unknown) == (2, 1)
    assert str(total) == "estimate: 3,600 to 24,000 m²; not known for 1"


def test_the_sum_of_nothing_known_is_not_known() -> None:
    assert combine([None, None]).estimate is None
    assert str(combine([None, None])) == "not known for 2"
    assert str(combine([])) == "not known"


def test_unlike_units_are_not_summed() -> None:
    with pytest.raises(ValueError, match="different units"):
        combine([Estimate(1, 2, 3, "m2"), Estimate(1, 2, 3, "km")])


@pytest.mark.parametrize("nonsense", [float("nan"), -1, 1.5, True, "12", float("inf")])
def test_nonsense_is_refused(nonsense: Any) -> None:
    with pytest.raises(ValueError, match="whole number"):
        Place(population=nonsense, extent_milli=1)
    with pytest.raises(ValueError, match="whole number"):
        Place(population=1, extent_milli=nonsense)
    with pytest.raises(ValueError, match="whole number"):
        Estimate(0, nonsense, 10, "m2")
    with pytest.raises(ValueError, match="whole number"):
        line(nonsense)


def test_an_estimate_outside_its_own_range_is_refused() -> None:
    with pytest.raises(ValueError, match="its own range"):
        Estimate(5, 4, 6, "m2")
    with pytest.raises(ValueError, match="hold the expected amount"):
        Spread(110, 120, "C", "for the test")


@given(PEOPLE, PEOPLE, HECTARES, st.booleans())
def test_more_people_never_mean_less_of_a_service(
    some: int, others: int, extent: int, modelled: bool
) -> None:
    fewer, more = sorted((some, others))
    for rule in assumptions().rules.values():
        small = only(rule, Place(fewer, extent, modelled), scale=Fraction(107, 100))
        large = only(rule, Place(more, extent, modelled), scale=Fraction(107, 100))

        assert small.low_milli <= large.low_milli
        assert small.expected_milli <= large.expected_milli
        assert small.high_milli <= large.high_milli


@given(PEOPLE, HECTARES, st.booleans())
def test_every_range_holds_what_is_expected_and_rounding_only_widens_it(
    people: int, extent: int, modelled: bool
) -> None:
    for rule in assumptions().rules.values():
        estimate = only(rule, Place(people, extent, modelled), scale=Fraction(1))
        low, high = estimate.rounded_milli

        assert low <= estimate.low_milli <= estimate.expected_milli
        assert estimate.expected_milli <= estimate.high_milli <= high
        assert str(estimate).startswith("estimate: ")


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from([1, 100, 1_000]))
def test_rounding_goes_outward_to_two_figures_at_most(milli: int, step: int) -> None:
    low, high = rounded_down(milli, step), rounded_up(milli, step)

    assert low <= milli <= high
    for rounded in (low, high):
        assert rounded % step == 0
        assert len(str(rounded).rstrip("0")) <= 2 or rounded < 100


def test_the_cost_of_the_estimates_stands_beside_the_published_one() -> None:
    # Two places of 4,000 m2 and one unknown; 2 cuts at 2.5p and £60 a visit:
    # 4,000 x 2 x 2.5p = £200, and £120: £320 each, £640 in all, of £1,000.
    # At 2,000 m2 £220 each; at 8,000 m2 £520 each.
    grass = Estimate(2_000_000, 4_000_000, 8_000_000, "m2")
    prices = Prices(visits=2, rate_millipence=2_500, call_out_pence=60_00)

    cost = county_cost_of([grass, grass, None], prices, published_pence=1_000_00)

    assert cost == CostBeside(440_00, 640_00, 1_040_00, 1_000_00, counted=2, unknown=1)
    assert cost.ratio == Fraction(64, 100)
    assert cost.ratio_in_words == "0.64"


def test_a_published_cost_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        county_cost_of([], assumptions().prices, published_pence=0)


def test_the_four_places_published_have_the_area_published() -> None:
    # The modelled populations of 2011 that are shipped for the four.
    people = [47_915, 27_886, 12_908, 2_636]
    rule = assumptions().rules["DPS01"]
    places = {key: Place(n, None) for key, n in zip(rule.anchor.places, people, strict=True)}

    found = estimates_of(rule, places)

    assert sum(e.expected_milli for e in found.values()) == 691_188_000
    # 691,188 / (7 x 91,345 + 4 x 2,000) = 691,188 / 647,415
    assert scale_of(rule, places) == Fraction(691_188, 647_415)


def test_the_services_planned_first_all_have_a_rule() -> None:
    assert list(assumptions().rules) == [
        "DPS01",
        "DPS02",
        "SGN",
        "FUR",
        "HDG",
        "SID",
        "WED",
        "ROW",
    ]


def test_every_assumption_has_its_letter_and_its_reason() -> None:
    for rule in assumptions().rules.values():
        assert rule.per_person or rule.per_hectare
        for entry in (rule.per_person, rule.per_hectare, rule.fixed, rule.range):
            assert entry is None or (entry.confidence == "C" and entry.source)
    assert assumptions().rules["DPS01"].anchor.confidence == "A"
