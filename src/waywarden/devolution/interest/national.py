"""National funds that the package knows of, each with its source and the day it was looked at."""

import tomllib
from datetime import date
from functools import cache
from importlib import resources

from waywarden.devolution.interest.models import Fund


@cache
def _known() -> tuple[dict[str, object], ...]:
    text = resources.files("waywarden.data").joinpath("funds.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["fund"])


def national_funds() -> list[Fund]:
    """Return the national funds, by name; none of them is a row that somebody could change."""
    found = [_fund(dict(said)) for said in _known()]
    return sorted(found, key=lambda fund: fund.name)


def national_fund(key: str) -> Fund | None:
    """Return one of them by its key."""
    return next((fund for fund in national_funds() if fund.package_key == key), None)


def open_to(kind: str, *, on: date) -> list[Fund]:
    """Return the national funds for one kind of asker, or for anybody."""
    return [
        fund for fund in national_funds() if fund.is_open(on) and (not kind or kind in fund.kinds)
    ]


def _fund(said: dict[str, object]) -> Fund:
    key = said.pop("key")
    fund = Fund(reach=Fund.Reach.NATIONAL, **said)
    fund.criteria, fund.package_key = fund.criteria.strip(), str(key)
    return fund
