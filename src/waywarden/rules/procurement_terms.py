"""What a contract is worth over its whole term, and which lines of the Procurement Act it crosses.

The value is the most that may be paid: every year, every option to go on, and the VAT (Procurement
Act 2023, section 4 and Schedule 3; recalled). This warns and never refuses: an arrangement between
councils may be exempt (Schedule 2), which whoever buys for the council confirms.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.months import LONGEST_YEARS
from waywarden.rules.periods import Period
from waywarden.rules.saying import Refused, day, listed, pounds
from waywarden.rules.vat import VAT_PERCENT

#: The day from which the Act of 2023 governs what is begun.
IN_FORCE_ON = date(2025, 2, 24)
CONFIRM = "To be confirmed by whoever buys for the council."
BASES = (
    Basis(
        rule="The value of a contract is the most that may be paid over its whole term, with "
        "every option to extend it, and with VAT.",
        source="Procurement Act 2023, section 4, section 123(2) and Schedule 3, paragraph 1",
        sure=Sure.RECALLED,
    ),
    Basis(
        rule="What could be bought together is counted together, unless there are good reasons.",
        source="Procurement Act 2023, Schedule 3, paragraph 4",
        sure=Sure.RECALLED,
    ),
    Basis(
        rule="The line that counts is that of the day on which buying begins.",
        source="Procurement Act 2023, Schedule 1; SI 2025/163 and SI 2025/1200",
        sure=Sure.RECALLED,
    ),
    Basis(
        rule="Below the thresholds a contract of £30,000 or more is notifiable.",
        source="Procurement Act 2023, sections 84 and 87",
        sure=Sure.RECALLED,
    ),
)


class Kind(StrEnum):
    """Which line a contract is held against."""

    GOODS_AND_SERVICES = "goods-and-services"
    WORKS = "works"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A line in pence with VAT, the days it holds, and its source."""

    kind: Kind
    days: Period
    pence: int
    source: str
    read_in: str


@cache
def thresholds() -> tuple[Threshold, ...]:
    """Return every line recorded.

    >>> sorted({line.kind.value for line in thresholds()})
    ['goods-and-services', 'notice', 'works']
    """
    path = resources.files("waywarden.data").joinpath("england/procurement_thresholds.toml")
    return tuple(
        Threshold(
            Kind(row["kind"]),
            Period(row["first"], row.get("last")),
            row["pence"],
            row["source"],
            row["read_in"],
        )
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["threshold"]
    )


