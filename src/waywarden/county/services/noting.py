"""What a figure says, as the journal keeps it: in a line of its own, or in that of a table."""

from typing import Any

from waywarden.county.services import claims, queries
from waywarden.county.services.models import Quantity


def line_of(quantity: Quantity) -> str:
    """Name a figure within the line of a table."""
    return f"{quantity.area.key} {quantity.service.code}"


def facts_of(quantity: Quantity) -> list[Any]:
    """Return the facts of one figure of a table, in the order of ``queries.FACTS``."""
    stated = quantity.stated_on.isoformat() if quantity.stated_on else None
    range_ = [quantity.low_milli, quantity.high_milli] if quantity.is_estimate else None
    disputed = [True, quantity.dispute] if quantity.is_disputed else []
    return [
        quantity.amount_milli,
        range_,
        quantity.unit,
        quantity.source,
        stated,
        quantity.confidence,
        *disputed,
    ]


def said_of(quantity: Quantity) -> dict[str, Any]:
    """Name the facts of one quantity."""
    named = dict(zip(queries.FACTS, facts_of(quantity), strict=False))
    said = {"is_disputed": quantity.is_disputed, "dispute": quantity.dispute}
    return named | said | claims.noted(quantity)
