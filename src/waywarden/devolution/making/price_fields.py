"""Prices typed for one plan: a field for each, with what is expected in it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from waywarden.devolution.making.prices import (
    MILLIPENCE_IN_A_POUND,
    Expected,
    exactly,
    expected,
    in_decimals,
)
from waywarden.fabric.forms.fields import pounds_field
from waywarden.fabric.forms.plain import PlainForm
from waywarden.planning.costing import Costing

BEGINS = "price_"
PLACES = 5
#: A price is wrong by a slip of the finger beyond so many times what is expected, either way.
TIMES = 100


def is_of_prices(name: str) -> bool:
    """Whether a field of a form is for a price."""
    return name.startswith(BEGINS)


class PricesForm(PlainForm):
    """A form in which the prices of a costing can be set."""

    def add_prices(self, costing: Costing) -> None:
        """Add a field for each price."""
        self._expected = {f"{BEGINS}{key}": one for key, one in expected(costing).items()}
        for name, one in self._expected.items():
            self.fields[name] = _field(one)

    @property
    def prices(self) -> list[forms.BoundField]:
        """The fields of prices, for the page."""
        return [self[name] for name in self._expected]

    @property
    def shows_prices(self) -> bool:
        """Whether the page shows them at once: one was changed, or is wrong."""
        return any(field.errors or self._is_set(field) for field in self.prices)

    def _is_set(self, field: forms.BoundField) -> bool:
        return self.is_bound and str(field.value() or "") not in ("", field.field.initial)

    def prices_set(self) -> dict[str, int]:
        """Return each price that is not what was expected, in thousandths of a penny by its key."""
        typed: Mapping[str, Decimal | None] = self.cleaned_data
        found = {
            one.key: int(pounds * MILLIPENCE_IN_A_POUND)
            for name, one in self._expected.items()
            if (pounds := typed.get(name)) is not None
        }
        usual = {one.key: one.millipence for one in self._expected.values()}
        return {key: price for key, price in found.items() if price != usual[key]}


def _field(one: Expected) -> forms.DecimalField:
    least, most = max(1, one.millipence // TIMES), one.millipence * TIMES
    says = f"Enter pounds from {_in_pounds(least)} to {_in_pounds(most)}, or leave it blank"
    field: Any = pounds_field(
        f"{one.name}, pounds {one.each}",
        help_text=f"Expected: {exactly(one.millipence)}.",
        required=False,
        places=2 if one.is_in_pence else PLACES,
    )
    field.initial = _in_pounds(one.millipence)
    field.error_messages |= dict.fromkeys((*field.error_messages, "max_value"), says)
    within = MinValueValidator(_pounds(least), says), MaxValueValidator(_pounds(most), says)
    field.validators += within
    return field


def _pounds(millipence: int) -> Decimal:
    return Decimal(millipence) / MILLIPENCE_IN_A_POUND


def _in_pounds(millipence: int) -> str:
    return in_decimals(millipence, MILLIPENCE_IN_A_POUND, least=2)
