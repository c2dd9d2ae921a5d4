"""What a yearly payment becomes as prices rise: fixed, by a published index, or not at all.

A published figure is given by whoever enters it, with its source; none is held here. Each year is
reckoned from the first payment and rounded once, half up, so that rounding never builds up.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.months import APRIL, LONGEST_YEARS, MONTHS, financial_year, year_name
from waywarden.rules.saying import Refused, day, percent

#: Percentages are held in thousandths of one per cent.
WHOLE = 100_000
LEAST, MOST = -50_000, 50_000
PERCENT = re.compile(r"([-−]?)([0-9]{1,2})(?:\.([0-9]{1,3}))?\s*%?")
BASES = (
    Basis(
        rule="A payment rises by nothing, a fixed percentage, or a published index of a named "
        "month, within a cap and a floor where they are agreed.",
        source="Terms usual between counties and parishes",
        sure=Sure.PRACTICE,
    ),
    Basis(
        rule="Every year is reckoned from the first payment and rounded once, half up.",
        source="Whole pence, rounded once",
        sure=Sure.OURS,
    ),
)
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Method(StrEnum):
    """How a payment follows prices."""

    NONE = "none"
    FIXED = "fixed percentage"
    INDEX = "published index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexation:
    """What was agreed: method, first day, what rises, and whether each rise builds on the last.

    Percentages are in thousandths of one per cent. ``reference_month`` is the month of the year
    before the rise whose figure counts.
    """

    method: Method = Method.NONE
    first_on: date | None = None
    percent: int | None = None
    index: str = ""
    reference_month: int | None = None
    cap: int | None = None
    floor: int | None = None
    compounds: bool = True
    applies_to: str = "the yearly payment"

    def __post_init__(self) -> None:
        if obstacles := _obstacles(self):
            raise Refused(" ".join(obstacles))

    @property
    def sentence(self) -> str:
        """Say what was agreed, with nothing left to guess.

        >>> Indexation().sentence
        'Nothing is indexed: the yearly payment stays the same.'
        """
        if self.method is Method.NONE:
            return f"Nothing is indexed: {self.applies_to} stays the same."
        on = "each rise builds on the one before" if self.compounds else "each on the first payment"
        return (
            f"From {day(_first(self))} {self.applies_to} rises each year by {self._measure}"
            f"{self._limits}; {on}."
        )

    @property
    def _measure(self) -> str:
        if self.method is Method.FIXED:
            return percent(self.percent or 0)
        return f"{self.index}, the figure for {MONTH_NAMES[(self.reference_month or 1) - 1]} before"

    @property
    def _limits(self) -> str:
        most = "" if self.cap is None else f", at most {percent(self.cap)}"
        least = "" if self.floor is None else f", at least {percent(self.floor)}"
        return most + least


def _obstacles(terms: Indexation) -> list[str]:
    if terms.method is Method.NONE:
        given = (terms.percent, terms.reference_month, terms.cap, terms.floor, terms.first_on)
        said = bool(terms.index) or any(one is not None for one in given)
        return ["Nothing is indexed, so leave the rest blank, or choose how it rises."] * said
    needed = _fixed_obstacles if terms.method is Method.FIXED else _index_obstacles
    return [*_day_obstacles(terms), *needed(terms), *_range_obstacles(terms)]


def _day_obstacles(terms: Indexation) -> list[str]:
    if terms.first_on is None:
        return ["Say on which day it first rises."]
    if (terms.first_on.month, terms.first_on.day) != (APRIL, 1):
        return [
            f"Payments are by financial year: it first rises on a 1 April, not on "
            f"{day(terms.first_on)}."
        ]
    return []


def _fixed_obstacles(terms: Indexation) -> list[str]:
    found = []
    if terms.percent is None:
        found.append("Say by how many per cent it rises each year.")
    if terms.index or terms.reference_month is not None:
        found.append("A fixed percentage follows no index: leave the index and its month blank.")
    if terms.cap is not None or terms.floor is not None:
        found.append("A fixed percentage needs no cap or floor: leave both blank.")
    return found


def _index_obstacles(terms: Indexation) -> list[str]:
    found = []
    if not terms.index.strip():
        found.append("Name the index, such as CPI.")
    if terms.reference_month is None or not 1 <= terms.reference_month <= MONTHS:
        found.append("Say which month’s figure counts, from 1 to 12.")
    if terms.percent is not None:
        found.append("An index sets the percentage: leave the fixed one blank.")
    if terms.cap is not None and terms.floor is not None and terms.cap < terms.floor:
        found.append("The cap is below the floor. Change one of them.")
    return found


def _range_obstacles(terms: Indexation) -> list[str]:
    given = (terms.percent, terms.cap, terms.floor)
    if all(one is None or LEAST <= one <= MOST for one in given):
        return []
    return [f"Percentages lie between {percent(LEAST)} and {percent(MOST)} a year."]


def percent_typed(text: str) -> int:
    """Return what somebody typed in thousandths of one per cent; refuse what is none.

    >>> percent_typed("3.4"), percent_typed("2 %"), percent_typed("−0.125")
    (3400, 2000, -125)
    """
    found = PERCENT.fullmatch(text.strip())
    if not found:
        raise Refused(
            "Type a percentage such as 3.4, with two digits before the point and three after it "
            "at most."
        )
    sign, whole, decimals = found.groups()
    value = int(whole) * 1000 + int((decimals or "").ljust(3, "0"))
    return -value if sign else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A published figure: by how much the index rose in the twelve months to a month."""

    index: str
    year: int
    month: int
    percent: int
    source: str

    def __post_init__(self) -> None:
        if not self.source.strip():
            raise Refused("Say where the figure was published, so that anybody can look it up.")
        if not (1 <= self.month <= MONTHS and LEAST <= self.percent <= MOST):
            raise Refused(
                f"A figure is for a month from 1 to 12 and lies between {percent(LEAST)} and "
                f"{percent(MOST)}. Look at it again."
            )


