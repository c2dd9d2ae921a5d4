"""Clear days: by which day a notice of a meeting must be issued.

Parish councils need three clear days (Local Government Act 1972, Schedule 12,
paragraph 10(2)), parish meetings seven, or fourteen for some business (paragraph
15(2) and (3)), principal councils five (SI 2002/715). Which days count is
argued, so each reading stands beside its source, and the safe day is the
earliest of those that apply: whoever keeps to it keeps to all of them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from waywarden.rules.appointed_days import appointed_days
from waywarden.rules.bank_holidays import bank_holidays, easter_day, is_bank_holiday
from waywarden.rules.legislation import TO_BE_CONFIRMED

DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6


class Rule(StrEnum):
    """A reading of which days are clear days."""

    PARISH = "parish"
    PARISH_WITHOUT_SATURDAY = "parish-excluding-saturday"
    PARISH_STRICT = "parish-strict"
    PRINCIPAL = "principal"


class Whose(StrEnum):
    """Who meets, and so how long a notice is needed."""

    PRINCIPAL_COUNCIL = "principal council"
    PARISH_COUNCIL = "parish council"
    PARISH_MEETING = "parish meeting"
    #: Business that establishes or dissolves a parish council, or groups parishes under one.
    PARISH_MEETING_ON_ITS_COUNCIL = "parish meeting on establishing, dissolving or grouping"
    #: Whoever keeps to the longer notice of the two keeps to both.
    COUNCIL_OR_MEETING = "parish council or parish meeting: not known which"


PARISH_RULES = (Rule.PARISH, Rule.PARISH_WITHOUT_SATURDAY, Rule.PARISH_STRICT)
PRINCIPAL_RULES = (Rule.PRINCIPAL,)
CLEAR_DAYS = {
    Whose.PRINCIPAL_COUNCIL: 5,
    Whose.PARISH_COUNCIL: 3,
    Whose.PARISH_MEETING: 7,
    Whose.PARISH_MEETING_ON_ITS_COUNCIL: 14,
    Whose.COUNCIL_OR_MEETING: 7,
}

SAYS = {
    Rule.PARISH: "Sundays, the Christmas and Easter breaks, bank holidays and days of "
    "thanksgiving or mourning do not count. Saturdays count (the national association's view, "
    "of parish councils).",
    Rule.PARISH_WITHOUT_SATURDAY: "The same, and Saturdays do not count either.",
    Rule.PARISH_STRICT: "The same, and the weekday on either side of a bank holiday does not "
    "count: section 243(1) of the Local Government Act 1972 as published, if it governs notices.",
    Rule.PRINCIPAL: "Weekends and bank holidays do not count (SI 2002/715, and practice).",
}
READ_IN = {
    Rule.PARISH: "towncouncillor.com, quoting the national association's legal topic note 5",
    Rule.PARISH_WITHOUT_SATURDAY: "towncouncillor.com",
    Rule.PARISH_STRICT: "millbrook-pc.gov.uk; Hansard 1969",
    Rule.PRINCIPAL: "SI 2002/715; Swansea, ex parte Elitestone",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """The latest day of issue by one reading, and the last working day on or before it."""

    rule: Rule
    latest: date
    last_working_day: date
    clear_days: int

    @property
    def says(self) -> str:
        """How many clear days there must be, and which days count, in sentences."""
        return f"{self.clear_days} clear days. {SAYS[self.rule]}"

    @property
    def read_in(self) -> str:
        """Where the reading was read."""
        return READ_IN[self.rule]


def latest_issue_day(
    meeting: date,
    rule: Rule | str = Rule.PARISH,
    *,
    clear_days: int | None = None,
    appointed: Collection[date] | None = None,
) -> date:
    """Return the last day on which notice of a meeting may be issued, by one reading.

    Neither that day nor the day of the meeting counts, and the day of issue may
    be any day. ``appointed`` are days of public thanksgiving or mourning, those of
    the table where it is not given, and
    ``clear_days`` how many there must be, where it is no meeting of a council.
    Raises ValueError for a rule there is not and `NotRecorded` for a year whose
    bank holidays are not entered.

    >>> latest_issue_day(date(2026, 12, 1))
    datetime.date(2026, 11, 26)
    >>> latest_issue_day(date(2027, 1, 4), "parish-strict")
    datetime.date(2026, 12, 21)
    """
    chosen = Rule(rule)
    of_councils = Whose.PRINCIPAL_COUNCIL if chosen is Rule.PRINCIPAL else Whose.PARISH_COUNCIL
    day = meeting
    for _ in range(CLEAR_DAYS[of_councils] if clear_days is None else clear_days):
        day -= DAY
        while not is_clear(day, chosen, appointed=appointed):
            day -= DAY
    return day - DAY


def is_clear(day: date, rule: Rule | str, *, appointed: Collection[date] | None = None) -> bool:
    """Say whether a day counts as a clear day, by one reading.

    >>> is_clear(date(2026, 11, 28), "parish"), is_clear(date(2026, 11, 28), "principal")
    (True, False)
    """
    chosen = Rule(rule)
    if day.weekday() == SUNDAY or is_bank_holiday(day):
        return False
    if day.weekday() == SATURDAY and chosen is not Rule.PARISH:
        return False
    if chosen is Rule.PRINCIPAL:
        return True
    if day in (appointed_days() if appointed is None else appointed):
        return False
    if in_christmas_break(day) or in_easter_break(day):
        return False
    return chosen is not Rule.PARISH_STRICT or not in_bank_holiday_break(day)


def in_christmas_break(day: date) -> bool:
    """Say whether a day lies in the Christmas break, both of whose ends lie in it.

    It runs from the last weekday before Christmas Day to the first weekday
    after it that is not a bank holiday (Local Government Act 1972, section
    243(1)).

    >>> in_christmas_break(date(2026, 12, 24)), in_christmas_break(date(2026, 12, 29))
    (True, True)
    >>> in_christmas_break(date(2026, 12, 30))
    False
    """
    if day.month != 12:
        return False
    christmas = date(day.year, 12, 25)
    return _weekday_before(christmas) <= day <= _open_day_after(christmas)


def in_easter_break(day: date) -> bool:
    """Say whether a day lies from the Thursday before Easter to the Tuesday after it.

    >>> in_easter_break(date(2027, 3, 25)), in_easter_break(date(2027, 3, 31))
    (True, False)
    """
    easter = easter_day(day.year)
    return easter - 3 * DAY <= day <= easter + 2 * DAY


def in_bank_holiday_break(day: date) -> bool:
    """Say whether a day lies between the weekdays on either side of a bank holiday, or is one.

    >>> in_bank_holiday_break(date(2026, 12, 31)), in_bank_holiday_break(date(2027, 1, 4))
    (True, True)
    """
    near = (holiday for holiday in bank_holidays() if abs(holiday - day) <= 7 * DAY)
    return any(_weekday_before(one) <= day <= _open_day_after(one) for one in near)


def readings(
    meeting: date,
    whose: Whose,
    *,
    appointed: Collection[date] | None = None,
) -> list[Reading]:
    """Return what each reading that applies says of a meeting, the latest day first.

    Those of parish councils are taken for parish meetings too: the stricter is the safer.
    """
    rules = PRINCIPAL_RULES if whose is Whose.PRINCIPAL_COUNCIL else PARISH_RULES
    needed = CLEAR_DAYS[whose]
    days = {
        rule: latest_issue_day(meeting, rule, clear_days=needed, appointed=appointed)
        for rule in rules
    }
    found = [Reading(rule, day, last_working_day(day), needed) for rule, day in days.items()]
    return sorted(found, key=lambda reading: reading.latest, reverse=True)


def safe_issue_day(
    meeting: date, whose: Whose, *, appointed: Collection[date] | None = None
) -> date:
    """Return the earliest latest day of all readings that apply: lawful by every one of them.

    >>> safe_issue_day(date(2027, 1, 4), Whose.PARISH_COUNCIL)
    datetime.date(2026, 12, 21)
    >>> safe_issue_day(date(2027, 1, 4), Whose.PARISH_MEETING)
    datetime.date(2026, 12, 15)
    """
    return min(reading.latest for reading in readings(meeting, whose, appointed=appointed))


def last_working_day(day: date) -> date:
    """Return the last working day on or before a day: no weekend, no bank holiday.

    >>> last_working_day(date(2026, 11, 22))
    datetime.date(2026, 11, 20)
    """
    while day.weekday() in (SATURDAY, SUNDAY) or is_bank_holiday(day):
        day -= DAY
    return day


def warnings_about(meeting: date, whose: Whose) -> list[str]:
    """Return what to say beside the days: holidays on which sources differ, a day that is none.

    >>> warnings_about(date(2027, 1, 4), Whose.PRINCIPAL_COUNCIL)[0][:26]
    '26 December 2026 falls on '
    """
    first = safe_issue_day(meeting, whose)
    said = [
        f"{day.day} {day:%B %Y} falls on a {day:%A}: the Act lists it as a bank holiday, the "
        f"government's list only the day in its place. Neither is counted here; {TO_BE_CONFIRMED}."
        for day in _days(first, meeting)
        if is_bank_holiday(day) and day.weekday() in (SATURDAY, SUNDAY)
    ]
    if is_bank_holiday(meeting) or meeting.weekday() == SUNDAY:
        said.append("The meeting itself is on a Sunday or a bank holiday: check the date.")
    return said


def _days(first: date, last: date) -> Iterator[date]:
    return (first + DAY * ahead for ahead in range((last - first).days + 1))


def _weekday_before(holiday: date) -> date:
    day = holiday - DAY
    while day.weekday() in (SATURDAY, SUNDAY):
        day -= DAY
    return day


def _open_day_after(holiday: date) -> date:
    """Return the first weekday after a holiday that is not a bank holiday."""
    day = holiday + DAY
    while day.weekday() in (SATURDAY, SUNDAY) or is_bank_holiday(day):
        day += DAY
    return day
