"""How long a decision of an executive must be announced before, and may be called in after.

Key decisions are published 28 days ahead (SI 2012/2089, read). Whether the 28 are
clear days is recalled: the safe day keeps to both readings. Call-in is for about five
working days (read); each council's own constitution says how many.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from waywarden.rules.bank_holidays import is_bank_holiday
from waywarden.rules.calendar import SATURDAY

DAY = timedelta(days=1)
DAYS_OF_PUBLICITY = 28
WORKING_DAYS_OF_CALL_IN = 5


@dataclass(frozen=True, slots=True)
class Publicity:
    """A key decision between its notice and its day.

    ``is_enough`` holds by the plain reading of 28 days, ``is_surely_enough`` by that of
    28 clear days as well.
    """

    published_on: date
    decided_on: date

    @property
    def clear_days(self) -> int:
        """The days that lie between the two, neither counted."""
        return (self.decided_on - self.published_on).days - 1

    @property
    def is_enough(self) -> bool:
        """Whether 28 days had gone by."""
        return (self.decided_on - self.published_on).days >= DAYS_OF_PUBLICITY

    @property
    def is_surely_enough(self) -> bool:
        """Whether 28 clear days had gone by."""
        return self.clear_days >= DAYS_OF_PUBLICITY


def latest_notice_day(decided_on: date) -> date:
    """Return the last day on which a key decision can be announced, safe by both readings.

    >>> latest_notice_day(date(2027, 2, 16))
    datetime.date(2027, 1, 18)
    """
    return decided_on - DAY * (DAYS_OF_PUBLICITY + 1)


def first_decision_day(published_on: date) -> date:
    """Return the first day on which what was announced can be decided, safe by both readings.

    >>> first_decision_day(date(2027, 1, 18))
    datetime.date(2027, 2, 16)
    """
    return published_on + DAY * (DAYS_OF_PUBLICITY + 1)


def call_in_ends_on(published_on: date, *, working_days: int = WORKING_DAYS_OF_CALL_IN) -> date:
    """Return the last day on which a decision can be called in, the day of its notice not counted.

    Raises ValueError for fewer than one working day and `NotRecorded` for a year whose
    bank holidays are not entered.

    >>> call_in_ends_on(date(2027, 3, 24))
    datetime.date(2027, 4, 2)
    """
    if working_days < 1:
        raise ValueError("A decision can be called in for one working day at least.")
    day = published_on
    for _ in range(working_days):
        day += DAY
        while day.weekday() >= SATURDAY or is_bank_holiday(day):
            day += DAY
    return day


def may_take_effect_on(published_on: date, *, working_days: int = WORKING_DAYS_OF_CALL_IN) -> date:
    """Return the first day on which a decision that nobody called in can be acted upon.

    >>> may_take_effect_on(date(2027, 3, 24))
    datetime.date(2027, 4, 3)
    """
    return call_in_ends_on(published_on, working_days=working_days) + DAY
