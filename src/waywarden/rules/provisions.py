"""One provision of law: what it says, where and from when it holds, and how surely we know that.

A law marked R was read in the source it names; one marked K is recalled, and every page shows it
as "to be confirmed by the monitoring officer". Its first and last day, and how far it reaches,
have sources of their own: where none was read that is said, and never guessed.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

TO_BE_CONFIRMED = "to be confirmed by the monitoring officer"
LEGISLATION = "https://www.legislation.gov.uk/"
FIRST_DAY_NOT_RECORDED = "first day not recorded"


class Mark(StrEnum):
    """How we come to know what a law says."""

    READ = "R"
    RECALLED = "K"


class Standing(StrEnum):
    """Whether a law is still in force, as far as anyone has checked."""

    IN_FORCE = "in force"
    SUPERSEDED = "superseded in England"
    NOT_CHECKED = "not checked"


class Country(StrEnum):
    """The part of the United Kingdom that a body is in."""

    ENGLAND = "England"
    WALES = "Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"


class Jurisdiction(StrEnum):
    """How far a law reaches."""

    ENGLAND = "England"
    ENGLAND_AND_WALES = "England and Wales"
    GREAT_BRITAIN = "England, Wales and Scotland"
    UNITED_KINGDOM = "the United Kingdom"

    def holds(self, country: Country) -> bool:
        """Whether the law reaches a body in this country.

        >>> [Jurisdiction.ENGLAND_AND_WALES.holds(one) for one in ("Wales", "Scotland")]
        [True, False]
        """
        return country in _COUNTRIES[self]


_COUNTRIES = MappingProxyType(
    {one: frozenset(list(Country)[: count + 1]) for count, one in enumerate(Jurisdiction)}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """One provision: where it stands, what it says and how surely we know it."""

    key: str
    act: str
    section: str
    says: str
    path: str
    jurisdiction: Jurisdiction
    #: Where it was read how far it reaches; empty where that is recalled.
    jurisdiction_read_in: str = ""
    mark: Mark = Mark.RECALLED
    standing: Standing = Standing.NOT_CHECKED
    starts_on: date | None = None
    #: Where its first and its last day were read; empty where one is recalled, or not recorded.
    starts_read_in: str = ""
    ends_on: date | None = None
    ends_read_in: str = ""
    read_in: str = ""
    remark: str = ""

    @property
    def name(self) -> str:
        """Give the name a page shows: "Highways Act 1980, section 41"."""
        return f"{self.act}, {self.section}" if self.section else self.act

    @property
    def address(self) -> str:
        """Give the public address of the text."""
        return LEGISLATION + self.path

    @property
    def note(self) -> str:
        """Say what a reader must be told beside the law; empty when it was read."""
        return TO_BE_CONFIRMED if self.mark is Mark.RECALLED else ""

    @property
    def days(self) -> str:
        """Say from which day it is in force, or that none is recorded, and until which."""
        if self.starts_on is None:
            ended = f"until {_day(self.ends_on)} ({FIRST_DAY_NOT_RECORDED})" if self.ends_on else ""
            return ended or FIRST_DAY_NOT_RECORDED
        ended = f" until {_day(self.ends_on)}" if self.ends_on else ""
        return f"from {_day(self.starts_on)}{ended}"

    def out_of_force(self, on: date) -> Mark | None:
        """Say how we know that it is not in force on a day; None where nothing recorded says so."""
        if self.starts_on and on < self.starts_on:
            return _known(self.starts_read_in)
        if self.ends_on and on > self.ends_on:
            return _known(self.ends_read_in)
        return None

    def out_of_reach(self, country: Country) -> Mark | None:
        """Say how we know that it does not reach a country; None where it does."""
        if self.jurisdiction.holds(country):
            return None
        return _known(self.jurisdiction_read_in)


def _known(read_in: str) -> Mark:
    return Mark.READ if read_in else Mark.RECALLED


def _day(on: date) -> str:
    return f"{on:%-d %B %Y}"
