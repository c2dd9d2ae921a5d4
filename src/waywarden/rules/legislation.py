"""The laws that the register and the agreements cite, by their keys.

A law that is not in this table is "power not recorded", never guessed.
"""

from types import MappingProxyType

from waywarden.rules.laws import ARRANGEMENTS
from waywarden.rules.laws_of_services import SERVICES
from waywarden.rules.provisions import (
    FIRST_DAY_NOT_RECORDED,
    LEGISLATION,
    TO_BE_CONFIRMED,
    Country,
    Jurisdiction,
    Law,
    Mark,
    Standing,
)

__all__ = [
    "FIRST_DAY_NOT_RECORDED",
    "LAWS",
    "LEGISLATION",
    "TO_BE_CONFIRMED",
    "Country",
    "Jurisdiction",
    "Law",
    "Mark",
    "PowerNotRecorded",
    "Standing",
    "law",
]


class PowerNotRecorded(LookupError):
    """A law was asked for that nobody has entered in the table."""


LAWS = MappingProxyType({law.key: law for law in (*ARRANGEMENTS, *SERVICES)})


def law(key: str) -> Law:
    """Give the law with this key, refusing one that is not recorded.

    >>> law("HA1980-s41").name
    'Highways Act 1980, section 41'
    """
    try:
        return LAWS[key]
    except KeyError:
        raise PowerNotRecorded(f"No law is recorded under {key!r}.") from None
