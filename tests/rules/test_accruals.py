"""Accruals at 31 March: what a year owes and has not paid, and what it paid for the next."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.accruals import Due, accruals
from waywarden.rules.months import financial_year
from waywarden.rules.periods import Period
from waywarden.rules.saying import Refused

WINTER = Period(date(2028, 1, 1), date(2028, 3, 31))


def due(period: Period, pence: int, paid: dict[date, int] | None = None) -> Due:
    return Due(key="Coldbrook", period=period, pence=pence, paid=paid or {})


def test_fo7_the_last_quarter_paid_in_april_is_owed_at_31_march() -> None:
    (found,) = accruals([due(WINTER, 100_00, {date(2028, 4, 20): 100_00})], 2027)

    assert (found.owed_pence, found.ahead_pence) == (100_00, 0)


def test_fo7_what_was_paid_on_31_march_is_not_owed() -> None:
    assert accruals([due(WINTER, 100_00, {date(2028, 3, 31): 100_00})], 2027) == []


def test_fo7_a_part_paid_leaves_the_rest_owed() -> None:
    (found,) = accruals([due(WINTER, 100_00, {date(2028, 2, 1): 30_00})], 2027)

    assert found.owed_pence == 70_00


def test_fo7_the_first_quarter_paid_before_the_year_is_paid_ahead() -> None:
    spring = Period(date(2028, 4, 1), date(2028, 6, 30))

    (found,) = accruals([due(spring, 91_00, {date(2028, 3, 30): 91_00})], 2027)

    assert (found.owed_pence, found.ahead_pence) == (0, 91_00)


def test_fo7_what_runs_over_the_end_of_the_year_is_divided_by_days() -> None:
    over = Period(date(2028, 3, 1), date(2028, 4, 30))

    (found,) = accruals([due(over, 61_00)], 2027)

    assert found.owed_pence == 31_00


def test_what_begins_after_the_year_and_is_not_paid_leaves_nothing() -> None:
    assert accruals([due(Period(date(2028, 4, 1), date(2028, 4, 30)), 1)], 2027) == []


def test_nothing_due_and_nothing_paid_leaves_nothing() -> None:
    assert accruals([due(WINTER, 0, {date(2028, 3, 1): 0})], 2027) == []


@given(
    start=st.dates(date(2025, 1, 1), date(2029, 1, 1)),
    length=st.integers(0, 1_500),
    pence=st.integers(1, 10**9),
)
def test_what_is_owed_grows_from_year_to_year_to_the_whole(
    start: date, length: int, pence: int
) -> None:
    end = start + timedelta(days=length)
    years = range(financial_year(start), financial_year(end) + 1)

    owed = [
        sum(found.owed_pence for found in accruals([due(Period(start, end), pence)], year))
        for year in years
    ]

    assert owed == sorted(owed)
    assert owed[-1] == pence


@pytest.mark.parametrize(
    ("pence", "paid", "says"),
    [
        (-1, {}, "without a sign"),
        (1, {date(2028, 1, 1): -1}, "without a sign"),
        (1, {date(2028, 1, 1): 2}, "More was paid for Coldbrook than is owed"),
    ],
)
def test_what_can_not_be_is_refused(pence: int, paid: dict[date, int], says: str) -> None:
    with pytest.raises(Refused, match=says):
        due(WINTER, pence, paid)
