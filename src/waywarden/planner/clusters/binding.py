"""Who is bound to whom: councils that must be in one cluster, and those that must not be.

A lock to another council makes a block of the two as a tie does, since a
council leads no cluster it is not in.
"""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from waywarden.planner.arrays import Ints
from waywarden.planner.sharing import Graph, Sharing, graph_of

# The columns of `Terms.bonds`: in `Terms.bonded` stand from TIED to BARRED those a council is
# tied to, and from there to BARRED_END those it is kept apart from. OWN_BLOCK is the number of
# its block, and LOCKS how many services it is locked in.
TIED, BARRED, BARRED_END, OWN_BLOCK, LOCKS = range(5)

#: The block of a council that is tied to nobody.
NO_BLOCK = -1


def bonds_of(sharing: Sharing) -> tuple[Ints, Ints]:
    """Return the bonds of each council, shape N x 5, and whom they are to."""
    ties, numbers = sharing.together, block_of_each(ties_of(sharing))
    rows = range(len(numbers))
    bonded = [others for row in rows for others in (ties.of(row), sharing.apart.of(row))]
    ends = np.cumsum([0, *(len(others) for others in bonded)])
    locks = (sharing.takes_part & (sharing.locked >= 0)).sum(axis=1)
    bonds = np.stack([ends[:-1:2], ends[1::2], ends[2::2], numbers, locks], axis=1)
    return bonds.astype(np.int64), np.concatenate(bonded).astype(np.int64)


def ties_of(sharing: Sharing) -> Graph:
    """Return for each council those in its cluster whatever the plan: its ties, leads and led."""
    councils = len(sharing.takes_part)
    locked, services = np.nonzero(sharing.takes_part & (sharing.locked >= 0))
    leads = sharing.locked[locked, services]
    is_other = (leads < councils) & (leads != locked)
    tied = np.repeat(np.arange(councils), np.diff(sharing.together.starts))
    one = np.concatenate([tied, locked[is_other]])
    other = np.concatenate([sharing.together.others, leads[is_other]])
    return graph_of(np.stack([one, other], axis=1).astype(np.int64), councils)


def block_of_each(ties: Graph) -> Ints:
    """Return the number of each council's block, all who are tied to one another by whatever way.

    >>> block_of_each(Graph(np.array([0, 1, 1, 2]), np.array([2, 0])))
    array([ 0, -1,  0])
    """
    councils = len(ties.starts) - 1
    graph = (np.ones(len(ties.others)), ties.others, ties.starts)
    _, numbers = connected_components(csr_array(graph, shape=(councils, councils)), directed=False)
    return np.where(np.diff(ties.starts) > 0, numbers, NO_BLOCK).astype(np.int64)
