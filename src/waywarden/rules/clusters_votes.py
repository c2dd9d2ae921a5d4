"""What the members of a cluster decide at a meeting, by the votes and the quorum of its terms."""

from collections.abc import Mapping
from dataclasses import dataclass

FOR, AGAINST, ABSTAINED, ABSENT = "for", "against", "abstained", "absent"
WAYS = (FOR, AGAINST, ABSTAINED, ABSENT)


@dataclass(frozen=True)
class Counted:
    """How many votes were there, for and against, and how many must be there."""

    present: int
    votes_for: int
    votes_against: int
    quorum: int

    @property
    def is_quorate(self) -> bool:
        """Whether enough votes were there to decide anything."""
        return self.present >= self.quorum

    @property
    def is_carried(self) -> bool:
        """Whether more votes were for it than against, in a meeting that could decide."""
        return self.is_quorate and self.votes_for > self.votes_against


def counted(votes: Mapping[str, int], cast: Mapping[str, str], *, quorum: int) -> Counted:
    """Count how members voted: each has the votes that the terms give it, and casts them as one.

    Raises ValueError where a member's way of voting is missing or is none of `WAYS`, or
    where somebody voted who has no votes.

    >>> counted({"a": 2, "b": 1, "c": 1}, {"a": "for", "b": "against", "c": "absent"}, quorum=3)
    Counted(present=3, votes_for=2, votes_against=1, quorum=3)
    """
    if set(cast) != set(votes):
        raise ValueError("Say of every member how it voted, and of nobody else.")
    if unknown := sorted(set(cast.values()) - set(WAYS)):
        raise ValueError(f"There is no way of voting called {unknown[0]!r}.")
    by_way = {way: sum(votes[who] for who, said in cast.items() if said == way) for way in WAYS}
    present = sum(votes.values()) - by_way[ABSENT]
    return Counted(present, by_way[FOR], by_way[AGAINST], quorum)
