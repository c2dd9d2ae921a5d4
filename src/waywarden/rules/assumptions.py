"""What is assumed about a county's quantities: the numbers, each with its letter and reason.

Read from `data/oxfordshire/assumptions.toml`; `estimates` applies them.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Line:
    """One number of a rule, in thousandths of the unit, and why we say so."""

    milli: int
    confidence: str
    source: str

    def __post_init__(self) -> None:
        refuse_nonsense(self.milli, "An amount in a rule")


@dataclass(frozen=True)
class Spread:
    """How far below and above the expected amount an estimate reaches, in per cent of it."""

    low_percent: int
    high_percent: int
    confidence: str
    source: str

    def __post_init__(self) -> None:
        if not 0 <= self.low_percent <= 100 <= self.high_percent:
            raise ValueError("A range must hold the expected amount: low <= 100 % <= high.")


@dataclass(frozen=True)
class Anchor:
    """A published total that the estimates of the places named must sum to exactly."""

    milli: int
    confidence: str
    source: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """How one service's amount follows from the people and the area of a place."""

    service: str
    unit: str
    step_milli: int
    per_person: Line | None
    per_hectare: Line | None
    fixed: Line | None
    anchor: Anchor | None
    range: Spread
    range_modelled: Spread


@dataclass(frozen=True)
class Prices:
    """What one visit costs: a rate for the unit, and a call-out for each place."""

    visits: int
    rate_millipence: int
    call_out_pence: int


@dataclass(frozen=True)
class Assumptions:
    """Everything we assume about a county: its rules, and the published cost beside them."""

    rules: Mapping[str, Rule]
    prices: Prices
    published_pence: int


def refuse_nonsense(amount: object, what: str) -> None:
    """Refuse what is not a whole number of at least nought: fractions, NaN, less than nothing."""
    if not isinstance(amount, int) or isinstance(amount, bool) or amount < 0:
        raise ValueError(f"{what} must be a whole number, nought or more, not {amount!r}.")


@cache
def assumptions() -> Assumptions:
    """What is assumed about Oxfordshire, as shipped."""
    shipped = files("waywarden") / "data" / "oxfordshire" / "assumptions.toml"
    return assumptions_from(tomllib.loads(shipped.read_text(encoding="utf-8")))


def assumptions_from(table: Mapping[str, Any]) -> Assumptions:
    """Read assumptions from a table shaped as `assumptions.toml` is."""
    spreads = Spread(**table["range"]), Spread(**table["range_modelled"])
    rules = [rule_from(entry, *spreads) for entry in table["rule"]]
    cost = table["county_cost"]
    return Assumptions(
        rules={rule.service: rule for rule in rules},
        prices=Prices(cost["visits"], cost["rate_millipence"], cost["call_out_pence"]),
        published_pence=cost["published"]["pence"],
    )


def rule_from(entry: Mapping[str, Any], normal: Spread, modelled: Spread) -> Rule:
    """Read one rule."""
    anchor = entry.get("anchor")
    return Rule(
        service=entry["service"],
        unit=entry["unit"],
        step_milli=entry["step_milli"],
        per_person=line_from(entry, "per_person"),
        per_hectare=line_from(entry, "per_hectare"),
        fixed=line_from(entry, "fixed"),
        anchor=Anchor(**{**anchor, "places": tuple(anchor["places"])}) if anchor else None,
        range=normal,
        range_modelled=modelled,
    )


def line_from(entry: Mapping[str, Any], name: str) -> Line | None:
    """Read one number of a rule, if the rule has it."""
    return Line(**entry[name]) if name in entry else None
