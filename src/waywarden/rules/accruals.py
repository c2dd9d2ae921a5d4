"""Accruals at 31 March: what a year owes and has not paid, and what it paid for the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.months import closed, shared_days, year_of
from waywarden.rules.periods import Period
from waywarden.rules.saying import Refused

BASES = (
    Basis(
        rule="Costs belong to the year in which the work is done, whenever it is paid.",
        source="CIPFA/LASAAC Code of Practice on Local Authority Accounting: accruals",
        sure=Sure.RECALLED,
    ),
    Basis(
        rule="A parish whose larger of income and spending is at most £200,000 may keep accounts "
        "of receipts and payments, without accruals.",
        source="Accounts and Audit Regulations 2015, regulation 12, and the practitioners’ guide",
        sure=Sure.RECALLED,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is owed for some days, in pence, and what of it was paid on which day."""

    key: str
    period: Period
    pence: int
    paid: Mapping[date, int]

    def __post_init__(self) -> None:
        if self.pence < 0 or any(pence < 0 for pence in self.paid.values()):
            raise Refused("Enter what is owed and paid without a sign.")
        if sum(self.paid.values()) > self.pence:
            raise Refused(f"More was paid for {self.key} than is owed. Enter the credit first.")


@dataclass(frozen=True, slots=True)
class Accrual:
    """What one year's accounts show for something due: owed and unpaid, or paid ahead."""

    key: str
    #: What belongs to the year and those before it.
    earned_pence: int
    paid_pence: int

    @property
    def owed_pence(self) -> int:
        """What was earned by 31 March and not paid by then: an accrual."""
        return max(self.earned_pence - self.paid_pence, 0)

    @property
    def ahead_pence(self) -> int:
        """What was paid by 31 March for days after it: a prepayment."""
        return max(self.paid_pence - self.earned_pence, 0)


def accruals(due: Sequence[Due], year: int) -> list[Accrual]:
    """Return what the accounts of a financial year show at its 31 March, where anything is left.

    What runs over the end of the year is divided by days, half a penny rounding up.

    >>> quarter = Period(date(2028, 1, 1), date(2028, 3, 31))
    >>> accruals([Due(key="a", period=quarter, pence=100, paid={})], 2027)[0].owed_pence
    100
    """
    _, last = closed(year_of(year))
    found = [
        Accrual(
            one.key,
            _earned_by(last, one),
            sum(pence for on, pence in one.paid.items() if on <= last),
        )
        for one in due
    ]
    return [one for one in found if one.owed_pence or one.ahead_pence]


def _earned_by(last: date, due: Due) -> int:
    start, end = closed(due.period)
    if start > last:
        return 0
    whole = (end - start).days + 1
    gone = shared_days(due.period, Period(start, last))
    return (2 * due.pence * gone + whole) // (2 * whole)
