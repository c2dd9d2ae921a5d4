"""Which councils should cluster, who leads each service, at what cost, and how sure that is.

Pure arithmetic: no web framework, no database, no clock. A `Problem` says what
councils want and how each could deliver it; `plan` answers with a `Plan`,
whose cost is known, whose bound is proven, and which explains itself. It
proposes; councils decide.
"""

from waywarden.planner.changing import hand_made, moved
from waywarden.planner.councils import (
    Council,
    DeliveryModel,
    Infeasible,
    Outside,
    Provider,
    Service,
    Willingness,
    Work,
)
from waywarden.planner.location import Location
from waywarden.planner.plans import Cluster, Plan, ServiceLead
from waywarden.planner.problems import Problem
from waywarden.planner.reading import read
from waywarden.planner.shares import (
    ClusterGame,
    StableShares,
    cluster_game,
    stable_shares,
)
from waywarden.planner.solving import EFFORTS, Effort, plan

__all__ = [
    "EFFORTS",
    "Cluster",
    "ClusterGame",
    "Council",
    "DeliveryModel",
    "Effort",
    "Infeasible",
    "Location",
    "Outside",
    "Plan",
    "Problem",
    "Provider",
    "Service",
    "ServiceLead",
    "StableShares",
    "Willingness",
    "Work",
    "cluster_game",
    "hand_made",
    "moved",
    "plan",
    "read",
    "stable_shares",
]
