"""The states of a claim, every move between them, who makes it, and what it needs."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from waywarden.rules import moving
from waywarden.rules.basis import Basis, Sure
from waywarden.rules.moving import Move, move

THING = "A claim"
BASES = (
    Basis(
        rule="A claim is checked by one person and approved by another, and neither sent it.",
        source="Local Government Act 1972, section 151: proper administration of financial affairs",
        sure=Sure.RECALLED,
    ),
    Basis(
        rule="What was paid is never taken out: a mistake is put right by a payment the other way.",
        source="Our own choice",
        sure=Sure.OURS,
    ),
)


class State(StrEnum):
    """Where a claim stands."""

    DRAFT = "draft"
    SENT = "sent"
    HELD = "held"
    CHECKED = "checked"
    APPROVED = "approved"
    PAID = "paid"
    REVERSED = "reversed"
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"

    @property
    def sentence(self) -> str:
        """Say what the state means."""
        return SENTENCES[self]

    @property
    def is_final(self) -> bool:
        """Whether nothing can follow it.

        >>> State.REFUSED.is_final, State.PAID.is_final
        (True, False)
        """
        return not open_moves(self)

    @property
    def takes_of_the_award(self) -> bool:
        """Whether its sum counts against the award: from when it is sent until it falls away.

        One that is held does not, as it may be for more than is left: it is held against the
        award once more when it goes on.

        >>> State.SENT.takes_of_the_award, State.HELD.takes_of_the_award
        (True, False)
        """
        return self in TAKING


class Who(StrEnum):
    """Who makes a move."""

    PAYEE = "the payee"
    CHECKER = "an officer who checks claims"
    APPROVER = "an officer who approves payments"


class Need(StrEnum):
    """What must be there before a move."""

    EVIDENCE = "each line shows its evidence"
    WHY_HELD = "the reason it is held for is named, and what to do about it"
    NO_HOLD = "nothing holds it, or what held it was decided with a reason"
    WITHIN_AWARD = "it is within what is left of the award"
    SECOND_PERSON = "whoever approves it neither sent nor checked it"
    POSTED = "the payment and its reference are recorded"
    REPAID = "the payment the other way is recorded"
    REASON = "the reason is recorded"


SENTENCES: Mapping[State, str] = MappingProxyType(
    {
        State.DRAFT: "It is being written, and nobody has seen it.",
        State.SENT: "It waits to be checked.",
        State.HELD: "It waits until what holds it is put right or decided.",
        State.CHECKED: "It was checked, and waits for a second person.",
        State.APPROVED: "It is approved, and waits to be paid.",
        State.PAID: "It is paid.",
        State.REVERSED: "It was paid, and a payment the other way has put it right.",
        State.REFUSED: "It was refused, with the reason.",
        State.TAKEN_BACK: "Whoever sent it took it back.",
    }
)
TAKING = frozenset({State.SENT, State.CHECKED, State.APPROVED, State.PAID})
_PAYEE, _CHECKER, _APPROVER = (Who.PAYEE,), (Who.CHECKER,), (Who.APPROVER,)

#: Every move there is. What is not here does not happen.
MOVES: Mapping[tuple[State, State], Move] = MappingProxyType(
    {
        (State.DRAFT, State.SENT): move("send", _PAYEE, Need.EVIDENCE, Need.WITHIN_AWARD),
        (State.DRAFT, State.HELD): move("send", _PAYEE, Need.WHY_HELD),
        (State.DRAFT, State.TAKEN_BACK): move("throw away", _PAYEE),
        (State.SENT, State.CHECKED): move("check", _CHECKER, Need.NO_HOLD, Need.WITHIN_AWARD),
        (State.SENT, State.HELD): move("hold", _CHECKER, Need.WHY_HELD),
        (State.SENT, State.REFUSED): move("refuse", _CHECKER, Need.REASON),
        (State.SENT, State.TAKEN_BACK): move("take back", _PAYEE),
        (State.HELD, State.SENT): move("send again", _PAYEE, Need.EVIDENCE, Need.WITHIN_AWARD),
        (State.HELD, State.CHECKED): move(
            "release", _CHECKER, Need.NO_HOLD, Need.WITHIN_AWARD, Need.REASON
        ),
        (State.HELD, State.REFUSED): move("refuse", _CHECKER, Need.REASON),
        (State.HELD, State.TAKEN_BACK): move("take back", _PAYEE),
        (State.CHECKED, State.APPROVED): move(
            "approve", _APPROVER, Need.SECOND_PERSON, Need.NO_HOLD, Need.WITHIN_AWARD
        ),
        (State.CHECKED, State.HELD): move("hold", _APPROVER, Need.WHY_HELD),
        (State.CHECKED, State.REFUSED): move("refuse", _APPROVER, Need.REASON),
        (State.APPROVED, State.PAID): move("post", _APPROVER, Need.POSTED, Need.WITHIN_AWARD),
        (State.APPROVED, State.HELD): move("hold", _APPROVER, Need.WHY_HELD),
        (State.PAID, State.REVERSED): move(
            "put right", _APPROVER, Need.SECOND_PERSON, Need.REPAID, Need.REASON
        ),
    }
)


def why_not(now: State, to: State, *, by: Who, has: Collection[Need]) -> list[str]:
    """List why a move is not made, in sentences; nothing where it is.

    >>> why_not(State.SENT, State.REFUSED, by=Who.CHECKER, has=[])
    ['To refuse this must be so: the reason is recorded.']
    """
    return moving.why_not(MOVES, now, to, by=by, has=has, thing=THING)


def moved(now: State, to: State, *, by: Who, has: Collection[Need]) -> State:
    """Return the new state; raises Refused with every reason against the move.

    >>> moved(State.SENT, State.REFUSED, by=Who.CHECKER, has=[Need.REASON]).value
    'refused'
    """
    return moving.moved(MOVES, now, to, by=by, has=has, thing=THING)


def open_moves(now: State) -> list[tuple[State, Move]]:
    """Return where a claim can go from a state, and how."""
    return moving.open_moves(MOVES, now)
