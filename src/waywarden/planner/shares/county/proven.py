"""Stable shares of a county of shared clusters, by pricing all clusters that could be formed.

This is the proof that bounds shared plans, put to another use: its multipliers,
less what the clusters of a root could still gain, are shares that no cluster
would better (`waywarden.planner.clusters.proof.proving`).
"""

import math
from functools import partial
from typing import NamedTuple

from waywarden.planner.arrays import Floats
from waywarden.planner.clusters.proof.proving import MET, prove
from waywarden.planner.clusters.searching.annealing import best_grouping
from waywarden.planner.clusters.searching.gathering import clusters_in, pool_for
from waywarden.planner.efforts import EFFORTS, for_size
from waywarden.planner.shares.county.finding import Wishes
from waywarden.planner.sharing import Sharing

#: So many branches are looked into about each root, on average.
NODES = 100


class PricedShares(NamedTuple):
    """Stable shares of N councils, and what no stable shares can sum to more than."""

    shares: Floats
    ceiling: float


def priced_shares(sharing: Sharing, first: Floats, rounds: int, wishes: Wishes) -> PricedShares:
    """Return stable shares that come of pricing all clusters in so many rounds.

    ``first`` are shares to begin with, in the order of the councils. Raises
    `Infeasible` where a quick search finds no plan to begin with.
    """
    moves = for_size(EFFORTS["quick"].shared_moves, len(first))
    pool = pool_for(sharing, MET)
    labels = best_grouping(sharing, moves=moves, rng_seed=0, pool=pool, stop=wishes.stop)
    proof = prove(
        sharing,
        labels,
        rounds=rounds,
        nodes=NODES,
        list_up_to=0,
        threads=wishes.threads,
        start=first,
        met=clusters_in(pool),
        progress=partial(_tell, wishes),
        stop=wishes.stop,
    )
    wishes.progress(1.0, proof.bound, proof.ceiling)
    return PricedShares(proof.stable, proof.ceiling)


def _tell(wishes: Wishes, done: float, bound: float) -> None:
    wishes.progress(wishes.part + (1 - wishes.part) * done, bound, math.inf)
