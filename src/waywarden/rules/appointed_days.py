"""Days of public thanksgiving or mourning: those of the package, and those entered beside them."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType

DAY = timedelta(days=1)
#: A time longer than this is a slip of the pen.
LONGEST = timedelta(days=60)
_OWN: list[Path] = []


@cache
def appointed_days() -> Mapping[date, str]:
    """Return what each day recorded was appointed for, in order.

    >>> appointed_days()[date(2022, 9, 15)]
    'National mourning for Queen Elizabeth II'
    >>> date(2022, 9, 20) in appointed_days()
    False
    """
    path = resources.files("waywarden.data").joinpath("england/appointed_days.toml")
    found = days_in(path.read_text(encoding="utf-8"))
    for own in _OWN:
        if own.is_file() and not fault_of(own):
            found |= days_in(own.read_text(encoding="utf-8"))
    return MappingProxyType(dict(sorted(found.items())))


def also_read(path: Path | None) -> None:
    """Read the days of a file besides those of the package from now on; of none, only those."""
    _OWN[:] = [path] if path else []
    appointed_days.cache_clear()


def days_in(text: str) -> dict[date, str]:
    """Return the days of a table; raises ValueError, which says what is wrong with it.

    >>> list(days_in('[[time]]\\nfirst = 2030-05-01\\nlast = 2030-05-01\\noccasion = "Peace"'))
    [datetime.date(2030, 5, 1)]
    """
    times = tomllib.loads(text).get("time")
    if not isinstance(times, list):
        raise ValueError("It holds no [[time]].")
    return {day: time["occasion"] for time in times for day in _days_of(time)}


def fault_of(path: Path) -> str:
    """Say what is wrong with the table in a file; blank where nothing is."""
    try:
        days_in(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        return str(fault)
    return ""


def _days_of(time: object) -> list[date]:
    said = time if isinstance(time, dict) else {}
    first, last, occasion = (said.get(name) for name in ("first", "last", "occasion"))
    # A moment is a date to Python, and none here.
    if type(first) is not date or type(last) is not date:
        raise ValueError("A [[time]] needs its first and last day, such as first = 2030-05-01.")
    if not isinstance(occasion, str) or not occasion:
        raise ValueError("A [[time]] needs its occasion, in quotation marks.")
    if not timedelta(0) <= last - first <= LONGEST:
        raise ValueError(f"A [[time]] cannot run from {first} to {last}.")
    return [first + DAY * ahead for ahead in range((last - first).days + 1)]
