"""By which day the notice of a council's meeting is out, and how that day is counted. Pure.

The page, the paper to print and the letter say it in these sentences and no others.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from waywarden.devolution.offers.wording import MANNERS
from waywarden.fabric.common.wording import day
from waywarden.rules.calendar import Reading, readings, warnings_about
from waywarden.rules.timetable import Meeting, misses_precept, precept_window


@dataclass(frozen=True)
class Way:
    """One reading of which days count: the last day it allows, what it says, where it was read."""

    by: str
    says: str
    read_in: str

    @property
    def whole(self) -> str:
        """All of it as one line of a paper."""
        return f"{self.by}: {self.says} Read in: {self.read_in}."


@dataclass(frozen=True)
class NoticeDay:
    """A meeting and its notice, in sentences, as they are on a day."""

    meets: Meeting
    starts_on: date
    today: date

    @property
    def has_met(self) -> bool:
        """Whether the meeting is over, so that its notice matters no more."""
        return self.meets.on < self.today

    @property
    def meeting(self) -> str:
        """On which day the council meets."""
        if self.has_met:
            return f"The meeting named was on {weekday(self.meets.on)}."
        return f"The next meeting is on {weekday(self.meets.on)}."

    @property
    def out_by(self) -> str:
        """What must be out, by the last working day that is safe."""
        by = weekday(self.meets.notice_by_working_day)
        return f"{MANNERS[self.meets.whose].notice} by {by}."

    @property
    def why(self) -> str:
        """Why it needs that long; blank where it is a council, as most are."""
        return MANNERS[self.meets.whose].why

    @property
    def safe(self) -> str:
        """The safe day, which may be a day on which nobody works."""
        safe, working = self.meets.notice_by, self.meets.notice_by_working_day
        if safe == working:
            return f"{weekday(safe)} is the safe day, lawful by every reading below."
        return (
            f"The safe day, lawful by every reading below, is {weekday(safe)}; "
            f"{weekday(working)} is the last working day before it."
        )

    @cached_property
    def _readings(self) -> list[Reading]:
        return readings(self.meets.on, self.meets.whose)

    @property
    def is_argued(self) -> bool:
        """Whether the readings give different days for this meeting."""
        return len({reading.latest for reading in self._readings}) > 1

    @property
    def agreement(self) -> str:
        """Whether the day is argued, or the same by every reading."""
        if self.is_argued:
            return "Which days count is argued, and here the readings give different days."
        return "Every reading gives the same day."

    @property
    def ways(self) -> list[Way]:
        """What each reading says, the latest day first."""
        return [Way(weekday(one.latest), one.says, one.read_in) for one in self._readings]

    @property
    def warnings(self) -> list[str]:
        """What to look out for: a day gone by, a holiday that sources differ on, the precept."""
        said = warnings_about(self.meets.on, self.meets.whose)
        if self.meets.notice_by < self.today:
            said = [self._gone_by, *said]
        if misses_precept(self.meets.on, self.starts_on):
            closes = day(precept_window(self.starts_on)[1])
            said.append(
                f"That meeting is after {closes}, when precepts are asked for: the decision would "
                "have to be made sooner, or paid for from what there is."
            )
        return said

    @property
    def _gone_by(self) -> str:
        left = [one for one in self._readings if one.latest >= self.today]
        if not left:
            return (
                "The safe day has gone by, and the last day by every other reading too: if the "
                "notice is not out, a later meeting has to decide."
            )
        return (
            "The safe day has gone by. If the notice is not out, only some readings still allow it "
            f"for this meeting, until {weekday(left[0].latest)} at the latest; a later meeting is "
            "safe."
        )


def weekday(on: date) -> str:
    """Write a day with its weekday.

    >>> weekday(date(2026, 12, 21))
    'Monday 21 December 2026'
    """
    return f"{on:%A} {day(on)}"
