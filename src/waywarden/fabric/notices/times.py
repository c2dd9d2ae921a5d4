"""When the next digest goes out, and when a mail that was refused is tried again."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MORNING = time(7)
MONDAY = 0

#: How long to wait after each try that failed; after the last the mail is set aside.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=3),
)
MOST_TRIES = len(WAITS) + 1


def next_morning(after: datetime) -> datetime:
    """Return the next seven o'clock in the morning, as clocks here show it.

    >>> from datetime import UTC
    >>> next_morning(datetime(2027, 3, 27, 12, tzinfo=UTC)).isoformat()
    '2027-03-28T07:00:00+01:00'
    """
    here = after.astimezone(LONDON)
    morning = datetime.combine(here.date(), MORNING, LONDON)
    if morning > here:
        return morning
    return datetime.combine(here.date() + timedelta(days=1), MORNING, LONDON)


def next_monday(after: datetime) -> datetime:
    """Return the next seven o'clock on a Monday morning.

    >>> from datetime import UTC
    >>> next_monday(datetime(2026, 11, 22, 12, tzinfo=UTC)).isoformat()
    '2026-11-23T07:00:00+00:00'
    """
    morning = next_morning(after)
    days = (MONDAY - morning.weekday()) % 7
    return datetime.combine(morning.date() + timedelta(days=days), MORNING, LONDON)


def wait_after(tries: int) -> timedelta:
    """Return how long to wait after so many tries that failed.

    >>> wait_after(1), wait_after(4)
    (datetime.timedelta(seconds=60), datetime.timedelta(seconds=10800))
    """
    return WAITS[min(tries, len(WAITS)) - 1]
