"""The Shapley value: what a player adds to the cost, on average over all orders of arriving.

Source: L. S. Shapley, A value for n-person games (1953). Beyond `LISTED`
players orders are drawn, in rounds: one order at random, moved round so that
each player arrives early, late and in between, each also backwards. Sources:
J. Castro, D. Gomez, E. Molina and J. Tejada, Improving polynomial estimation
of the Shapley value by stratified random sampling with optimum allocation,
Computers and Operations Research 82 (2017); R. Mitchell, J. Cooper, E. Frank
and G. Holmes, Sampling permutations for Shapley value estimation, Journal of
Machine Learning Research 23 (2022).
"""

from math import ceil, comb
from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.councils import Infeasible
from waywarden.planner.shares.games import Game, subset_sums

#: How often an order is moved round, evenly.
STRATA = 5
#: The chance that the interval given holds the share.
CONFIDENCE = 0.95


class Sampled(NamedTuple):
    """Shares known from a sample, and half the width of the interval each stands in."""

    shares: Floats
    half_width: Floats


def exact_shapley(game: Game) -> Floats:
    """Return the Shapley value from the costs of all groups."""
    players, table = len(game), game.table()
    sizes = subset_sums(np.ones(players)).astype(np.int64)
    chances = np.array([1 / (players * comb(players - 1, size)) for size in range(players)] + [0.0])
    weights = chances[sizes]
    shares = np.empty(players)
    for i in range(players):
        halves = (-1, 2, 1 << i)
        without = table.reshape(halves)[:, 0]
        with_it = table.reshape(halves)[:, 1]
        shares[i] = (weights.reshape(halves)[:, 0] * (with_it - without)).sum()
    return shares


def sampled_shapley(game: Game, *, samples: int, seed: int) -> Sampled:
    """Return an estimate of the Shapley value from about so many orders of arriving.

    The half-width is Student's for the rounds, at `CONFIDENCE`; what is shared
    adds up to the total whatever the sample.
    """
    from scipy.special import stdtrit

    if samples < 1:
        raise Infeasible(f"{samples} samples are too few. Give 1 or more.")
    rng = np.random.Generator(np.random.PCG64(seed))
    rounds = max(2, ceil(samples / (2 * STRATA)))
    drawn = np.array([_one_round(game, rng) for _ in range(rounds)])
    quantile = float(stdtrit(rounds - 1, (1 + CONFIDENCE) / 2))
    return Sampled(drawn.mean(axis=0), quantile * drawn.std(axis=0, ddof=1) / rounds**0.5)


def _one_round(game: Game, rng: np.random.Generator) -> Floats:
    order = np.argsort(rng.random(len(game)))
    added = np.zeros(len(game))
    for stratum in range(STRATA):
        moved = np.roll(order, stratum * len(game) // STRATA)
        added += _added(game, moved) + _added(game, moved[::-1])
    return added / (2 * STRATA)


def _added(game: Game, order: Ints) -> Floats:
    added, number, before = np.empty(len(game)), 0, 0.0
    for player in order.tolist():
        number |= 1 << player
        cost = game.of(number)
        added[player], before = cost - before, cost
    return added
