"""The search for shared clusters: simulated annealing, from a first grouping made greedily.

Councils change cluster or places, and two or three clusters are dissolved and
grown anew. What is dearer is accepted with a chance that falls with a
temperature. Overload is allowed at a price that rises, so that the search can
pass through what cannot be done; only groupings without any are kept.
"""

import math
from collections.abc import Callable, Sequence
from threading import Event
from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Floats, Ints, Sharing
from waywarden.planner.compiling import compiled
from waywarden.planner.grouping import FREE, OVERLOADED, Grouping, enter, nobody_grouped, unlink
from waywarden.planner.merging import descend, merge_greedily
from waywarden.planner.moving import HARD, give_free, part, reprice, shift, swap
from waywarden.planner.problems import Infeasible
from waywarden.planner.regrowing import Soil, regrow, soil_for
from waywarden.planner.terms import Terms, terms_of
from waywarden.planner.weighing import Desk, desk_for

#: Moves between two looks at the temperature, at the price of overload and at what clusters cost.
BLOCK = 500

#: Moves between two reports of progress.
SLICE = 50 * BLOCK

#: First and last temperature, in parts of what a cluster costs on average at the start.
HEATS = 0.06, 0.0006

#: First and last price of overload, in what a unit over the capacity is rated at.
PRICES = 3.0, 300.0

#: Out of how many moves one regrows clusters, and one goes alone where it would stay.
REGROWN, PARTED = 0.05, 0.1

#: Told the share of the moves that is done and the least cost so far, the cost alone included.
Progress = Callable[[float, float], None]


def _silent(done: float, cost: float) -> None:
    """Tell nobody."""


class Best(NamedTuple):
    """The best grouping so far and its cost."""

    cluster: Ints
    cost: Floats


def best_grouping(
    sharing: Sharing,
    *,
    moves: int,
    rng_seed: int,
    progress: Progress = _silent,
    stop: Event | None = None,
    names: Sequence[str] = (),
) -> Ints:
    """Return the number of each council's cluster in the cheapest shared plan found.

    Clusters are numbered from 0 in the order of their first members; a council
    alone is a cluster of its own. The plan is never dearer than everyone alone.
    The same sharing, moves and seed give the same answer. When ``stop`` is set,
    the best so far is returned. Raises `Infeasible`, with the councils by
    ``names`` or else by row, where no plan was found that gives everyone all
    they take part in.
    """
    _check_alone(sharing, names)
    scale = _scale(sharing)
    terms = terms_of(sharing, barred=1e6 * scale)
    grouping, desk = nobody_grouped(terms), desk_for(terms)
    least = 1e-9 * scale
    merge_greedily(terms, grouping, desk, least)
    best = Best(grouping.cluster.copy(), grouping.total[:1].copy())
    _anneal_in_slices(terms, grouping, desk, best, moves, rng_seed, progress, stop, least)
    _polish(terms, grouping, desk, best, least)
    _check_everyone_served(sharing, grouping, names)
    return in_order(grouping.cluster)