@dataclass(frozen=True, slots=True)
class Rise:
    """What one 1 April does: the percentage asked for, the one that counts, and why."""

    year: int
    asked: int
    counts: int
    source: str

    @property
    def limited_by(self) -> str:
        """Which limit came in: the cap, the floor, or none.

        >>> Rise(2028, 6_000, 5_000, "").limited_by
        'cap'
        """
        if self.counts == self.asked:
            return ""
        return "cap" if self.counts < self.asked else "floor"


@dataclass(frozen=True, slots=True)
class Indexed:
    """What one financial year is worth in pence, and every rise up to then."""

    year: int
    pence: int
    rises: tuple[Rise, ...]


def indexed(
    pence: int,
    terms: Indexation,
    *,
    first_year: int,
    last_year: int,
    figures: Sequence[Figure] = (),
) -> list[Indexed]:
    """Return what each financial year of a term is worth, from the payment of its first.

    Refuses where a figure that counts has not been entered.

    >>> terms = Indexation(method=Method.FIXED, percent=3_000, first_on=date(2028, 4, 1))
    >>> [year.pence for year in indexed(100_00, terms, first_year=2027, last_year=2029)]
    [10000, 10300, 10609]
    """
    if pence < 0 or not 0 <= last_year - first_year <= LONGEST_YEARS:
        raise Refused(
            "A payment is not below nothing, and its last year not before its first, nor more than "
            f"{LONGEST_YEARS} years after it. Look at both."
        )
    rises = [
        _rise(terms, year, figures)
        for year in range(first_year + 1, last_year + 1)
        if terms.method is not Method.NONE and year >= financial_year(_first(terms))
    ]
    return [
        _in_year(pence, terms, year, tuple(rise for rise in rises if rise.year <= year))
        for year in range(first_year, last_year + 1)
    ]


def _in_year(pence: int, terms: Indexation, year: int, rises: tuple[Rise, ...]) -> Indexed:
    factor = Fraction(1)
    for rise in rises:
        rose = Fraction(rise.counts, WHOLE)
        factor = factor * (1 + rose) if terms.compounds else factor + rose
    worth = max(pence * factor, Fraction(0))
    rounded = (2 * worth.numerator + worth.denominator) // (2 * worth.denominator)
    return Indexed(year, rounded, rises)


def _rise(terms: Indexation, year: int, figures: Sequence[Figure]) -> Rise:
    if terms.method is Method.FIXED:
        asked = terms.percent or 0
        return Rise(year, asked, asked, "as agreed")
    figure = _figure(terms, year, figures)
    counts = figure.percent
    if terms.floor is not None:
        counts = max(counts, terms.floor)
    if terms.cap is not None:
        counts = min(counts, terms.cap)
    return Rise(year, figure.percent, counts, figure.source)


def _figure(terms: Indexation, year: int, figures: Sequence[Figure]) -> Figure:
    month = terms.reference_month or 1
    # A rise on 1 April follows a figure of the twelve months before: April to December of the
    # year before, or January to March of its own.
    of_year = year if month < APRIL else year - 1
    found = {
        (figure.percent, figure.source): figure
        for figure in figures
        if (figure.index, figure.year, figure.month) == (terms.index, of_year, month)
    }
    name = f"{terms.index} for {MONTH_NAMES[month - 1]} {of_year}"
    if not found:
        raise Refused(
            f"The figure of {name} is not entered. {year_name(year)} cannot be reckoned before: "
            "enter the published figure with its source."
        )
    if len({value for value, _ in found}) > 1:
        raise Refused(f"The figure of {name} is entered twice and differs. Take one of them out.")
    return next(iter(found.values()))


def amounts(years: Sequence[Indexed]) -> Mapping[int, int]:
    """Return what each year is worth, as a payment schedule asks for it.

    >>> amounts(indexed(5, Indexation(), first_year=2027, last_year=2028))
    {2027: 5, 2028: 5}
    """
    return {year.year: year.pence for year in years}


def _first(terms: Indexation) -> date:
    # What is indexed at all has its first day, or it would have been refused.
    return terms.first_on or date.max
