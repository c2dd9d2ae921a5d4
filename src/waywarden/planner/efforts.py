"""How long to try for a plan: counted in moves, rounds and nodes, never in seconds."""

import math
from dataclasses import dataclass, fields

from waywarden.planner.checking import is_whole


@dataclass(frozen=True)
class Effort:
    """How long to try, counted in moves and rounds, never in seconds: so plans repeat.

    ``shared_moves`` are tried on shared clusters in a county of up to 400
    councils; in a larger one they grow with it. ``service_moves`` are tried on
    each service of 400 councils, more or fewer of them with its councils, down
    to 100. ``relaxed_rounds`` and ``exact_rounds`` raise each bound, the latter
    with whole knapsacks. A service of more than 2,000 councils by itself is
    moved and bounded less for each council, by the root of how many times
    2,000 they are: a plan of a whole country is then quicker than its size.
    A small problem of one service is then proved to the end in up to ``nodes``
    smaller ones. Where shared clusters must hang together, or councils are few,
    their bound is raised in ``proof_rounds``, in each of which some
    ``proof_nodes`` groups about every council, on average, are looked into;
    neither grows with the county. Raises ValueError for a count that is no
    whole number of at least 0.
    """

    shared_moves: int
    service_moves: int
    relaxed_rounds: int
    exact_rounds: int
    nodes: int = 0
    proof_rounds: int = 0
    proof_nodes: int = 100

    def __post_init__(self) -> None:
        for field in fields(self):
            count = getattr(self, field.name)
            if not is_whole(count) or count < 0:
                what = field.name.replace("_", " ")
                raise ValueError(
                    f"The {what} of an effort are {count!r}. Give a whole number of at least 0."
                )


COUNTY, HAMLET, REALM = 400, 100, 2_000
#: A service by itself is bounded in so many times the exact rounds: nothing raises its bound
#: further, while that of shared clusters is raised over all that could be formed.
BY_ITSELF = 3

EFFORTS = {
    "quick": Effort(300_000, 25_000, 80, 40, 200),
    "standard": Effort(2_500_000, 175_000, 120, 60, 1_500, 25),
    "careful": Effort(10_000_000, 750_000, 200, 150, 20_000, 80, 300),
}


def for_size(moves: int, councils: int) -> int:
    """Return how many moves to make in a county of so many councils."""
    return moves * max(COUNTY, councils) // COUNTY


def for_service(moves: int, councils: int) -> int:
    """Return how many moves to make on one service of so many councils."""
    return for_realm(moves * max(HAMLET, councils) // COUNTY, councils)


def for_realm(count: int, councils: int) -> int:
    """Return how many of the moves or rounds one service of so many councils gets."""
    return count if councils <= REALM else math.ceil(count * math.sqrt(REALM / councils))
