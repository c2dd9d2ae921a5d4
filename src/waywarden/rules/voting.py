"""Whether a meeting can decide: quorum, interests that send members out, and votes.

A parish council's quorum is one third of its members and never under three (read);
that of a joint committee is what those who appointed it fixed. A member with an
interest leaves the item, unless a dispensation lets that member stay (Localism Act
2011, section 33); the quorum is looked at again without them.
"""

from dataclasses import dataclass

LEAST_QUORUM = 3


class CannotBeSo(ValueError):
    """Numbers of members that contradict one another."""


def parish_quorum(members: int) -> int:
    """Return how many members of a parish council must be there.

    ``members`` is the whole number of seats. Raises `CannotBeSo` for fewer than one.

    >>> [parish_quorum(seats) for seats in (5, 9, 10, 15)]
    [3, 3, 4, 5]
    """
    if members < 1:
        raise CannotBeSo("A council has at least one member.")
    return max(LEAST_QUORUM, -(-members // 3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One item of a meeting: who was there, who left for it, and how the others voted.

    ``withdrawn`` counts members who left because of an interest; those with a
    dispensation stayed and are not among them.
    """

    present: int
    quorum: int
    withdrawn: int = 0
    votes_for: int = 0
    votes_against: int = 0
    abstained: int = 0

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be so, in words."""
        counts = (self.present, self.withdrawn, self.voted, self.quorum)
        if min(*counts, self.votes_for, self.votes_against, self.abstained) < 0:
            raise CannotBeSo("Numbers of members are nought or more.")
        if self.withdrawn > self.present:
            raise CannotBeSo(f"{self.withdrawn} left the item, and {self.present} were there.")
        if self.voted > self.stayed:
            raise CannotBeSo(f"{self.voted} voted or abstained, and {self.stayed} stayed.")

    @property
    def stayed(self) -> int:
        """How many were there for the item."""
        return self.present - self.withdrawn

    @property
    def voted(self) -> int:
        """How many are counted, abstentions among them."""
        return self.votes_for + self.votes_against + self.abstained

    @property
    def is_quorate(self) -> bool:
        """Whether enough stayed to decide."""
        return self.stayed >= self.quorum

    @property
    def is_carried(self) -> bool:
        """Whether a quorate meeting voted more for it than against."""
        return self.is_quorate and self.votes_for > self.votes_against

    @property
    def is_tied(self) -> bool:
        """Whether the votes are equal, so that whoever is in the chair may give a second one."""
        return self.votes_for == self.votes_against and self.votes_for > 0
