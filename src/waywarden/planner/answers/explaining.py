"""A plan in sentences."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from waywarden.planner.location import Location

if TYPE_CHECKING:
    from waywarden.planner.answers.plans import Plan

#: A smaller gap, as a part of the cost, is a matter of rounding: a proof keeps a millionth back.
NO_GAP = 2e-6


def explanation(plan: Plan) -> list[str]:
    """Say what a plan does, what it saves and how good it is proven to be."""
    return [
        _clusters(plan),
        *_saving(plan),
        *certainty(plan),
    ]


def certainty(plan: Plan) -> list[str]:
    """Say how good a plan is proven to be, on what that rests, and if prices have no range."""
    return [*_proof(plan), *_prices(plan)]


#: What every amount is in: a problem does not say which money it is.
UNIT = "in the unit of the costs"

NO_PRICE_RANGE = (
    "No price is given with a low or a high, so how far prices may be off is not known."
)

NONE_SUCH = {
    "shared": "No plan of shared clusters",
    "per_service": "No plan service by service",
}


def gap_in_words(gap: float, shape: str) -> str:
    """Say a proven gap, rounded up to a tenth of a per cent so that it never promises too much.

    It is proven of plans of the same shape, under the same prices and rules.

    >>> gap_in_words(0.01234, "shared")
    'No plan of shared clusters under these prices and rules can be more than 1.3% cheaper.'
    >>> gap_in_words(1e-6, "per_service")
    'No plan service by service under these prices and rules can be cheaper.'
    """
    none = f"{NONE_SUCH[shape]} under these prices and rules can be"
    if gap < NO_GAP:
        return f"{none} cheaper."
    return f"{none} more than {math.ceil(gap * 1000) / 10:g}% cheaper."


def _proof(plan: Plan) -> list[str]:
    """Say the gap and what it rests on, or that nothing is proven, as of a plan people made."""
    if plan.gap >= 1:
        return ["Nothing is proven of how near the best it comes."]
    return [gap_in_words(plan.gap, plan.shape), f"The limit is {plan.bound_is}."]


def _clusters(plan: Plan) -> str:
    members = {member for cluster in plan.clusters for member in cluster.members}
    if not plan.clusters:
        return "Nobody is in a cluster."
    clusters = "1 cluster" if len(plan.clusters) == 1 else f"{len(plan.clusters)} clusters"
    return f"{clusters} for {len(members)} councils."


def _saving(plan: Plan) -> list[str]:
    alone = sum(cluster.alone_cost for cluster in plan.clusters) + sum(plan.alone.values())
    if not math.isfinite(alone) or not plan.clusters:
        return []
    saved = alone - plan.cost
    than = "less" if saved >= 0 else "more"
    return [
        f"It costs {abs(saved):,.0f} a year {than} than the {alone:,.0f} of every council alone, "
        f"{UNIT}."
    ]


def _prices(plan: Plan) -> list[str]:
    is_uncertain = isinstance(plan.problem, Location) or plan.problem.has_price_range
    return [] if is_uncertain else [NO_PRICE_RANGE]