def in_order(cluster: Ints) -> Ints:
    """Number clusters from 0 in the order of their first members."""
    _, first, numbers = np.unique(cluster, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return np.asarray(rank[numbers], dtype=np.int64)


def _check_alone(sharing: Sharing, names: Sequence[str]) -> None:
    stranded = np.flatnonzero((np.isinf(sharing.alone) & ~sharing.takes_part).any(axis=1))
    if len(stranded):
        raise Infeasible(
            f"{_named(stranded, names)}: a service that is not shared there cannot be had alone "
            "either. Give its cost alone, or let it be shared."
        )


def _check_everyone_served(sharing: Sharing, grouping: Grouping, names: Sequence[str]) -> None:
    is_alone = grouping.size[grouping.cluster] == 1
    unserved = np.flatnonzero(np.isinf(sharing.alone).any(axis=1) & is_alone)
    if len(unserved):
        raise Infeasible(
            f"{_named(unserved, names)}: no cluster was found that could take this in, and it "
            "cannot go alone. Give its cost alone, or let a council near it lead."
        )


def _named(rows: Ints, names: Sequence[str], most: int = 5) -> str:
    said = [names[row] if names else f"Row {row + 1}" for row in rows[:most]]
    more = len(rows) - len(said)
    return ", ".join(said) + (f" and {more} more" if more else "")


def _scale(sharing: Sharing) -> float:
    """Return what a council that could join pays alone on average, or something like it."""
    alone = np.where(sharing.takes_part, sharing.alone, 0.0).sum(axis=1)[sharing.joins]
    alone = alone[np.isfinite(alone) & (alone > 0)]
    setups = sharing.setup[np.isfinite(sharing.setup)]
    amounts = alone if len(alone) else setups
    return max(float(amounts.mean()), 1e-9) if len(amounts) else 1.0


def _anneal_in_slices(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    best: Best,
    moves: int,
    rng_seed: int,
    progress: Progress,
    stop: Event | None,
    least: float,
) -> None:
    movers = np.flatnonzero(np.diff(terms.starts)).astype(np.int64)
    if not len(movers) or terms.most_members < 2:
        return
    rng = np.random.default_rng(rng_seed)
    soil = soil_for(terms)
    done = (np.arange(moves // BLOCK + 1) * BLOCK) / max(moves, 1)
    mean_cost = _mean_cost(terms, grouping)
    heats = mean_cost * HEATS[0] * (HEATS[1] / HEATS[0]) ** done
    prices = PRICES[0] * (PRICES[1] / PRICES[0]) ** done
    for begin in range(0, moves, SLICE):
        if stop is not None and stop.is_set():
            return
        end = min(begin + SLICE, moves)
        _anneal(
            terms, grouping, desk, soil, best, movers, heats, prices, begin, end, rng, least
        )
        progress(end / moves, float(best.cost[0]))


def _mean_cost(terms: Terms, grouping: Grouping) -> float:
    shared = grouping.size > 1
    costs = grouping.cost[shared] if shared.any() else terms.single
    return float(costs.mean())


@compiled
def _anneal(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    soil: Soil,
    best: Best,
    movers: Ints,
    heats: Floats,
    prices: Floats,
    begin: int,
    end: int,
    rng: np.random.Generator,
    least: float,
) -> None:
    for move in range(begin, end):
        price = prices[move // BLOCK]
        if move % BLOCK == 0:
            reprice(terms, grouping, desk, price)
        council = movers[int(rng.random() * movers.size)]
        heat = heats[move // BLOCK]
        if not _step(terms, grouping, desk, soil, council, heat, price, rng):
            continue
        if grouping.tally[OVERLOADED] == 0 and grouping.total[0] < best.cost[0] - least:
            best.cost[0] = grouping.total[0]
            best.cluster[:] = grouping.cluster


@compiled
def _step(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    soil: Soil,
    council: int,
    heat: float,
    price: float,
    rng: np.random.Generator,
) -> bool:
    """Try one move of a council towards one of its neighbours."""
    start, end = terms.starts[council], terms.starts[council + 1]
    label = grouping.cluster[terms.near[start + int(rng.random() * (end - start))]]
    left = grouping.cluster[council]
    kind = rng.random()
    allowed = -heat * math.log(1.0 - rng.random())
    if label == left:
        return kind < PARTED and part(terms, grouping, desk, council, price, allowed)
    if kind < REGROWN:
        return regrow(terms, grouping, desk, soil, left, label, price, 4.0 * allowed, rng)
    if kind < 0.5 * (1.0 + REGROWN):
        return shift(terms, grouping, desk, council, label, price, allowed)
    other = grouping.first[label]
    for _ in range(int(rng.random() * grouping.size[label])):
        other = grouping.after[other]
    return swap(terms, grouping, desk, council, other, price, allowed)


def _polish(terms: Terms, grouping: Grouping, desk: Desk, best: Best, least: float) -> None:
    """Go back to the best grouping and from there downhill to where no single move saves."""
    _arrange(terms, grouping, best.cluster)
    reprice(terms, grouping, desk, HARD)
    for _ in range(grouping.size.size):
        if not descend(terms, grouping, desk, least):
            return


@compiled
def _arrange(terms: Terms, grouping: Grouping, cluster: Ints) -> None:
    for council in range(cluster.size):
        unlink(grouping, council)
    for council in range(cluster.size):
        enter(terms, grouping, council, cluster[council])
    grouping.tally[FREE] = 0
    for label in range(cluster.size):
        if grouping.size[label] == 0:
            give_free(grouping, label)
