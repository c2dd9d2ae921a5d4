"""Whether spending together crosses the line of the Procurement Act 2023, which counts VAT.

The figures for goods and services of authorities that are not central government hold for two
years each (to be confirmed by whoever buys): the value is that of the whole term with every
extension.
"""

from datetime import date

from waywarden.rules.vat import VAT_PERCENT

#: From which day, and how much in pence with VAT. From 2026 by SI 2025/1200.
THRESHOLDS = ((date(2024, 1, 1), 214_904_00), (date(2026, 1, 1), 207_720_00))


def threshold(on: date) -> int | None:
    """Return the threshold in force on a day, in pence with VAT; none where none is recorded.

    >>> threshold(date(2025, 12, 31)), threshold(date(2026, 1, 1)), threshold(date(2023, 1, 1))
    (21490400, 20772000, None)
    """
    known = [amount for since, amount in THRESHOLDS if since <= on]
    return known[-1] if known else None


def pooled(yearly_pence: int, *, years: int, extension: int) -> int:
    """Return the value of a contract over all its years, with VAT, in pence: half rounds up.

    >>> pooled(50_000_00, years=3, extension=1)
    24000000
    """
    return (yearly_pence * (years + extension) * (100 + VAT_PERCENT) + 50) // 100


def is_over(yearly_pence: int, *, years: int, extension: int, on: date) -> bool:
    """Whether a contract is at the threshold or above it.

    >>> [is_over(57_700_00, years=years, extension=0, on=date(2027, 4, 1)) for years in (2, 3)]
    [False, True]
    """
    line = threshold(on)
    return line is not None and pooled(yearly_pence, years=years, extension=extension) >= line
