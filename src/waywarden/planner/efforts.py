"""How long to try for a plan: counted in moves, rounds and nodes, never in seconds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """How long to try, counted in moves and rounds, never in seconds: so plans repeat.

    ``shared_moves`` are tried on shared clusters, ``service_moves`` on each
    service, in a county of up to 400 councils; in a larger one they grow with
    it. ``relaxed_rounds`` and ``exact_rounds`` raise each bound, the latter
    with whole knapsacks. A small problem of one service is then proved to the
    end in up to ``nodes`` smaller ones. Where shared clusters must hang
    together, their bound is raised by ``proof_rounds`` in which up to
    ``proof_nodes`` groups about each council are looked into at first.
    """

    shared_moves: int
    service_moves: int
    relaxed_rounds: int
    exact_rounds: int
    nodes: int = 0
    proof_rounds: int = 0
    proof_nodes: int = 300


COUNTY = 400

EFFORTS = {
    "quick": Effort(300_000, 10_000, 80, 40, 200),
    "standard": Effort(2_500_000, 60_000, 120, 60, 1_500, 20),
    "careful": Effort(10_000_000, 300_000, 200, 150, 20_000, 80),
}


def for_size(moves: int, councils: int) -> int:
    """Return how many moves to make in a county of so many councils."""
    return moves * max(COUNTY, councils) // COUNTY
