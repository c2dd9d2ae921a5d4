"""Which councils are in one cluster whatever the plan, which never, and which cannot be alone."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from waywarden.planner.arrays import Flags, Ints
from waywarden.planner.sharing import Graph, Sharing


@dataclass(frozen=True)
class Ties:
    """What the rules say of councils in blocks: those of one block are in one cluster.

    N councils. A block goes by the first of its rows. ``apart`` are pairs of
    blocks that are never in one cluster, both ways round; a block that must be
    apart from itself is not among them, and cannot be planned.
    """

    block: Ints  # N
    size: Ints  # N, how many councils the block of each has
    must_join: Flags  # N, whether it may not go alone
    apart: Ints  # P x 2


def ties_of_service(sharing: Sharing, service: int) -> Ties:
    """Return the ties of one service by itself: only of councils that both take part in it."""
    takes_part = sharing.takes_part[:, service]
    together, apart = (
        pairs[takes_part[pairs].all(axis=1)]
        for pairs in (pairs_of(sharing.together), pairs_of(sharing.apart))
    )
    return _ties(together, apart, takes_part & (sharing.locked[:, service] >= 0))


def ties_of_clusters(sharing: Sharing) -> Ties:
    """Return the ties of shared clusters, in which all is one: whoever leads another is with it.

    A council locked to another council is in its cluster, and so are, through
    one another, all that are tied in a chain. Who has a service that it cannot
    have alone, or is locked to a lead, is in a cluster with all its services.
    """
    councils = len(sharing.takes_part)
    locked = sharing.takes_part & (sharing.locked >= 0)
    rows, services = np.nonzero(locked & (sharing.locked < councils))
    with_leads = np.stack([rows, sharing.locked[rows, services]], axis=1)
    together = np.concatenate([pairs_of(sharing.together), with_leads])
    must_join = np.any(locked | np.isinf(sharing.alone), axis=1)
    return _ties(together, pairs_of(sharing.apart), np.asarray(must_join))


def pairs_of(graph: Graph) -> Ints:
    """Return who goes with whom as pairs of rows, both ways round."""
    rows = np.repeat(np.arange(len(graph.starts) - 1), np.diff(graph.starts))
    return np.stack([rows, graph.others], axis=1).astype(np.int64)


def blocks_of(pairs: Ints, councils: int) -> Ints:
    """Return for each council the first of those it is tied to through any chain of pairs."""
    ties = csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(councils, councils))
    _, labels = connected_components(ties, directed=False)
    _, first = np.unique(labels, return_index=True)
    return np.asarray(first[labels], dtype=np.int64)


def _ties(together: Ints, apart: Ints, must_join: Flags) -> Ties:
    block = blocks_of(together, len(must_join))
    size = np.bincount(block, minlength=len(block))[block]
    in_block = np.bincount(block, weights=must_join, minlength=len(block))[block] > 0
    pairs = np.unique(block[apart], axis=0)
    return Ties(
        block=block,
        size=size.astype(np.int64),
        must_join=np.asarray((size > 1) | in_block),
        apart=pairs[pairs[:, 0] != pairs[:, 1]].astype(np.int64),
    )