def threshold(kind: Kind, on: date) -> Threshold | None:
    """Return the line of a day; none where none is recorded, which is not that there is none.

    >>> threshold(Kind.GOODS_AND_SERVICES, date(2028, 1, 1)) is None
    True
    """
    return next((line for line in thresholds() if line.kind is kind and on in line.days), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What one buyer would pay: each sure year, and each year it may go on for.

    Amounts are in pence without VAT, as indexed as they may become at most.
    """

    years: tuple[int, ...]
    options: tuple[int, ...] = ()
    once: int = 0
    vat_percent: int = VAT_PERCENT

    def __post_init__(self) -> None:
        if not self.years:
            raise Refused("Say what is paid in the first year at least.")
        if len(self.years) + len(self.options) > LONGEST_YEARS:
            raise Refused(f"A term is at most {LONGEST_YEARS} years with all its options.")
        if min(*self.years, *self.options, self.once, 0) < 0:
            raise Refused("Enter amounts without a sign.")
        if not 0 <= self.vat_percent <= 100:
            raise Refused("VAT is between 0 and 100 in a hundred.")

    @property
    def net_pence(self) -> int:
        """All that may be paid, without VAT."""
        return sum(self.years) + sum(self.options) + self.once

    @property
    def pence(self) -> int:
        """All that may be paid, with VAT, rounded half up.

        >>> Term(years=(50_000_00,) * 3, options=(50_000_00,)).pence
        24000000
        """
        return (self.net_pence * (100 + self.vat_percent) + 50) // 100


class Stands(StrEnum):
    """Where a value stands to a line."""

    BELOW = "below"
    OVER = "at or over"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a contract stands to one line, in a sentence that names the line's days."""

    kind: Kind
    stands: Stands
    says: str


def looked_at(
    term: Term, *, begins_on: date, kind: Kind = Kind.GOODS_AND_SERVICES
) -> list[Finding]:
    """Say where a contract stands to the line of its kind and to that for a notice.

    >>> term = Term(years=(60_000_00,) * 3)
    >>> [one.stands.value for one in looked_at(term, begins_on=date(2027, 4, 1))]
    ['at or over', 'at or over']
    """
    return [_finding(term.pence, each, begins_on) for each in dict.fromkeys((kind, Kind.NOTICE))]


def _finding(pence: int, kind: Kind, on: date) -> Finding:
    line = threshold(kind, on)
    if line is None:
        return Finding(kind, Stands.NOT_KNOWN, _not_known(pence, kind, on))
    stands = Stands.OVER if pence >= line.pence else Stands.BELOW
    return Finding(
        kind,
        stands,
        f"Over the whole term {pounds(pence)} with VAT may be paid, {stands} the line of "
        f"{pounds(line.pence)} {_FOR[kind]} {_days(line)} ({line.source}). {CONFIRM}",
    )


_FOR = {
    Kind.GOODS_AND_SERVICES: "for goods and services that holds",
    Kind.WORKS: "for works that holds",
    Kind.NOTICE: "for a notice that holds",
}


def _days(line: Threshold) -> str:
    since = f"from {day(line.days.starts_on or IN_FORCE_ON)}"
    return since if line.days.ends_on is None else f"{since} to {day(line.days.ends_on)}"


def _not_known(pence: int, kind: Kind, on: date) -> str:
    may_be = f"Over the whole term {pounds(pence)} with VAT may be paid."
    if on < IN_FORCE_ON:
        return (
            f"{may_be} Buying that began before {day(IN_FORCE_ON)} is under the earlier "
            "regulations, which are not reckoned here. Ask whoever buys for the council."
        )
    return (
        f"{may_be} The line {_FOR[kind]} on {day(on)} is not entered: it changes every two years. "
        "Ask whoever buys for the council."
    )


def pooled(terms: Mapping[str, Term]) -> Term:
    """Return what members would pay together, who buy in one contract through a lead.

    >>> pooled({"a": Term(years=(1, 2)), "b": Term(years=(3,), once=4)})
    Term(years=(4, 2), options=(), once=4, vat_percent=20)
    """
    if not terms:
        raise Refused("Name one member at least that buys.")
    return Term(
        years=_added([term.years for term in terms.values()]),
        options=_added([term.options for term in terms.values()]),
        once=sum(term.once for term in terms.values()),
        vat_percent=max(term.vat_percent for term in terms.values()),
    )


def _added(rows: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    longest = max(len(row) for row in rows)
    return tuple(sum(row[at] for row in rows if at < len(row)) for at in range(longest))


def crossed_together(
    terms: Mapping[str, Term], *, begins_on: date, kind: Kind = Kind.GOODS_AND_SERVICES
) -> str:
    """Warn where members cross a line together that none of them crosses alone; blank where not.

    >>> alone = Term(years=(30_000_00,) * 3)
    >>> crossed_together({"Coldbrook": alone}, begins_on=date(2027, 4, 1))
    ''
    """
    line = threshold(kind, begins_on)
    if line is None or pooled(terms).pence < line.pence:
        return ""
    if any(term.pence >= line.pence for term in terms.values()):
        return ""
    return (
        f"None of {listed(list(terms))} would pay {pounds(line.pence)} with VAT alone, but one "
        f"contract for all of them may come to {pounds(pooled(terms).pence)}: at or over the line "
        f"{_FOR[kind]} {_days(line)} ({line.source}). {CONFIRM}"
    )
