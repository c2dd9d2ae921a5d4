"""Who is bound to whom, as the loops read it: together, apart, in a block, or locked."""

import numpy as np

from waywarden.planner.arrays import Ints
from waywarden.planner.clusters.tying import ties_of_clusters
from waywarden.planner.sharing import Sharing

# The columns of `Terms.bonds`: in `Terms.bonded` stand from TIED to BARRED those a council is
# tied to, and from there to BARRED_END those it is kept apart from. OWN_BLOCK is the number of
# its block, and LOCKS how many services it is locked in.
TIED, BARRED, BARRED_END, OWN_BLOCK, LOCKS = range(5)

#: The block of a council that is tied to nobody.
NO_BLOCK = -1


def bonds_of(sharing: Sharing) -> tuple[Ints, Ints]:
    """Return the bonds of each council, shape N x 5, and whom they are to."""
    ties, blocks = sharing.together, blocks_by_council(sharing)
    rows = range(len(blocks))
    bonded = [others for row in rows for others in (ties.of(row), sharing.apart.of(row))]
    ends = np.cumsum([0, *(len(others) for others in bonded)])
    locks = (sharing.takes_part & (sharing.locked >= 0)).sum(axis=1)
    bonds = np.stack([ends[:-1:2], ends[1::2], ends[2::2], blocks, locks], axis=1)
    return bonds.astype(np.int64), np.concatenate(bonded).astype(np.int64)


def blocks_by_council(sharing: Sharing) -> Ints:
    """Return the number of each council's block, `NO_BLOCK` for one in a block by itself."""
    ties = ties_of_clusters(sharing)
    return np.where(ties.size > 1, ties.block, NO_BLOCK).astype(np.int64)
