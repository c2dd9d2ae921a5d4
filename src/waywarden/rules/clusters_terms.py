"""What members of a cluster owe one another by terms they agreed: whole pence, nothing lost."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low
from typing import Any

from waywarden.rules.pence import split_pence

MONTHS = 12
#: Who pays when one member does not: the others by their shares, all alike, or the lead alone.
BY_SHARES, ALIKE, THE_LEAD = "shares", "alike", "lead"
WAYS = (BY_SHARES, ALIKE, THE_LEAD)


def pro_rata(
    pence: int,
    *,
    joined_on: date,
    starts_on: date,
    ends_on: date,
    left_on: date | None = None,
) -> int:
    """Return what a member that joins or leaves within a season pays of its share, by days.

    The day it joins counts, and so does its last day, or the last of the season.
    Half a penny rounds up. Who joins before the season and stays to its end pays
    all of it; who joins after it, or left before it, pays nothing.

    >>> season = {"starts_on": date(2027, 4, 1), "ends_on": date(2028, 3, 31)}
    >>> pro_rata(366_00, joined_on=date(2028, 3, 1), **season)
    3100
    """
    if ends_on < starts_on:
        raise ValueError("A season ends on the day it starts, or later.")
    whole = (ends_on - starts_on).days + 1
    first, last = max(joined_on, starts_on), min(left_on or ends_on, ends_on)
    there = max((last - first).days + 1, 0)
    return (2 * pence * there + whole) // (2 * whole)


def season_bills(
    shares: Mapping[str, int],
    joined: Mapping[str, date],
    *,
    starts_on: date,
    ends_on: date,
    left: Mapping[str, date] | None = None,
) -> dict[str, int]:
    """Return what each member pays for one season in which some joined late or left early.

    These pay their share by days, and those there from the first day to the last
    what they leave, in proportion to their shares: together it is the whole. Where
    nobody was there for all of it, nobody pays for the days of others. ``left``
    gives the last day of who left.

    >>> season = {"starts_on": date(2027, 4, 1), "ends_on": date(2028, 3, 31)}
    >>> season_bills({"a": 100, "b": 100, "c": 366}, {"c": date(2028, 3, 1)}, **season)
    {'a': 268, 'b': 267, 'c': 31}
    >>> season_bills({"a": 100, "c": 366}, {}, left={"c": date(2027, 4, 30)}, **season)
    {'a': 436, 'c': 30}
    """
    left = left or {}
    season = {"starts_on": starts_on, "ends_on": ends_on}
    for_a_part = {
        member: pro_rata(
            share, joined_on=joined.get(member, starts_on), left_on=left.get(member), **season
        )
        for member, share in shares.items()
        if joined.get(member, starts_on) > starts_on or left.get(member, ends_on) < ends_on
    }
    for_all = {member: share for member, share in shares.items() if member not in for_a_part}
    rest = sum(shares.values()) - sum(for_a_part.values())
    bills = for_a_part | (_split(rest, for_all) if for_all else {})
    return {member: bills[member] for member in shares}


def _split(pence: int, shares: Mapping[str, int]) -> dict[str, int]:
    """Split by shares; among members who have none, alike."""
    return split_pence(pence, shares if any(shares.values()) else dict.fromkeys(shares, 1))


def exposure(
    shares: Mapping[str, int], failing: str, *, way: str, lead: str, unpaid: int | None = None
) -> dict[str, int]:
    """Return what each of the others owes if one member does not pay its share, or a part of it.

    Where the lead alone is to pay and it is the lead that fails, the others
    pay by their shares.

    >>> exposure({"a": 600, "b": 300, "c": 90}, "c", way="shares", lead="a")
    {'a': 60, 'b': 30}
    >>> exposure({"a": 600, "b": 300, "c": 90}, "c", way="lead", lead="a")
    {'a': 90, 'b': 0}
    >>> exposure({"a": 600, "b": 300, "c": 90}, "c", way="alike", lead="a", unpaid=31)
    {'a': 16, 'b': 15}
    """
    missing = shares[failing] if unpaid is None else unpaid
    if way not in WAYS:
        raise ValueError(f"There is no way {way!r}. The ways are {', '.join(WAYS)}.")
    others = {member: share for member, share in shares.items() if member != failing}
    if not others:
        return {}
    if way == THE_LEAD and lead in others:
        return dict.fromkeys(others, 0) | {lead: missing}
    return _split(missing, dict.fromkeys(others, 1) if way == ALIKE else others)


def most_exposed(shares: Mapping[str, int], *, way: str, lead: str) -> dict[str, int]:
    """Return the most that each member owes if any one of the others fails.

    >>> most_exposed({"a": 600, "b": 300, "c": 90}, way="alike", lead="a")
    {'a': 150, 'b': 300, 'c': 300}
    """
    each = [exposure(shares, failing, way=way, lead=lead) for failing in shares]
    return {member: max(owed.get(member, 0) for owed in each) for member in shares}


def above_alone(shares: Mapping[str, int], alone: Mapping[str, int]) -> dict[str, int]:
    """Return by how much each member that pays more than alone does so.

    Where only costs alone and the whole cost are known, no group saves anything
    by itself: a split is in the core when nobody is named here.

    >>> above_alone({"a": 70, "b": 30}, {"a": 60, "b": 60})
    {'a': 10}
    """
    return {
        member: share - alone[member] for member, share in shares.items() if share > alone[member]
    }


@dataclass(frozen=True)
class Saving:
    """What a member saves in a year against alone."""

    alone: int
    share: int

    @property
    def pence(self) -> int:
        return self.alone - self.share

    @property
    def per_thousand(self) -> int | None:
        """How many thousandths of its cost alone it saves; none where that is nought."""
        if not self.alone:
            return None
        part = abs(self.pence) * 1000 // self.alone
        return part if self.pence >= 0 else -part


@dataclass(frozen=True)
class Benefit:
    """The lowest saving and the median of several members, in pence and in thousandths."""

    count: int
    lowest: int
    median: int
    lowest_per_thousand: int | None
    median_per_thousand: int | None

    @property
    def lowest_percent(self) -> str:
        """The lowest in per cent; blank where it is not known."""
        return percent(self.lowest_per_thousand)

    @property
    def median_percent(self) -> str:
        """The median in per cent; blank where it is not known."""
        return percent(self.median_per_thousand)


def percent(per_thousand: int | None) -> str:
    """Write thousandths as per cent; blank where they are not known.

    >>> percent(125), percent(-5), percent(None)
    ('12.5 %', '−0.5 %', '')
    """
    if per_thousand is None:
        return ""
    sign = "−" if per_thousand < 0 else ""
    return f"{sign}{abs(per_thousand) // 10}.{abs(per_thousand) % 10} %"


def benefit(savings: Sequence[Saving]) -> Benefit | None:
    """Sum up what several members save; none where there are none of them.

    >>> benefit([Saving(200, 150), Saving(100, 90), Saving(100, 110)])
    Benefit(count=3, lowest=-10, median=10, lowest_per_thousand=-100, median_per_thousand=100)
    """
    if not savings:
        return None
    pence = [saving.pence for saving in savings]
    parts = [part for saving in savings if (part := saving.per_thousand) is not None]
    return Benefit(
        count=len(savings),
        lowest=min(pence),
        median=median_low(pence),
        lowest_per_thousand=min(parts) if parts else None,
        median_per_thousand=median_low(parts) if parts else None,
    )


def needed_by_month(amount_milli: int, *, visits: int, first: int, last: int) -> list[int]:
    """Return how much is to be done in each month, January first, in thousandths of the unit.

    Visits are spread evenly over the months from the first to the last, which
    may lie in the next year. What does not divide is counted up: a lead that
    can do it can do all of it.

    >>> needed_by_month(1_000, visits=4, first=11, last=2)
    [1000, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 1000, 1000]
    """
    if not 1 <= first <= MONTHS or not 1 <= last <= MONTHS:
        raise ValueError("Months are numbered from 1 to 12.")
    count = (last - first) % MONTHS + 1
    each = -(-amount_milli * visits // count)
    worked = {(first - 1 + step) % MONTHS for step in range(count)}
    return [each if month in worked else 0 for month in range(MONTHS)]


def canonical(facts: Mapping[str, Any]) -> str:
    """Write terms in the one way that is hashed: names in order, no blanks, plain letters.

    >>> canonical({"whole": 300, "by": "équal"})
    '{"by":"\\\\u00e9qual","whole":300}'
    """
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(facts: Mapping[str, Any]) -> str:
    """Return the SHA-256 of terms as they are written canonically.

    >>> digest({"whole": 300})[:8]
    'f84cc993'
    """
    return hashlib.sha256(canonical(facts).encode()).hexdigest()
