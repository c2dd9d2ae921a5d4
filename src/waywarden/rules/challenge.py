"""The Community Right to Challenge: who may use it, and on what grounds it is refused.

Localism Act 2011, sections 81 to 86, and SI 2012/1313. Both are recalled and not read: a
monitoring officer confirms them before they are relied on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from waywarden.rules.bank_holidays import NotRecorded, is_bank_holiday

DAY = timedelta(days=1)
SATURDAY = 5
#: Within so many working days whoever asks is given a co-ordinator. It is a promise, not the law.
ACKNOWLEDGE_WITHIN = 10
PROMISE = f"You hear from a named co-ordinator within {ACKNOWLEDGE_WITHIN} working days."


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground on which an expression of interest may lawfully be rejected."""

    key: str
    says: str


#: Only on these may an expression under the right be rejected (section 83(11), SI 2012/1313).
GROUNDS: Mapping[str, Ground] = MappingProxyType(
    {
        ground.key: ground
        for ground in (
            Ground("requirements", "It does not meet a requirement of the Act or the regulations."),
            Ground("inadequate", "What it says is inadequate or inaccurate in a material point."),
            Ground("unsuitable", "The body is not suitable to provide the service."),
            Ground("stopping", "The council has decided in writing to stop the service."),
            Ground(
                "integrated",
                "The service is joined with one of the health service, and that "
                "is critical to those who use both.",
            ),
            Ground("procuring", "The service is already being procured."),
            Ground(
                "negotiating",
                "The council is negotiating in writing with somebody else to provide it.",
            ),
            Ground(
                "employees",
                "The council has published that it considers a body its own employees propose.",
            ),
            Ground("vexatious", "It is frivolous or vexatious."),
            Ground("unlawful", "To accept it is likely to break the law or a statutory duty."),
        )
    }
)

#: Who may challenge (section 81).
RELEVANT_BODIES: Mapping[str, str] = MappingProxyType(
    {
        "voluntary": "A voluntary or community body",
        "charity": "A body or trust for charitable purposes only",
        "parish": "A parish council",
        "employees": "Two or more employees of the council",
    }
)


def acknowledge_by(sent_on: date) -> date:
    """Return the last day to name a co-ordinator, the day it was sent not counted.

    >>> acknowledge_by(date(2026, 11, 20))
    datetime.date(2026, 12, 4)
    """
    day = sent_on
    for _ in range(ACKNOWLEDGE_WITHIN):
        day += DAY
        while not is_working_day(day):
            day += DAY
    return day


def is_working_day(day: date) -> bool:
    """Say whether a day is one; in a year whose bank holidays are not entered, any weekday.

    >>> is_working_day(date(2026, 12, 25)), is_working_day(date(1999, 12, 24))
    (False, True)
    """
    if day.weekday() >= SATURDAY:
        return False
    try:
        return not is_bank_holiday(day)
    except NotRecorded:
        return True
