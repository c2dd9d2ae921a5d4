"""Months, quarters and financial years: a term cut into what is paid or claimed."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.months import (
    Every,
    Season,
    closed,
    financial_year,
    months_after,
    periods,
    shared_days,
    whole_period,
    year_name,
    year_of,
)
from waywarden.rules.periods import Period
from waywarden.rules.saying import Refused, listed, percent, pounds

days = st.dates(date(2015, 1, 1), date(2060, 12, 31))
terms = st.tuples(days, st.integers(0, 4_000)).map(
    lambda drawn: Period(drawn[0], drawn[0] + timedelta(days=drawn[1]))
)
GRASS = Season(3, 10)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2027, 3, 25), 6, date(2027, 9, 25)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 12, 1), 1, date(2028, 1, 1)),
        (date(2027, 1, 31), -2, date(2026, 11, 30)),
    ],
)
def test_months_run_to_the_same_day_or_the_last_of_a_short_month(
    start: date, months: int, end: date
) -> None:
    assert months_after(start, months) == end


@pytest.mark.parametrize(("start", "months"), [(date.max, 1), (date.min, -1)])
def test_months_beyond_the_calendar_are_refused_with_the_day_to_look_at(
    start: date, months: int
) -> None:
    with pytest.raises(Refused, match="beyond the calendar"):
        months_after(start, months)


def test_the_financial_year_turns_on_1_april() -> None:
    assert financial_year(date(2028, 3, 31)) == 2027
    assert financial_year(date(2028, 4, 1)) == 2028
    assert year_of(2026) == Period(date(2026, 4, 1), date(2027, 3, 31))
    assert year_name(2026) == "2026/27"


@given(day=days, every=st.sampled_from(Every))
def test_every_day_lies_in_one_whole_period_that_begins_on_the_first_of_a_month(
    day: date, every: Every
) -> None:
    start, end = closed(whole_period(day, every))

    assert start <= day <= end
    assert start.day == 1
    assert (start.month - 4) % every.months == 0
    assert end + timedelta(days=1) == months_after(start, every.months)


@given(term=terms, every=st.sampled_from(Every))
def test_periods_follow_each_other_without_gap_from_the_first_day_to_the_last(
    term: Period, every: Every
) -> None:
    found = [closed(period) for period in periods(term, every)]

    assert (found[0][0], found[-1][1]) == (term.starts_on, term.ends_on)
    for (_, ends_on), (starts_on, _) in pairwise(found):
        assert starts_on == ends_on + timedelta(days=1)
    for starts_on, ends_on in found:
        assert ends_on in whole_period(starts_on, every)


@given(term=terms)
def test_months_of_a_season_and_of_the_rest_are_all_days(term: Period) -> None:
    rest = Season(11, 2)

    assert GRASS.days_within(term) + rest.days_within(term) == term.days


def test_a_season_may_run_over_the_new_year() -> None:
    assert [month for month in range(1, 13) if Season(11, 2).holds(month)] == [1, 2, 11, 12]
    assert Season(11, 2).days_within(year_of(2027)) == 30 + 31 + 31 + 29


def test_a_season_may_be_the_whole_year_or_one_month() -> None:
    assert Season(1, 12).days_within(year_of(2027)) == 366
    assert Season(12, 12).days_within(year_of(2027)) == 31
    assert Season(1, 1).days_within(year_of(2027)) == 31


@pytest.mark.parametrize("months", [(0, 10), (3, 13), (13, 3), (10, 0)])
def test_a_season_of_months_that_are_none_is_refused(months: tuple[int, int]) -> None:
    with pytest.raises(Refused, match="numbers from 1 to 12"):
        Season(*months)


def test_periods_that_do_not_touch_share_no_day() -> None:
    assert shared_days(year_of(2027), year_of(2028)) == 0


@pytest.mark.parametrize(
    ("term", "says"),
    [
        (Period(None, date(2028, 3, 31)), "no first day"),
        (Period(date(2027, 4, 1), None), "no last day"),
        (Period(date(2027, 4, 1), date.max), "longer than 99 years"),
        (Period(date(9999, 1, 1), date.max), "longer than 99 years"),
    ],
)
def test_a_term_that_is_open_or_absurd_is_refused_with_what_to_say(term: Period, says: str) -> None:
    with pytest.raises(Refused, match=says):
        periods(term, Every.YEAR)


def test_money_and_lists_are_written_as_people_write_them() -> None:
    assert pounds(-1_234_56) == "−£1,234.56"
    assert listed(["Coldbrook", "Little Haye"], last="or") == "Coldbrook or Little Haye"
    assert percent(12_500) == "12.5 %"
