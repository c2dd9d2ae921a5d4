"""Keeps the clusters a search comes upon, for other methods to choose a plan from.

A cluster is found again by the bits its members were given by lot, taken
together: two different ones have the same so seldom that nobody waits for it
(A. L. Zobrist, A new hashing method with application for game playing,
Technical Report 88, University of Wisconsin, 1970).
"""

from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.clusters.grouping import AFTER, COST, EXCESS, FIRST, SIZE, Grouping
from waywarden.planner.compiling import compiled_within
from waywarden.planner.sharing import Sharing

#: What the councils' bits are drawn from, so that they are always the same.
LOTS = 1970


class Pool(NamedTuple):
    """Room for so many clusters: their members, how many, their bits and what they cost.

    Each has its place by its bits; a newer one takes the place of an older.
    """

    members: Ints
    sizes: Ints
    bits: Ints
    costs: Floats
    lots: Ints


class Columns(NamedTuple):
    """Clusters that keep all rules, each once, and their yearly cost.

    The rows of cluster k are ``members[starts[k] : starts[k + 1]]``, rising.
    """

    members: Ints
    starts: Ints
    costs: Floats


def pool_for(sharing: Sharing, room: int) -> Pool:
    """Return an empty pool with room for so many clusters of the largest size."""
    councils = len(sharing.takes_part)
    most = min(sharing.most_members, councils)
    return Pool(
        members=np.zeros((room, most), dtype=np.int64),
        sizes=np.zeros(room, dtype=np.int64),
        bits=np.zeros(room, dtype=np.int64),
        costs=np.zeros(room),
        lots=np.random.default_rng(LOTS).integers(1, 2**62, councils, dtype=np.int64),
    )


def columns_of(sharing: Sharing, pool: Pool) -> Columns:
    """Return the clusters in a pool, with all that their members spend in a year."""
    held = np.flatnonzero(pool.sizes)
    groups = [np.sort(pool.members[place, : pool.sizes[place]]) for place in held]
    by_itself = np.where(sharing.takes_part, 0.0, sharing.alone).sum(axis=1)
    apart = np.array([by_itself[group].sum() for group in groups])
    return Columns(
        members=np.concatenate([*groups, np.zeros(0, dtype=np.int64)]),
        starts=np.cumsum([0, *pool.sizes[held]]).astype(np.int64),
        costs=pool.costs[held] + apart,
    )


@compiled_within
def gather(grouping: Grouping, pool: Pool, label: int) -> None:
    """Keep a cluster of at least two that keeps all rules, as the search has noted its cost."""
    size = grouping.clusters[label, SIZE]
    if size < 2 or grouping.bill[label, EXCESS] > 0.0:
        return
    first = grouping.clusters[label, FIRST]
    bits, member = 0, first
    for _ in range(size):
        bits ^= pool.lots[member]
        member = grouping.ring[member, AFTER]
    place = bits % pool.costs.size
    if pool.bits[place] == bits:
        return
    pool.bits[place], pool.sizes[place] = bits, size
    pool.costs[place] = grouping.bill[label, COST]
    for seat in range(size):
        pool.members[place, seat] = member
        member = grouping.ring[member, AFTER]


@compiled_within
def gather_all(grouping: Grouping, pool: Pool) -> None:
    """Keep every cluster that keeps all rules."""
    for label in range(grouping.cluster.size):
        gather(grouping, pool, label)
