"""What if a council leaves: what the rest of its clusters would cost, and the council alone."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from waywarden.planner.answers.explaining import UNIT
from waywarden.planner.answers.plans import SHARED, Cluster, Plan
from waywarden.planner.clusters.pricing import best_lead, cluster_cost
from waywarden.planner.obstacles.leading import why_no_lead
from waywarden.planner.problems import Problem
from waywarden.planner.questions.changing import reasons_against
from waywarden.planner.questions.replanning import cost_alone, problem_of, shared_by
from waywarden.planner.sharing import Sharing, sharing_of


@dataclass(frozen=True)
class WithoutIt:
    """A cluster without one of its members: what it costs then, or why it could not be."""

    cluster: int
    cost_now: float
    cost_without: float | None
    why_not: str = ""


@dataclass(frozen=True)
class Leaving:
    """What would come of a council leaving its clusters, everyone else staying where they are.

    ``alone`` is what it would then spend by itself on what they do for it now,
    None where it could not; ``more`` is how much more all would pay together,
    None where that cannot be said.
    """

    council: str
    name: str
    alone: float | None
    clusters: tuple[WithoutIt, ...]
    why_not: str = ""

    @property
    def more(self) -> float | None:
        """How much more all of them would pay a year."""
        rest = [one.cost_without for one in self.clusters]
        if self.alone is None or None in rest:
            return None
        now = sum(one.cost_now for one in self.clusters)
        return self.alone + sum(cost for cost in rest if cost is not None) - now

    @property
    def sentence(self) -> str:
        """Say it plainly."""
        if not self.clusters:
            return f"{self.name} is in no cluster."
        if self.more is None:
            rest = [f"Without it: {one.why_not}" for one in self.clusters if one.why_not]
            reasons = [self.why_not, *rest] if self.why_not else rest
            return f"{self.name} could not just leave. {' '.join(reasons)}"
        words = f"{abs(self.more):,.0f} a year {'more' if self.more >= 0 else 'less'}, {UNIT}"
        return f"If {self.name} left and did it alone, all together would pay {words}."


def what_if_leaves(plan: Plan, council: str) -> Leaving:
    """Return what would come of a council leaving, nobody else moving.

    Raises KeyError for a council there is not, and ValueError for a plan of a
    `Location`.
    """
    problem = problem_of(plan)
    found, sharing = problem.council(council), sharing_of(problem)
    services = [key for key in shared_by(problem, council) if plan.cluster_of(council, key)]
    alone = cost_alone(problem, council, services)
    reasons = _reasons(problem, sharing, council) if services else []
    return Leaving(
        council=council,
        name=found.name,
        alone=alone if math.isfinite(alone) and not reasons else None,
        clusters=tuple(
            _without(problem, sharing, plan, cluster, council)
            for cluster in plan.clusters
            if council in cluster.members
        ),
        why_not=reasons[0] if reasons else "",
    )


def _reasons(problem: Problem, sharing: Sharing, council: str) -> list[str]:
    row = [one.key for one in problem.councils].index(council)
    return reasons_against(problem, sharing, [row])


def _without(
    problem: Problem, sharing: Sharing, plan: Plan, cluster: Cluster, council: str
) -> WithoutIt:
    rest = [
        row
        for row, one in enumerate(problem.councils)
        if one.key in cluster.members and one.key != council
    ]
    shared = plan.shape == SHARED
    cost, why_not = (
        _rest_shared(problem, sharing, rest)
        if shared
        else _rest_of_service(problem, sharing, rest, *cluster.service_leads)
    )
    return WithoutIt(cluster.number, cluster.cost, cost, why_not)


def _rest_shared(
    problem: Problem, sharing: Sharing, rest: Sequence[int]
) -> tuple[float | None, str]:
    """Return what the rest of a shared cluster would spend on what they share now."""
    if reasons := reasons_against(problem, sharing, rest):
        names = f"{problem.councils[rest[0]].name}: " if len(rest) == 1 else ""
        return None, f"{names}{' '.join(reasons)}"
    cost, _ = cluster_cost(sharing, rest)
    apart = float(np.where(sharing.takes_part[rest], 0.0, sharing.alone[rest]).sum())
    return cost - apart, ""


def _rest_of_service(
    problem: Problem, sharing: Sharing, rest: Sequence[int], service: str
) -> tuple[float | None, str]:
    """Return what the rest of a cluster of one service would spend; one that is left goes alone."""
    if not rest:
        return 0.0, ""
    column = [one.key for one in problem.services].index(service)
    rows = np.array(rest, dtype=np.int64)
    if len(rest) == 1 and math.isfinite(sharing.alone[rest[0], column]):
        return float(sharing.alone[rest[0], column]), ""
    lead = best_lead(sharing, rows, column)
    if lead is None:
        return None, why_no_lead(problem, sharing, rows, column)
    return lead.cost + sharing.per_cluster + sharing.per_member * len(rest), ""
