"""Notice to end an agreement: on which day it ends, and what is said of days that cannot be.

Months of notice run to the same day of the month in which they end, or to the last day of a month
that is too short (Dodds v Walker [1981] 1 WLR 1027; recalled).
"""

from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.months import APRIL, financial_year, months_after
from waywarden.rules.periods import Period
from waywarden.rules.saying import Refused, day

DAY = timedelta(days=1)
LONGEST_MONTHS = 60
BASES = (
    Basis(
        rule="Months of notice end on the same day of the month, or on the last of one too short.",
        source="Dodds v Walker [1981] 1 WLR 1027",
        sure=Sure.RECALLED,
    ),
    Basis(
        rule="Three to twelve months of notice, ending on 31 March.",
        source="Terms usual between counties and parishes",
        sure=Sure.PRACTICE,
    ),
    Basis(
        rule="A shared post ends with six months of notice.",
        source="Cherwell District Council and Oxfordshire County Council, 2018",
        sure=Sure.READ,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What an agreement says of ending it: how many months, and on which days it may end.

    ``not_before`` is the first day on which it may end at all. ``at_year_end`` lets it end on a
    31 March alone.
    """

    months: int
    not_before: date | None = None
    at_year_end: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.months <= LONGEST_MONTHS:
            raise Refused(f"Notice is between 0 and {LONGEST_MONTHS} months. Change the months.")

    @property
    def sentence(self) -> str:
        """Say it as an agreement does.

        >>> Notice(months=6, at_year_end=True).sentence
        'It ends with 6 months of notice, on a 31 March.'
        """
        months = {0: "without notice", 1: "with 1 month of notice"}.get(
            self.months, f"with {self.months} months of notice"
        )
        when = ", on a 31 March" if self.at_year_end else ""
        first = f", not before {day(self.not_before)}" if self.not_before else ""
        return f"It ends {months}{when}{first}."


@dataclass(frozen=True, slots=True)
class Ending:
    """The day on which an agreement ends by notice, its last day, and the reason for the day."""

    on: date
    says: str


def ends_by(notice: Notice, *, given_on: date, term: Period) -> Ending:
    """Return the last day of an agreement under a notice given on a day.

    >>> term = Period(date(2027, 4, 1), date(2032, 3, 31))
    >>> ends_by(Notice(months=6, at_year_end=True), given_on=date(2028, 10, 1), term=term).on
    datetime.date(2030, 3, 31)
    """
    _stands_on(given_on, term)
    months_end = months_after(given_on, notice.months)
    on, why = months_end, f"the notice of {day(given_on)} has run"
    if notice.not_before and notice.not_before > on:
        on, why = notice.not_before, "it may not end before"
    if notice.at_year_end:
        on, why = _year_end(on), f"{why}, and it ends at the end of a year"
    if term.ends_on and on >= term.ends_on:
        return Ending(
            term.ends_on,
            f"The agreement ends on {day(term.ends_on)} by itself, no later than by this notice.",
        )
    return Ending(on, f"The agreement ends on {day(on)}: {why}.")


def latest_notice(notice: Notice, *, to_end_on: date, term: Period) -> date:
    """Return the last day on which notice can be given so that an agreement ends by a day.

    >>> term = Period(date(2027, 4, 1), None)
    >>> latest_notice(Notice(months=6), to_end_on=date(2028, 8, 31), term=term)
    datetime.date(2028, 2, 29)
    """
    if notice.at_year_end and to_end_on != _year_end(to_end_on):
        raise Refused(f"It ends on a 31 March alone, and not on {day(to_end_on)}.")
    if notice.not_before and to_end_on < notice.not_before:
        raise Refused(f"It may not end before {day(notice.not_before)}.")
    if term.ends_on and to_end_on > term.ends_on:
        raise Refused(f"It ends on {day(term.ends_on)} by itself.")
    on = months_after(to_end_on, -notice.months)
    # A short month may hold back a day that a longer one gives: 30 August for 28 February.
    while on < date.max and months_after(on + DAY, notice.months) <= to_end_on:
        on += DAY
    if term.starts_on and on < term.starts_on:
        raise Refused(
            f"{notice.months} months before {day(to_end_on)} the agreement has not begun. Choose a "
            "later day."
        )
    return on


def _stands_on(given_on: date, term: Period) -> None:
    if term.starts_on and given_on < term.starts_on:
        raise Refused(
            f"The agreement begins on {day(term.starts_on)}: before that day it is withdrawn, and "
            "not ended by notice."
        )
    if term.ends_on and given_on > term.ends_on:
        raise Refused(f"The agreement ended on {day(term.ends_on)}. There is nothing to end.")


def _year_end(on: date) -> date:
    if on.year == MAXYEAR and on.month >= APRIL:
        raise Refused(f"After {day(on)} the calendar has no 31 March. Look at the day.")
    return date(financial_year(on) + 1, 3, 31)
