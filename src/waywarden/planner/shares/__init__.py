"""Fair shares: how a cluster's cost could be divided, and which group would be better off alone.

A cost says what every group of players would pay by itself; a rule divides
what all pay together.
"""

from waywarden.planner.shares.core import core_excess, nearest_core
from waywarden.planner.shares.county.certificate import StableShares, stable_shares
from waywarden.planner.shares.county.parting import ClusterGame, cluster_game
from waywarden.planner.shares.dividing import RULES, share_costs
from waywarden.planner.shares.games import Game
from waywarden.planner.shares.splits import Excess, Shares

__all__ = [
    "RULES",
    "ClusterGame",
    "Excess",
    "Game",
    "Shares",
    "StableShares",
    "cluster_game",
    "core_excess",
    "nearest_core",
    "share_costs",
    "stable_shares",
]
