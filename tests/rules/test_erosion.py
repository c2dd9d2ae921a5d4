"""What money that never rises is worth later: the rate is named as assumed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.erosion import ASSUMED, Erosion
from waywarden.rules.saying import Refused


def test_fixed_money_over_three_years_at_3_percent_has_lost_8_5_percent() -> None:
    lost = Erosion(100_00, 3, ASSUMED)

    assert lost.lost_per_thousand == 85
    assert (lost.worth_pence, lost.lost_pence) == (91_51, 8_49)


def test_the_sentence_names_the_rate_as_assumed() -> None:
    assert Erosion(28_282_00, 3, ASSUMED).sentence == (
        "Nothing is indexed: after 3 years £28,282 a year buys what £25,882.04 buys at the start, "
        "8.5 % less, if prices rise by 3 % a year, which is assumed and no forecast."
    )
    assert "after 1 year £1 a year" in Erosion(1_00, 1, ASSUMED).sentence


@given(st.integers(0, 10**10), st.integers(0, 98), st.integers(0, 50_000))
def test_what_is_worth_and_lost_is_the_whole_and_more_years_are_worth_less(
    pence: int, years: int, rate: int
) -> None:
    now, later = Erosion(pence, years, rate), Erosion(pence, years + 1, rate)

    assert now.worth_pence + now.lost_pence == pence
    assert 0 <= later.worth_pence <= now.worth_pence <= pence


@pytest.mark.parametrize(
    ("given_values", "says"),
    [
        ((-1, 3, 0), "without a sign"),
        ((1, 100, 0), "0 to 99 years"),
        ((1, -1, 0), "0 to 99 years"),
        ((1, 1, -1), "between 0 % and 50 % a year"),
        ((1, 1, 50_001), "between 0 % and 50 % a year"),
    ],
)
def test_absurd_amounts_years_and_rates_are_refused(
    given_values: tuple[int, int, int], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        Erosion(*given_values)
