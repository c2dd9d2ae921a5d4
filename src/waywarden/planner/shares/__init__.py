"""Fair shares: how a cluster's cost could be divided, and which group would be better off alone.

A cost says what every group of players would pay by itself; a rule divides
what all pay together.
"""

from waywarden.planner.shares.core import core_excess, nearest_core
from waywarden.planner.shares.dividing import RULES, share_costs
from waywarden.planner.shares.games import Game
from waywarden.planner.shares.splits import Excess, Shares

__all__ = ["RULES", "Excess", "Game", "Shares", "core_excess", "nearest_core", "share_costs"]
