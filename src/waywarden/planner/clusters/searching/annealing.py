"""The search for shared clusters: simulated annealing, from a first grouping made greedily.

Councils change cluster or places, and two or three clusters are dissolved and
grown anew. What is dearer is accepted with a chance that falls with a
temperature. Overload is allowed at a price that rises, and so is a rule that is
broken, so that the search can pass through what cannot be done; only groupings
without any are kept. The last tenth of the moves goes from the best one
downhill.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from threading import Event
from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.clusters.binding import NO_BLOCK, OWN_BLOCK
from waywarden.planner.clusters.refusing import refuse_broken, refuse_stranded, refuse_unserved
from waywarden.planner.clusters.searching.desk import Desk, desk_for
from waywarden.planner.clusters.searching.gathering import Pool, gather, gather_all, pool_for
from waywarden.planner.clusters.searching.grouping import (
    AFTER,
    COST,
    FIRST,
    OVERLOADED,
    SIZE,
    TOTAL,
    Grouping,
    arrange,
    give_free,
    nobody_grouped,
    take_free,
)
from waywarden.planner.clusters.searching.merging import merge_greedily
from waywarden.planner.clusters.searching.moving import HARD, trade
from waywarden.planner.clusters.searching.regrowing import Soil, regrow, soil_for
from waywarden.planner.clusters.searching.shifting import shift_block
from waywarden.planner.clusters.searching.starting import first_labels, in_order
from waywarden.planner.clusters.searching.weighing import reprice
from waywarden.planner.clusters.terms import END, NOBODY, SINGLE, START, Terms, terms_of
from waywarden.planner.compiling import compiled_in_place, compiled_within
from waywarden.planner.sharing import Sharing
from waywarden.planner.telling import tell_nobody

#: Moves between two looks at the temperature, at the price of overload and at what clusters cost;
#: in a county of more councils than this, as many moves as there are councils.
BLOCK = 500

#: Moves between two reports of progress.
SLICE = 25_000

#: First and last temperature, in parts of what a cluster costs on average at the start.
HEATS = 0.15, 0.0015

#: The same where rules must be kept that the search has to pass through broken.
RULED = 0.5, 0.0015

#: The same where a grouping that keeps all rules is to be improved, not forgotten.
COOLER = 0.05, 0.004

#: First and last price of overload, in what a unit over the capacity is rated at.
PRICES = 3.0, 300.0

#: How many of the moves regrow clusters, how many a council alone makes, and how many of those
#: towards its own cluster have it go alone.
REGROWN, BY_ITSELF, PARTED = 0.05, 0.525, 0.1

#: How many of the moves of a council tied to others take these along.
AS_BLOCK = 0.7

#: How much hotter it is for those that regrow clusters.
HOTTER = 4.0

#: Clusters are gathered from groupings that cost less than so many times the best so far.
NEAR_BEST = 1.03

#: Told the share of the moves that is done and the least cost so far.
Progress = Callable[[float, float], None]


class Best(NamedTuple):
    """The best grouping so far, what it costs, and by how much less a better one must.

    As long as none keeps all rules, it costs infinitely much.
    """

    cluster: Ints
    cost: Floats
    least: float


class Search(NamedTuple):
    """All a search works on: what is given, where it stands, and room to reckon in.

    ``movers`` are the councils with another to move to.
    """

    terms: Terms
    grouping: Grouping
    desk: Desk
    soil: Soil
    best: Best
    movers: Ints
    pool: Pool


def best_grouping(
    sharing: Sharing,
    *,
    moves: int,
    rng_seed: int,
    start: Ints | None = None,
    pool: Pool | None = None,
    progress: Progress = tell_nobody,
    stop: Event | None = None,
    names: Sequence[str] = (),
    services: Sequence[str] = (),
) -> Ints:
    """Return the number of each council's cluster in the cheapest shared plan found.

    Clusters are numbered from 0 in the order of their first members; a council
    alone is a cluster of its own. Without rules the plan is never dearer than
    everyone alone. ``start``, the numbers of the councils' clusters, is where
    the search begins; if that keeps all rules the plan is never dearer. The
    same sharing, moves, seed and start give the same answer. When ``stop`` is
    set, the best so far is returned. Raises `Infeasible`, with councils and
    providers by ``names`` and services by ``services``, or else by number,
    where no plan was found that gives everyone all they take part in and keeps
    all rules, and ValueError for a start that is not one number for each
    council. Clusters it comes upon that keep all rules are put into ``pool``
    (`gathering.pool_for`).
    """
    refuse_stranded(sharing, names)
    search = _start(sharing, start, pool)
    apart = float(sharing.alone[~sharing.takes_part].sum())
    is_begun = start is not None and math.isfinite(search.best.cost[0])
    warmth = COOLER if is_begun else RULED if search.terms.has_rules else HEATS
    for done in _slices(search, moves, warmth, np.random.default_rng(rng_seed)):
        progress(done, float(search.best.cost[0]) + apart)
        if stop is not None and stop.is_set():
            break
    if math.isinf(search.best.cost[0]):
        refuse_broken(sharing, search.grouping.cluster, names, services)
    refuse_unserved(sharing, search.best.cluster, names)
    return in_order(search.best.cluster)


def _start(sharing: Sharing, start: Ints | None, pool: Pool | None) -> Search:
    """Return a search that stands where it begins: at the greedy grouping if at no other."""
    scale = _scale(sharing)
    terms = terms_of(sharing, scale=scale)
    grouping, desk = nobody_grouped(terms), desk_for(terms)
    if start is not None or terms.has_rules:
        arrange(terms, grouping, first_labels(sharing, start))
        reprice(terms, grouping, desk, HARD)
    if start is None or _breaks_rules(grouping):
        merge_greedily(terms, grouping, desk, 1e-9 * scale)
    best = _first_best(terms, grouping, 1e-9 * scale)
    movers = np.flatnonzero(terms.edges[:, END] > terms.edges[:, START]).astype(np.int64)
    return Search(
        terms, grouping, desk, soil_for(terms), best, movers, pool or pool_for(sharing, 0)
    )


def _first_best(terms: Terms, grouping: Grouping, least: float) -> Best:
    """Return where a search stands if that can be, or else everyone alone if no rule forbids it."""
    if not _breaks_rules(grouping):
        return Best(grouping.cluster.copy(), grouping.bill[TOTAL, :1].copy(), least)
    alone = terms.places[: len(grouping.cluster), SINGLE].sum()
    cost = math.inf if terms.has_rules else float(alone)
    return Best(np.arange(len(grouping.cluster)), np.array([cost]), least)


def _breaks_rules(grouping: Grouping) -> bool:
    return bool(grouping.tally[OVERLOADED] > 0)


def _scale(sharing: Sharing) -> float:
    """Return what a council that could join pays alone on average, or something like it."""
    alone = np.where(sharing.takes_part, sharing.alone, 0.0).sum(axis=1)[sharing.joins]
    alone = alone[np.isfinite(alone) & (alone > 0)]
    amounts = alone if len(alone) else sharing.setup[np.isfinite(sharing.setup)]
    return max(float(amounts.mean()), 1e-9) if len(amounts) else 1.0


def _slices(
    search: Search, moves: int, warmth: tuple[float, float], rng: np.random.Generator
) -> Iterator[float]:
    """Make the moves, and after every few thousand say what share of them is done.

    What comes out does not depend on where they are sliced.
    """
    if not len(search.movers) or search.terms.most_members < 2:
        return
    block = max(BLOCK, len(search.grouping.cluster))
    cooled = moves * 9 // 10 // block * block
    heats, prices = _schedule(search, np.arange(0, moves + 1, block), cooled, warmth)
    for begin, end in pairwise([*range(0, cooled, SLICE), *range(cooled, moves, SLICE), moves]):
        if begin == cooled and math.isfinite(search.best.cost[0]):
            arrange(search.terms, search.grouping, search.best.cluster)
        _anneal(*search, heats, prices, block, begin, end, rng)
        yield end / moves


def _schedule(
    search: Search, blocks: Ints, cooled: int, warmth: tuple[float, float]
) -> tuple[Floats, Floats]:
    """Return the temperature and the price of overload by block, given the first move of each."""
    done = np.minimum(blocks / max(cooled, 1), 1.0)
    heats = _cost_of_a_cluster(search) * warmth[0] * (warmth[1] / warmth[0]) ** done
    prices = PRICES[0] * (PRICES[1] / PRICES[0]) ** done
    return np.where(blocks < cooled, heats, 0.0), np.where(blocks < cooled, prices, HARD)


def _cost_of_a_cluster(search: Search) -> float:
    """Return what a cluster of at least two costs on average where the search stands."""
    shared = search.grouping.clusters[:, SIZE] > 1
    costs = search.grouping.bill[:-1, COST][shared]
    return float((costs if shared.any() else search.terms.places[: len(shared), SINGLE]).mean())


@compiled_in_place
def _anneal(
    terms: Terms,
    grouping: Grouping,
    desk: Desk,
    soil: Soil,
    best: Best,
    movers: Ints,
    pool: Pool,
    heats: Floats,
    prices: Floats,
    block: int,
    begin: int,
    end: int,
    rng: np.random.Generator,
) -> None:
    """Make the moves from one number to another."""
    for move in range(begin, end):
        heat, price = heats[move // block], prices[move // block]
        if move % block == 0:
            reprice(terms, grouping, desk, price)
            if pool.sizes.size > 0:
                gather_all(grouping, pool)
        council = movers[int(rng.random() * movers.size)]
        left = grouping.cluster[council]
        if not _step(terms, grouping, desk, soil, council, heat, price, rng):
            continue
        if pool.sizes.size > 0 and grouping.bill[TOTAL, COST] < NEAR_BEST * best.cost[0]:
            gather(grouping, pool, left)
            gather(grouping, pool, grouping.cluster[council])
        cost = grouping.bill[TOTAL, COST]
        if grouping.tally[OVERLOADED] == 0 and cost < best.cost[0] - best.least:
            best.cost[0] = cost
            for row in range(best.cluster.size):
                best.cluster[row] = grouping.cluster[row]


@compiled_within
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
    """Try one move of a council towards one of its neighbours; tell if it was made."""
    start, end = terms.edges[council, START], terms.edges[council, END]
    label = grouping.cluster[terms.near[start + int(rng.random() * (end - start))]]
    left = grouping.cluster[council]
    kind = rng.random()
    allowed = -heat * math.log(1.0 - rng.random())
    if label != left and kind < REGROWN:
        return regrow(terms, grouping, desk, soil, left, label, price, HOTTER * allowed, rng)
    is_parting = label == left
    if is_parting:
        if kind >= PARTED:
            return False
        label = take_free(grouping)
    if terms.has_rules and _goes_as_block(terms, council, rng):
        is_made = shift_block(terms, grouping, desk, soil, council, label, price, allowed)
    else:
        other = NOBODY
        if not is_parting and kind >= BY_ITSELF:
            other = _anyone(grouping, label, rng)
        is_made = trade(terms, grouping, desk, council, label, other, price, allowed)
    if is_parting and not is_made:
        give_free(grouping, label)
    return is_made


@compiled_within
def _goes_as_block(terms: Terms, council: int, rng: np.random.Generator) -> bool:
    is_tied: bool = terms.bonds[council, OWN_BLOCK] != NO_BLOCK
    return is_tied and rng.random() < AS_BLOCK


@compiled_within
def _anyone(grouping: Grouping, label: int, rng: np.random.Generator) -> int:
    member: int = grouping.clusters[label, FIRST]
    for _ in range(int(rng.random() * grouping.clusters[label, SIZE])):
        member = grouping.ring[member, AFTER]
    return member
