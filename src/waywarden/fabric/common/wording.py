"""How quantities, money and certainty are put into words. Pure: no request, no database."""

from datetime import datetime
from typing import Protocol

from waywarden.rules.saying import day as day
from waywarden.rules.saying import pounds as pounds
from waywarden.rules.units import after_number

# What each confidence letter promises about a figure.
CONFIDENCE = {
    "A": "read in a published source",
    "B": "worked out from figures read in a source",
    "C": "an estimate or a judgement",
}

NOT_KNOWN = "Not known"


class Range(Protocol):
    """What the estimate part needs to be told: a low, a high, a unit and a letter."""

    low_milli: int
    high_milli: int
    unit: str
    confidence: str


class MoneyRange(Protocol):
    """What the money part needs to be told: pence at low and at high prices."""

    @property
    def low(self) -> int: ...
    @property
    def high(self) -> int: ...


class Standard(Protocol):
    """How many visits in how many years."""

    visits: int
    years: int


def moment(at: datetime) -> str:
    """Write a moment to the minute, as its own clock shows it.

    >>> moment(datetime(2026, 4, 1, 9, 5))
    '1 April 2026, 09:05'
    """
    return f"{day(at)}, {at:%H:%M}"


def number(milli: int) -> str:
    """Write thousandths as a number people read, with no decimals it does not need.

    >>> number(4_000_000), number(21_500), number(-250)
    ('4,000', '21.5', '−0.25')
    """
    whole, rest = divmod(abs(milli), 1000)
    decimals = f".{rest:03d}".rstrip("0").rstrip(".") if rest else ""
    sign = "−" if milli < 0 else ""
    return f"{sign}{whole:,}{decimals}"


def amount(milli: int, unit: str) -> str:
    """Write a quantity with its unit.

    >>> amount(691_188_000, "m2")
    '691,188 m²'
    """
    return f"{number(milli)} {after_number(unit, milli)}".strip()


def span(low_milli: int, high_milli: int, unit: str) -> str:
    """Write a range with its unit, or "about" when both ends are the same.

    >>> span(4_000_000, 12_000_000, "m2"), span(5_000, 5_000, "tree")
    ('4,000 to 12,000 m²', 'about 5 trees')
    """
    if low_milli == high_milli:
        return f"about {amount(low_milli, unit)}"
    return f"{number(low_milli)} to {amount(high_milli, unit)}"


def whole_pounds(pence: int) -> str:
    """Write pence in whole pounds, rounded half up.

    >>> whole_pounds(638_150), whole_pounds(-149)
    ('£6,382', '−£1')
    """
    sign = "−" if pence <= -50 else ""
    return f"{sign}£{(abs(pence) + 50) // 100:,}"


def money_span(low_pence: int, high_pence: int) -> str:
    """Write a range of money in whole pounds, or "about" where both ends read the same.

    >>> money_span(310_000, 430_049), money_span(100, 149)
    ('£3,100 to £4,300', 'about £1')
    """
    low, high = whole_pounds(low_pence), whole_pounds(high_pence)
    return f"{low} to {high}" if low != high else f"about {low}"


def about_pounds(pence: int) -> str:
    """Write a modelled sum as a sentence has it: to three figures, or whole pounds below £1,000.

    >>> about_pounds(1_234_567), about_pounds(99_951), about_pounds(-149), about_pounds(100_049_999)
    ('about £12,300', 'about £1,000', 'about −£1', 'about £1,000,000')
    """
    return f"about {_three_figures(pence)}"


def about_span(low_pence: int, high_pence: int) -> str:
    """Write a modelled range of money to three figures, or one sum where both ends read the same.

    >>> about_span(310_049, 1_230_951), about_span(100, 149)
    ('about £3,100 to £12,300', 'about £1')
    """
    low, high = _three_figures(low_pence), _three_figures(high_pence)
    return f"about {low} to {high}" if low != high else f"about {low}"


def _three_figures(pence: int) -> str:
    step = 100
    while abs(pence) >= 1_000 * step - step // 2:
        step *= 10
    rounded = (abs(pence) + step // 2) // step * step
    return whole_pounds(-rounded if pence < 0 else rounded)


def letter_meaning(letter: str) -> str:
    """Say what a confidence letter means, in words to follow the letter.

    >>> letter_meaning("B")
    'worked out from figures read in a source'
    """
    return CONFIDENCE.get(letter, "how sure we are is not recorded")


def visits(standard: Standard) -> str:
    """Write how often something is done: "2" a year, or "1 in 3 years"."""
    return (
        str(standard.visits)
        if standard.years == 1
        else f"{standard.visits} in {standard.years} years"
    )


def is_below(minimum: Standard | None, delivered: Standard | None) -> bool:
    """Whether less is done than the minimum; never so while either is unknown."""
    if not minimum or not delivered:
        return False
    return delivered.visits * minimum.years < minimum.visits * delivered.years


def hectares(milli: int) -> str:
    """Write an extent, kept in thousandths of a hectare, in whole hectares, or in tenths below ten.

    >>> hectares(1_653_240), hectares(6_250)
    ('1,653', '6.2')
    """
    return f"{milli / 1000:,.0f}" if milli >= 10_000 else number(milli // 100 * 100)


def people(value: int, is_modelled: bool = False) -> str:
    """Write how many people live somewhere; a modelled number only to the nearest hundred.

    >>> people(4404), people(4404, True), people(40, True)
    ('4,404', '4,400', 'fewer than 100')
    """
    if not is_modelled:
        return f"{value:,}"
    return f"{(value + 50) // 100 * 100:,}" if value >= 50 else "fewer than 100"


def web_name(address: str) -> str:
    """Write a web address as people read it: the name of the site alone.

    >>> web_name("https://www.oxfordshire.gov.uk/transport/")
    'oxfordshire.gov.uk'
    """
    return address.split("://")[-1].removeprefix("www.").split("/")[0]
