"""What it costs a member of a cluster to lead a service for those it serves."""

import math
from collections.abc import Sequence

from waywarden.planner import Cluster, DeliveryModel, Problem
from waywarden.planner.sharing import JOINING


def takes_part(problem: Problem, key: str, service: str) -> bool:
    """Whether a council could have a service in a cluster."""
    return problem.willingness(problem.council(key), service) in JOINING


def served(problem: Problem, cluster: Cluster, service: str) -> tuple[str, ...]:
    """Return the members that have a service in a cluster."""
    return tuple(key for key in cluster.members if takes_part(problem, key, service))


def led_cost(problem: Problem, service: str, lead: str, model: str, keys: Sequence[str]) -> float:
    """Return the yearly cost of a service led in one way for some councils.

    The cheapest way of that name counts that could do the work of the busiest
    month; infinite where none could.
    """
    councils = [problem.council(key) for key in keys]
    works = [council.work[service] for council in councils]
    work = sum(one.work for one in works)
    peak = sum(one.peak for one in works)
    visits = sum(one.visits for one in works)
    at = problem.council(lead)
    journeys = sum(problem.distance_km(at, one) * one.work[service].trips for one in councils)

    def cost(way: DeliveryModel) -> float:
        travel = 2 * problem.cost_per_km * journeys if way.travels else 0.0
        return way.setup + way.unit_cost * work + way.call_out * visits + travel

    ways = at.work[service].models if service in at.work else ()
    # A sum in another order may differ in its last digit.
    fit = [way for way in ways if way.name == model and peak <= way.capacity * (1 + 1e-9)]
    return min((cost(way) for way in fit), default=math.inf)
