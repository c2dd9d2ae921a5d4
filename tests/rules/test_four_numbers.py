"""Cost, county payment, gap and Band D effect, each known or not."""

import pytest

from waywarden.rules.four_numbers import FourNumbers


def test_tur_langton_finds_the_rest_itself() -> None:
    """Fourteen cuts at £110, of which the county reimburses £411.84 (domain guide, section 6)."""
    assert FourNumbers(cost=1_540_00, county_pays=411_84).gap == 1_128_16


def test_what_is_not_known_is_not_nought() -> None:
    nothing = FourNumbers(cost=None, county_pays=None, tax_base_milli=None)

    assert (nothing.gap, nothing.gap_range, nothing.band_d) == (None, None, None)
    assert FourNumbers(cost=100, county_pays=None).gap is None
    assert FourNumbers(cost=None, county_pays=100).gap is None
    assert FourNumbers(cost=100, county_pays=40).band_d is None
    assert FourNumbers(cost=100, low=80, county_pays=40).gap_range is None


def test_the_gap_is_spread_over_band_d_homes_to_the_penny() -> None:
    assert FourNumbers(cost=3_060_00, county_pays=886_00, tax_base_milli=262_000).band_d == 8_30
    # Two and a half pence round up, and down where the county pays more than it costs.
    assert FourNumbers(cost=5, county_pays=0, tax_base_milli=2_000).band_d == 3
    assert FourNumbers(cost=0, county_pays=5, tax_base_milli=2_000).band_d == -3


def test_the_range_is_of_low_and_high_prices() -> None:
    found = FourNumbers(cost=300, low=250, high=400, county_pays=100)

    assert found.gap_range == (150, 300)


def test_a_tax_base_of_no_homes_is_refused() -> None:
    with pytest.raises(ValueError, match="one home at least"):
        FourNumbers(cost=1, county_pays=0, tax_base_milli=0)
