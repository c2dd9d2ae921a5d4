"""The states of an agreement, every move between them, who makes it, and what it needs.

A version of an agreement is one record: whatever changes after somebody signed is a new version,
which all parties sign again, and the one before it is then superseded.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from waywarden.rules import moving
from waywarden.rules.basis import Basis, Sure
from waywarden.rules.moving import Move, move
from waywarden.rules.saying import Refused

THING = "An agreement"

BASES = (
    Basis(
        rule="A signature binds what was shown: a change after it is a new version that all "
        "parties sign again.",
        source="Our own choice",
        sure=Sure.OURS,
    ),
    Basis(
        rule="Nothing is in force before both sides have decided, the power has been checked, and "
        "everybody is insured and ready.",
        source="The conditions of each power, and of each agreement",
        sure=Sure.OURS,
    ),
    Basis(
        rule="Mobilising takes four to eight weeks: insurance, cards, kit, contractor.",
        source="Programmes of handing services over",
        sure=Sure.PRACTICE,
    ),
)


class State(StrEnum):
    """Where a version of an agreement stands."""

    DRAFT = "draft"
    SENT = "sent"
    SIGNED_BY_SOME = "signed-by-some"
    EXECUTED = "executed"
    MOBILISING = "mobilising"
    IN_FORCE = "in-force"
    UNDER_NOTICE = "under-notice"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"

    @property
    def sentence(self) -> str:
        """Say what the state means."""
        return SENTENCES[self]

    @property
    def is_final(self) -> bool:
        """Whether nothing can follow it.

        >>> State.ENDED.is_final, State.IN_FORCE.is_final
        (True, False)
        """
        return not any(start is self for start, _ in MOVES)

    @property
    def binds(self) -> bool:
        """Whether what it says is owed today: the register and the payments follow it."""
        return self in (State.IN_FORCE, State.UNDER_NOTICE)


class Who(StrEnum):
    """Who makes a move."""

    COUNTY = "the county"
    PARTY = "a party’s office that signs"
    ALL = "all parties together"
    DAY = "the day itself"


class Need(StrEnum):
    """What must be there before a move."""

    COMPLETE = "every field is filled in or marked as not agreed"
    POWER = "the legal power has been checked and nothing refuses it"
    FACTS = "what is signed has been frozen under its hash"
    OWN_DECISION = "the decision of the party that signs is recorded"
    SIGNATURE = "one party has signed the very version that was shown"
    ALL_SIGNED = "every party has signed the very version that was shown"
    SCAN = "the paper executed by all was added by one person and confirmed by another"
    DECISIONS = "the decisions of all parties are recorded and act"
    INSURED = "everybody who is to be insured shows a certificate"
    CHECKLIST = "everything on the list for mobilising is done or not needed"
    STARTED = "the day from which it is in force is set, and lies not in the past"
    NOTICE = "the notice is recorded, with who gave it, when, and its last day"
    LAST_DAY = "its last day has passed"
    NEXT_VERSION = "the version that takes its place comes into force on that day"
    NEXT_EXECUTED = "every party has signed the version that takes its place"
    NEXT_SIGNED = "a later version has been sent in its place"
    REASON = "the reason is recorded"
    AGREED = "all parties have agreed to it in writing"


SENTENCES: Mapping[State, str] = MappingProxyType(
    {
        State.DRAFT: "It is being written, and nobody is bound.",
        State.SENT: "It lies with the parties to be signed as it stands.",
        State.SIGNED_BY_SOME: "Some parties have signed it, and others have not yet.",
        State.EXECUTED: "All parties have signed it.",
        State.MOBILISING: "What it needs on its first day is being made ready.",
        State.IN_FORCE: "It is in force.",
        State.UNDER_NOTICE: "It is in force, and notice has been given to end it.",
        State.ENDED: "It has ended.",
        State.WITHDRAWN: "It was withdrawn before it was in force.",
        State.SUPERSEDED: "A later version has taken its place.",
    }
)

_DRAFT, _SENT, _SOME = State.DRAFT, State.SENT, State.SIGNED_BY_SOME
_EXECUTED, _MOBILISING, _FORCE = State.EXECUTED, State.MOBILISING, State.IN_FORCE
_NOTICE, _ENDED, _GONE, _NEXT = (
    State.UNDER_NOTICE,
    State.ENDED,
    State.WITHDRAWN,
    State.SUPERSEDED,
)
_COUNTY, _EITHER = (Who.COUNTY,), (Who.COUNTY, Who.PARTY)

#: Every move there is. What is not here does not happen.
MOVES: Mapping[tuple[State, State], Move] = MappingProxyType(
    {
        (_DRAFT, _SENT): move("send to be signed", _COUNTY, Need.COMPLETE, Need.POWER, Need.FACTS),
        (_DRAFT, _GONE): move("withdraw", _COUNTY, Need.REASON),
        (_SENT, _DRAFT): move("take back to be changed", _COUNTY, Need.REASON),
        (_SENT, _SOME): move("sign", (Who.PARTY,), Need.OWN_DECISION, Need.SIGNATURE),
        (_SENT, _EXECUTED): move("record the paper all have executed", _COUNTY, Need.SCAN),
        (_SENT, _GONE): move("withdraw", _EITHER, Need.REASON),
        (_SENT, _NEXT): move("replace by a later version", _COUNTY, Need.NEXT_SIGNED),
        (_SOME, _SOME): move("sign", (Who.PARTY,), Need.OWN_DECISION, Need.SIGNATURE),
        (_SOME, _EXECUTED): move(
            "sign as the last", (Who.PARTY,), Need.OWN_DECISION, Need.ALL_SIGNED
        ),
        (_SOME, _GONE): move("withdraw", _EITHER, Need.REASON),
        (_SOME, _NEXT): move("replace by a later version", _COUNTY, Need.NEXT_SIGNED),
        (_EXECUTED, _MOBILISING): move("begin to mobilise", _EITHER, Need.DECISIONS),
        (_EXECUTED, _GONE): move("withdraw", (Who.ALL,), Need.AGREED, Need.REASON),
        (_EXECUTED, _NEXT): move("replace by a later version", _COUNTY, Need.NEXT_EXECUTED),
        (_MOBILISING, _FORCE): move(
            "bring into force",
            _COUNTY,
            *(Need.ALL_SIGNED, Need.DECISIONS, Need.POWER),
            *(Need.INSURED, Need.CHECKLIST, Need.STARTED),
        ),
        (_MOBILISING, _GONE): move("withdraw", (Who.ALL,), Need.AGREED, Need.REASON),
        (_MOBILISING, _NEXT): move("replace by a later version", _COUNTY, Need.NEXT_EXECUTED),
        (_FORCE, _NOTICE): move("give notice", _EITHER, Need.NOTICE),
        (_FORCE, _ENDED): move("end", (Who.DAY, Who.ALL), Need.LAST_DAY, Need.REASON),
        (_FORCE, _NEXT): move("vary or novate", _COUNTY, Need.NEXT_VERSION),
        (_NOTICE, _FORCE): move("take notice back", (Who.ALL,), Need.AGREED, Need.REASON),
        (_NOTICE, _ENDED): move("end", (Who.DAY, Who.ALL), Need.LAST_DAY, Need.REASON),
        (_NOTICE, _NEXT): move("vary or novate", _COUNTY, Need.NEXT_VERSION),
    }
)


def after_signing(signed: int, parties: int) -> State:
    """Return where a version stands once so many of its parties have signed.

    >>> [after_signing(signed, 3).value for signed in (0, 1, 2, 3)]
    ['sent', 'signed-by-some', 'signed-by-some', 'executed']
    """
    if parties < 2 or not 0 <= signed <= parties:
        raise Refused("An agreement has two parties at least, and each signs once.")
    if signed == parties:
        return State.EXECUTED
    return State.SIGNED_BY_SOME if signed else State.SENT


def why_not(now: State, to: State, *, by: Who, has: Collection[Need]) -> list[str]:
    """List why a move is not made, in sentences; nothing where it is.

    >>> why_not(State.DRAFT, State.WITHDRAWN, by=Who.COUNTY, has=[Need.REASON])
    []
    """
    return moving.why_not(MOVES, now, to, by=by, has=has, thing=THING)


def moved(now: State, to: State, *, by: Who, has: Collection[Need]) -> State:
    """Return the new state; raises Refused with every reason against the move.

    >>> moved(State.IN_FORCE, State.UNDER_NOTICE, by=Who.PARTY, has=[Need.NOTICE]).value
    'under-notice'
    """
    return moving.moved(MOVES, now, to, by=by, has=has, thing=THING)


def open_moves(now: State) -> list[tuple[State, Move]]:
    """Return where an agreement can go from a state, and how.

    >>> [found.name for _, found in open_moves(State.DRAFT)]
    ['send to be signed', 'withdraw']
    """
    return moving.open_moves(MOVES, now)
