"""Whether spending together crosses the line of the Procurement Act 2023, which counts VAT.

The figures for goods and services of authorities that are not central government hold for two
years each (to be confirmed by whoever buys): the value is that of the whole term with every
extension. For a day outside the periods that are recorded no figure is known, and none is guessed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from waywarden.rules.procurement_terms import Kind, thresholds
from waywarden.rules.vat import VAT_PERCENT


@dataclass(frozen=True, slots=True)
class Period:
    """What the threshold is between two days, both of them in it."""

    first: date
    last: date
    #: With VAT.
    pence: int
    read_in: str


@cache
def periods() -> tuple[Period, ...]:
    """Return the periods whose threshold is recorded, in order.

    >>> [(str(one.first), str(one.last), one.pence) for one in periods()][-1]
    ('2026-01-01', '2027-12-31', 20772000)
    """
    return tuple(
        Period(line.days.starts_on, line.days.ends_on, line.pence, line.read_in)
        for line in thresholds()
        if line.kind is Kind.GOODS_AND_SERVICES and line.days.starts_on and line.days.ends_on
    )


def threshold(on: date) -> int | None:
    """Return the threshold in force on a day, in pence with VAT; none where none is recorded.

    >>> threshold(date(2025, 12, 31)), threshold(date(2026, 1, 1)), threshold(date(2028, 1, 1))
    (21490400, 20772000, None)
    """
    return next((one.pence for one in periods() if one.first <= on <= one.last), None)


def not_known(on: date) -> bool:
    """Whether no threshold is recorded for a day.

    >>> not_known(date(2027, 12, 31)), not_known(date(2028, 1, 1)), not_known(date(2023, 12, 31))
    (False, True, True)
    """
    return threshold(on) is None


def pooled(yearly_pence: int, *, years: int, extension: int) -> int:
    """Return the value of a contract over all its years, with VAT, in pence: half rounds up.

    >>> pooled(50_000_00, years=3, extension=1)
    24000000
    """
    return (yearly_pence * (years + extension) * (100 + VAT_PERCENT) + 50) // 100


def reached(value_pence: int, days: Iterable[date]) -> int | None:
    """Return the lowest threshold known of some days that a value is at or above; none otherwise.

    >>> reached(210_000_00, [date(2025, 12, 31)]), reached(210_000_00, [date(2026, 1, 1)])
    (None, 20772000)
    """
    known = [line for day in days if (line := threshold(day)) is not None]
    return min((line for line in known if line <= value_pence), default=None)
