"""Twenty-eight days before a key decision, and the days in which it can be called in after."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.bank_holidays import is_bank_holiday
from waywarden.rules.publicity import (
    Publicity,
    call_in_ends_on,
    first_decision_day,
    latest_notice_day,
    may_take_effect_on,
)

recorded_days = st.dates(date(2021, 1, 1), date(2029, 11, 30))


@pytest.mark.parametrize(
    ("decided", "is_enough", "is_surely_enough"),
    [(14, False, False), (15, True, False), (16, True, True)],
)
def test_28_days_and_28_clear_days_differ_by_one(
    decided: int, is_enough: bool, is_surely_enough: bool
) -> None:
    publicity = Publicity(published_on=date(2027, 1, 18), decided_on=date(2027, 2, decided))

    assert publicity.is_enough is is_enough
    assert publicity.is_surely_enough is is_surely_enough


@given(recorded_days)
def test_the_latest_notice_and_the_first_decision_are_one_anothers_answer(day: date) -> None:
    assert first_decision_day(latest_notice_day(day)) == day
    assert Publicity(latest_notice_day(day), day).clear_days == 28


def test_easter_stands_still_in_a_call_in() -> None:
    # Good Friday is 26 March 2027, Easter Monday the 29th.
    assert call_in_ends_on(date(2027, 3, 24)) == date(2027, 4, 2)
    assert call_in_ends_on(date(2027, 3, 24), working_days=1) == date(2027, 3, 25)


@given(recorded_days, st.integers(1, 10))
def test_a_call_in_has_as_many_working_days_as_the_constitution_says(day: date, asked: int) -> None:
    last = call_in_ends_on(day, working_days=asked)

    days = [day + timedelta(ahead) for ahead in range(1, (last - day).days + 1)]
    assert sum(one.weekday() < 5 and not is_bank_holiday(one) for one in days) == asked
    assert may_take_effect_on(day, working_days=asked) == last + timedelta(1)


def test_a_call_in_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="one working day at least"):
        call_in_ends_on(date(2027, 3, 24), working_days=0)
