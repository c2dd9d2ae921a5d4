"""How the rules write days and money in their sentences, and what they refuse with."""

from collections.abc import Sequence
from datetime import date


class Refused(ValueError):
    """A rule cannot be kept by what was given. The message is a sentence that says what to do."""


def day(on: date) -> str:
    """Write a day as people do.

    >>> day(date(2026, 4, 1))
    '1 April 2026'
    """
    return f"{on.day} {on:%B} {on.year}"


def pounds(pence: int) -> str:
    """Write pence as pounds, without the pence when there are none.

    >>> pounds(638_100), pounds(281), pounds(-105)
    ('£6,381', '£2.81', '−£1.05')
    """
    whole, rest = divmod(abs(pence), 100)
    sign = "−" if pence < 0 else ""
    return f"{sign}£{whole:,}" + (f".{rest:02d}" if rest else "")


def listed(words: Sequence[str], last: str = "and") -> str:
    """Write a list as it is spoken; nothing where there is nothing.

    >>> listed(["Coldbrook"]), listed(["a", "b", "c"], last="or"), listed([])
    ('Coldbrook', 'a, b or c', '')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def percent(thousandths: int) -> str:
    """Write thousandths of one per cent, with no decimals it does not need.

    >>> percent(3_000), percent(3_400), percent(-125)
    ('3 %', '3.4 %', '−0.125 %')
    """
    whole, rest = divmod(abs(thousandths), 1000)
    decimals = f".{rest:03d}".rstrip("0") if rest else ""
    return f"{'−' if thousandths < 0 else ''}{whole}{decimals} %"
