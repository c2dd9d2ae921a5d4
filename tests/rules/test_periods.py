"""Periods as agreements count them, both days included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.periods import Period

days = st.dates(min_value=date(1974, 4, 1), max_value=date(2074, 3, 31))
open_or_day = st.none() | days


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first, last = draw(open_or_day), draw(open_or_day)
    if first and last and last < first:
        first, last = last, first
    return Period(first, last)


class TestAPeriod:
    def test_it_holds_its_first_and_its_last_day(self) -> None:
        year = Period(date(2027, 4, 1), date(2028, 3, 31))

        assert date(2027, 4, 1) in year
        assert date(2028, 3, 31) in year
        assert date(2027, 3, 31) not in year
        assert date(2028, 4, 1) not in year

    def test_an_open_end_never_comes(self) -> None:
        assert Period(date(2027, 4, 1)).contains(date.max)
        assert Period(ends_on=date(2027, 4, 1)).contains(date.min)

    def test_a_single_day_counts_as_one(self) -> None:
        assert Period(date(2027, 4, 1), date(2027, 4, 1)).days == 1

    def test_a_leap_year_has_a_day_more(self) -> None:
        assert Period(date(2027, 4, 1), date(2028, 3, 31)).days == 366

    @pytest.mark.parametrize(
        "period", [Period(date(2027, 4, 1)), Period(ends_on=date(2027, 4, 1)), Period()]
    )
    def test_an_open_period_has_no_length(self, period: Period) -> None:
        assert period.days is None

    def test_it_cannot_end_before_it_starts(self) -> None:
        with pytest.raises(ValueError, match="cannot end on 2027-03-31, before 2027-04-01"):
            Period(date(2027, 4, 1), date(2027, 3, 31))


class TestTwoPeriods:
    def test_they_overlap_where_one_ends_on_the_day_the_other_starts(self) -> None:
        old = Period(None, date(2028, 3, 31))

        assert old.overlaps(Period(date(2028, 3, 31), None))
        assert not old.overlaps(Period(date(2028, 4, 1), None))

    @given(periods(), periods())
    def test_either_may_be_asked(self, one: Period, other: Period) -> None:
        assert one.overlaps(other) == other.overlaps(one)

    @given(periods(), periods(), days)
    def test_a_day_in_both_makes_them_overlap(self, one: Period, other: Period, day: date) -> None:
        if day in one and day in other:
            assert one.overlaps(other)

    @given(days, st.integers(0, 400), days, st.integers(0, 400))
    def test_they_overlap_just_when_they_share_a_day(
        self, first: date, length: int, second: date, other_length: int
    ) -> None:
        one = Period(first, first + timedelta(days=length))
        other = Period(second, second + timedelta(days=other_length))

        shared = (first + timedelta(days=n) in other for n in range(length + 1))
        assert one.overlaps(other) == any(shared)
