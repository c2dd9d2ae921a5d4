"""The Right to Challenge: its grounds, and the days in which whoever asks is answered."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.challenge import (
    ACKNOWLEDGE_WITHIN,
    GROUNDS,
    RELEVANT_BODIES,
    acknowledge_by,
    is_working_day,
)


def test_christmas_is_not_counted() -> None:
    # 21, 22, 23, 24, 29, 30, 31 December and 4, 5, 6 January: the 28th stands in for Boxing Day.
    assert acknowledge_by(date(2026, 12, 18)) == date(2027, 1, 6)


@given(st.dates(date(2021, 1, 1), date(2029, 6, 30)))
def test_ten_working_days_lie_between(day: date) -> None:
    due = acknowledge_by(day)
    after = (day + timedelta(days=number) for number in range(1, (due - day).days + 1))

    assert sum(map(is_working_day, after)) == ACKNOWLEDGE_WITHIN
    assert is_working_day(due)


def test_the_grounds_and_bodies_of_the_act_are_there() -> None:
    assert len(GROUNDS) == 10
    assert all(ground.key == key and ground.says for key, ground in GROUNDS.items())
    assert set(RELEVANT_BODIES) == {"voluntary", "charity", "parish", "employees"}
