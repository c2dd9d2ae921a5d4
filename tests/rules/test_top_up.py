"""Buying more of the county's own service: what extra visits cost, and who pays which part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.saying import Refused
from waywarden.rules.top_up import TopUp


def top_up(**change: int) -> TopUp:
    return TopUp(**{"minimum": 1, "funded": 2, "wanted": 4, "visit_pence": 12_000_00} | change)


def test_do3_two_extra_cuts_are_split_half_and_half_with_the_district() -> None:
    # Bicester and Cherwell paid £12,000 each for two cuts more.
    assert top_up().split({"Bicester": 1, "Cherwell": 1}) == {
        "Bicester": 12_000_00,
        "Cherwell": 12_000_00,
    }


def test_do3_the_gap_is_what_is_bought_beyond_what_the_county_funds() -> None:
    numbers = top_up(wanted=6).numbers

    assert top_up(wanted=6).extra_visits == 4
    assert (numbers.cost, numbers.county_pays, numbers.gap) == (72_000_00, 24_000_00, 48_000_00)


@given(
    funded=st.integers(1, 20),
    extra=st.integers(0, 20),
    price=st.integers(0, 10**7),
    parts=st.tuples(st.integers(0, 100), st.integers(1, 100)),
)
def test_do3_what_is_paid_on_top_is_the_gap_and_adds_up(
    funded: int, extra: int, price: int, parts: tuple[int, int]
) -> None:
    bought = top_up(funded=funded, wanted=funded + extra, visit_pence=price)

    split = bought.split({"Coldbrook": parts[0], "Marlshire": parts[1]})

    assert sum(split.values()) == bought.extra_pence == extra * price
    assert bought.numbers.gap == bought.extra_pence
    assert bought.extra_visits == extra


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"minimum": 3}, "at least the minimum"),
        ({"minimum": -1}, "at least the minimum"),
        ({"wanted": 1}, "at least what the county funds, 2 visits"),
        ({"wanted": 367}, "most 366"),
        ({"visit_pence": -1}, "without a sign"),
    ],
)
def test_a_top_up_that_is_none_is_refused(change: dict[str, int], says: str) -> None:
    with pytest.raises(Refused, match=says):
        top_up(**change)


@pytest.mark.parametrize("shares", [{}, {"Coldbrook": 0}, {"Coldbrook": 2, "Marlshire": -1}])
def test_somebody_pays_for_the_extra_visits(shares: dict[str, int]) -> None:
    with pytest.raises(Refused, match="Say who pays"):
        top_up().split(shares)
