"""Sorting amounts into the few classes a map can show."""

from collections.abc import Mapping
from dataclasses import dataclass

from waywarden.county.places.models import Area
from waywarden.county.services.models import Quantity
from waywarden.fabric.common import wording
from waywarden.rules.estimates import amount_in_words, rounded_down
from waywarden.rules.units import units

FILLS = ("seq-2", "seq-3", "seq-4", "seq-5")
NONE, UNPARISHED, UNKNOWN = "seq-1", "none", "unknown"


@dataclass(frozen=True)
class Scale:
    """At which amounts one class ends and the next begins, and what each place has.

    ``breaks`` are three amounts in thousandths of the unit; the first class
    reaches up to the first of them, the last begins at the third.
    """

    breaks: tuple[int, int, int]
    held: Mapping[int, Quantity]
    unit: str

    @property
    def is_estimate(self) -> bool:
        return any(quantity.is_estimate for quantity in self.held.values())

    @property
    def unit_words(self) -> str:
        return units()[self.unit].plural

    @property
    def finding(self) -> str:
        """Say in a sentence what the map shows."""
        most = max(self.held.values(), key=lambda quantity: quantity.amount_milli)
        about = "is estimated to have" if most.is_estimate else "has"
        return f"{most.area.name} {about} the most."

    def of(self, area: Area) -> tuple[str, str]:
        """Return the fill of a place and what to say of it."""
        if area.kind == Area.Kind.UNPARISHED and area.pk not in self.held:
            return UNPARISHED, "no parish"
        quantity = self.held.get(area.pk)
        return (
            (UNKNOWN, "not known") if quantity is None else (self._fill(quantity), said(quantity))
        )

    def _fill(self, quantity: Quantity) -> str:
        if quantity.amount_milli == 0:
            return NONE
        return FILLS[sum(quantity.amount_milli >= limit for limit in self.breaks)]

    def keys(self) -> list[tuple[str, str]]:
        """Return the fills with what each means, from little to much."""
        first, second, third = (amount_in_words(limit) for limit in self.breaks)
        words = (
            f"Under {first}",
            f"{first} to {second}",
            f"{second} to {third}",
            f"{third} or more",
        )
        nought = any(quantity.amount_milli == 0 for quantity in self.held.values())
        none = [(NONE, "None")] if nought else []
        known = [*none, *zip(FILLS, words, strict=True)]
        return [*known, (UNPARISHED, "No parish"), (UNKNOWN, "Not known")]


def scale_of(held: Mapping[int, Quantity]) -> Scale | None:
    """Sort places into four classes of about as many places each; none when too few are known."""
    amounts = sorted({quantity.amount_milli for quantity in held.values() if quantity.amount_milli})
    if len(amounts) < len(FILLS):
        return None
    first, second, third = (
        rounded_down(amounts[len(amounts) * part // len(FILLS)], 1) for part in (1, 2, 3)
    )
    unit = next(iter(held.values())).unit
    return Scale((first, second, third), held, unit) if first < second < third else None


def said(quantity: Quantity) -> str:
    """Put a quantity in words: a range that says it is an estimate, or the measured amount."""
    if not quantity.is_estimate:
        return wording.amount(quantity.amount_milli, quantity.unit)
    low, high = quantity.low_milli or 0, quantity.high_milli or 0
    return f"{wording.span(low, high, quantity.unit)}, estimate"
