"""Bank holidays of England and Wales, read from the table in the package."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType


class NotRecorded(LookupError):
    """A day was asked for in a year whose bank holidays nobody has entered."""


@cache
def bank_holidays() -> Mapping[date, str]:
    """Return the name of each bank holiday recorded, in order.

    >>> bank_holidays()[date(2027, 3, 26)]
    'Good Friday'
    """
    return MappingProxyType({row["on"]: row["name"] for row in _table()["day"]})


def is_bank_holiday(day: date) -> bool:
    """Say whether a day is a bank holiday. Raises `NotRecorded` for a year not entered.

    >>> is_bank_holiday(date(2026, 8, 31)), is_bank_holiday(date(2026, 9, 1))
    (True, False)
    """
    first, last = _table()["first_year"], _table()["last_year"]
    if not first <= day.year <= last:
        raise NotRecorded(
            f"Bank holidays are recorded from {first} to {last}, not for {day.year}. "
            "Enter them in bank_holidays.toml, then ask again."
        )
    return day in bank_holidays()


def easter_day(year: int) -> date:
    """Return Easter Day of a year, two days after its Good Friday.

    >>> easter_day(2027)
    datetime.date(2027, 3, 28)
    """
    is_bank_holiday(date(year, 1, 1))
    friday = next(
        day for day, name in bank_holidays().items() if day.year == year and name == "Good Friday"
    )
    return date.fromordinal(friday.toordinal() + 2)


@cache
def _table() -> dict:  # type: ignore[type-arg]
    path = resources.files("waywarden.data").joinpath("england/bank_holidays.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
