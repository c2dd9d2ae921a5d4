"""The core: splits by which no group of players pays more than it would by itself."""

from collections.abc import Mapping
from typing import SupportsFloat

import numpy as np

from waywarden.planner.arrays import Floats
from waywarden.planner.councils import Infeasible
from waywarden.planner.shares.asking import Asked, WorstGroup
from waywarden.planner.shares.games import (
    LISTED,
    Cost,
    Game,
    Player,
    amounts_of,
    row_of,
)
from waywarden.planner.shares.groups import Groups, Listed
from waywarden.planner.shares.nucleolus import NOTHING, lowest_level, scale_of
from waywarden.planner.shares.programs import Program
from waywarden.planner.shares.proportions import check_sum
from waywarden.planner.shares.spans import Span
from waywarden.planner.shares.splits import Excess, Shares, split

#: How far a split may be from the total, as a part of it: published ones are rounded.
PUBLISHED = 1e-3
#: By how much a group's limit is eased where the core may be a single point.
EASE = 1e-11


def core_excess(
    cost: Cost | Game,
    shares: Mapping[Player, SupportsFloat],
    *,
    worst_group: WorstGroup | None = None,
) -> Excess:
    """Return the group that pays most above its cost by itself, and by how much it does.

    An excess of 0 or less says that the split is in the core. Groups are some
    of the players but not all; where there is no such group, as of a single
    player, all are named with an excess of 0. Every group is looked at for up
    to 20 players. ``worst_group`` is an oracle asked instead: for any amounts
    by player it must return the group with the greatest sum of amounts less
    cost, and that difference; it is needed above 20. Raises `Infeasible`, a
    `ValueError`, where shares or costs make no sense, or the shares are not
    near the total.
    """
    game = _game(cost, shares)
    amounts = amounts_of(game, shares, "The share", negative=True)
    check_sum(game, amounts, PUBLISHED)
    for worst in finder_for(game, worst_group).worst(amounts, 0.0, Span(len(game)))[:1]:
        nothing = abs(worst.gain) <= NOTHING * scale_of(game)
        return Excess(game.group(worst.number), 0.0 if nothing else worst.gain)
    return Excess(frozenset(game.players), 0.0)


def nearest_core(
    cost: Cost | Game,
    shares: Mapping[Player, SupportsFloat],
    *,
    worst_group: WorstGroup | None = None,
) -> Shares:
    """Return the split in the core nearest to a given one: the sum of squared changes is least.

    There is one such split, and players whom the costs and the given split
    treat alike stay alike. Raises `Infeasible` where the core is empty: then
    some group pays more than by itself whatever the split, and the message
    says by how much at least. ``worst_group`` is as in `core_excess`.
    """
    game = _game(cost, shares)
    wish = amounts_of(game, shares, "The share", negative=True)
    check_sum(game, wish, PUBLISHED)
    wish += (game.total - wish.sum()) / len(game)
    groups, scale = finder_for(game, worst_group), scale_of(game)
    limits = _limits_of_core(game, groups, scale)
    while True:
        nearest = _nearest(wish, limits, groups, scale)
        worst = groups.worst(nearest, 0.0, Span(len(game)))
        new = [found.number for found in worst if found.gain > NOTHING * scale]
        if limits.issuperset(new):
            break
        limits.update(new)
    return split(game, "nearest core", nearest, check="in the core, least sum of squared changes")


def _game(cost: Cost | Game, shares: Mapping[Player, SupportsFloat]) -> Game:
    if isinstance(cost, Game):
        return cost
    if not isinstance(shares, Mapping):
        raise Infeasible("The shares are no mapping. Give a share for each player by name.")
    return Game(cost, shares)


def finder_for(game: Game, oracle: WorstGroup | None, *, per_capita: bool = False) -> Groups:
    """Return whoever finds the worst treated group: the oracle if given, else a list of all."""
    if oracle is not None:
        return Asked(game, oracle, per_capita=per_capita)
    if len(game) > LISTED:
        raise Infeasible(
            f"{len(game)} players have too many groups to look at each: {LISTED} at most. "
            "Give worst_group, which finds the worst treated group for any shares."
        )
    return Listed(game, per_capita=per_capita)


def _limits_of_core(game: Game, groups: Groups, scale: float) -> set[int]:
    """Return groups enough to show that the core is not empty, or refuse an empty one."""
    program = Program(game.total / scale, np.full(len(game), np.inf))
    level = lowest_level(program, groups, Span(len(game)), scale).level
    if level > NOTHING:
        raise Infeasible(
            "The core is empty: whatever the split, some group pays at least "
            f"{level * scale:g} more than it would by itself."
        )
    return set(program.rows)


def _nearest(wish: Floats, limits: set[int], groups: Groups, scale: float) -> Floats:
    """Return the split nearest to a wish that keeps each of these groups within its cost.

    Source: C. L. Lawson and R. J. Hanson, Solving least squares problems
    (1974), chapter 23: least distance programming by non-negative least squares.
    """
    from scipy.optimize import nnls

    players = len(wish)
    rows = np.array([row_of(number, players) for number in sorted(limits)])
    costs = np.array([groups.cost(number) for number in sorted(limits)])
    # Changes that add up to 0 feel only how a row differs from its mean.
    falls = rows.mean(axis=1, keepdims=True) - rows
    needed = (rows @ wish - costs) / scale - EASE
    left = np.append(np.zeros(players), 1.0)
    sides = np.vstack([falls.T, needed])
    rest = sides @ nnls(sides, left)[0] - left
    change = -rest[:players] / rest[players]
    return np.asarray(wish + scale * (change - change.mean()))
