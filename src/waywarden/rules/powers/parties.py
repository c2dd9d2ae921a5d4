"""Who would use a power towards whom, for what, and what has been recorded for it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from waywarden.rules.provisions import Country


class Kind(StrEnum):
    """What a party is in the eye of these laws."""

    PRINCIPAL = "county, district or unitary council"
    PARISH = "parish or town council"
    MEETING = "parish meeting"
    UNKNOWN = "parish council or parish meeting: not known which"
    PUBLIC = "other public body"
    OUTSIDE = "company, charity or group"
    NOBODY = "nobody: there is no parish council"


#: Parishes of which it must be asked whether they have a council.
PERHAPS_NO_COUNCIL = frozenset({Kind.MEETING, Kind.UNKNOWN})
#: Parishes of all kinds: none of them has an executive.
PARISHES = frozenset({Kind.PARISH, *PERHAPS_NO_COUNCIL})


class Recorded(StrEnum):
    """What must be recorded before some power is relied on."""

    GIVER_DECISION = "the decision of the council that hands the service over"
    EXECUTIVE_DECISION = "the decision of the executive"
    OTHER_EXECUTIVE_DECISION = "the decision of the other executive"
    TAKER_MINUTE = "the minute of the council that takes it on"
    PUBLICITY = "28 clear days' publicity of the key decision"
    OFFICERS_CONSULTED = "the consultation of each officer"
    CONSTITUTION = "quorum, votes and chair of the joint committee"
    HIGHWAY_CONSENT = "the highway authority's consent"


@dataclass(frozen=True, slots=True)
class Party:
    """One side: its name as a sentence shows it, and what these laws ask about it.

    A claim is None where nobody has recorded it. ``by_executive`` says whether its
    executive answers for the function, and ``by_executive_since`` from which day.
    ``has_order`` is an order under section 109 for a parish meeting, and ``is_eligible`` whether
    a parish council has resolved that it meets the conditions of the general power.
    """

    name: str
    kind: Kind
    has_executive: bool | None = None
    holds_function: bool | None = None
    by_executive: bool | None = None
    by_executive_since: date | None = None
    has_order: bool = False
    is_eligible: bool | None = None
    country: Country = Country.ENGLAND

    @property
    def has_an_executive(self) -> bool | None:
        """Whether it has an executive, which no parish has."""
        return False if self.kind in PARISHES else self.has_executive

    @property
    def answers_by_executive(self) -> bool | None:
        """Whether the function is its executive's own to answer for."""
        claims = (self.has_an_executive, self.holds_function, self.by_executive)
        if False in claims:
            return False
        return None if None in claims else True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    on: date
    giver: Party
    taker: Party
    service: str = ""
    #: The day an arrangement that stands was agreed; None for a new one.
    agreed_on: date | None = None
    is_key_decision: bool | None = None
    changes_employer: bool = False
    recorded: frozenset[Recorded] = field(default_factory=frozenset)
    #: Keys of the warnings that the monitoring officer has confirmed.
    confirmed: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Use(_Asked):
    """A power as somebody would rely on it, on a day.

    ``giver`` delegates, pays, lends or grants; ``taker`` receives. ``service`` is the
    key of the catalogue (DPS01, ROW), needed only by powers that cover some services.
    """

    power: str
