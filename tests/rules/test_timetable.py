"""By which day each step must be done for a service to start on time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.publicity import may_take_effect_on
from waywarden.rules.timetable import (
    Step,
    deadlines,
    last_meeting_in_time,
    meeting,
    misses_precept,
    notice_of_key_decision,
    precept_window,
)

SPRING = date(2028, 4, 1)


def by_step(start: date) -> dict[Step, date]:
    return {one.step: one.on for one in deadlines(start)}


def test_a_start_in_april_has_the_days_that_practice_gives() -> None:
    assert by_step(SPRING) == {
        Step.INTEREST: date(2027, 6, 30),
        Step.PACK: date(2027, 7, 31),
        Step.PRICE: date(2027, 10, 31),
        Step.RESOLUTIONS: date(2028, 1, 15),
        Step.ANNOUNCED: date(2028, 1, 20),
        Step.EXECUTIVE: date(2028, 2, 18),
        Step.CALL_IN: date(2028, 2, 25),
        Step.SIGNATURE: date(2028, 2, 28),
        Step.START: SPRING,
    }


def test_the_executives_decision_can_be_called_in_before_anything_is_signed() -> None:
    days = by_step(SPRING)

    assert may_take_effect_on(days[Step.EXECUTIVE]) <= days[Step.SIGNATURE]
    assert notice_of_key_decision(SPRING) == date(2028, 1, 20)


@given(st.dates(date(2022, 1, 1), date(2029, 12, 31)))
def test_every_step_is_done_before_the_next_and_all_before_the_start(start: date) -> None:
    days = [one.on for one in deadlines(start)]

    assert days == sorted(days)
    assert {one.step for one in deadlines(start)} == set(Step)


def test_what_the_executive_announces_can_be_before_the_councils_resolve() -> None:
    found = {start: by_step(start) for start in (date(2026, 6, 1), SPRING)}

    assert found[SPRING][Step.RESOLUTIONS] < found[SPRING][Step.ANNOUNCED]
    assert all(days[Step.CALL_IN] < days[Step.SIGNATURE] for days in found.values())


def test_a_start_in_september_moves_all_by_five_months() -> None:
    assert by_step(date(2028, 9, 1))[Step.INTEREST] == date(2027, 11, 30)
    assert by_step(date(2028, 9, 1))[Step.RESOLUTIONS] == date(2028, 6, 15)


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2028, 4, 1), date(2028, 1, 15)),
        (date(2028, 3, 31), date(2027, 1, 15)),
        (date(2028, 9, 1), date(2028, 1, 15)),
        (date(2029, 1, 1), date(2028, 1, 15)),
    ],
)
def test_the_precept_is_of_the_year_in_which_the_service_starts(start: date, last: date) -> None:
    assert precept_window(start)[1] == last
    assert not misses_precept(last, start)
    assert misses_precept(last.replace(day=16), start)


MEETINGS = [date(2027, 11, 8), date(2027, 12, 13), date(2028, 1, 10), date(2028, 2, 14)]


def test_the_last_meeting_before_a_day_is_the_one_to_use() -> None:
    found = last_meeting_in_time(MEETINGS, by=date(2028, 1, 15), today=date(2027, 10, 1))

    assert found == meeting(date(2028, 1, 10))


def test_a_meeting_whose_notice_should_be_out_is_too_late() -> None:
    notice = meeting(date(2028, 1, 10)).notice_by

    assert last_meeting_in_time(MEETINGS, by=date(2028, 1, 15), today=notice) is not None
    late = date(2028, 1, 9)
    assert last_meeting_in_time(MEETINGS, by=date(2028, 1, 15), today=late) is None


def test_a_council_that_meets_too_seldom_is_left_without_a_meeting() -> None:
    assert last_meeting_in_time([], by=date(2028, 1, 15), today=date(2027, 10, 1)) is None


def test_a_notice_that_would_be_due_on_a_sunday_is_safer_on_the_friday() -> None:
    thursday = meeting(date(2026, 11, 26))

    assert thursday.notice_by == date(2026, 11, 22)
    assert thursday.notice_by_working_day == date(2026, 11, 20)
