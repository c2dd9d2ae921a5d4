"""The rules that are one line of arithmetic: in proportion to something, or as agreed."""

from collections.abc import Mapping
from typing import SupportsFloat

import numpy as np

from waywarden.planner.arrays import Floats
from waywarden.planner.councils import Infeasible
from waywarden.planner.shares.games import Game, Player, amounts_of

#: How far an agreed split may be from the total, as a part of it, for floating point's sake.
FLOATING = 1e-9

Amounts = Mapping[Player, SupportsFloat]


def equal(game: Game) -> Floats:
    """Return the same share for everyone."""
    return np.full(len(game), game.total / len(game))


def proportional(game: Game, weights: Amounts | None) -> Floats:
    """Return shares in proportion to weights: quantities, populations, whatever was agreed."""
    if weights is None:
        raise Infeasible("The rule proportional needs weights: give one for each player.")
    return game.total * _parts(amounts_of(game, weights, "The weight"))


def by_alone_cost(game: Game, alone: Amounts | None) -> Floats:
    """Return shares in proportion to what each would pay alone."""
    return game.total * _parts(_alone(game, alone))


def allocation(
    game: Game, alone: Amounts | None, allocations: Amounts | None, top_ups: Amounts | None
) -> Floats:
    """Return where each starts from less its part of the joint saving, as by cost alone.

    ``start_i - (sum of starts - total) x alone_i / (sum of alone)``. A player
    starts from its allocation and its own top-up; with no top-ups given, what
    its cost alone is above the allocation is its top-up (below nought where
    alone it would keep a surplus), and so it starts from its cost alone.
    """
    on_its_own = _alone(game, alone)
    start = _starts(game, on_its_own, allocations, top_ups)
    saving = float(start.sum()) - game.total
    return start - saving * _parts(on_its_own)


def scrb(game: Game, alone: Amounts | None) -> Floats:
    """Return each one's separable cost and a part of the rest by its remaining benefit.

    Separable is what the total would be less without a player; its remaining
    benefit is what alone it would pay above that, and at least 0. Source:
    Federal Inter-Agency River Basin Committee, Proposed practices for economic
    analysis of river basin projects (1950); with the cost alone as the
    benefit it is the alternate cost avoided method of the Tennessee Valley
    Authority (J. S. Ransmeier, 1942).
    """
    others = [game.everyone ^ (1 << i) for i in range(len(game))]
    separable = game.total - np.array([game.of(number) for number in others])
    benefits = np.maximum(_alone(game, alone) - separable, 0.0)
    rest = game.total - float(separable.sum())
    nothing = FLOATING * float(np.abs(separable).sum())
    if benefits.sum() > nothing:
        return separable + rest * _parts(benefits)
    if abs(rest) > nothing:
        raise Infeasible(
            f"The rule scrb has {rest:g} left to share by remaining benefits, and nobody has any: "
            "alone each would pay no more than its separable cost. Use another rule."
        )
    return separable


def custom(game: Game, agreed: Amounts | None) -> Floats:
    """Return an agreed split as it is, if it adds up to the total."""
    if agreed is None:
        raise Infeasible("The rule custom needs the agreed split: give a share for each player.")
    shares = amounts_of(game, agreed, "The agreed share", negative=True)
    check_sum(game, shares, FLOATING)
    return shares


def check_sum(game: Game, shares: Floats, rounding: float) -> None:
    """Refuse shares that add up to something else than the total, saying by how much."""
    over = float(shares.sum()) - game.total
    if abs(over) > rounding * max(abs(game.total), np.abs(shares).sum()):
        raise Infeasible(
            f"The shares add up to {shares.sum():g}, which is {abs(over):g} "
            f"{'more' if over > 0 else 'less'} than the total of {game.total:g}."
        )


def _alone(game: Game, alone: Amounts | None) -> Floats:
    return game.alone() if alone is None else amounts_of(game, alone, "The cost alone")


def _starts(
    game: Game, on_its_own: Floats, allocations: Amounts | None, top_ups: Amounts | None
) -> Floats:
    if allocations is None and top_ups is not None:
        raise Infeasible("Top-ups stand on allocations: give these too.")
    if allocations is None:
        return on_its_own
    given = amounts_of(game, allocations, "The allocation")
    if top_ups is None:
        return on_its_own
    return given + amounts_of(game, top_ups, "The top-up", negative=True)


def _parts(weights: Floats) -> Floats:
    if weights.min() < 0:
        raise Infeasible("Nothing can be shared in proportion to amounts below 0.")
    if not weights.any():
        raise Infeasible("Every weight is 0. Give a weight above 0 to at least one player.")
    parts = weights / float(weights.max())  # Amounts of any size then have a sum with an end.
    return parts / float(parts.sum())
