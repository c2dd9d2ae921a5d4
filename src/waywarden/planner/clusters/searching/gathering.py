"""Keeps the clusters a search comes upon, for other methods to choose a plan from.

A cluster is found again by the bits its members were given by lot, taken
together: two different ones have the same so seldom that nobody waits for it
(A. L. Zobrist, A new hashing method with application for game playing,
Technical Report 88, University of Wisconsin, 1970).
"""

from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Ints
from waywarden.planner.clusters.searching.grouping import AFTER, EXCESS, FIRST, SIZE, Grouping
from waywarden.planner.compiling import compiled_within
from waywarden.planner.sharing import Sharing

#: What the councils' bits are drawn from, so that they are always the same.
LOTS = 1970


class Pool(NamedTuple):
    """Room for so many clusters: their members, how many, and their bits.

    Each has its place by its bits; a newer one takes the place of an older.
    """

    members: Ints
    sizes: Ints
    bits: Ints
    lots: Ints


def pool_for(sharing: Sharing, room: int) -> Pool:
    """Return an empty pool with room for so many clusters of the largest size."""
    councils = len(sharing.takes_part)
    most = min(sharing.most_members, councils)
    return Pool(
        members=np.zeros((room, most), dtype=np.int64),
        sizes=np.zeros(room, dtype=np.int64),
        bits=np.zeros(room, dtype=np.int64),
        lots=np.random.default_rng(LOTS).integers(1, 2**62, councils, dtype=np.int64),
    )


def clusters_in(pool: Pool) -> list[Ints]:
    """Return the clusters in a pool, each once: their rows, rising."""
    held = np.flatnonzero(pool.sizes)
    return [np.sort(pool.members[place, : pool.sizes[place]]) for place in held]


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
    place = bits % pool.sizes.size
    if pool.bits[place] == bits:
        return
    pool.bits[place], pool.sizes[place] = bits, size
    for seat in range(size):
        pool.members[place, seat] = member
        member = grouping.ring[member, AFTER]


@compiled_within
def gather_all(grouping: Grouping, pool: Pool) -> None:
    """Keep every cluster that keeps all rules."""
    for label in range(grouping.cluster.size):
        gather(grouping, pool, label)
