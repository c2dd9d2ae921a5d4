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

    N councils. A block goes by the first of its rows. ``together`` are the
    pairs of rows that tie them, ``apart`` the pairs of blocks that are never in
    one cluster, all of them both ways round; ``torn`` says which councils are in a block
    that must be apart from itself, and so cannot be planned.
    """

    block: Ints  # N
    size: Ints  # N, how many councils the block of each has
    must_join: Flags  # N, whether it may not go alone
    together: Ints  # P x 2
    apart: Ints  # Q x 2
    torn: Flags  # N


def ties_of_service(sharing: Sharing, service: int) -> Ties:
    """Return the ties of one service by itself: only of councils that both take part in it.

    A council that is locked to another is in its cluster.
    """
    takes_part = sharing.takes_part[:, service]
    locked = takes_part & (sharing.locked[:, service] >= 0)
    pairs = np.concatenate([pairs_of(sharing.together), _with_leads(sharing)[service]])
    together, apart = (
        found[takes_part[found].all(axis=1)] for found in (pairs, pairs_of(sharing.apart))
    )
    return _ties(together, apart, np.asarray(locked))


def ties_of_clusters(sharing: Sharing) -> Ties:
    """Return the ties of shared clusters, in which all is one.

    All that are tied in a chain are in one cluster. Who has a service that it
    cannot have alone, or is locked to a lead, is in a cluster with all its
    services.
    """
    together = np.concatenate([pairs_of(sharing.together), *_with_leads(sharing)])
    locked = sharing.takes_part & (sharing.locked >= 0)
    must_join = np.any(locked | np.isinf(sharing.alone), axis=1)
    return _ties(together, pairs_of(sharing.apart), np.asarray(must_join))


def _with_leads(sharing: Sharing) -> list[Ints]:
    """Return by service the pairs of a council that takes part and the council it is locked to."""
    found = []
    for takes_part, locked in zip(sharing.takes_part.T, sharing.locked.T, strict=True):
        rows = np.flatnonzero(takes_part & (locked >= 0) & (locked < len(locked)))
        pairs = np.stack([rows, locked[rows]], axis=1)
        found.append(pairs[pairs[:, 0] != pairs[:, 1]])
    return found


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
    both_ways = np.unique(np.concatenate([together, together[:, ::-1]]), axis=0)
    return Ties(
        block=block,
        size=size.astype(np.int64),
        must_join=np.asarray((size > 1) | in_block),
        together=both_ways.astype(np.int64),
        apart=pairs[pairs[:, 0] != pairs[:, 1]].astype(np.int64),
        torn=np.isin(block, pairs[pairs[:, 0] == pairs[:, 1]]),
    )
