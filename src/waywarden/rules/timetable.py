"""The backward calendar: by which day each step must be done for a service to start on time.

The days are those of practice for a start on 1 April, derived and recalled, and move by
whole months with another start. A parish resolves before its precept is asked
for, and each council's own meetings decide which of them is the last one in time.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from waywarden.rules.calendar import Whose, last_working_day, safe_issue_day
from waywarden.rules.publicity import DAY, call_in_ends_on, latest_notice_day, may_take_effect_on

APRIL = 4
PRECEPT_OPENS, PRECEPT_CLOSES = (12, 15), (1, 15)


class Step(StrEnum):
    """What is done between asking councils and starting, in order."""

    INTEREST = "Expressions of interest"
    PACK = "Each council has its pack"
    PRICE = "Final prices"
    RESOLUTIONS = "Councils have resolved"
    ANNOUNCED = "The executive’s key decision is announced"
    EXECUTIVE = "The executive has decided"
    CALL_IN = "Last day to call the decision in"
    SIGNATURE = "Agreements are signed"
    START = "The service starts"


#: Months before the month of the start, and the day: 99 is the last day of the month.
LAST = 99
BEFORE_START = {
    Step.INTEREST: (10, LAST),
    Step.PACK: (9, LAST),
    Step.PRICE: (6, LAST),
    Step.RESOLUTIONS: (3, 15),
    Step.SIGNATURE: (2, 28),
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last safe day of a step."""

    step: Step
    on: date


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting and the day by which its notice must be out, safe by every reading."""

    on: date
    notice_by: date
    whose: Whose = Whose.PARISH_COUNCIL

    @property
    def notice_by_working_day(self) -> date:
        """The last working day on or before that day."""
        return last_working_day(self.notice_by)


@lru_cache(maxsize=256)
def deadlines(start: date) -> tuple[Deadline, ...]:
    """Return the last safe day of each step for a service that starts on a day, the first first.

    >>> [f"{one.on:%-d %b %Y}" for one in deadlines(date(2028, 4, 1))][:4]
    ['30 Jun 2027', '31 Jul 2027', '31 Oct 2027', '15 Jan 2028']
    """
    on = {step: _before(start, *when) for step, when in BEFORE_START.items()}
    decided = on[Step.EXECUTIVE] = _last_day_to_decide(on[Step.SIGNATURE])
    on |= {Step.ANNOUNCED: latest_notice_day(decided), Step.CALL_IN: call_in_ends_on(decided)}
    on[Step.START] = start
    # Around Easter the announcement can fall before the councils resolve.
    return tuple(sorted((Deadline(step, on[step]) for step in Step), key=lambda one: one.on))


def precept_window(start: date) -> tuple[date, date]:
    """Return the days between which a parish asks for the precept that a start falls under.

    >>> precept_window(date(2028, 4, 1))
    (datetime.date(2027, 12, 15), datetime.date(2028, 1, 15))
    >>> precept_window(date(2028, 3, 31))[1]
    datetime.date(2027, 1, 15)
    """
    year = start.year if start >= date(start.year, APRIL, 1) else start.year - 1
    return date(year - 1, *PRECEPT_OPENS), date(year, *PRECEPT_CLOSES)


@lru_cache(maxsize=4096)
def meeting(on: date, whose: Whose = Whose.PARISH_COUNCIL) -> Meeting:
    """Return a meeting with the day by which its notice must be out.

    >>> meeting(date(2027, 1, 4)).notice_by
    datetime.date(2026, 12, 21)
    """
    return Meeting(on, safe_issue_day(on, whose), whose)


def last_meeting_in_time(
    days: Iterable[date], *, by: date, today: date, whose: Whose = Whose.PARISH_COUNCIL
) -> Meeting | None:
    """Return the last of a council's meetings that can still decide by a day.

    None where no meeting is left: all lie after that day, or their notice should be out.
    """
    planned = (meeting(day, whose) for day in days if day <= by)
    return max(
        (one for one in planned if one.notice_by >= today), key=lambda one: one.on, default=None
    )


def misses_precept(on: date, start: date) -> bool:
    """Whether a meeting is too late for the precept under which a service starts.

    >>> misses_precept(date(2028, 1, 16), date(2028, 4, 1))
    True
    """
    return on > precept_window(start)[1]


def notice_of_key_decision(start: date) -> date:
    """Return the last day to announce the executive's decision, if it decides on its last day.

    >>> notice_of_key_decision(date(2028, 4, 1))
    datetime.date(2028, 1, 20)
    """
    return last_day_of(Step.ANNOUNCED, start)


def last_day_of(step: Step, start: date) -> date:
    """Return the last safe day of one step for a service that starts on a day.

    >>> last_day_of(Step.CALL_IN, date(2028, 4, 1))
    datetime.date(2028, 2, 25)
    """
    return next(one.on for one in deadlines(start) if one.step is step)


def _last_day_to_decide(signature: date) -> date:
    """Return the last working day whose call-in is over when agreements are signed."""
    day = last_working_day(signature)
    while may_take_effect_on(day) > signature:
        day = last_working_day(day - DAY)
    return day


def _before(start: date, months: int, day: int) -> date:
    """Return a day of the month so many months before the month of the start."""
    ahead = start.year * 12 + start.month - 1 - months
    year, month = divmod(ahead, 12)
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))
