"""The powers there are, each with its law, its days and the sentence that explains it."""

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from waywarden.rules.legislation import (
    Country,
    Jurisdiction,
    Law,
    Mark,
    PowerNotRecorded,
    Standing,
    law,
)
from waywarden.rules.powers.parties import Recorded

DELEGATE, DELEGATE_EXECUTIVE = "LGA1972-s101", "LGA2000-s9EA"
JOIN_EXECUTIVES, JOIN_ONCE = "LGA2000-s9EB", "LGA2000-s20"
COMMITTEE, LEND, DEFRAY = "LGA1972-s102", "LGA1972-s113", "LGA1972-s136"
FREE_RESOURCE, COMPETENCE, TRADE = "LGA1972-s137", "LA2011-gpc", "LAGSA1970"
FOOTPATHS, VERGES = "HA1980-s43", "HA1980-s96-5"
EXECUTIVES_COMMITTEE = "SI2012-1019"
CONTRACT, GRANT = "contract", "grant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """One way to arrange something lawfully.

    ``law_key`` is empty for a contract and a grant, whose law depends on who gives
    them; pages then say so. ``needs`` is what must be recorded before it is relied on.
    """

    key: str
    name: str
    explains: str
    law_key: str = ""
    needs: tuple[Recorded, ...] = ()

    @property
    def law(self) -> Law | None:
        """The law it rests on, as the table of legislation states it."""
        return law(self.law_key) if self.law_key else None

    @property
    def mark(self) -> Mark:
        """Whether its law was read or is recalled."""
        return self.law.mark if self.law else Mark.RECALLED

    @property
    def jurisdiction(self) -> Jurisdiction | None:
        """How far its law reaches; None where that depends on who gives."""
        return self.law.jurisdiction if self.law else None

    @property
    def days(self) -> str:
        """From which day, and until which, its law is in force; blank where it has none."""
        return self.law.days if self.law else ""

    @property
    def is_superseded(self) -> bool:
        """Whether another law stands in its place, for new agreements."""
        return bool(self.law and self.law.standing is Standing.SUPERSEDED)

    def out_of_force(self, on: date) -> Mark | None:
        """How we know that it is not in force on a day; None where nothing recorded says so."""
        return self.law.out_of_force(on) if self.law else None

    def out_of_reach(self, country: Country) -> Mark | None:
        """How we know that it does not reach a country; None where nothing recorded says so."""
        return self.law.out_of_reach(country) if self.law else None


def _of(key: str, name: str, explains: str, *needs: Recorded) -> Power:
    return Power(key=key, law_key=key, name=name, explains=explains, needs=needs)


_BOTH = (Recorded.GIVER_DECISION, Recorded.TAKER_MINUTE)
_BOTH_EXECUTIVES = (Recorded.EXECUTIVE_DECISION, Recorded.OTHER_EXECUTIVE_DECISION)
_POWERS = (
    _of(
        DELEGATE,
        "Delegation of a function",
        "One council asks another to carry out a function, and stays answerable for it. It is not "
        "for functions of an executive.",
        *_BOTH,
    ),
    _of(
        DELEGATE_EXECUTIVE,
        "Delegation of an executive function",
        "The cabinet of a county, district or unitary council asks another council to carry out a "
        "function that the cabinet holds, such as cutting highway verges.",
        Recorded.EXECUTIVE_DECISION,
        Recorded.TAKER_MINUTE,
    ),
    _of(
        JOIN_EXECUTIVES,
        "Joint exercise of executive functions",
        "The cabinets of two or more councils carry out a function together.",
        *_BOTH_EXECUTIVES,
    ),
    _of(
        JOIN_ONCE,
        "Joint exercise, as it was before",
        "The power that older agreements name for what section 9EB now allows in England.",
        *_BOTH_EXECUTIVES,
    ),
    _of(
        EXECUTIVES_COMMITTEE,
        "Joint committee of executives",
        "The cabinets of two or more councils appoint a committee of their members and fix who "
        "sits on it. A change of its members is a decision of the executive concerned.",
        *_BOTH_EXECUTIVES,
        Recorded.CONSTITUTION,
    ),
    _of(
        COMMITTEE,
        "Joint committee",
        "Two or more councils appoint one committee and fix how it decides.",
        Recorded.GIVER_DECISION,
        Recorded.TAKER_MINUTE,
        Recorded.CONSTITUTION,
    ),
    _of(
        LEND,
        "Officers placed at another council's disposal",
        "A council lends an officer, who stays in its employment, on terms both agree after "
        "asking that officer.",
        *_BOTH,
        Recorded.OFFICERS_CONSULTED,
    ),
    _of(
        DEFRAY,
        "Contribution between councils",
        "Councils that both hold a function agree who pays what one of them spends on it.",
        *_BOTH,
    ),
    _of(
        FREE_RESOURCE,
        "Spending without another power",
        "An option for a council that has no other power to spend.",
        Recorded.TAKER_MINUTE,
    ),
    _of(
        COMPETENCE,
        "General power of competence",
        "An option for a county or district council, and for a parish council that is eligible: it "
        "may do what individuals may do, within limits.",
        Recorded.TAKER_MINUTE,
    ),
    _of(
        TRADE,
        "Goods and services for another public body",
        "A council sells spare capacity to another public body.",
        *_BOTH,
    ),
    _of(
        FOOTPATHS,
        "A parish council maintains footpaths",
        "A parish council may maintain footpaths by its own power. The highway authority stays "
        "liable for them.",
        Recorded.TAKER_MINUTE,
    ),
    Power(
        key=VERGES,
        law_key=VERGES,
        name="A parish council looks after verges and trees",
        explains="A parish council may look after verges and trees in the highway by its own "
        "power, once the highway authority consents.",
        needs=(Recorded.TAKER_MINUTE, Recorded.HIGHWAY_CONSENT),
    ),
    Power(
        key=CONTRACT,
        name="Contract",
        explains="A council buys the service. What it may buy for follows from its own duty or "
        "power, and how it may choose from the law of procurement.",
        needs=(Recorded.GIVER_DECISION,),
    ),
    Power(
        key=GRANT,
        name="Grant",
        explains="A council gives money towards what somebody does, on conditions. It follows "
        "from its own powers to spend.",
        needs=(Recorded.GIVER_DECISION,),
    ),
)

POWERS = MappingProxyType({one.key: one for one in _POWERS})


def power(key: str) -> Power:
    """Give the power with this key, refusing one that is not recorded.

    >>> power("LGA2000-s9EA").law.name
    'Local Government Act 2000, section 9EA'
    """
    try:
        return POWERS[key]
    except KeyError:
        raise PowerNotRecorded(f"No power is recorded under {key!r}.") from None
