"""Where the enumeration of one root's clusters stands: the branch it is on, and what it found."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from waywarden.planner.arrays import Floats, Ints
from waywarden.planner.clusters.proof.surveying import MOST, County, Land

# The rows of `Tree.marks`, and what a council's state may be.
STATE, HOP, QUEUE = range(3)
FREE, IN, OUT = range(3)

# The columns of `Tree.sums`, of `Tree.fixed` and of `Tree.found`.
PEAKS, TAKERS = range(2)
OWN, BEGUN = range(2)
VALUE, COST, SIZE = range(3)

# What stands in `Tree.orders` and in `Tree.counts` for each size of the cluster begun.
GAINS, RATIOS, FRONTIER, CENTRE = range(4)
GAINING, FRONTIERS, NEXT, CENTRES, OUT_OF = range(5)

# The places of `Tree.answer`.
BEST, BOUND, NODES, FOUND, RELAXED = range(5)


class Tree(NamedTuple):
    """The branch an enumeration is on, by size n of the cluster begun, and what it found.

    ``members`` are in the cluster, by place on the `Land`; ``led[n, s, l]`` is
    what line l asks for them, ``sums[n, s]`` their peak and number, and
    ``offers[n, s, y]`` whether y offers all of them what anyone does. ``gains``
    and ``weights`` are what councils could bring and the room they need,
    ``orders`` and ``counts`` these in order, and ``fixed[n]`` what the members
    add themselves, and that with what they are led for at the least. ``found``
    are the clusters worth keeping, by value, cost and size, with their rows in
    ``found_rows``; ``relaxed`` the parts of councils in what the bound is of.
    """

    members: Ints
    marks: Ints  # 3 x T
    led: Floats
    sums: Floats
    offers: NDArray[np.uint8]
    own: Floats
    gains: Floats
    weights: Floats
    least: Floats
    seen: NDArray[np.uint8]
    orders: Ints
    counts: Ints
    fixed: Floats
    rows: Ints
    found: Floats
    found_rows: Ints
    relaxed: Floats
    answer: Floats


def tree_for(county: County, land: Land, keep: int) -> Tree:
    """Return room for the enumeration of any root, keeping so many clusters."""
    most, sizes = int(county.rules[MOST]), int(county.rules[MOST]) + 1
    services, lines, widest = land.arcs.shape
    leading = len(land.centre)
    whole = np.int64
    return Tree(
        members=np.zeros(most, dtype=whole),
        marks=np.zeros((3, widest), dtype=whole),
        led=np.zeros((sizes, services, lines)),
        sums=np.zeros((sizes, services, 2)),
        offers=np.zeros((sizes, services, leading), dtype=np.uint8),
        own=np.zeros(widest),
        gains=np.zeros((sizes, widest)),
        weights=np.zeros((sizes, widest)),
        least=np.zeros(widest),
        seen=np.zeros(widest, dtype=np.uint8),
        orders=np.zeros((sizes, 4, leading), dtype=whole),
        counts=np.zeros((sizes, 5), dtype=whole),
        fixed=np.zeros((sizes, 2)),
        rows=np.zeros(most, dtype=whole),
        found=np.zeros((keep, 3)),
        found_rows=np.zeros((keep, most), dtype=whole),
        relaxed=np.zeros((widest + most, 2)),
        answer=np.zeros(5),
    )
