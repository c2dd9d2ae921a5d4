"""Clear days, on real dates: each kind of break, each reading, and the safe day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.appointed_days import appointed_days
from waywarden.rules.bank_holidays import NotRecorded, bank_holidays, easter_day, is_bank_holiday
from waywarden.rules.calendar import (
    CLEAR_DAYS,
    PARISH_RULES,
    PRINCIPAL_RULES,
    Rule,
    Whose,
    in_bank_holiday_break,
    in_christmas_break,
    in_easter_break,
    is_clear,
    last_working_day,
    latest_issue_day,
    readings,
    safe_issue_day,
    warnings_about,
)

P3, P3C, STRICT, C5 = "parish", "parish-excluding-saturday", "parish-strict", "principal"
meetings = st.dates(date(2021, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    ("meeting", "rule", "latest"),
    [
        # The four meetings of the design, by three readings each.
        (date(2026, 11, 26), P3, date(2026, 11, 22)),
        (date(2026, 11, 26), P3C, date(2026, 11, 22)),
        (date(2026, 11, 26), C5, date(2026, 11, 18)),
        (date(2026, 12, 1), P3, date(2026, 11, 26)),
        (date(2026, 12, 1), P3C, date(2026, 11, 25)),
        (date(2026, 12, 1), C5, date(2026, 11, 23)),
        (date(2026, 12, 8), P3, date(2026, 12, 3)),
        (date(2026, 12, 8), P3C, date(2026, 12, 2)),
        (date(2026, 12, 8), C5, date(2026, 11, 30)),
        (date(2027, 1, 4), P3, date(2026, 12, 29)),
        (date(2027, 1, 4), P3C, date(2026, 12, 22)),
        (date(2027, 1, 4), C5, date(2026, 12, 22)),
        (date(2027, 1, 4), STRICT, date(2026, 12, 21)),
        # Wed 31 March 2027: Thu 25 to Tue 30 are the Easter break, so Wed 24, Tue 23 and Mon 22
        # are clear and Sunday 21 may be the day of issue.
        (date(2027, 3, 31), P3, date(2027, 3, 21)),
        # Tue 4 May 2027: Mon 3 is a bank holiday, Sun 2 no clear day; Sat 1, Fri 30 and Thu 29
        # are clear. Without Saturdays Wed 28 is the third; strictly Fri 30 goes too.
        (date(2027, 5, 4), P3, date(2027, 4, 28)),
        (date(2027, 5, 4), P3C, date(2027, 4, 27)),
        (date(2027, 5, 4), STRICT, date(2027, 4, 26)),
        # Five working days before Tue 4 May 2027: 30, 29, 28, 27 and 26 April.
        (date(2027, 5, 4), C5, date(2027, 4, 25)),
        # A meeting just after the funeral of 19 September 2022: no day of mourning counts.
        (date(2022, 9, 21), P3, date(2022, 9, 5)),
    ],
)
def test_a_notice_may_be_issued_by_this_day(meeting: date, rule: str, latest: date) -> None:
    assert latest_issue_day(meeting, rule) == latest


def test_a_day_appointed_for_mourning_does_not_count_for_parishes_alone() -> None:
    appointed = {date(2026, 11, 25)}

    assert latest_issue_day(date(2026, 11, 26), P3, appointed=appointed) == date(2026, 11, 20)
    assert latest_issue_day(date(2026, 11, 26), C5, appointed=appointed) == date(2026, 11, 18)


def test_the_safe_day_is_the_earliest_of_all_readings_that_apply() -> None:
    found = readings(date(2027, 1, 4), Whose.PARISH_COUNCIL)

    assert [reading.rule for reading in found] == [
        Rule.PARISH,
        Rule.PARISH_WITHOUT_SATURDAY,
        Rule.PARISH_STRICT,
    ]
    assert safe_issue_day(date(2027, 1, 4), Whose.PARISH_COUNCIL) == date(2026, 12, 21)
    assert safe_issue_day(date(2027, 1, 4), Whose.PRINCIPAL_COUNCIL) == date(2026, 12, 22)


@pytest.mark.parametrize(
    ("meeting", "whose", "latest"),
    [
        # Seven clear days before Thu 10 June 2027 are Wed 9 to Wed 2 without Sunday 6; without
        # Saturday 5 too they reach to Tue 1. Mon 31 May is a bank holiday, and strictly the
        # Tuesday after it does not count, nor the Friday before it: Thu 27 is the seventh.
        (date(2027, 6, 10), Whose.PARISH_MEETING, date(2027, 5, 26)),
        (date(2027, 6, 10), Whose.COUNCIL_OR_MEETING, date(2027, 5, 26)),
        (date(2027, 6, 10), Whose.PARISH_COUNCIL, date(2027, 6, 6)),
        # Wed 30 June 2027, without weekends: seven are Tue 29 to Mon 21, fourteen reach Thu 10.
        (date(2027, 6, 30), Whose.PARISH_MEETING, date(2027, 6, 20)),
        (date(2027, 6, 30), Whose.PARISH_MEETING_ON_ITS_COUNCIL, date(2027, 6, 9)),
    ],
)
def test_a_parish_meeting_gives_seven_clear_days_and_fourteen_about_its_own_council(
    meeting: date, whose: Whose, latest: date
) -> None:
    assert safe_issue_day(meeting, whose) == latest


def test_by_the_mildest_reading_saturdays_count_for_a_parish_meeting_too() -> None:
    # Wed 30 June 2027: Tue 29, Mon 28, Sat 26, Fri 25, Thu 24, Wed 23 and Tue 22.
    mildest = readings(date(2027, 6, 30), Whose.PARISH_MEETING)[0]

    assert mildest.latest == date(2027, 6, 21)
    assert mildest.says.startswith("7 clear days.")


@given(meeting=meetings, rule=st.sampled_from(PARISH_RULES))
def test_a_longer_notice_is_never_issued_later(meeting: date, rule: Rule) -> None:
    days = [latest_issue_day(meeting, rule, clear_days=days) for days in (3, 7, 14)]

    assert days == sorted(days, reverse=True)
    assert len(set(days)) == 3


def test_each_reading_says_what_it_counts_where_it_was_read_and_the_last_working_day() -> None:
    first = readings(date(2026, 11, 26), Whose.PARISH_COUNCIL)[0]

    assert "Saturdays count" in first.says
    assert first.read_in
    # Sunday 22 November is lawful; on Friday 20 somebody is at work.
    assert (first.latest, first.last_working_day) == (date(2026, 11, 22), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("year", "begins", "ends"),
    [
        # Christmas Day on a Friday, Saturday, Sunday and Wednesday.
        (2026, date(2026, 12, 24), date(2026, 12, 29)),
        (2027, date(2027, 12, 24), date(2027, 12, 29)),
        (2022, date(2022, 12, 23), date(2022, 12, 28)),
        (2024, date(2024, 12, 24), date(2024, 12, 27)),
    ],
)
def test_the_christmas_break_holds_both_its_ends(year: int, begins: date, ends: date) -> None:
    december = [date(year, 12, day) for day in range(1, 32)]

    inside = [day for day in december if in_christmas_break(day)]

    assert (inside[0], inside[-1]) == (begins, ends)
    assert len(inside) == (ends - begins).days + 1
    assert not in_christmas_break(date(year, 11, 25))


def test_the_easter_break_runs_from_thursday_to_tuesday() -> None:
    days = [easter_day(2026) + timedelta(ahead) for ahead in range(-4, 4)]

    assert easter_day(2026) == date(2026, 4, 5)
    assert [in_easter_break(day) for day in days] == [False] + [True] * 6 + [False]


def test_the_break_about_a_bank_holiday_ends_with_the_next_open_weekday() -> None:
    # Monday 31 August 2026: from Friday 28 to Tuesday 1 September.
    inside = [day for day in range(27, 32) if in_bank_holiday_break(date(2026, 8, day))]

    assert inside == [28, 29, 30, 31]
    assert in_bank_holiday_break(date(2026, 9, 1))
    assert not in_bank_holiday_break(date(2026, 9, 2))


def test_a_year_nobody_entered_is_refused_with_what_to_do() -> None:
    with pytest.raises(NotRecorded, match=r"from 2020 to 2030, not for 2031\. Enter them"):
        latest_issue_day(date(2031, 6, 3))


def test_a_rule_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        latest_issue_day(date(2026, 6, 3), "fortnight")


def test_every_year_has_its_bank_holidays_and_easter_falls_on_a_sunday() -> None:
    for year in range(2020, 2031):
        named = [name for day, name in bank_holidays().items() if day.year == year]
        assert len(named) >= 8
        assert easter_day(year).weekday() == 6


@pytest.mark.parametrize(
    "day",
    [
        date(2020, 5, 8),
        date(2022, 6, 2),
        date(2022, 6, 3),
        date(2022, 9, 19),
        date(2023, 5, 8),
        date(2028, 1, 3),
    ],
)
def test_days_that_were_moved_or_added_are_known(day: date) -> None:
    assert is_bank_holiday(day)


def test_days_whose_holiday_was_moved_away_are_working_days() -> None:
    assert not is_bank_holiday(date(2020, 5, 4))
    assert not is_bank_holiday(date(2022, 5, 30))


def test_a_holiday_on_which_sources_differ_is_pointed_out() -> None:
    assert warnings_about(date(2027, 1, 4), Whose.PARISH_COUNCIL) == [
        "26 December 2026 falls on a Saturday: the Act lists it as a bank holiday, the "
        "government's list only the day in its place. Neither is counted here; to be confirmed by "
        "the monitoring officer."
    ]
    assert warnings_about(date(2026, 11, 26), Whose.PARISH_COUNCIL) == []


def test_a_meeting_on_a_sunday_or_a_bank_holiday_is_questioned() -> None:
    for day in (date(2026, 11, 22), date(2026, 8, 31)):
        assert "Sunday or a bank holiday" in warnings_about(day, Whose.PRINCIPAL_COUNCIL)[-1]


@given(meeting=meetings)
def test_there_are_as_many_clear_days_as_asked_and_the_day_before_them_is_the_day(
    meeting: date,
) -> None:
    for rule in Rule:
        issued = latest_issue_day(meeting, rule)
        between = [issued + timedelta(n) for n in range(1, (meeting - issued).days)]
        clear = [day for day in between if is_clear(day, rule)]
        assert len(clear) == (5 if rule is Rule.PRINCIPAL else 3)
        assert between[0] == clear[0]


@given(meeting=meetings)
def test_a_stricter_reading_never_gives_a_later_day(meeting: date) -> None:
    parish = [latest_issue_day(meeting, rule) for rule in PARISH_RULES]

    assert parish == sorted(parish, reverse=True)
    assert safe_issue_day(meeting, Whose.PARISH_COUNCIL) == parish[-1]
    assert set(PARISH_RULES) | set(PRINCIPAL_RULES) == set(Rule)
    assert set(CLEAR_DAYS) == set(Whose)


@given(day=meetings)
def test_the_last_working_day_is_no_weekend_and_no_holiday(day: date) -> None:
    working = last_working_day(day)

    assert working <= day
    assert working.weekday() < 5
    assert not is_bank_holiday(working)


def test_south_leverton_could_not_meet_in_september_2022_once_the_mourning_had_begun() -> None:
    # 20 September is clear; from 8 to 19 September none is; 7 and 6 September are.
    assert latest_issue_day(date(2022, 9, 21), P3) == date(2022, 9, 5)
    # By the other view, of one counsel, the bank holiday of the funeral alone was left out.
    assert latest_issue_day(date(2022, 9, 21), P3, appointed=()) == date(2022, 9, 15)
    # For principal councils it was: 20, 16, 15, 14 and 13 September are clear.
    assert latest_issue_day(date(2022, 9, 21), C5) == date(2022, 9, 12)


def test_a_meeting_on_22_april_2021_had_its_clear_days_after_the_mourning() -> None:
    assert latest_issue_day(date(2021, 4, 22), P3) == date(2021, 4, 18)


def test_a_time_of_mourning_runs_from_its_first_to_its_last_day() -> None:
    days = appointed_days()

    assert [date(2021, 4, 8) in days, date(2021, 4, 9) in days] == [False, True]
    assert [date(2021, 4, 17) in days, date(2021, 4, 18) in days] == [True, False]
    assert sum("Elizabeth" in occasion for occasion in days.values()) == 12
