"""Money to the penny: an amount split between councils, and a rate times a quantity."""

from collections.abc import Mapping

# A rate is in thousandths of a penny and a quantity in thousandths of its unit.
MILLIONTHS = 1_000_000


def split_pence(pence: int, shares: Mapping[str, int]) -> dict[str, int]:
    """Divide an amount between councils in proportion to their agreed shares.

    Every penny is handed out: those left over by rounding go, one each, to
    the councils whose exact share was cut the most, ties going to the council
    named first in the agreement. A negative amount (a saving lost when a
    partnership ends) is split as its opposite and negated.

    >>> split_pence(100_00, {"county": 2, "district": 1})
    {'county': 6667, 'district': 3333}
    >>> split_pence(-100_00, {"county": 2, "district": 1})
    {'county': -6667, 'district': -3333}
    """
    total = sum(shares.values())
    if total <= 0 or min(shares.values()) < 0:
        raise ValueError("Shares must not be negative, and one must be positive.")
    if pence < 0:
        return {council: -part for council, part in split_pence(-pence, shares).items()}

    split = {council: pence * share // total for council, share in shares.items()}
    by_remainder = sorted(shares, key=lambda c: pence * shares[c] % total, reverse=True)
    for council in by_remainder[: pence - sum(split.values())]:
        split[council] += 1
    return split


def line(rate_millipence: int, quantity_milli: int) -> int:
    """Price one line, rate times quantity, in pence: rounded once, half up.

    The rate is in thousandths of a penny per unit, the quantity in thousandths
    of the unit. A negative line is its opposite, negated, so that a line and
    its correction always cancel.

    Mowing 1,200 square metres at 2.5p costs £30; half a metre at 1p rounds up:

    >>> line(2_500, 1_200_000)
    3000
    >>> line(1_000, 500), line(-1_000, 500)
    (1, -1)
    """
    for given in (rate_millipence, quantity_milli):
        # A float here would carry its error into every sum above it.
        if isinstance(given, bool) or not isinstance(given, int):
            raise TypeError(f"A line needs whole thousandths, not {given!r}.")
    exact = rate_millipence * quantity_milli
    rounded = (2 * abs(exact) + MILLIONTHS) // (2 * MILLIONTHS)
    return rounded if exact >= 0 else -rounded
