"""Whether rows still hold what the journal kept of them when they were agreed to.

The chain says what was done; it cannot say that a row was changed behind the pages since. A
room that keeps the hash of what people agreed to compares it here: the settings name the checks
(`RECORD_CHECKS`).
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from django.conf import settings
from django.utils.module_loading import import_string

#: Says of each row that is not what was kept of it what is wrong with it, in a sentence.
Check = Callable[[], Iterable[str]]
#: More than these are counted and not told.
MOST_TOLD = 10


def faults() -> list[str]:
    """Say of each record that was changed behind the pages which it is; nothing where none was."""
    checks: list[Check] = [import_string(path) for path in settings.RECORD_CHECKS]
    return list(chain.from_iterable(check() for check in checks))


def in_one_line(found: Sequence[str]) -> str:
    """Put the first faults into one line, and count the others.

    >>> in_one_line(["One was changed."] * 12).endswith("One was changed. And 2 more.")
    True
    """
    more = [f"And {len(found) - MOST_TOLD:,} more."] if len(found) > MOST_TOLD else []
    return " ".join([*found[:MOST_TOLD], *more])
