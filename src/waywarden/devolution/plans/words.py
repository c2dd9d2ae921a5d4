"""How a plan's figures are put into sentences. Pure: no request, no database."""

from collections.abc import Sequence
from dataclasses import dataclass

from waywarden.planning.reports import CouncilReport, Range, Report
from waywarden.planning.words import phrasing
from waywarden.planning.words.wording import between, short_pounds

SHARE_RULE = "in proportion to what each would pay alone"

KINDS = {
    "town": "Town council",
    "parish": "Parish council",
    "parish-meeting": "Parish meeting",
}


@dataclass(frozen=True)
class Spread:
    """The least and the most of a sum in pence over the price cases."""

    low: int
    high: int


def spread(of: Range) -> Spread:
    """Return the ends of a range, whichever price case gives them."""
    three = (of.low, of.expected, of.high)
    return Spread(min(three), max(three))


def percent(part: int, whole: int) -> int:
    """Return a part in whole percent of a whole, rounded half up; 0 of nothing.

    >>> percent(371, 1750), percent(5, 0)
    (21, 0)
    """
    return (200 * part + whole) // (2 * whole) if whole > 0 else 0


def rest(report: Report) -> str:
    """Say what the councils would have to find if the county handed over what it pays now."""
    short = spread(report.planned - report.now)
    if short.low > 0:
        found = _between(short.low, short.high)
        return f"the councils would find the rest, {found} a year (estimate)"
    if short.high <= 0:
        over = _between(-short.high, -short.low)
        return f"that would pay for the plan, with {over} a year to spare (estimate)"
    most, spare = short_pounds(short.high), short_pounds(-short.low)
    return (
        f"depending on prices the councils would find up to {most} a year more, "
        f"or have up to {spare} to spare (estimate)"
    )


def _between(low: int, high: int) -> str:
    return between(Range(low, low, high))


def listed(names: Sequence[str], most: int = 0) -> str:
    """Write names as a sentence has them; where ``most`` is given, no more than so many.

    >>> listed(["Thame", "Witney", "Wantage"]), listed(["Thame", "Witney", "Wantage"], most=1)
    ('Thame, Witney and Wantage', 'Thame and 2 more')
    """
    if most and len(names) > most + 1:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return phrasing.listed(names) if names else ""


def kind_of(council: CouncilReport) -> str:
    """Say what holds a place, and as what it is planned where nobody has said."""
    if council.kind in KINDS:
        return KINDS[council.kind]
    return (
        f"Kind not known, planned as a {'meeting' if council.is_planned_as_meeting else 'council'}"
    )
