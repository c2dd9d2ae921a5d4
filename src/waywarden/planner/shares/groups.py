"""The worst treated group, found by looking at all of them or by asking somebody who knows."""

from typing import NamedTuple, Protocol

import numpy as np

from waywarden.planner.arrays import Flags, Floats
from waywarden.planner.shares.games import Game, row_of, subset_sums
from waywarden.planner.shares.spans import Span


class Gain(NamedTuple):
    """A group's number and what it gains by leaving: what it pays above its cost and the level."""

    number: int
    gain: float


class Groups(Protocol):
    """Whoever can find the worst treated groups.

    ``per_capita`` says whether a group's level is for each of its players.
    """

    per_capita: bool

    def worst(self, shares: Floats, level: float, span: Span) -> list[Gain]:
        """Return groups outside a span, the one that gains most by leaving first.

        A group gains its shares less its cost and less the level (times its
        players, per capita). The list is empty only if no group is outside.
        """

    def cost(self, number: int) -> float:
        """Return what the group of this number pays by itself."""


class Listed:
    """All groups of a game of at most `LISTED` players, looked at one by one."""

    def __init__(self, game: Game, *, per_capita: bool = False) -> None:
        self.per_capita = per_capita
        self.table = game.table()
        self.sizes = subset_sums(np.ones(len(game)))
        self._held_at: tuple[Span, int] | None = None

    def cost(self, number: int) -> float:
        """Return what the group of this number pays by itself."""
        return float(self.table[number])

    def excesses(self, shares: Floats) -> Floats:
        """Return what every group pays above its cost, for each of its players if per capita."""
        excess = subset_sums(shares) - self.table
        return excess / np.maximum(self.sizes, 1) if self.per_capita else excess

    def worst(self, shares: Floats, level: float, span: Span) -> list[Gain]:
        """Return up to as many groups as there are players, the worst treated first."""
        gains = subset_sums(shares) - self.table
        gains -= level * self.sizes if self.per_capita else level
        gains[self._held(span)] = -np.inf
        most = min(span.players, len(gains) - 1)
        found = np.argpartition(-gains, most)[:most]
        found = found[np.lexsort((found, -gains[found]))]
        return [Gain(int(at), float(gains[at])) for at in found if gains[at] > -np.inf]

    def _held(self, span: Span) -> Flags:
        if self._held_at != (span, span.rank):
            self._held_at, self._held_flags = (span, span.rank), span.holds_each()
        return self._held_flags


def share_of(number: int, shares: Floats) -> float:
    """Return what the group of this number pays."""
    return float(row_of(number, len(shares)) @ shares)
