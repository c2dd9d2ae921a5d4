"""Private calendars: the dates that concern somebody, as every diary program reads them.

Rooms above say what may be followed and which dates there are; the settings
CALENDARS_OPEN, CALENDARS_HELD and CALENDAR_DATES list their functions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string
from icalendar import Calendar, Event, vText

from waywarden.fabric.common.subjects import Subject
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.notices.letters import site_address
from waywarden.fabric.notices.times import LONDON

#: A deadline includes its day to the last minute.
LAST_MINUTE = time(23, 59)


@dataclass(frozen=True)
class Followed:
    """What a person may have a calendar of, such as an office they hold."""

    key: str
    shown_as: str


@dataclass(frozen=True)
class Entry:
    """One date in a calendar: a whole day, or a moment.

    ``about`` and ``what`` name it for ever, so that a diary program knows it
    again when it moves. How often it changed is read from the journal.
    """

    about: Subject
    what: str
    title: str
    when: date | datetime
    says: str = ""
    link: str = ""


#: Gives what whoever makes a request may have a calendar of.
Opens = Callable[[HttpRequest], Sequence[Followed]]
#: Gives what a person, by key, may still follow on a day.
Holds = Callable[[str, date], Sequence[Followed]]
#: Gives the dates of something followed, from a day on.
Dates = Callable[[str, date], Sequence[Entry]]


def open_to(request: HttpRequest) -> list[Followed]:
    """Return what somebody may make a calendar of."""
    opens: list[Opens] = [import_string(path) for path in settings.CALENDARS_OPEN]
    return [each for may in opens for each in may(request)]


def held_by(key: str, *, on: date) -> dict[str, Followed]:
    """Return what a person may follow on a day, by its key."""
    holds: list[Holds] = [import_string(path) for path in settings.CALENDARS_HELD]
    return {each.key: each for holding in holds for each in holding(key, on)}


def entries_of(followed: Followed, *, on: date) -> list[Entry]:
    """Return every date of something followed, the earliest first."""
    dates: list[Dates] = [import_string(path) for path in settings.CALENDAR_DATES]
    found = [entry for gives in dates for entry in gives(followed.key, on)]
    return sorted(found, key=lambda entry: _moment(entry.when))


def end_of(day: date) -> datetime:
    """Return the last minute of a day, as clocks here show it.

    >>> end_of(date(2027, 3, 28)).astimezone(UTC).isoformat()
    '2027-03-28T22:59:00+00:00'
    """
    return at_here(day, LAST_MINUTE)


def at_here(day: date, clock: time) -> datetime:
    """Return a moment by the clocks here; one the clocks leap over comes an hour later.

    >>> at_here(date(2027, 3, 28), time(1, 30)).isoformat()
    '2027-03-28T02:30:00+01:00'
    """
    return datetime.combine(day, clock, LONDON).astimezone(UTC).astimezone(LONDON)


def calendar_of(followed: Followed, entries: Sequence[Entry], *, now: datetime) -> bytes:
    """Write a calendar file."""
    calendar = Calendar()
    calendar.add("prodid", "-//waywarden//Dates of an office//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(followed.shown_as))
    changes = journal.changes_to([entry.about for entry in entries])
    for entry in entries:
        changed = changes.get((entry.about.kind, entry.about.key), (0, now))
        calendar.add_component(_event(entry, *changed))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(entry: Entry, changes: int, changed_at: datetime) -> Event:
    event = Event()
    host = urlsplit(settings.SITE_ADDRESS).hostname
    event.add("uid", f"{entry.about.key}-{entry.what}@{host}")
    event.add("sequence", max(0, changes - 1))
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("last-modified", changed_at.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("dtstart", _written(entry.when))
    # A deadline does not keep anybody busy.
    event.add("transp", "TRANSPARENT")
    if entry.says:
        event.add("description", entry.says)
    if entry.link:
        event.add("url", site_address(entry.link))
    return event


def _written(when: date | datetime) -> date | datetime:
    """Give a moment by the clocks here, or in UTC in the hour that those clocks show twice."""
    if not isinstance(when, datetime):
        return when
    here = when.astimezone(LONDON)
    first, second = here.replace(fold=0), here.replace(fold=1)
    is_shown_twice = first.utcoffset() != second.utcoffset()
    return when.astimezone(UTC) if is_shown_twice else here


def _moment(when: date | datetime) -> datetime:
    return when if isinstance(when, datetime) else at_here(when, time.min)
