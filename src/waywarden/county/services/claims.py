"""What whoever disputes a figure says besides words: how much it is, and where it is wrong."""

from dataclasses import dataclass
from typing import Any

from waywarden.county.services.models import Quantity


@dataclass(frozen=True, kw_only=True)
class Claim:
    """How much there is instead, and a place, as `rules.grid_reference` writes it."""

    amount_milli: int | None = None
    pin: str = ""

    def put_on(self, figure: Quantity) -> None:
        """Let a figure that is disputed say it, in place of what it said before."""
        figure.claims_milli, figure.pin = self.amount_milli, self.pin


def noted(figure: Quantity) -> dict[str, Any]:
    """Return what is claimed of a figure for the journal; nothing where nothing is."""
    claimed = {"claims_milli": figure.claims_milli, "pin": figure.pin}
    return {name: value for name, value in claimed.items() if value not in (None, "")}
