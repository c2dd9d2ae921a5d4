"""What is paid when: a term's payments by period, and each parish's part of them.

A whole period is paid its equal part of the year, and a part period as much of that as its days
are of the whole; or, for work of a season, each period is paid by the season's days in it. Either
way each year is rounded once to the penny, and its payments add up to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import lcm

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.months import (
    Every,
    Season,
    closed,
    financial_year,
    periods,
    whole_period,
    year_name,
    year_of,
)
from waywarden.rules.pence import split_pence
from waywarden.rules.periods import Period
from waywarden.rules.saying import Refused, day, pounds

DAYS_TO_PAY = 28
LONGEST_TO_PAY = 365
BASES = (
    Basis(
        rule="A part period is paid by its days; work of a season by the season's days in it.",
        source="Apportionment by days, as in the Apportionment Act 1870, section 2",
        sure=Sure.RECALLED,
    ),
    Basis(
        rule=f"Quarterly or half-yearly in advance, paid within {DAYS_TO_PAY} days.",
        source="Terms usual between counties and parishes",
        sure=Sure.PRACTICE,
    ),
    Basis(
        rule="The county pays each parish, or one lead with a statement of each parish's part.",
        source="Oxfordshire County Council, highways services FAQ: a single amount to each "
        "individual or one cluster lead",
        sure=Sure.READ,
    ),
    Basis(
        rule="A penny left over in one payment goes to whoever has been cut most so far.",
        source="Largest remainder, carried on from payment to payment",
        sure=Sure.OURS,
    ),
)


class Falls(StrEnum):
    """When a payment falls due."""

    IN_ADVANCE = "in advance"
    IN_ARREARS = "in arrears"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How an agreement is paid: how often, when, within how many days, and for which season."""

    every: Every = Every.QUARTER
    falls: Falls = Falls.IN_ADVANCE
    days_to_pay: int = DAYS_TO_PAY
    season: Season | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.days_to_pay <= LONGEST_TO_PAY:
            raise Refused(f"A payment is made within 0 to {LONGEST_TO_PAY} days. Change the days.")


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment: for which days, how much in pence, and by which day it is paid."""

    period: Period
    year: int
    pence: int
    due_on: date


def same_every_year(pence: int, term: Period) -> dict[int, int]:
    """Return one yearly amount for each financial year that a term touches.

    >>> same_every_year(100, Period(date(2027, 1, 1), date(2028, 4, 1)))
    {2026: 100, 2027: 100, 2028: 100}
    """
    start, end = closed(term)
    return dict.fromkeys(range(financial_year(start), financial_year(end) + 1), pence)


def schedule(
    term: Period, yearly: Mapping[int, int], profile: Profile | None = None
) -> list[Instalment]:
    """Return every payment of a term, from what a whole financial year is worth in pence.

    ``yearly`` names each financial year by the year it begins in.

    >>> term = Period(date(2027, 5, 15), date(2028, 3, 31))
    >>> [part.pence for part in schedule(term, {2027: 28_282_00})]
    [365180, 707050, 707050, 707050]
    """
    profile = profile or Profile()
    parts: dict[int, list[Period]] = {}
    for period in periods(term, profile.every):
        parts.setdefault(financial_year(closed(period)[0]), []).append(period)
    return [
        Instalment(period, year, pence, _due_on(period, profile))
        for year, in_year in parts.items()
        for period, pence in zip(
            in_year, _shared_out(_worth(yearly, year), in_year, profile), strict=True
        )
    ]


def _worth(yearly: Mapping[int, int], year: int) -> int:
    if year not in yearly:
        raise Refused(f"Nothing is said of what {year_name(year)} is worth. Enter its amount.")
    if yearly[year] < 0:
        raise Refused(f"What {year_name(year)} is worth is below nothing. Enter it without a sign.")
    return yearly[year]


def _shared_out(pence: int, in_year: Sequence[Period], profile: Profile) -> list[int]:
    """Round what the year comes to once, and share it among its periods."""
    parts = [_part_of_year(period, profile) for period in in_year]
    whole = pence * sum(parts, Fraction(0))
    total = (2 * whole.numerator + whole.denominator) // (2 * whole.denominator)
    if not total:
        return [0 for _ in parts]
    common = lcm(*(part.denominator for part in parts))
    weights = {str(row): int(part * common) for row, part in enumerate(parts)}
    return list(split_pence(total, weights).values())


def _part_of_year(period: Period, profile: Profile) -> Fraction:
    start, _ = closed(period)
    if profile.season:
        of_year = year_of(financial_year(start))
        return Fraction(profile.season.days_within(period), profile.season.days_within(of_year))
    whole = whole_period(start, profile.every)
    return Fraction(_days(period), _days(whole) * profile.every.in_a_year)


def _due_on(period: Period, profile: Profile) -> date:
    start, end = closed(period)
    from_day = start if profile.falls is Falls.IN_ADVANCE else end
    if from_day.year >= MAXYEAR - 1:
        raise Refused(f"A payment after {day(from_day)} is beyond the calendar. Look at the term.")
    return from_day + timedelta(days=profile.days_to_pay)


def _days(period: Period) -> int:
    start, end = closed(period)
    return (end - start).days + 1


@dataclass(frozen=True, slots=True)
class Row:
    """One parish's part of one payment, in pence."""

    period: Period
    due_on: date
    pence: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What one parish is paid, payment by payment."""

    parish: str
    rows: tuple[Row, ...]

    @property
    def pence(self) -> int:
        """What its rows come to."""
        return sum(row.pence for row in self.rows)


def statements(instalments: Sequence[Instalment], shares: Mapping[str, int]) -> list[Statement]:
    """Split every payment by shares: the parts of each payment add up to it, to the penny.

    Each part is the exact one, rounded up or down. Pence left over go to whoever
    has been cut most so far, so that nobody loses a penny time and again.

    >>> paid = schedule(Period(date(2027, 4, 1), date(2028, 3, 31)), {2027: 400})
    >>> [said.pence for said in statements(paid, {"a": 1, "b": 1, "c": 1})]
    [134, 133, 133]
    """
    whole = sum(shares.values())
    if whole <= 0 or min(shares.values()) < 0:
        raise Refused("The shares come to nothing. Enter a share for one parish at least.")
    owed = dict.fromkeys(shares, 0)
    rows: dict[str, list[Row]] = {parish: [] for parish in shares}
    for paid in instalments:
        for parish, pence in _next_split(paid.pence, shares, owed).items():
            rows[parish].append(Row(paid.period, paid.due_on, pence))
    return [Statement(parish, tuple(found)) for parish, found in rows.items()]


def _next_split(pence: int, shares: Mapping[str, int], owed: dict[str, int]) -> dict[str, int]:
    """Split one payment, and note in ``owed`` what each is short of so far, in parts of a penny."""
    whole = sum(shares.values())
    split = {parish: pence * share // whole for parish, share in shares.items()}
    for parish, share in shares.items():
        owed[parish] += pence * share % whole
    cut = [parish for parish, share in shares.items() if pence * share % whole]
    left_over = pence - sum(split.values())
    for parish in sorted(cut, key=lambda each: owed[each], reverse=True)[:left_over]:
        split[parish] += 1
        owed[parish] -= whole
    return split


@dataclass(frozen=True, slots=True)
class Remittance:
    """One payment as it is posted: to whom, for which days, by when, and how much in pence."""

    payee: str
    period: Period
    due_on: date
    pence: int


def remittances(
    instalments: Sequence[Instalment], shares: Mapping[str, int], *, lead: str = ""
) -> list[Remittance]:
    """Return what the county posts: to the lead alone where there is one, else to each parish.

    The lead gives each member a statement of its part. A part of nothing is not posted.

    >>> paid = schedule(Period(date(2027, 4, 1), date(2028, 3, 31)), {2027: 400})
    >>> [one.payee for one in remittances(paid, {"a": 1, "b": 0}, lead="b")]
    ['b', 'b', 'b', 'b']
    """
    said = statements(instalments, shares)
    if lead and lead not in shares:
        raise Refused(f"{lead} is no member, so nothing is paid to it for the others.")
    if lead:
        posted = [Remittance(lead, one.period, one.due_on, one.pence) for one in instalments]
    else:
        posted = [
            Remittance(one.parish, row.period, row.due_on, row.pence)
            for one in said
            for row in one.rows
        ]
    return [one for one in posted if one.pence]


def difference(instalments: Iterable[Instalment], said: Iterable[Statement]) -> str:
    """Say where statements and payments do not add up; blank where they do.

    >>> paid = schedule(Period(date(2027, 4, 1), date(2028, 3, 31)), {2027: 400})
    >>> difference(paid, statements(paid, {"a": 1, "b": 2}))
    ''
    """
    by_period: dict[Period, int] = {}
    for statement in said:
        for row in statement.rows:
            by_period[row.period] = by_period.get(row.period, 0) + row.pence
    for paid in instalments:
        stated = by_period.pop(paid.period, 0)
        if stated != paid.pence:
            return f"{_named(paid.period)}: {pounds(paid.pence)} paid, {pounds(stated)} stated."
    extra = next(iter(by_period), None)
    return "" if extra is None else f"{_named(extra)}: stated, but no payment is due."


def _named(period: Period) -> str:
    start, end = closed(period)
    return f"{day(start)} to {day(end)}"
