"""Reference numbers of agreements: short, said over the telephone, and wrong ones found out.

A number names the county, the year it was drafted in and a count, and ends in a letter made from
the rest, so that one wrong figure, or two that changed places, never name another agreement.
"""

import re
from dataclasses import dataclass

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.saying import Refused

#: Letters that are not taken for figures or one another; there are 23, a prime.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXY"
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SHAPE = re.compile(r"([A-Z]{2,4})([0-9]{4})([0-9]{4,6})([A-Z])(?:V([0-9]{1,3}))?")
MOST = 999_999
LAST_VERSION = 999
BASES = (
    Basis(
        rule="A number has letters of the county, a year, a count and a letter that checks it.",
        source="Check letters of identity numbers: a remainder by a prime",
        sure=Sure.OURS,
    ),
)


@dataclass(frozen=True, slots=True)
class Number:
    """The number of an agreement and which of its versions; version 0 names it as a whole."""

    prefix: str
    year: int
    count: int
    version: int = 0

    def __post_init__(self) -> None:
        if not re.fullmatch("[A-Z]{2,4}", self.prefix):
            raise Refused("A number begins with two to four letters, such as OX.")
        if not 1000 <= self.year <= 9999 or not 1 <= self.count <= MOST:
            raise Refused(f"A number has a year of four figures and a count from 1 to {MOST:,}.")
        if not 0 <= self.version <= LAST_VERSION:
            raise Refused(f"An agreement has at most {LAST_VERSION} versions.")

    @property
    def letter(self) -> str:
        """The letter that checks the rest.

        >>> Number("OX", 2027, 42).letter
        'N'
        """
        said = f"{self.prefix}{self.year}{self.count:04d}"
        whole = sum(at * CHARACTERS.index(one) for at, one in enumerate(reversed(said), start=1))
        return LETTERS[whole % len(LETTERS)]

    def __str__(self) -> str:
        """Write it as people read it.

        >>> str(Number("OX", 2027, 42, version=3))
        'OX-2027-0042-N v3'
        """
        version = f" v{self.version}" if self.version else ""
        return f"{self.prefix}-{self.year}-{self.count:04d}-{self.letter}{version}"


def read(text: str) -> Number:
    """Return the number somebody typed, with or without dashes and blanks; refuse a wrong one.

    >>> read("ox 2027 0042 n")
    Number(prefix='OX', year=2027, count=42, version=0)
    """
    said = re.sub(r"[\s\-–−]", "", text).upper()
    found = SHAPE.fullmatch(said) if len(said) <= 24 else None
    if not found:
        raise Refused("Type the number as on the agreement, such as OX-2027-0042-N.")
    prefix, year, count, letter, version = found.groups()
    number = Number(prefix, int(year), int(count), int(version or 0))
    if letter != number.letter:
        raise Refused("A character of this number is wrong. Compare it with the agreement.")
    return number
