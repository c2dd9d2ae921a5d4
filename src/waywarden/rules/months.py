"""Months, quarters and financial years: a term cut into the periods that are paid or claimed.

Every period lies on the grid of the financial year, which begins on 1 April, so that the first
and the last period of a term may be parts.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.periods import Period
from waywarden.rules.saying import Refused, day

DAY = timedelta(days=1)
MONTHS = 12
APRIL = 4
#: A term longer than this is a slip of the pen.
LONGEST_YEARS = 99
BASES = (
    Basis(
        rule="The financial year of a council runs from 1 April to 31 March.",
        source="Local Audit and Accountability Act 2014, section 3",
        sure=Sure.RECALLED,
    ),
)


class Every(StrEnum):
    """How often something is paid or claimed."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months one period has.

        >>> Every.QUARTER.months
        3
        """
        return {"month": 1, "quarter": 3, "half-year": 6, "year": MONTHS}[self.value]

    @property
    def in_a_year(self) -> int:
        """How many periods a year has."""
        return MONTHS // self.months


def months_after(start: date, months: int) -> date:
    """Return the same day so many months later, or the last of a month that is too short.

    >>> months_after(date(2027, 11, 30), 3), months_after(date(2027, 4, 1), -1)
    (datetime.date(2028, 2, 29), datetime.date(2027, 3, 1))
    """
    year, month = divmod(start.year * MONTHS + start.month - 1 + months, MONTHS)
    if not 1 <= year <= MAXYEAR:
        raise Refused(f"{months} months from {day(start)} is beyond the calendar. Look at the day.")
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def financial_year(on: date) -> int:
    """Return the year in which the financial year of a day begins.

    >>> financial_year(date(2028, 3, 31)), financial_year(date(2028, 4, 1))
    (2027, 2028)
    """
    return on.year if on.month >= APRIL else on.year - 1


def year_of(year: int) -> Period:
    """Return the financial year that begins in a year.

    >>> year_of(2027).days
    366
    """
    return Period(date(year, APRIL, 1), date(year + 1, APRIL, 1) - DAY)


def year_name(year: int) -> str:
    """Name a financial year as councils do.

    >>> year_name(2027), year_name(2099)
    ('2027/28', '2099/00')
    """
    return f"{year}/{(year + 1) % 100:02d}"


def whole_period(on: date, every: Every) -> Period:
    """Return the period of the financial year in which a day lies, whole.

    >>> whole_period(date(2027, 8, 31), Every.QUARTER).starts_on
    datetime.date(2027, 7, 1)
    """
    into = (on.month - APRIL) % MONTHS
    first = months_after(on.replace(day=1), -(into % every.months))
    return Period(first, months_after(first, every.months) - DAY)


def closed(term: Period) -> tuple[date, date]:
    """Return both ends of a term; refuse one that is open or absurdly long.

    >>> closed(Period(date(2027, 4, 1), None))
    Traceback (most recent call last):
    waywarden.rules.saying.Refused: The term has no last day. Say until when it is paid.
    """
    if term.starts_on is None:
        raise Refused("The term has no first day. Say from when it is paid.")
    if term.ends_on is None:
        raise Refused("The term has no last day. Say until when it is paid.")
    if term.ends_on.year - term.starts_on.year > LONGEST_YEARS or term.ends_on.year == MAXYEAR:
        raise Refused(
            f"A term from {day(term.starts_on)} to {day(term.ends_on)} is longer than "
            f"{LONGEST_YEARS} years, or reaches the end of the calendar. Look at its last day."
        )
    return term.starts_on, term.ends_on


def periods(term: Period, every: Every) -> list[Period]:
    """Cut a term at the periods of the financial year; the first and last may be parts.

    >>> found = periods(Period(date(2027, 5, 15), date(2027, 12, 31)), Every.QUARTER)
    >>> [period.days for period in found]
    [47, 92, 92]
    """
    start, end = closed(term)
    found = []
    while start <= end:
        last = min(_end(whole_period(start, every)), end)
        found.append(Period(start, last))
        start = last + DAY
    return found


def shared_days(one: Period, other: Period) -> int:
    """Count the days that lie in two closed periods.

    >>> shared_days(year_of(2027), Period(date(2028, 3, 1), date(2028, 4, 30)))
    31
    """
    (first, last), (start, end) = closed(one), closed(other)
    return max((min(last, end) - max(first, start)).days + 1, 0)


@dataclass(frozen=True, slots=True)
class Season:
    """The months of each year in which work is done, such as March to October for grass.

    A season may run over the new year: November to February.
    """

    first_month: int
    last_month: int

    def __post_init__(self) -> None:
        if not (1 <= self.first_month <= MONTHS and 1 <= self.last_month <= MONTHS):
            raise Refused("A season names its first and last month by numbers from 1 to 12.")

    def holds(self, month: int) -> bool:
        """Say whether a month belongs to the season.

        >>> Season(3, 10).holds(3), Season(3, 10).holds(11), Season(11, 2).holds(1)
        (True, False, True)
        """
        length = (self.last_month - self.first_month) % MONTHS
        return (month - self.first_month) % MONTHS <= length

    def days_within(self, period: Period) -> int:
        """Count the days of the season within a period.

        >>> Season(3, 10).days_within(year_of(2027))
        245
        """
        return sum(
            shared_days(month, month)
            for month in periods(period, Every.MONTH)
            if month.starts_on is not None and self.holds(month.starts_on.month)
        )


def _end(period: Period) -> date:
    return closed(period)[1]
