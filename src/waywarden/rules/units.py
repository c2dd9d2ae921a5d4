"""The closed list of units that quantities are counted in, and how each is written."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Unit:
    """One unit: its code in the tables, its symbol after a number, and its words."""

    code: str
    symbol: str
    singular: str
    plural: str


@cache
def units() -> Mapping[str, Unit]:
    """Every unit by its code, as data/services.toml lists them."""
    text = (files("waywarden") / "data" / "services.toml").read_text(encoding="utf-8")
    return {row["code"]: Unit(**row) for row in tomllib.loads(text)["unit"]}


def after_number(code: str, milli: int) -> str:
    """Write a unit as it stands after a number of thousandths; one not listed, as it is.

    >>> after_number("m2", 5_000), after_number("sign", 63_000), after_number("sign", 1_000)
    ('m²', 'signs', 'sign')
    >>> after_number("GBP", 2_000)
    'GBP'
    """
    unit = units().get(code)
    if unit is None:
        return code
    is_a_word = unit.symbol == unit.plural
    return unit.singular if is_a_word and milli == 1_000 else unit.symbol
