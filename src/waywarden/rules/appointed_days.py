"""Days of public thanksgiving or mourning, read from the table in the package."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib import resources
from types import MappingProxyType

DAY = timedelta(days=1)


@cache
def appointed_days() -> Mapping[date, str]:
    """Return what each day recorded was appointed for, in order.

    >>> appointed_days()[date(2022, 9, 15)]
    'National mourning for Queen Elizabeth II'
    >>> date(2022, 9, 20) in appointed_days()
    False
    """
    path = resources.files("waywarden.data").joinpath("england/appointed_days.toml")
    times = tomllib.loads(path.read_text(encoding="utf-8"))["time"]
    return MappingProxyType(
        {
            time["first"] + DAY * ahead: time["occasion"]
            for time in times
            for ahead in range((time["last"] - time["first"]).days + 1)
        }
    )
