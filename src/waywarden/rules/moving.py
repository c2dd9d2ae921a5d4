"""Moves between states: who makes each, what it needs, and why one is not made, in sentences."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from waywarden.rules.saying import Refused, listed

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Move:
    """One move: what it is called, who makes it, and what it needs."""

    name: str
    who: frozenset[StrEnum]
    needs: frozenset[StrEnum]


Moves = Mapping[tuple[State, State], Move]


def move(name: str, who: Collection[StrEnum], *needs: StrEnum) -> Move:
    """Return a move from its parts."""
    return Move(name, frozenset(who), frozenset(needs))


def open_moves(moves: Moves[State], now: State) -> list[tuple[State, Move]]:
    """Return where something can go from a state, and how."""
    return [(to, found) for (start, to), found in moves.items() if start is now]


def why_not(
    moves: Moves[State],
    now: State,
    to: State,
    *,
    by: StrEnum,
    has: Collection[StrEnum],
    thing: str,
) -> list[str]:
    """List why a move is not made, in sentences; nothing where it is.

    ``thing`` is what moves, as a sentence begins with it: "An agreement".
    """
    found = moves.get((now, to))
    if found is None:
        return [_no_such_move(moves, now, to, thing)]
    against = []
    if by not in found.who:
        who = listed(sorted(found.who), last="or")
        against.append(f"Only {who} can {found.name}, not {by}.")
    missing = sorted(found.needs - set(has))
    return against + [f"To {found.name} this must be so: {need}." for need in missing]


def moved(
    moves: Moves[State],
    now: State,
    to: State,
    *,
    by: StrEnum,
    has: Collection[StrEnum],
    thing: str,
) -> State:
    """Return the new state; raises Refused with every reason against the move."""
    if against := why_not(moves, now, to, by=by, has=has, thing=thing):
        raise Refused(" ".join(against))
    return to


def _no_such_move(moves: Moves[State], now: State, to: State, thing: str) -> str:
    said = f"{thing} that is {words(now)} does not become {words(to)}."
    names = list(dict.fromkeys(found.name for _, found in open_moves(moves, now)))
    if not names:
        return f"{said} Nothing follows it."
    return f"{said} What can be done is: {listed(names, last='or')}."


def words(state: StrEnum) -> str:
    """Write a state as it stands after "is".

    >>> class Stands(StrEnum):
    ...     DRAFT = "draft"
    ...     SENT_BACK = "sent-back"
    >>> words(Stands.DRAFT), words(Stands.SENT_BACK)
    ('a draft', 'sent back')
    """
    return "a draft" if state == "draft" else state.replace("-", " ")
