"""Which councils should cluster, who leads each service, at what cost, and how sure that is.

Pure arithmetic: no web framework, no database, no clock. A `Problem` says what
councils want and how each could deliver it; `plan` answers with a `Plan`,
whose cost is known, whose bound is proven, and which explains itself. It
proposes; councils decide.
"""

from waywarden.planner.answers.plans import Cluster, Plan, ServiceLead
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
from waywarden.planner.efforts import EFFORTS, Effort
from waywarden.planner.files.reading import read
from waywarden.planner.location import Location
from waywarden.planner.problems import Problem
from waywarden.planner.questions.changing import hand_made, moved
from waywarden.planner.questions.joining import HoldOut, hold_outs
from waywarden.planner.questions.leads import Fullness, OtherLead, WhyLead, fullness, why_lead
from waywarden.planner.questions.leaving import Leaving, WithoutIt, what_if_leaves
from waywarden.planner.questions.limits import Binding, Price, binding, price_of_rules, rules_of
from waywarden.planner.questions.replanning import Replan, replanner
from waywarden.planner.questions.variants import ClusterTrial, Survival, Trial, survival, varied
from waywarden.planner.shares import (
    ClusterGame,
    Excess,
    Shares,
    StableShares,
    cluster_game,
    core_excess,
    nearest_core,
    share_costs,
    stable_shares,
)
from waywarden.planner.solving import plan
from waywarden.planner.sweeping import sweep

__all__ = [
    "EFFORTS",
    "Binding",
    "Cluster",
    "ClusterGame",
    "ClusterTrial",
    "Council",
    "DeliveryModel",
    "Effort",
    "Excess",
    "Fullness",
    "HoldOut",
    "Infeasible",
    "Leaving",
    "Location",
    "OtherLead",
    "Outside",
    "Plan",
    "Price",
    "Problem",
    "Provider",
    "Replan",
    "Service",
    "ServiceLead",
    "Shares",
    "StableShares",
    "Survival",
    "Trial",
    "WhyLead",
    "Willingness",
    "WithoutIt",
    "Work",
    "binding",
    "cluster_game",
    "core_excess",
    "fullness",
    "hand_made",
    "hold_outs",
    "moved",
    "nearest_core",
    "plan",
    "price_of_rules",
    "read",
    "replanner",
    "rules_of",
    "share_costs",
    "stable_shares",
    "survival",
    "sweep",
    "varied",
    "what_if_leaves",
    "why_lead",
]
