"""Notice to end an agreement: its last day, and clear errors at the edges of the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.notice import Notice, ends_by, latest_notice
from waywarden.rules.periods import Period
from waywarden.rules.saying import Refused

TERM = Period(date(2027, 4, 1), date(2032, 3, 31))
OPEN = Period(date(2018, 10, 1), None)
days = st.dates(date(2019, 1, 1), date(2060, 1, 1))


@pytest.mark.parametrize(
    ("notice", "given_on", "ends_on"),
    [
        (Notice(months=6), date(2027, 8, 31), date(2028, 2, 29)),
        (Notice(months=0), date(2027, 8, 31), date(2027, 8, 31)),
        (Notice(months=6, at_year_end=True), date(2027, 9, 30), date(2028, 3, 31)),
        (Notice(months=6, at_year_end=True), date(2027, 10, 1), date(2029, 3, 31)),
        (Notice(months=3, not_before=date(2029, 4, 1)), date(2027, 6, 1), date(2029, 4, 1)),
        (Notice(months=3, not_before=date(2029, 4, 1)), date(2029, 2, 1), date(2029, 5, 1)),
        (
            Notice(months=3, not_before=date(2029, 4, 1), at_year_end=True),
            date(2027, 6, 1),
            date(2030, 3, 31),
        ),
        (Notice(months=12), date(2031, 12, 1), date(2032, 3, 31)),
    ],
)
def test_an_agreement_ends_when_its_notice_has_run_and_it_may_end(
    notice: Notice, given_on: date, ends_on: date
) -> None:
    found = ends_by(notice, given_on=given_on, term=TERM)

    assert found.on == ends_on
    assert found.says.startswith("The agreement ends on ")


def test_six_months_from_february_2022_have_run_before_the_day_recorded() -> None:
    # Two councils resolved on 7 and 8 February 2022 to end a partnership with six months of notice,
    # and its last day is recorded as 31 August. The months alone had run on 8 August.
    assert ends_by(Notice(months=6), given_on=date(2022, 2, 8), term=OPEN).on == date(2022, 8, 8)
    agreed = Notice(months=6, not_before=date(2022, 8, 31))
    found = ends_by(agreed, given_on=date(2022, 2, 8), term=OPEN)
    assert found.says == "The agreement ends on 31 August 2022: it may not end before."


@given(given_on=days, months=st.integers(0, 60), at_year_end=st.booleans())
def test_nothing_ends_before_its_notice_has_run(
    given_on: date, months: int, at_year_end: bool
) -> None:
    notice = Notice(months=months, at_year_end=at_year_end)

    on = ends_by(notice, given_on=given_on, term=OPEN).on

    assert on >= ends_by(Notice(months=months), given_on=given_on, term=OPEN).on
    assert not at_year_end or (on.month, on.day) == (3, 31)


@given(to_end_on=days, months=st.integers(0, 24))
def test_the_latest_day_for_notice_is_in_time_and_the_day_after_is_not(
    to_end_on: date, months: int
) -> None:
    notice, term = Notice(months=months), Period(date(2000, 1, 1), None)

    on = latest_notice(notice, to_end_on=to_end_on, term=term)

    assert ends_by(notice, given_on=on, term=term).on <= to_end_on
    assert ends_by(notice, given_on=on + timedelta(days=1), term=term).on > to_end_on


def test_the_end_of_a_short_month_can_be_reached_from_the_last_of_a_long_one() -> None:
    found = latest_notice(Notice(months=6), to_end_on=date(2030, 2, 28), term=OPEN)

    assert found == date(2029, 8, 31)


@pytest.mark.parametrize(
    ("notice", "to_end_on", "says"),
    [
        (Notice(months=6, at_year_end=True), date(2028, 8, 31), "on a 31 March alone"),
        (Notice(months=6, not_before=date(2029, 1, 1)), date(2028, 8, 31), "may not end before"),
        (Notice(months=6), date(2033, 3, 31), "ends on 31 March 2032 by itself"),
        (Notice(months=6), date(2027, 6, 1), "the agreement has not begun"),
    ],
)
def test_a_day_on_which_it_cannot_end_is_refused_with_the_reason(
    notice: Notice, to_end_on: date, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        latest_notice(notice, to_end_on=to_end_on, term=TERM)


def test_on_its_last_day_an_agreement_ends_by_itself_and_by_notice_alike() -> None:
    last = date(2032, 3, 31)

    by_itself = ends_by(Notice(months=12), given_on=date(2031, 3, 31), term=TERM)

    assert (by_itself.on, "by itself" in by_itself.says) == (last, True)
    assert ends_by(Notice(months=0), given_on=last, term=TERM).on == last
    assert latest_notice(Notice(months=12), to_end_on=last, term=TERM) == date(2031, 3, 31)


def test_the_year_end_itself_is_a_year_end() -> None:
    notice = Notice(months=6, at_year_end=True)

    assert latest_notice(notice, to_end_on=date(2030, 3, 31), term=TERM) == date(2029, 9, 30)


@pytest.mark.parametrize(
    ("given_on", "says"),
    [
        (date(2027, 3, 31), "before that day it is withdrawn"),
        (date(2032, 4, 1), "ended on 31 March 2032. There is nothing to end"),
    ],
)
def test_notice_is_given_while_an_agreement_stands(given_on: date, says: str) -> None:
    with pytest.raises(Refused) as refused:
        ends_by(Notice(months=6), given_on=given_on, term=TERM)

    assert says in str(refused.value)


@pytest.mark.parametrize(
    "notice", [Notice(months=1), Notice(months=0, at_year_end=True)], ids=["months", "year end"]
)
def test_the_last_day_of_the_calendar_gives_a_clear_error(notice: Notice) -> None:
    with pytest.raises(Refused, match="Look at the day"):
        ends_by(notice, given_on=date(9999, 12, 31), term=Period(None, None))


def test_a_notice_without_end_of_term_may_reach_the_last_31_march_there_is() -> None:
    notice = Notice(months=0, at_year_end=True)

    found = ends_by(notice, given_on=date(9999, 1, 1), term=Period(None, date(9999, 12, 31)))

    assert found.on == date(9999, 3, 31)


def test_no_day_is_sought_after_the_last_of_the_calendar() -> None:
    term = Period(None, None)

    assert latest_notice(Notice(months=0), to_end_on=date.max, term=term) == date.max


@pytest.mark.parametrize("months", [-1, 61])
def test_an_absurd_notice_is_refused(months: int) -> None:
    with pytest.raises(Refused, match="between 0 and 60 months"):
        Notice(months=months)


@pytest.mark.parametrize(
    ("notice", "says"),
    [
        (Notice(months=0), "It ends without notice."),
        (Notice(months=1), "It ends with 1 month of notice."),
        (
            Notice(months=6, at_year_end=True, not_before=date(2029, 4, 1)),
            "It ends with 6 months of notice, on a 31 March, not before 1 April 2029.",
        ),
    ],
)
def test_a_notice_is_said_as_an_agreement_says_it(notice: Notice, says: str) -> None:
    assert notice.sentence == says
