"""Register, agreements and payments held against one another: every difference, in a sentence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.months import closed
from waywarden.rules.periods import Period
from waywarden.rules.saying import day, listed, pounds

BASES = (
    Basis(
        rule="Register, agreements and payments are compared, and each difference is put right or "
        "explained.",
        source="Our own choice",
        sure=Sure.OURS,
    ),
)


class What(StrEnum):
    """What differs."""

    TWO_AGREEMENTS = "two agreements"
    NOBODY = "nobody"
    NOT_REGISTERED = "not registered"
    STALE = "agreement no longer in force"
    NOT_PAID = "not paid"
    PAID_OTHERWISE = "paid otherwise"
    PAID_UNAGREED = "paid without agreement"


@dataclass(frozen=True, slots=True)
class Agreed:
    """One line of an agreement: who delivers which service where, on which days."""

    agreement: str
    service: str
    place: str
    deliverer: str
    days: Period


@dataclass(frozen=True, slots=True)
class Registered:
    """What the register answers on a day: a deliverer, and the agreement it cites, if any."""

    service: str
    place: str
    deliverer: str
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """What an agreement pays for some days, in pence, and by which day."""

    agreement: str
    period: Period
    due_on: date
    pence: int


@dataclass(frozen=True, slots=True)
class PaidOut:
    """What was paid for some days of an agreement, in pence, and when."""

    agreement: str
    period: Period
    paid_on: date
    pence: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: its key, which stays the same from day to day, and a sentence."""

    what: What
    about: tuple[str, ...]
    says: str

    @property
    def key(self) -> str:
        """What an explanation is kept under.

        >>> Difference(What.NOBODY, ("Signs", "Coldbrook"), "").key
        'nobody: Signs, Coldbrook'
        """
        return f"{self.what}: {', '.join(self.about)}"


def register_differences(
    agreed: Iterable[Agreed], registered: Sequence[Registered], *, on: date
) -> list[Difference]:
    """List where the register answers otherwise on a day than the agreements in force on it."""
    in_force: dict[tuple[str, str], list[Agreed]] = {}
    for line in agreed:
        if on in line.days:
            in_force.setdefault((line.service, line.place), []).append(line)
    answers = {(entry.service, entry.place): entry for entry in registered}
    found = []
    for cell in dict.fromkeys([*in_force, *answers]):
        found += _of_cell(cell, in_force.get(cell, []), answers.get(cell), on)
    return found


def _of_cell(
    cell: tuple[str, str], lines: Sequence[Agreed], entry: Registered | None, on: date
) -> list[Difference]:
    where = f"{cell[0]} in {cell[1]}"
    if len({line.agreement for line in lines}) > 1:
        names = listed([line.agreement for line in lines])
        says = f"{where}: {names} are both in force on {day(on)}. End one of them."
        return [Difference(What.TWO_AGREEMENTS, cell, says)]
    if entry is None or not entry.deliverer:
        says = f"{where}: the register names nobody on {day(on)}. Record who delivers it."
        return [Difference(What.NOBODY, cell, says)]
    if lines and (lines[0].deliverer, lines[0].agreement) != (entry.deliverer, entry.agreement):
        says = (
            f"{where}: by agreement {lines[0].agreement} {lines[0].deliverer} delivers it, and the "
            f"register names {entry.deliverer}{_under(entry)}. Bring the register up to date."
        )
        return [Difference(What.NOT_REGISTERED, cell, says)]
    if entry.agreement and not lines:
        says = (
            f"{where}: the register cites agreement {entry.agreement}, which does not cover it on "
            f"{day(on)}. Record to whom it has returned."
        )
        return [Difference(What.STALE, cell, says)]
    return []


def _under(entry: Registered) -> str:
    return f" under {entry.agreement}" if entry.agreement else " by default"


def payment_differences(
    scheduled: Sequence[Scheduled], paid: Sequence[PaidOut], *, on: date
) -> list[Difference]:
    """List what was due and not paid by a day, paid otherwise than due, or paid for nothing."""
    sums: dict[tuple[str, Period], int] = {}
    for one in paid:
        if one.paid_on <= on:
            key = (one.agreement, one.period)
            sums[key] = sums.get(key, 0) + one.pence
    found = []
    for due in scheduled:
        found += _of_payment(due, sums.pop((due.agreement, due.period), 0), on)
    return found + [
        _unagreed(agreement, period, pence) for (agreement, period), pence in sums.items() if pence
    ]


def _of_payment(due: Scheduled, pence: int, on: date) -> list[Difference]:
    about = (due.agreement, *_days(due.period))
    name = f"Agreement {due.agreement}, {_named(due.period)}"
    if pence == due.pence or (pence < due.pence and due.due_on >= on):
        return []
    if pence == 0:
        says = f"{name}: {pounds(due.pence)} was due by {day(due.due_on)} and is not paid."
        return [Difference(What.NOT_PAID, about, says)]
    says = f"{name}: {pounds(due.pence)} is due, and {pounds(pence)} was paid."
    return [Difference(What.PAID_OTHERWISE, about, says)]


def _unagreed(agreement: str, period: Period, pence: int) -> Difference:
    says = (
        f"Agreement {agreement}, {_named(period)}: {pounds(pence)} was paid, and nothing is due "
        "for these days. Find the agreement it belongs to, or ask for it back."
    )
    return Difference(What.PAID_UNAGREED, (agreement, *_days(period)), says)


def unexplained(
    differences: Iterable[Difference], explained: Mapping[str, str]
) -> list[Difference]:
    """Return the differences for which nobody has written an explanation."""
    return [one for one in differences if not explained.get(one.key, "").strip()]


def _days(period: Period) -> tuple[str, str]:
    start, end = closed(period)
    return start.isoformat(), end.isoformat()


def _named(period: Period) -> str:
    start, end = closed(period)
    return f"{day(start)} to {day(end)}"
