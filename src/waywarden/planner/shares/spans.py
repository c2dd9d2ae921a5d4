"""Which groups' shares follow from the shares of groups already settled."""

import numpy as np

from waywarden.planner.arrays import Flags, Floats
from waywarden.planner.shares.games import row_of, subset_sums

#: Below this a length is nought, for sums of noughts and ones.
NOUGHT = 1e-9


class Span:
    """The groups settled so far, all players first, and whatever adds up from them.

    What a group in the span pays is fixed by what the settled ones pay.
    """

    def __init__(self, players: int) -> None:
        self.players = players
        self._basis: Floats = np.empty((0, players))
        self.add((1 << players) - 1)

    @property
    def rank(self) -> int:
        """How many groups are settled that do not follow from one another."""
        return len(self._basis)

    @property
    def is_whole(self) -> bool:
        """Say whether every player's share is fixed."""
        return self.rank == self.players

    def add(self, number: int) -> bool:
        """Settle a group; return whether it did not follow from the others."""
        rest = self._rest(row_of(number, self.players))
        length = float(np.linalg.norm(rest))
        if length <= NOUGHT:
            return False
        self._basis = np.vstack([self._basis, rest / length])
        return True

    def holds(self, number: int) -> bool:
        """Say whether a group's share follows from those settled."""
        return float(np.linalg.norm(self._rest(row_of(number, self.players)))) <= NOUGHT

    def holds_each(self) -> Flags:
        """Say of every group, at its number, whether its share follows from those settled."""
        # Two random directions no settled group has a part in: by bad luck a group
        # outside may have none in one of them once in a thousand million.
        rng = np.random.Generator(np.random.PCG64(self.rank))
        held = np.ones(1 << self.players, dtype=bool)
        for _ in range(2):
            direction = self._rest(rng.random(self.players) - 0.5)
            held &= np.abs(subset_sums(direction)) <= NOUGHT
        return held

    def free(self) -> Floats:
        """Return an orthonormal basis of the changes of shares that no settled group feels."""
        left = np.linalg.svd(self._basis, full_matrices=True)[2]
        return np.asarray(left[self.rank :])

    def alike(self) -> list[list[int]]:
        """Return the players in classes which every settled group takes whole or not at all."""
        classes: dict[tuple[float, ...], list[int]] = {}
        for i in range(self.players):
            column = self._basis[:, i]
            same = next((key for key in classes if np.abs(column - key).max() <= NOUGHT), None)
            classes.setdefault(same or tuple(column.tolist()), []).append(i)
        return list(classes.values())

    def _rest(self, row: Floats) -> Floats:
        # Twice, because once leaves a little of what floating point rounded off.
        for _ in range(2):
            row = row - self._basis.T @ (self._basis @ row)
        return row
