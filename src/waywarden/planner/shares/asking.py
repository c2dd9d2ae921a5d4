"""The worst treated group outside a span, from an oracle that knows only the worst of all.

An oracle is made to keep a player in its answer, or out of it, by charging
that player far too much or too little. Groups that split players whom the
settled ones never split are outside the span; where others may be, the groups
are searched best first, as E. L. Lawler ranks solutions (A procedure for
computing the K best solutions to discrete optimization problems, Management
Science 18, 1972).
"""

from collections.abc import Callable, Iterator, Mapping, Set
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias

import numpy as np

from waywarden.planner.arrays import Floats
from waywarden.planner.councils import Infeasible
from waywarden.planner.shares.games import Game, Group, Player, finite, row_of, shown
from waywarden.planner.shares.groups import Gain, share_of
from waywarden.planner.shares.spans import Span

#: Says, for any amounts by player, which group pays most above its cost, and by how much.
WorstGroup: TypeAlias = Callable[[Mapping[Player, float]], tuple[Group, float]]

#: How often an oracle is asked before the search for one group is given up.
QUESTIONS = 20_000
#: By how much an oracle may differ from the cost, as a part of the amounts it was given.
DOUBT = 1e-7


class _Corner(NamedTuple):
    """The groups with these players in and those out, and the worst treated of them."""

    loss: float
    number: int
    inside: int
    outside: int


class Asked:
    """The groups of a game of any size, through an oracle."""

    def __init__(self, game: Game, oracle: WorstGroup, *, per_capita: bool = False) -> None:
        self.per_capita = per_capita
        self.game = game
        self._oracle = oracle
        self._asked = 0
        self._largest = max(abs(game.total), float(np.abs(game.alone()).sum()))

    def cost(self, number: int) -> float:
        """Return what the group of this number pays by itself."""
        return self.game.of(number)

    def worst(self, shares: Floats, level: float, span: Span) -> list[Gain]:
        """Return the worst treated group and others that were met on the way."""
        amounts = shares - level if self.per_capita else shares
        above = 0.0 if self.per_capita else level
        self._asked = 0
        found = sorted(self._outside(amounts, span), key=lambda gain: (-gain.gain, gain.number))
        return [Gain(number, gain - above) for number, gain in dict(found).items()]

    def _outside(self, amounts: Floats, span: Span) -> list[Gain]:
        first = self._answer(amounts, 0, 0)
        if not span.holds(first.number):
            return [Gain(first.number, -first.loss)]
        classes = span.alike()
        found = list(self._splitting(amounts, classes))
        if span.rank < len(classes):
            best = max((gain.gain for gain in found), default=-np.inf)
            found += self._best_first(amounts, span, first, best)
        return found

    def _splitting(self, amounts: Floats, classes: list[list[int]]) -> Iterator[Gain]:
        for alike in classes:
            if len(alike) == 1:
                continue
            for player, other in zip(alike, alike[1:] + alike[:1], strict=True):
                corner = self._corner(amounts, 1 << player, 1 << other)
                if corner is not None:
                    yield Gain(corner.number, -corner.loss)

    def _best_first(
        self, amounts: Floats, span: Span, first: _Corner, best: float
    ) -> Iterator[Gain]:
        open_corners = [first]
        while open_corners:
            corner = heappop(open_corners)
            if -corner.loss <= best:
                return
            if not span.holds(corner.number):
                yield Gain(corner.number, -corner.loss)
                return
            for inside, outside in _around(corner, len(amounts)):
                smaller = self._corner(amounts, inside, outside)
                if smaller is not None:
                    heappush(open_corners, smaller)

    def _corner(self, amounts: Floats, inside: int, outside: int) -> _Corner | None:
        """Return the worst treated group of a corner, or None where no group can be of it."""
        corner = self._answer(amounts, inside, outside)
        belongs = corner.number & inside == inside and not corner.number & outside
        return corner if belongs else None

    def _answer(self, amounts: Floats, inside: int, outside: int) -> _Corner:
        self._count()
        game, players = self.game, len(amounts)
        enough = 4 * (np.abs(amounts).sum() + self._largest)
        charged = amounts + enough * (row_of(inside, players) - row_of(outside, players))
        number, excess = self._ask(dict(zip(game.players, charged.tolist(), strict=True)))
        self._doubt(number, excess, charged)
        cost = self.cost(number)
        self._largest = max(self._largest, abs(cost))
        return _Corner(cost - share_of(number, amounts), number, inside, outside)

    def _ask(self, charged: Mapping[Player, float]) -> tuple[int, float]:
        """Return the number of the group that the oracle names, and its excess."""
        try:
            answer = self._oracle(charged)
        except Exception as error:
            raise Infeasible(
                f"The oracle raised {type(error).__name__}: {error}. It must name the worst "
                "treated group for any amounts."
            ) from error
        if isinstance(answer, tuple | list) and len(answer) == 2:
            group, excess = answer[0], finite(answer[1])
            if isinstance(group, Set | list | tuple) and excess is not None:
                return self.game.number(group), excess
        raise Infeasible(
            f"The oracle returned {shown(answer)}. Return a group, and as a number what it pays "
            "above its cost."
        )

    def _count(self) -> None:
        self._asked += 1
        if self._asked > QUESTIONS:
            raise Infeasible(
                f"The oracle was asked {QUESTIONS} times without an end: too many groups are "
                "treated alike. Use another rule."
            )

    def _doubt(self, number: int, excess: float, charged: Floats) -> None:
        known = share_of(number, charged) - self.cost(number)
        if not abs(known - excess) <= DOUBT * np.abs(charged).sum():
            raise Infeasible(
                f"The oracle says that {self.game.words(self.game.group(number))} pays {excess:g} "
                f"above its cost, but by the costs given it is {known:g}. "
                "Both must know the same costs."
            )


def _around(corner: _Corner, players: int) -> Iterator[tuple[int, int]]:
    """Part the groups of a corner, its worst left out, into corners that do not overlap."""
    inside, outside = corner.inside, corner.outside
    for player in range(players):
        bit = 1 << player
        if (inside | outside) & bit:
            continue
        if corner.number & bit:
            yield inside, outside | bit
            inside |= bit
        else:
            yield inside | bit, outside
            outside |= bit
