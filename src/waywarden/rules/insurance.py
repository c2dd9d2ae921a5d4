"""Certificates of insurance: what is covered when, what is missing, and whom to remind which day.

How much public liability an agreement asks for is its own: ten million pounds was asked by
Oxfordshire and by Buckinghamshire. Employers' liability is asked for by law of whoever employs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from waywarden.rules.basis import Basis, Sure
from waywarden.rules.months import closed
from waywarden.rules.periods import Period
from waywarden.rules.saying import Refused, day, pounds

DAY = timedelta(days=1)
#: So many days before a certificate ends its holder is reminded.
REMINDERS = (60, 30, 7)
PUBLIC_LIABILITY_PENCE = 10_000_000_00
EMPLOYERS_LIABILITY_PENCE = 5_000_000_00
BASES = (
    Basis(
        rule=f"Public liability of {pounds(PUBLIC_LIABILITY_PENCE)} for paid operatives.",
        source="Oxfordshire County Council, service sheet DPS01; Buckinghamshire County Council",
        sure=Sure.READ,
    ),
    Basis(
        rule="Whoever employs anybody insures them, for "
        f"{pounds(EMPLOYERS_LIABILITY_PENCE)} at the least.",
        source="Employers’ Liability (Compulsory Insurance) Act 1969, section 1; SI 1998/2573, "
        "regulation 3",
        sure=Sure.RECALLED,
    ),
    Basis(
        rule="Its holder is reminded 60, 30 and 7 days before a certificate ends, and nobody is "
        "ready while one that is needed is missing.",
        source="Our own choice",
        sure=Sure.OURS,
    ),
)


class Cover(StrEnum):
    """What an insurance covers."""

    PUBLIC = "public liability"
    EMPLOYERS = "employers’ liability"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """One certificate: who holds it, what it covers, up to how much, from when to when."""

    holder: str
    cover: Cover
    limit_pence: int
    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        if self.ends_on < self.starts_on:
            raise Refused(
                f"The certificate ends on {day(self.ends_on)}, before it starts on "
                f"{day(self.starts_on)}. Look at both days."
            )
        if self.limit_pence <= 0:
            raise Refused("Enter up to how much the insurance pays.")

    def covers(self, on: date) -> bool:
        """Say whether it is in force on a day; its last day counts."""
        return self.starts_on <= on <= self.ends_on


@dataclass(frozen=True, slots=True)
class Required:
    """What an agreement asks to be insured, and up to how much at the least."""

    cover: Cover
    limit_pence: int


def uncovered(required: Required, held: Iterable[Certificate], period: Period) -> list[Period]:
    """Return the parts of a period on which no certificate covers what is required.

    >>> year = Period(date(2027, 4, 1), date(2028, 3, 31))
    >>> need = Required(Cover.PUBLIC, 100)
    >>> [part.days for part in uncovered(need, [], year)]
    [366]
    """
    start, end = closed(period)
    gaps = []
    for one in sorted(_enough(required, held), key=lambda one: one.starts_on):
        if start > end or one.starts_on > end:
            break
        if one.starts_on > start:
            gaps.append(Period(start, one.starts_on - DAY))
        if one.ends_on >= start:
            start = _next(one.ends_on)
    return [*gaps, Period(start, end)] if start <= end else gaps


def _enough(required: Required, held: Iterable[Certificate]) -> list[Certificate]:
    return [
        one
        for one in held
        if (one.cover, True) == (required.cover, one.limit_pence >= required.limit_pence)
    ]


def _next(on: date) -> date:
    return on if on == date.max else on + DAY


def obstacles(
    holder: str, required: Sequence[Required], held: Sequence[Certificate], *, on: date
) -> list[str]:
    """List what stands in the way of a holder's being ready on a day, in words to act on."""
    found = []
    for need in required:
        of_kind = [one for one in held if one.cover is need.cover]
        if not any(one.covers(on) for one in _enough(need, of_kind)):
            found.append(_obstacle(holder, need, of_kind, on))
    return found


def _obstacle(holder: str, need: Required, of_kind: Sequence[Certificate], on: date) -> str:
    now = [one for one in of_kind if one.covers(on)]
    if now:
        most = max(one.limit_pence for one in now)
        return (
            f"The {need.cover} of {holder} pays up to {pounds(most)}, and "
            f"{pounds(need.limit_pence)} is needed. Add a certificate for that much."
        )
    ended = [one.ends_on for one in of_kind if one.ends_on < on]
    if ended:
        return (
            f"The {need.cover} of {holder} ended on {day(max(ended))}. Add the certificate that "
            "follows it."
        )
    if of_kind:
        first = min(one.starts_on for one in of_kind)
        return f"The {need.cover} of {holder} only begins on {day(first)}. Add one in force before."
    return f"No certificate of {need.cover} of {holder} is here. Add one."


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder: of which certificate, how many days ahead, and on which day."""

    certificate: Certificate
    days_before: int
    on: date

    @property
    def sentence(self) -> str:
        """Say what ends when, and what to do."""
        held = self.certificate
        return (
            f"The {held.cover} of {held.holder} ends on {day(held.ends_on)}, "
            f"{_ahead(self.days_before)}. Add the certificate that follows it."
        )


def _ahead(days: int) -> str:
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def reminders(certificate: Certificate, held: Sequence[Certificate] = ()) -> list[Reminder]:
    """Return when its holder is reminded; never where another follows without a gap.

    >>> held = Certificate(holder="Coldbrook", cover=Cover.PUBLIC, limit_pence=1,
    ...     starts_on=date(2027, 4, 1), ends_on=date(2028, 3, 31))
    >>> [str(reminder.on) for reminder in reminders(held)]
    ['2028-01-31', '2028-03-01', '2028-03-24']
    """
    if any(_follows(certificate, one) for one in held):
        return []
    days = [(before, certificate.ends_on - DAY * before) for before in REMINDERS]
    return [Reminder(certificate, before, on) for before, on in days if on >= certificate.starts_on]


def _follows(certificate: Certificate, other: Certificate) -> bool:
    same = (certificate.holder, certificate.cover) == (other.holder, other.cover)
    enough = other.limit_pence >= certificate.limit_pence
    return same and enough and other.ends_on > certificate.ends_on >= other.starts_on - DAY


def due(
    certificate: Certificate, *, today: date, sent: Iterable[int], held: Sequence[Certificate] = ()
) -> Reminder | None:
    """Return the reminder to send today: the nearest that is due, if not sent yet.

    After days without work only the nearest is sent, and none once it has ended.
    """
    if today > certificate.ends_on:
        return None
    come = [reminder for reminder in reminders(certificate, held) if reminder.on <= today]
    if not come or come[-1].days_before in set(sent):
        return None
    return Reminder(certificate, (certificate.ends_on - today).days, come[-1].on)
